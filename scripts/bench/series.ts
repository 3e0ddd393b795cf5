/**
 * `npm run bench -- series`: what booking 52 dates at once costs: the tap on 提交, in its one transaction with bookings, meetings, who is invited,
 * record and cards; beside a bare insert of 52 bookings and a single booking's tap in the same run, and the same with a year of other people's bookings there.
 */
import { sql } from 'kysely';
import type { App } from '../../src/app.ts';
import { withOffice } from './demo-office.ts';

const ROUNDS = 40;
const DATES = 52;
/** Rooms that are booked eight times a day for a year. */
const ROOMS = 30;
const ONCE = '下周一上午10点到11点订黄山，主题周会，参会人：王磊、林晓';
const SAYS = `每周一上午10点到11点订黄山，共${DATES}次，主题周会，参会人：王磊、林晓`;

/** The whole of it has to stay below this, ms at the median. */
const MOST_MS = 50;

let inputs = 0;

async function draft(
  app: App,
  says: string,
): Promise<{ readonly id: number; readonly version: number }> {
  await app.desk.message({
    key: `bench:${inputs++}`,
    from: { channel: 'simulator', id: 'ou_rd_1' },
    chat: 'private',
    group: false,
    message: `bench_${inputs}`,
    text: says,
    files: [],
    sentAt: Temporal.Now.instant(),
  });
  return app.db
    .selectFrom('draft')
    .select(['id', 'version'])
    .where('state', '=', 'open')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
}

/** In an office the same hour is not booked and freed a hundred times in a minute: what the server clears away by and by it clears now. */
const tidied = ({ db }: App): Promise<unknown> => sql`vacuum booking, meeting`.execute(db);

/** The tap on 提交 of what is said, with nothing else under way; what was booked is given back. */
async function book(app: App, says: string, dates: number): Promise<number> {
  const { id, version } = await draft(app, says);
  await app.deliver();
  const began = performance.now();
  await app.desk.tap({
    key: `bench:${inputs++}`,
    from: { channel: 'simulator', id: 'ou_rd_1' },
    value: { v: 1, a: 'submit', d: id, n: version },
    answers: {},
  });
  const took = performance.now() - began;
  const freed =
    await sql`update booking set state = 'released' where state = 'booked' and request_id = (select max(id) from request)`.execute(
      app.db,
    );
  if (Number(freed.numAffectedRows) !== dates)
    throw new Error(`${String(freed.numAffectedRows)} of ${dates} dates were booked`);
  await tidied(app);
  return took;
}

/** 52 bookings of one room, a week apart, far from all others. */
async function bare(app: App, request: number, room: number): Promise<number> {
  const began = performance.now();
  await app.db.transaction().execute((tx) =>
    sql`insert into booking (request_id, room_id, starts_at, ends_at, state)
      select ${request}::bigint, ${room}::bigint, now() + interval '5 years' + n * interval '7 days',
        now() + interval '5 years' + n * interval '7 days' + interval '1 hour', 'booked'
      from generate_series(1, ${DATES}::int) n`.execute(tx),
  );
  const took = performance.now() - began;
  await sql`update booking set state = 'released' where starts_at > now() + interval '4 years'`.execute(
    app.db,
  );
  await tidied(app);
  return took;
}

/** A year of bookings in so many rooms, eight a day in each. */
async function fill(app: App, request: number, rooms: number): Promise<void> {
  await sql`insert into room (name, floor, capacity, equipment, needs_approval, aliases)
    select '会议室' || n, '9', 8, '{}', false, '{}' from generate_series(1, ${rooms}::int) n`.execute(
    app.db,
  );
  // Month by month: no statement of the program may take long.
  for (let month = 0; month < 12; month++)
    await sql`insert into booking (request_id, room_id, starts_at, ends_at, state)
      select ${request}::bigint, r.id, d + h * interval '1 hour', d + (h + 1) * interval '1 hour', 'booked'
      from room r, generate_series(date_trunc('day', now()) + ${month}::int * interval '30 days',
          date_trunc('day', now()) + ${month}::int * interval '30 days' + interval '29 days', interval '1 day') d,
        generate_series(1, 8) h where r.name like '会议室%'`.execute(app.db);
  await sql`analyze booking, room`.execute(app.db);
}

function told(name: string, times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  process.stdout.write(
    `${name.padEnd(58)} p50 ${at(0.5).toFixed(1).padStart(6)} ms  p95 ${at(0.95).toFixed(1).padStart(6)} ms\n`,
  );
  return at(0.5);
}

async function times(act: () => Promise<number>): Promise<readonly number[]> {
  for (let round = 0; round < 5; round++) await act();
  const found: number[] = [];
  for (let round = 0; round < ROUNDS; round++) found.push(await act());
  return found;
}

await withOffice(async (app) => {
  await book(app, SAYS, DATES);
  const { id: request } = await app.db.selectFrom('request').select('id').executeTakeFirstOrThrow();
  const { id: room } = await app.db
    .selectFrom('room')
    .select('id')
    .where('name', '=', '华山')
    .executeTakeFirstOrThrow();
  told(`bare insert of ${DATES} bookings`, await times(() => bare(app, request, room)));
  const single = told('a single booking, the tap on 提交', await times(() => book(app, ONCE, 1)));
  const median = told(
    `a series of ${DATES} dates, the tap on 提交`,
    await times(() => book(app, SAYS, DATES)),
  );
  // What is there already is another's: a person's own bookings count against their limits.
  await sql`update request set requester_id = (select person_id from address where external_id = 'ou_rd_2') where id = ${request}`.execute(
    app.db,
  );
  await fill(app, request, ROOMS);
  told(
    `bare insert, with ${(ROOMS * 8 * 360).toLocaleString('en-US')} other bookings`,
    await times(() => bare(app, request, room)),
  );
  told('the series again, with those', await times(() => book(app, SAYS, DATES)));
  process.stdout.write(
    `${median < MOST_MS ? 'below' : 'NOT below'} ${MOST_MS} ms; ${DATES - 1} more dates add ${(median - single).toFixed(1)} ms to a single booking\n`,
  );
});
