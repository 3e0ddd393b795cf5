/** Which statements the server is asked to keep prepared. Parsing and planning took nearly half of a message's and a tap's time. */

/** From its so many-th use on a statement is kept: what is asked once at the start is not. */
const USES = 3;

/** At most so many a process: each connection holds a plan of each, some 30 kB. */
const MOST = 400;

/** What is worth it: what reads or writes rows. Settings and cursors are not planned, and of several statements in one text none can be kept. */
const PLANNED = /^[\s(]*(?:select|insert|update|delete|with)\b[^;]*$/i;

/** Longer ones are lists of values, of another length each time. In characters. */
const LONGEST = 4_000;

/** How often texts are counted that are not kept yet; then counting begins again. */
const COUNTED = 4_000;

/** What `pg` takes: a text alone, or with the name that it is prepared under on each connection. */
export type Named = { readonly text: string; readonly name?: string };

/**
 * Names for statements by their text, the same on every connection of a pool. `renew` gives all of them new names: a plan that was made
 * before another replica's migration fails once its columns have changed, and must not be used again on any connection.
 */
export type StatementNames = {
  readonly name: (text: string) => Named;
  readonly renew: () => void;
};

/** Names for the statements of one pool. */
export function statementNames(): StatementNames {
  const uses = new Map<string, number>();
  const kept = new Map<string, Named>();
  let given = 0;
  return {
    name(text) {
      const known = kept.get(text);
      if (known) return known;
      if (kept.size >= MOST || text.length > LONGEST || !PLANNED.test(text)) return { text };
      const used = (uses.get(text) ?? 0) + 1;
      if (used < USES) {
        if (uses.size >= COUNTED) uses.clear();
        uses.set(text, used);
        return { text };
      }
      uses.delete(text);
      const named = { text, name: `s${++given}` };
      kept.set(text, named);
      return named;
    },
    renew() {
      kept.clear();
    },
  };
}
