/** Messages that never arrived, and what becomes of them when they are sent again after all. */
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import type { Address } from '../channels/channel.ts';
import { noteReachable } from '../directory/reachable.ts';
import { laneOf } from './owe.ts';

/** Older than this it is not sent by itself any more when its person is back. */
const STILL_WANTED = { hours: 14 * 24 };

/** Puts messages that were given up back among those that are owed. Answers how many; the others say the same and are dropped. */
async function putBack(work: Work, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  // One of those that would show the same: the newest; none when a later one of them arrived or is about to.
  const { rows } = await sql<{ id: string }>`
    update delivery set state = 'waiting', attempts = 0, failing_since = null, lease_until = null,
      quiet = case when quiet is null then null else 'ask' end,
      generation = case when first_unknown is null then generation + 1 else generation end
    where state = 'dead' and id in (
      select distinct on (d.lane, d.view) d.id from delivery d
      where d.id = any(${ids}) and d.state = 'dead'
        and not exists (select from delivery later where later.lane = d.lane and later.view = d.view
          and later.seq > d.seq and later.state in ('waiting', 'sending', 'sent'))
      order by d.lane, d.view, d.seq desc)
    returning id`.execute(work.tx);
  await work.tx
    .updateTable('delivery')
    .set({ state: 'dropped', last_error: 'redriven' })
    .where('id', 'in', ids)
    .where('state', '=', 'dead')
    .execute();
  return rows.length;
}

/**
 * Sends dead messages again, each drawn from what is true then; what is over is dropped. `which`: numbers of messages, or all. Their
 * people count as reachable until the platform says otherwise. Answers the numbers that were dead.
 */
export async function redrive(
  work: Work,
  which: readonly number[] | 'all',
): Promise<readonly number[]> {
  let wanted = work.tx
    .selectFrom('delivery')
    .select(['id', 'seq', 'channel', 'address'])
    .where('state', '=', 'dead')
    .orderBy('seq')
    .forUpdate();
  if (which !== 'all') wanted = wanted.where('seq', 'in', [...which]);
  const rows = await wanted.execute();
  for (const { channel, address } of rows) await noteReachable(work, { channel, id: address });
  await putBack(
    work,
    rows.map(({ id }) => id),
  );
  return rows.map(({ seq }) => seq);
}

/**
 * Somebody was heard from, or something reached them: whatever could not be sent to them meanwhile is, as far as it is still true.
 * `chat`: their private chat, when it is known.
 */
export async function heardFrom(
  work: Work,
  { channel, id }: Pick<Address, 'id'> & { readonly channel: string },
  chat?: string,
): Promise<void> {
  if (!(await noteReachable(work, { channel, id }, chat))) return;
  const rows = await work.tx
    .selectFrom('delivery')
    .select('id')
    .where('lane', '=', laneOf(channel, id))
    .where('state', '=', 'dead')
    .where('created_at', '>', work.now.subtract(STILL_WANTED))
    .execute();
  await putBack(
    work,
    rows.map((row) => row.id),
  );
}

/**
 * One message is tried at every address that was left alone for long enough, or whose person is said to be here again: the newest of
 * those that did not arrive, for all that show the same. When it does, the others follow.
 */
export async function tryAgain(office: Office): Promise<void> {
  const { rows } = await sql<{ ids: string[] }>`
    select array(select same.id from delivery same
      where same.lane = newest.lane and same.state = 'dead' and same.view = newest.view) as ids
    from address a, lateral (
      select lane, view from delivery d
      where d.lane = a.channel || ':' || a.external_id and d.state = 'dead' order by d.seq desc limit 1) newest
    where a.unreachable_since is not null and a.try_at <= ${office.clock.now()}
      and not exists (select from delivery w where w.lane = a.channel || ':' || a.external_id
        and w.state in ('waiting', 'sending') and w.due <= ${office.clock.now()})`.execute(
    office.db,
  );
  for (const { ids } of rows)
    await inWork(office, { actor: 'system' }, (work) => putBack(work, ids));
}

/** A message that is not through: who it is for, what, how it fares. */
export type Undelivered = {
  /** Its number, by which it is sent again. */
  readonly seq: number;
  readonly to: string;
  readonly view: string;
  readonly state: 'waiting' | 'sending' | 'unknown' | 'dead';
  readonly attempts: number;
  readonly code: string | null;
  readonly owedAt: Temporal.Instant;
};

/** More than this nobody reads. */
const MOST = 500;

/** Messages that are due and not through, oldest first; `dead`: only those that were given up. */
export async function undelivered(
  db: Db,
  now: Temporal.Instant,
  only?: 'dead',
): Promise<readonly Undelivered[]> {
  const rows = await db
    .selectFrom('delivery')
    .leftJoin('person', 'person.id', 'delivery.person_id')
    .select(['delivery.seq', 'person.name', 'delivery.address', 'delivery.view'])
    .select(['delivery.state', 'delivery.attempts', 'delivery.last_error', 'delivery.created_at'])
    .where('delivery.state', 'in', only ? [only] : ['waiting', 'sending', 'unknown', 'dead'])
    .where((row) => row.or([row('delivery.due', '<=', now), row('delivery.state', '=', 'dead')]))
    .orderBy('delivery.seq')
    .limit(MOST)
    .execute();
  return rows.flatMap(({ seq, name, address, view, state, attempts, last_error, created_at }) =>
    state === 'sent' || state === 'dropped'
      ? []
      : [
          {
            seq,
            to: name ?? address,
            view: view.view,
            state,
            attempts,
            code: last_error,
            owedAt: created_at,
          },
        ],
  );
}
