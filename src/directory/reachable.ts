/** Whether anything arrives at an address, as far as the platform let us know. */
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import type { Address } from '../channels/channel.ts';

/** An address where nothing arrived is left alone so long; then one message is tried. */
const LEFT_ALONE = { hours: 24 };
/** A person is buzzed at most once in this. */
const BETWEEN_BUZZES = { hours: 1 };

type Place = Pick<Address, 'id'> & { readonly channel: string };

const at = ({ tx }: Pick<Work, 'tx'>, { channel, id }: Place) =>
  tx.updateTable('address').where('channel', '=', channel).where('external_id', '=', id);

/** Nothing arrives there. True the first time: somebody has to be told. */
export async function noteUnreachable(work: Work, place: Place, code: string): Promise<boolean> {
  const until = work.now.add(LEFT_ALONE);
  const first = await at(work, place)
    .where('unreachable_since', 'is', null)
    .set({ unreachable_since: work.now, unreachable_code: code, try_at: until })
    .returning('person_id')
    .executeTakeFirst();
  if (!first) await at(work, place).set({ unreachable_code: code, try_at: until }).execute();
  return first !== undefined;
}

/** Something arrived there, or came from there: `chat` is their private chat, when it told. True: nothing did before. */
export async function noteReachable(work: Work, place: Place, chat?: string): Promise<boolean> {
  const before = await work.tx
    .selectFrom('address')
    .select(['chat', 'unreachable_since'])
    .where('channel', '=', place.channel)
    .where('external_id', '=', place.id)
    .executeTakeFirst();
  if (chat !== undefined && before && before.chat !== chat)
    await at(work, place).set({ chat }).execute();
  if (!before?.unreachable_since) return false;
  const back = await at(work, place)
    .where('unreachable_since', 'is not', null)
    .set({ unreachable_since: null, unreachable_code: null, try_at: null })
    .returning('person_id')
    .executeTakeFirst();
  return back !== undefined;
}

/** What is known about an address. `closed`: why nothing is to be tried there now; null: it may be. `open`: all that was tried last arrived. */
export type Reach = {
  readonly chat: string | null;
  readonly closed: string | null;
  readonly open: boolean;
};

export async function reachOf(
  tx: Tx,
  { channel, id }: Place,
  now: Temporal.Instant,
): Promise<Reach> {
  const row = await tx
    .selectFrom('address')
    .select(['chat', 'unreachable_since', 'unreachable_code', 'try_at'])
    .where('channel', '=', channel)
    .where('external_id', '=', id)
    .executeTakeFirst();
  const waits = row?.try_at && Temporal.Instant.compare(now, row.try_at) < 0;
  return {
    chat: row?.chat ?? null,
    closed: waits ? row.unreachable_code : null,
    open: row !== undefined && row.unreachable_since === null,
  };
}

/** The directory says that they are here again: the next message is tried at once. */
export async function mayBeBack(work: Work, person: number): Promise<void> {
  await work.tx
    .updateTable('address')
    .set({ try_at: work.now })
    .where('person_id', '=', person)
    .where('unreachable_since', 'is not', null)
    .execute();
}

/** Takes the one buzz of the hour. False: they were buzzed within it, by whichever replica. */
export async function takeBuzz(work: Work, place: Place): Promise<boolean> {
  const taken = await at(work, place)
    .where((row) =>
      row.or([
        row('buzzed_at', 'is', null),
        row('buzzed_at', '<=', work.now.subtract(BETWEEN_BUZZES)),
      ]),
    )
    .set({ buzzed_at: work.now })
    .returning('person_id')
    .executeTakeFirst();
  return taken !== undefined;
}
