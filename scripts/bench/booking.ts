/**
 * `npm run bench -- booking`: fifty clients who book at once, all in one room and each in a room of their own; how many bookings a second, beside a bare insert
 * into a table with the same exclusion constraint. What is measured is the booking itself in its transaction (the room locked, hours and closures looked at, the row), as
 * submitting does it. Half of the wishes in the hot room meet one that is taken: they are refused in words, and nobody ever sees a deadlock.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Refusal } from '../../cards/refusal.ts';
import { type Db, openDatabase } from '../../db/database.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { inWork } from '../../db/work.ts';
import { holdRoom } from '../../src/requests/room/bookings.ts';
import { defaultRules } from '../../src/settings/index.ts';
import { share, tell, times } from './line.ts';

const CLIENTS = 50;
const EACH = 30;
const ROUNDS = 3;
const clock = { now: () => Temporal.Now.instant() };
const first = clock.now().add({ hours: 24 * 30 });

/** The hour of a wish; in the hot room two wish for the same one. */
const at = (round: number, client: number, place: number, hot: boolean): Temporal.Instant => {
  const slot = hot ? Math.floor((client * EACH + place) / 2) : place;
  return first.add({ hours: (hot ? 0 : 50_000) + round * 4_000 + slot });
};

type Booked = { readonly rate: number; readonly refused: number; readonly failed: number };

async function clients(book: (client: number, place: number) => Promise<unknown>): Promise<Booked> {
  let refused = 0;
  let failed = 0;
  const began = performance.now();
  const one = async (client: number): Promise<void> => {
    for (let place = 0; place < EACH; place++)
      try {
        await book(client, place);
      } catch (error) {
        if (error instanceof Refusal) refused++;
        else failed++;
      }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, client) => one(client)));
  return { rate: (CLIENTS * EACH * 1_000) / (performance.now() - began), refused, failed };
}

const roomOf = (client: number, hot: boolean): number => (hot ? 1 : client + 1);

async function compared(db: Db, request: number, hot: boolean): Promise<void> {
  const floor: number[] = [];
  const own: number[] = [];
  let failed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await clients((client, place) => {
      const from = at(round, client, place, hot);
      return sql`insert into floor_booking (room_id, starts_at, ends_at)
        values (${roomOf(client, hot)}, ${from}, ${from.add({ hours: 1 })}) on conflict do nothing`.execute(
        db,
      );
    });
    const ours = await clients((client, place) => {
      const from = at(round, client, place, hot);
      const period = { from: from.toString(), to: from.add({ hours: 1 }).toString() };
      return inWork({ db, clock }, { actor: 'system' }, (work) =>
        holdRoom(
          work,
          defaultRules,
          { request_id: request },
          `Room ${roomOf(client, hot)}`,
          period,
          'booked',
        ),
      );
    });
    if (ours.refused !== (hot ? (CLIENTS * EACH) / 2 : 0))
      throw new Error(`${ours.refused} were refused`);
    failed += ours.failed;
    floor.push(bare.rate);
    own.push(ours.rate);
  }
  const [beside, mine] = [share(floor, 0.5), share(own, 0.5)];
  const least = hot ? 0.4 : 0.3;
  tell({
    what: `booking, ${CLIENTS} clients, ${hot ? 'one hot room' : 'cold rooms'}`,
    beside: `bare exclusion insert ${beside.toFixed(0)} a second`,
    ours: `${mine.toFixed(0)} a second, ${failed} failed`,
    ratio: times(mine / beside),
    must: `≥ ${least.toFixed(1)}, none failed`,
    kept: mine / beside >= least && failed === 0,
  });
}

const folder = mkdtempSync(join(tmpdir(), 'office-bench-'));
const embedded = await startEmbedded(folder);
const db = await openDatabase({ connectionString: embedded.connectionString });
try {
  await migrate(db);
  await sql`insert into room (name, floor, capacity, equipment, needs_approval, aliases)
    select 'Room ' || n, '1', 8, '{}', false, '{}' from generate_series(1, ${CLIENTS}::int) n`.execute(
    db,
  );
  await sql`create table floor_booking (id bigint generated always as identity primary key, room_id bigint not null,
    starts_at timestamptz not null, ends_at timestamptz not null,
    exclude using gist (room_id with =, tstzrange(starts_at, ends_at) with &&))`.execute(db);
  await sql`insert into person (name, active, language) values ('陈晨', true, 'zh')`.execute(db);
  const { rows } = await sql<{ id: number }>`
    insert into request (number, kind, requester_id, state, form, measure, workflow, outcome, version, channel, chat, submitted_at, updated_at)
    select 'BENCH', 'room', id, 'done', '{}', 0, '{}', '{}', 1, 'simulator', 'private', now(), now() from person returning id`.execute(
    db,
  );
  const request = rows[0]?.id ?? 0;
  await compared(db, request, true);
  await compared(db, request, false);
} finally {
  await db.destroy();
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}
