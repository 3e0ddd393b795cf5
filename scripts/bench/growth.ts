/**
 * `npm run bench -- growth [--requests 1000000]`: every statement that a message, a tap on 提交, one on 同意 and a tick make, heard at the connection; how long each takes with 1,000
 * requests in the database, and with a million (their tasks, entries, messages and bookings with them, filled by SQL). The plan of each with the million goes into docs/performance.md.
 */
import { parseArgs } from 'node:util';
import { CompiledQuery, sql } from 'kysely';
import pg from 'pg';
import type { App } from '../../src/app.ts';
import { withOffice } from './demo-office.ts';
import { say, tell } from './line.ts';
import { writeBetween } from './paper.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { requests: { type: 'string', default: '1000000' } },
});
const FEW = 1_000;
const MANY = Number(values.requests);
const ROUNDS = 24;
const TICKS = 24;
/** A company in which a million requests are a hundred for each. */
const PEOPLE = 10_000;
/** So many rows go in by one statement. */
const AT_ONCE = 25_000;
/** A statement may take so many times as long; less than this is not called longer, ms. */
const MOST = 1.5;
const UNFELT_MS = 0.2;

type Heard = { readonly text: string; readonly values: readonly unknown[]; ms?: number };

let heard: Heard[] | undefined;

/** Every statement of every connection goes through here. */
function listen(): void {
  const { prototype } = pg.Client;
  const query = Object.getOwnPropertyDescriptor(prototype, 'query')?.value;
  const listening = function (this: pg.Client, ...asked: unknown[]): unknown {
    const began = performance.now();
    const answer: unknown = Reflect.apply(query, this, asked);
    const [what] = asked;
    if (heard && typeof what === 'object' && what !== null && answer instanceof Promise) {
      const { text = '', values: given = [] } = what as Partial<Heard>;
      const entry: Heard = { text: text.replaceAll(/\s+/g, ' ').trim(), values: given };
      heard.push(entry);
      answer.then(
        () => (entry.ms = performance.now() - began),
        () => undefined,
      );
    }
    return answer;
  };
  Object.assign(prototype, { query: listening });
}

type Times = ReadonlyMap<string, { readonly ms: number; readonly values: readonly unknown[] }>;

/** What is heard while `act` runs: of each statement the quickest, since others' load only makes it longer; ms. */
async function timed(act: () => Promise<void>): Promise<Times> {
  const all: Heard[] = [];
  heard = all;
  await act();
  heard = undefined;
  const byText = Map.groupBy(all, ({ text }) => text);
  return new Map(
    [...byText].map(([text, each]) => [
      text,
      {
        ms: Math.min(...each.flatMap(({ ms }) => ms ?? [])),
        values: each.at(-1)?.values ?? [],
      },
    ]),
  );
}

let inputs = 0;

const speak = (app: App, text: string): Promise<void> =>
  app.desk.message({
    key: `bench:${inputs++}`,
    from: { channel: 'simulator', id: 'ou_rd_1' },
    chat: 'private',
    group: false,
    message: `bench_${inputs}`,
    text,
    files: [],
    sentAt: Temporal.Now.instant(),
  });

async function tap(app: App, id: string, wish: object): Promise<void> {
  const answer = await app.desk.tap({
    key: `bench:${inputs++}`,
    from: { channel: 'simulator', id },
    value: { v: 1, ...wish },
    answers: {},
  });
  if (answer.toast?.look === 'error') throw new Error(JSON.stringify(answer.toast));
}

/** A trip from its sentence to its approval, with all that is sent. */
async function trip(app: App): Promise<void> {
  await speak(app, '下周二到周四去上海出差，坐高铁，见客户');
  await app.deliver();
  const draft = await app.db
    .selectFrom('draft')
    .select(['id', 'version'])
    .where('state', '=', 'open')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  await tap(app, 'ou_rd_1', { a: 'submit', d: draft.id, n: draft.version });
  await app.deliver();
  const task = await app.db
    .selectFrom('task')
    .innerJoin('request', 'request.id', 'task.request_id')
    .innerJoin('address', 'address.person_id', 'task.person_id')
    .select(['request.id', 'request.version', 'task.step_id', 'address.external_id'])
    .where('task.state', '=', 'open')
    .where('task.sort', '=', 'approval')
    .orderBy('task.id', 'desc')
    .executeTakeFirstOrThrow();
  await tap(app, task.external_id, {
    a: 'approve',
    r: task.id,
    n: task.version,
    s: task.step_id,
  });
  await app.deliver();
  // Days that are taken by one trip are free for the next.
  await sql`delete from absence where request_id = ${task.id}`.execute(app.db);
  await sql`update request set state = 'cancelled' where id = ${task.id}`.execute(app.db);
  await sql`update task set state = 'cancelled', closed_at = now(), next_reminder_at = null where request_id = ${task.id} and state = 'open'`.execute(
    app.db,
  );
}

async function usual(app: App): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) await trip(app);
  for (let round = 0; round < TICKS; round++) await app.tick();
}

/** A large company has nothing else to grow by than its requests: all its people are there from the beginning, in the departments of the demo company. */
const staff = (app: App): Promise<unknown> =>
  sql`with added as (
      insert into person (name, active, language, greeted_at, department_id)
      select '同事' || n, true, 'zh', now(), (select array_agg(id order by id) from department)[1 + n % (select count(*) from department)]
      from generate_series(1, ${PEOPLE}::int) n returning id, name)
    insert into address (channel, external_id, person_id)
    select 'simulator', 'ou_many_' || substr(name, 3), id from added`.execute(app.db);

/** The requests of a year and more, closed, on days that were to come when they were handed in: each with a task, an entry, a message and a message heard. */
const fill = (app: App, from: number, to: number): Promise<void> =>
  app.db.connection().execute(async (db) => {
    await sql`set statement_timeout = 0`.execute(db);
    await filled(db, from, to);
    await sql`vacuum analyze person, address, request, task, delivery, audit, inbound`.execute(db);
    // What it costs to write all of that down is not to be paid by what is measured next.
    await sql`checkpoint`.execute(db);
    await sql`reset statement_timeout`.execute(db);
  });

async function filled(db: App['db'], from: number, to: number): Promise<void> {
  const { rows } = await sql<{ first: number; people: number }>`
    select min(id)::int as first, count(*)::int as people from person`.execute(db);
  const { first = 1, people = 1 } = rows[0] ?? {};
  for (let low = from; low < to; low += AT_ONCE) {
    const high = Math.min(low + AT_ONCE, to) - 1;
    const at = sql`now() - interval '400 days' + n * interval '34 seconds'`;
    await sql`with one as (select * from request where kind = 'trip' order by id limit 1),
      added as (insert into request (number, kind, requester_id, state, form, measure, workflow, outcome, version, channel, chat, submitted_at, updated_at, closed_at)
        select 'OLD-' || n, one.kind, ${first}::int + n % ${people}::int, 'done', one.form || jsonb_build_object('days', jsonb_build_object('from', ((${at})::date + 7)::text, 'to', ((${at})::date + 9)::text)), one.measure, one.workflow, one.outcome, 3, one.channel, 'old', ${at}, ${at}, ${at}
        from one, generate_series(${low}::int, ${high}::int) n returning id, requester_id, submitted_at),
      tasks as (insert into task (request_id, step_id, person_id, sort, state, opened_at, closed_at)
        select id, 's1', requester_id, 'approval', 'done', submitted_at, submitted_at from added)
      insert into delivery (id, what, lane, person_id, channel, address, view, attention, priority, state, due, created_at)
        select gen_random_uuid(), 'old-' || id, 'old-' || requester_id, requester_id, 'simulator', 'old', '{"view":"notice"}', true, 3, 'sent', submitted_at, submitted_at from added`.execute(
      db,
    );
    await sql`insert into audit (at, actor, act, subject)
      select ${at}, 'system', 'request.changed', 'old:' || n from generate_series(${low}::int, ${high}::int) n`.execute(
      db,
    );
    await sql`insert into inbound (key, kind, received_at) select 'old-' || n, 'message', ${at}
      from generate_series(${low}::int, ${high}::int) n`.execute(db);
  }
}

/** How Postgres goes about it with the values that were last asked with, a line a node, without figures that change from run to run. */
async function planOf(app: App, text: string, asked: readonly unknown[] = []): Promise<string> {
  try {
    const { rows } = await app.db.executeQuery<{ 'QUERY PLAN': string }>(
      CompiledQuery.raw(`explain (costs off) ${text}`, [...asked]),
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const PLANNED = /^(?:select|insert|update|delete|with)\b/i;

listen();
await withOffice(async (app) => {
  await staff(app);
  await trip(app);
  await fill(app, 1, FEW);
  await usual(app);
  const few = await timed(() => usual(app));
  say(`${few.size} statements heard`);
  await fill(app, FEW, MANY);
  await usual(app);
  const many = await timed(() => usual(app));
  const texts = [...many.keys()].filter((text) => PLANNED.test(text)).toSorted();
  const grown: string[] = [];
  const kept: string[] = [];
  let most = 0;
  for (const text of texts) {
    const before = few.get(text)?.ms;
    const after = many.get(text)?.ms ?? 0;
    const ratio = before === undefined ? 1 : after / before;
    const slower = before !== undefined && after - before > UNFELT_MS && ratio > MOST;
    if (before !== undefined && after - before > UNFELT_MS) most = Math.max(most, ratio);
    if (slower) grown.push(`${before.toFixed(2)} → ${after.toFixed(2)} ms: ${text.slice(0, 160)}`);
    kept.push(
      `${slower ? 'GROWN ' : ''}${before?.toFixed(2) ?? '—'} → ${after.toFixed(2)} ms\n${text}\n${await planOf(app, text, many.get(text)?.values)}`,
    );
  }
  for (const one of grown) say(one);
  const head = `${texts.length} statements, ${FEW.toLocaleString('en-US')} and ${MANY.toLocaleString('en-US')} requests; ${grown.length} grown.`;
  writeBetween('growth', `${head}\n\n\`\`\`text\n${kept.join('\n\n')}\n\`\`\``);
  tell({
    what: `growth from ${FEW.toLocaleString('en-US')} to ${MANY.toLocaleString('en-US')} requests, each statement`,
    beside: `the same statement with ${FEW.toLocaleString('en-US')}`,
    ours: `${grown.length} of ${texts.length} grown`,
    ratio: most === 0 ? '≤ 1' : `${most.toFixed(1)} at most`,
    must: `≤ ${MOST} each`,
    kept: grown.length === 0,
  });
});
