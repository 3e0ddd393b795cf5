/**
 * `npm run bench -- tap`: from a tap on 同意 to its answer, with the whole transition of an approval behind it (who may, the next tasks, the bookings, the record, what is
 * owed, the new card); beside one statement that updates a row, through the same server, as often and in the same run. Taps come four a second.
 */
import { sql } from 'kysely';
import type { Standing } from './standing.ts';
import { callBack } from '../../test/office/feishu-client.ts';
import { ms, say, share, tell, times, wait } from './line.ts';
import { type Program, startProgram } from './program.ts';
import { stand } from './standing.ts';
import { staff } from './year/company.ts';

const TAPS = 100;
const WARM = 40;
const EVERY_MS = 250;
const SAYS = '下周二到周四去上海出差，坐高铁，见客户';

type Waiting = {
  readonly person: string;
  readonly request: number;
  readonly version: number;
  readonly step: string;
};

const value = (wish: object): object => ({ v: 1, ...wish });

/** So many trips wait for their approvers, and everything about them has arrived. */
async function submitted({ feishu, db }: Standing, count: number): Promise<readonly Waiting[]> {
  for (const { id } of staff.slice(0, count)) {
    await feishu.says(id, SAYS);
    const draft = await db
      .selectFrom('draft')
      .select(['id', 'version'])
      .where('state', '=', 'open')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const answer = await callBack(feishu, {
      person: id,
      value: value({ a: 'submit', d: draft.id, n: draft.version }),
    });
    if (answer.toast?.type === 'error') throw new Error(answer.toast.content);
  }
  await quiet(db);
  return db
    .selectFrom('task')
    .innerJoin('request', 'request.id', 'task.request_id')
    .innerJoin('address', 'address.person_id', 'task.person_id')
    .select([
      'address.external_id as person',
      'request.id as request',
      'request.version as version',
      'task.step_id as step',
    ])
    .where('task.state', '=', 'open')
    .where('task.sort', '=', 'approval')
    .orderBy('request.id')
    .execute();
}

/** Until nothing is left to be sent: the program keeps the platform's pace. */
async function quiet(db: Standing['db']): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from delivery
      where state in ('waiting', 'sending') and due < now()`.execute(db);
    if (rows[0]?.count === 0) return;
    await wait(250);
  }
}

type Figures = { readonly p50: number; readonly p99: number; readonly cpu: number };

async function tapped(
  { feishu }: Standing,
  program: Program,
  taps: readonly { readonly person: string; readonly value: object }[],
): Promise<Figures> {
  const took: number[] = [];
  let before = 0;
  for (const [place, tap] of taps.entries()) {
    if (place === WARM) before = program.cpu();
    const answer = await callBack(feishu, tap);
    if (answer.toast?.type !== 'success') throw new Error(JSON.stringify(answer));
    if (place >= WARM) took.push(answer.ms);
    await wait(EVERY_MS - (performance.now() % EVERY_MS));
  }
  return {
    p50: share(took, 0.5),
    p99: share(took, 0.99),
    cpu: (program.cpu() - before) / took.length,
  };
}

const standing = await stand();
const { feishu, db, env } = standing;
try {
  await sql`create table floor_row (id int primary key, n int not null, key text not null)`.execute(
    db,
  );
  await sql`insert into floor_row select n, 0, '' from generate_series(0, 255) n`.execute(db);
  const update = await startProgram('scripts/bench/floors.ts', env, ['update']);
  feishu.webhookUrl = update.address;
  const any = { person: staff[0]?.id ?? '', value: value({ a: 'nothing' }) };
  const floor = await tapped(
    standing,
    update,
    Array.from({ length: WARM + TAPS }, () => any),
  );
  await update.stop();
  const office = await standing.office();
  await db.updateTable('person').set({ greeted_at: Temporal.Now.instant() }).execute();
  const waiting = await submitted(standing, WARM + TAPS);
  const own = await tapped(
    standing,
    office,
    waiting.map(({ person, request, version, step }) => ({
      person,
      value: value({ a: 'approve', r: request, n: version, s: step }),
    })),
  );
  await office.stop();
  say(
    `CPU a tap, with what is sent after it: floor ${ms(floor.cpu)}, ours ${ms(own.cpu)}; p99 of the floor ${ms(floor.p99)}`,
  );
  tell({
    what: 'tap to answered, a full approval, p50',
    beside: `one-statement update, same server ${ms(floor.p50)}`,
    ours: `${ms(own.p50)}, p99 ${ms(own.p99)}`,
    ratio: times(own.p50 / floor.p50),
    must: '≤ 4 and p99 ≤ 50 ms',
    kept: own.p50 / floor.p50 <= 4 && own.p99 <= 50,
  });
} finally {
  await standing.stop();
}
