/**
 * What people did a moment ago, so that they may take it back. A deed is noted in the transaction of its fact, with what it takes to put
 * things back and with the messages that it owed: taken back, those that have not left yet never do.
 */
import type { Selectable } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { DeedTable } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import type { Jobs } from '../delivery/jobs.ts';

export type Deed = Selectable<DeedTable>;

/** What deeds are about: `request:12`, `action:3`, `meeting:5`, `receipt:2`, `take:4`, `round:6`, `preparation:5:setup`. */
export type DeedSubject =
  | `${'request' | 'action' | 'meeting' | 'receipt' | 'take' | 'round'}:${number}`
  | `preparation:${number}:${string}`;

/** So long a deed is known, so that who is too late hears that and not that there was nothing. */
const KNOWN_MINUTES = 10;

/** Jobs through which messages are owed as ever, and which remember them: `owed` are their ids, filled as they are owed. */
export function overhear(jobs: Jobs): { readonly jobs: Jobs; readonly owed: readonly string[] } {
  const owed: string[] = [];
  return {
    owed,
    jobs: {
      ...jobs,
      wakeAfter: (tx, deliveries) => {
        owed.push(...deliveries);
        return jobs.wakeAfter(tx, deliveries);
      },
    },
  };
}

/** Notes what a person has just done; their older deeds are forgotten. `before` is JSON. */
export async function noteDeed(
  work: Work,
  deed: {
    readonly person: number;
    readonly subject: DeedSubject;
    readonly act: string;
    readonly version: number;
    readonly before: object;
    readonly owed: readonly string[];
  },
): Promise<void> {
  const { person, subject, act, version, before, owed } = deed;
  const known = work.now.subtract({ minutes: KNOWN_MINUTES });
  await work.tx
    .with('older', (q) =>
      q.deleteFrom('deed').where('person_id', '=', person).where('at', '<', known),
    )
    .insertInto('deed')
    .values({
      person_id: person,
      subject,
      act,
      version,
      before: JSON.stringify(before),
      owed: JSON.stringify(owed),
      cause: work.cause,
      at: work.now,
    })
    .execute();
}

/** Whether it may still be taken back by the clock. `seconds` as in office.yaml; null: nothing is ever taken back. */
export const isInTime = (
  { at }: Pick<Deed, 'at'>,
  now: Temporal.Instant,
  seconds: number | null,
): boolean => seconds !== null && Temporal.Instant.compare(now, at.add({ seconds })) <= 0;

/** All that the newest tap or sentence of a person did, in its order; empty when they did nothing in the last minutes. */
export async function lastDeeds(
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  person: number,
): Promise<readonly Deed[]> {
  const last = await tx
    .selectFrom('deed')
    .selectAll()
    .where('person_id', '=', person)
    .where('at', '>=', now.subtract({ minutes: KNOWN_MINUTES }))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ? together(tx, last) : [];
}

/** All that was done with the deed of this number, if it is this person's. */
export async function deedsWith(tx: Tx, person: number, id: number): Promise<readonly Deed[]> {
  const deed = await tx
    .selectFrom('deed')
    .selectAll()
    .where('id', '=', id)
    .where('person_id', '=', person)
    .executeTakeFirst();
  return deed ? together(tx, deed) : [];
}

const together = async (tx: Tx, deed: Deed): Promise<readonly Deed[]> =>
  deed.cause === null
    ? [deed]
    : tx
        .selectFrom('deed')
        .selectAll()
        .where('person_id', '=', deed.person_id)
        .where('cause', '=', deed.cause)
        .orderBy('id')
        .execute();

/** What a person did with this last. */
export const deedOn = (tx: Tx, person: number, subject: DeedSubject): Promise<Deed | undefined> =>
  tx
    .selectFrom('deed')
    .selectAll()
    .where('person_id', '=', person)
    .where('subject', '=', subject)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Whether a card that shows this `version` to a person offers to take back what they did. */
export async function mayTakeBack(
  tx: Tx,
  shown: { readonly person: number; readonly subject: DeedSubject; readonly version: number },
  now: Temporal.Instant,
  seconds: number | null,
): Promise<boolean> {
  if (seconds === null) return false;
  const deed = await deedOn(tx, shown.person, shown.subject);
  return (
    deed !== undefined &&
    deed.undone_at === null &&
    deed.version === shown.version &&
    isInTime(deed, now, seconds)
  );
}

/**
 * Marks it as taken back, or says why it cannot be: that it was before, that its time (`seconds` as in office.yaml) is over, or that what it
 * is about, which must be locked, does not stand as it was left (`stands`).
 */
export async function markUndone(
  work: Work,
  deed: Deed,
  seconds: number | null,
  stands: boolean,
): Promise<NotUndone | undefined> {
  if (deed.undone_at !== null) return 'before';
  if (!isInTime(deed, work.now, seconds)) return 'late';
  if (!stands) return 'moved-on';
  const marked = await work.tx
    .updateTable('deed')
    .set({ undone_at: work.now })
    .where('id', '=', deed.id)
    .where('undone_at', 'is', null)
    .executeTakeFirst();
  return marked.numUpdatedRows === 1n ? undefined : 'before';
}

/**
 * Messages of a deed that have not left yet never leave. Returns who has heard of it, or may have, by a message of its own: they are to
 * hear that it was taken back. A card that changed in place without a sound is no hearing.
 */
export async function keepBack(work: Work, owed: readonly string[]): Promise<readonly number[]> {
  if (owed.length === 0) return [];
  await work.tx
    .updateTable('delivery')
    .set({ state: 'dropped', last_error: UNDONE, lease_until: null })
    .where('id', 'in', owed)
    .where('state', '=', 'waiting')
    // What may have arrived is heard of, as far as anybody knows.
    .where('first_unknown', 'is', null)
    .execute();
  return hearing(work.tx, owed);
}

const UNDONE = 'undone';

/** Who has, or will have, one of these messages as something new; those in a bundle are in one that has, or will. */
export async function hearing(tx: Tx, owed: readonly string[]): Promise<readonly number[]> {
  if (owed.length === 0) return [];
  const rows = await tx
    .selectFrom('delivery')
    .select('person_id')
    .distinct()
    .where('id', 'in', owed)
    .where('attention', '=', true)
    .where((row) =>
      row.or([row('state', 'in', ['waiting', 'sending', 'sent']), row('bundle', 'is not', null)]),
    )
    .execute();
  return rows.flatMap(({ person_id: person }) => person ?? []);
}

/** Why something was not taken back. `late`: its time is over; `moved-on`: something was done upon it; `before`: it was already. */
export type NotUndone = 'late' | 'moved-on' | 'before';

/** Taken back, with how it is called; or why not. */
export type TakenBack =
  | { readonly undone: true; readonly name: string }
  | { readonly undone: false; readonly why: NotUndone; readonly name: string };
