/**
 * What is over is not kept for ever: words go after a while, numbers stay. Done once a night in slices, each in a transaction of its own, so
 * that nothing waits for it; what a slice leaves comes with the next.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { inWork, type Office } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { RetentionRules } from '../settings/retention-rules.ts';
import { type Span, wallMinutes } from '../time/spans.ts';
import { clearRequest } from './cleared-request.ts';

/** Rows in one transaction. */
const SLICE = 500;
/** Slices of a sort in one go; more comes a minute later. */
const MOST_SLICES = 20;

/** What a slice did: how many rows, at most SLICE. */
type Sort = {
  readonly name: string;
  readonly run: (tx: Tx, now: Temporal.Instant) => Promise<number>;
};

/** Clears what has been kept long enough. True: nothing of it is left now. Puts what it did on record, by sort. */
export async function clearOld(office: Office, rules: RetentionRules): Promise<boolean> {
  const cleared: { [sort: string]: number } = {};
  let done = true;
  for (const { name, run } of sortsOf(rules)) {
    for (let slice = 1; ; slice++) {
      const rows = await inWork(office, { actor: 'system' }, ({ tx, now }) => run(tx, now));
      if (rows > 0) cleared[name] = (cleared[name] ?? 0) + rows;
      if (rows < SLICE) break;
      if (slice < MOST_SLICES) continue;
      done = false;
      break;
    }
  }
  if (Object.keys(cleared).length > 0)
    await inWork(office, { actor: 'system' }, (work) =>
      record(work, 'retention.cleared', 'office', { after: cleared }),
    );
  return done;
}

const sortsOf = ({ chat, files, claims, requests }: RetentionRules): readonly Sort[] => [
  ...(claims === null
    ? []
    : [deleting('inbound', 'key', claims, (at) => sql`received_at < ${at}`)]),
  ...(chat === null ? [] : said(chat)),
  ...(files === null ? [] : [filesOlderThan(files)]),
  requestsOf(requests),
];

const said = (chat: Span): readonly Sort[] => [
  deleting('last_said', 'ctid', chat, (at) => sql`at < ${at}`),
  deleting('misreading', 'id', chat, (at) => sql`at < ${at}`),
  deleting('set_aside', 'id', chat, (at) => sql`at < ${at}`),
  deleting('simulator_message', 'id', chat, (at) => sql`updated_at < ${at}`),
  deleting('simulator_file', 'id', chat, (at) => sql`at < ${at}`),
  emptying(
    'draft',
    sql`said = null, message = null, form = '{}', guessed = '[]'`,
    chat,
    (at) => sql`state <> 'open' and updated_at < ${at} and (said is not null or form <> '{}')`,
  ),
  emptying(
    'delivery',
    sql`view = '{"view":"cleared"}'`,
    chat,
    (at) =>
      sql`state in ('sent', 'dropped') and created_at < ${at} and view ->> 'view' <> 'cleared'`,
  ),
  emptying(
    'response_line',
    sql`text = '—'`,
    chat,
    (at) => sql`at < ${at} and text <> '—'
      and response_id in (select id from response where state in ('answered', 'over'))`,
  ),
  emptying(
    'response',
    sql`question = '—'`,
    chat,
    (at) => sql`asked_at < ${at} and question <> '—' and state in ('answered', 'over')`,
  ),
];

type Which = (before: Temporal.Instant) => RawBuilder<unknown>;

const before = (now: Temporal.Instant, span: Span): Temporal.Instant =>
  now.subtract({ minutes: wallMinutes(span) });

const deleting = (table: string, key: string, span: Span, which: Which): Sort => ({
  name: table,
  run: async (tx, now) => {
    const done = await sql`delete from ${sql.table(table)} where ${sql.ref(key)} in (
      select ${sql.ref(key)} from ${sql.table(table)} where ${which(before(now, span))}
      limit ${SLICE} for update skip locked)`.execute(tx);
    return Number(done.numAffectedRows ?? 0n);
  },
});

const emptying = (table: string, set: RawBuilder<unknown>, span: Span, which: Which): Sort => ({
  name: table,
  run: async (tx, now) => {
    const done = await sql`update ${sql.table(table)} set ${set} where id in (
      select id from ${sql.table(table)} where ${which(before(now, span))}
      limit ${SLICE} for update skip locked)`.execute(tx);
    return Number(done.numAffectedRows ?? 0n);
  },
});

/** A file goes with all that shows it, once what it belongs to has been closed so long. */
const filesOlderThan = (span: Span): Sort => ({
  name: 'attachment',
  run: async (tx, now) => {
    const { rows } = await sql<{ readonly id: number }>`
      select id from attachment
      where at < ${before(now, span)}
        and not exists (select from request where request.id = attachment.request_id and closed_at is null)
        and not exists (select from minutes where minutes.id = attachment.minutes_id and state in ('asked', 'drafted'))
      order by id limit ${SLICE} for update skip locked`.execute(tx);
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await tx.deleteFrom('material').where('attachment_id', 'in', ids).execute();
    await tx
      .updateTable('minutes')
      .set({ attachment_id: null, fetch_at: null })
      .where('attachment_id', 'in', ids)
      .execute();
    await tx.deleteFrom('attachment').where('id', 'in', ids).execute();
    return ids.length;
  },
});

/** Requests closed so long ago, with what was said about them. */
const requestsOf = (spans: RetentionRules['requests']): Sort => ({
  name: 'request',
  run: async (tx, now) => {
    const { others = null, ...named } = spans;
    const each = Object.entries(named).map(([kind, span]) =>
      span ? sql`(kind = ${kind} and closed_at < ${before(now, span)})` : sql`false`,
    );
    const rest = others
      ? sql`(not kind = any(${Object.keys(named)}) and closed_at < ${before(now, others)})`
      : sql`false`;
    const { rows } = await sql<{ readonly id: number }>`
      select id from request where cleared_at is null and closed_at is not null and (${sql.join([...each, rest], sql` or `)})
        and not exists (select from meeting where request_id = request.id and state = 'planned')
      order by id limit ${SLICE} for update skip locked`.execute(tx);
    for (const { id } of rows) await clearRequest(tx, id, now);
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await sql`update note set text = '—' where request_id = any(${ids})`.execute(tx);
    await tx.updateTable('meeting').set({ title: null }).where('request_id', 'in', ids).execute();
    await tx
      .updateTable('attendance')
      .set({ reason: null })
      .where('meeting_id', 'in', (meeting) =>
        meeting.selectFrom('meeting').select('id').where('request_id', 'in', ids),
      )
      .execute();
    await sql`update counterpart set wanted = null, external = null, tried = null
      where due_at is null and about_kind = 'request' and about_id = any(${ids})`.execute(tx);
    return ids.length;
  },
});
