import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { peopleById } from '../directory/people.ts';
import type { Rules } from '../settings/rules.ts';
import { ownersOf } from './owners.ts';
import { titleOf } from './texts.ts';

/** A round or a rectification whose time is over, and who is to do it: who took it, else all who may. */
export type Late = {
  readonly title: Words;
  readonly owed: readonly string[];
  readonly due: Temporal.Instant;
};

/** What of the recurring work is late at `now`, the oldest first. */
export async function lateRounds(
  tx: Tx,
  rules: Rules,
  now: Temporal.Instant,
): Promise<readonly Late[]> {
  const rounds = await tx
    .selectFrom('round')
    .select(['name', 'owner', 'claimed_by', 'due_at'])
    .where('state', '=', 'open')
    .where('due_at', '<=', now)
    .execute();
  const found = await tx
    .selectFrom('rectification as f')
    .innerJoin('round as r', 'r.id', 'f.round_id')
    .select(['r.name', 'f.owner', 'f.due_at'])
    .where('f.state', '=', 'open')
    .where('f.due_at', '<=', now)
    .execute();
  if (rounds.length + found.length === 0) return [];
  const org = await readOrganisation(tx, rules.roles, now);
  const all = [
    ...rounds.map((row) => ({ ...row, title: titleOf(row.name) })),
    ...found.map((row) => {
      const { zh, en } = titleOf(row.name);
      const title = words(`整改（${zh}）`, `Rectification (${en})`);
      return { ...row, title, claimed_by: null };
    }),
  ].map(({ claimed_by: taken, owner, title, due_at: due }) => ({
    title,
    due,
    people: taken === null ? ownersOf(owner, org) : [taken],
  }));
  const names = await peopleById(
    tx,
    all.flatMap(({ people }) => people),
  );
  return all
    .map(({ people, ...late }) => ({
      ...late,
      owed: people.flatMap((id) => names.get(id)?.name ?? []),
    }))
    .toSorted((a, b) => Temporal.Instant.compare(a.due, b.due));
}
