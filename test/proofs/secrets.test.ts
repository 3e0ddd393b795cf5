/** P38: secrets and words are planted in a program that logs everything; an ordinary hour with all its failures goes by; then every place is looked through. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { APPROVAL } from '../../scripts/attack/target.ts';
import { type Program, startProgram } from '../../scripts/attack/program.ts';
import { openDatabase } from '../../db/database.ts';
import { keepSetting } from '../../db/setting.ts';
import type { JsonObject } from '../feishu-platform/json.ts';
import { openStandIn, type StandIn } from '../model/stand-in.ts';
import { freshDatabase, type FreshDatabase } from '../office/database.ts';
import { allButtons, idIn, namedIn, seen } from '../office/feishu-client.ts';
import { asAdministrator } from '../office/postgres.ts';

const PATIENCE_MS = 20_000;

/** What people write and are known by. Each once, so that what is found tells where it came from. */
const WORDS = {
  phone: '13912345678',
  mail: 'planted.person@example.com',
  'free text of a request': '紫色长颈鹿',
  'the reason of a decision': '翡翠斑马线',
  'a private message': '玛瑙企鹅会',
  'what the program stumbled over': '琥珀河马洗澡',
} as const;

/** What an uncaught error is thrown by. */
const THROWN = new URL('thrown.ts', import.meta.url).href;

/** Text by where it stands, or by what it is. */
type Places = { readonly [name: string]: string };

let database: FreshDatabase;
let model: StandIn;
let program: Program;
let secrets: Places;
/** Text by place. */
let places: Places;
/** What people take away, and copies of the database. */
let taken: Places;

beforeAll(async () => {
  database = await freshDatabase();
  model = await openStandIn();
  await backedUpToday();
  program = await startProgram({
    connectionString: database.connectionString,
    env: {
      ...model.env,
      SIMULATOR: 'off',
      LOG_LEVEL: 'trace',
      NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${THROWN}`,
      PLANTED_WORDS: Object.values(WORDS).join(' '),
    },
  });
  const first = await tenantToken();
  const link = await ordinaryHour();
  await databaseAway();
  await stumbles();
  const errors = await errorAnswers(link);
  secrets = {
    'app secret': program.feishu.appSecret,
    'encrypt key': program.feishu.encryptKey,
    'verification token': program.feishu.verificationToken,
    'approval token': APPROVAL.token,
    'approval key': APPROVAL.key,
    'tenant token': first,
    'tenant token after it was taken back': await tenantToken(),
    'database password': decodeURIComponent(new URL(database.connectionString.reveal()).password),
    'key of the record': (await readFile(join(program.folder, 'audit.key'), 'utf8')).trim(),
    'model key': model.env['LLM_API_KEY'] ?? '',
    'calendar link': link,
  };
  const kept = await takenAway();
  taken = kept.files;
  places = {
    metrics: await page('/metrics'),
    health: await page('/health'),
    ready: await page('/ready'),
    errors,
    record: await rowsOf('audit'),
    'job queue': await rowsOf('pgboss.job'),
    'what commands print': kept.printed,
    crash: await crash(),
    log: program.said(),
  };
}, 240_000);
afterAll(async () => {
  await program.stop();
  await model.close();
  await database.drop();
});

/** The backup of the night takes a server of its own; here one is made by hand. */
async function backedUpToday(): Promise<void> {
  const db = await openDatabase(database);
  await keepSetting(db, 'backed-up', Temporal.Now.plainDateISO('Asia/Shanghai').toString());
  await db.destroy();
}

/** The stand-in hands out the same one to whoever asks while it is fresh: the one the program uses. */
async function tenantToken(): Promise<string> {
  const { baseUrl, appId: app_id, appSecret: app_secret } = program.feishu;
  const asked = await fetch(`${baseUrl}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id, app_secret }),
  });
  const { tenant_access_token: token } = (await asked.json()) as { tenant_access_token: string };
  return token;
}

const eventually = (holds: () => unknown): Promise<unknown> =>
  vi.waitFor(holds, { timeout: PATIENCE_MS });

const rowsOf = async (table: string): Promise<string> => {
  const { rows } = await sql<{ readonly row: string }>`
    select t::text as row from ${sql.table(table)} t`.execute(program.db);
  return rows.map(({ row }) => row).join('\n');
};

const page = async (path: string): Promise<string> =>
  (await fetch(`${program.origin}${path}`)).text();

/** Taps the newest button of that label; again, as people do, where the answer came too late. */
async function taps(
  person: string,
  label: string,
  told: string,
  form?: { readonly [input: string]: string },
): Promise<void> {
  const { feishu } = program;
  const { message, label: button } = await feishu.waitFor(
    () => allButtons(feishu, idIn(person), label)[0],
    PATIENCE_MS,
  );
  const named = form && namedIn(feishu.cardOf(message), button, form);
  const tap = { button, ...(named && { form: named }) };
  await eventually(async () =>
    expect(JSON.stringify(await feishu.taps(idIn(person), message, tap))).toContain(told),
  );
}

const hears = (person: string, words: string): Promise<string> =>
  program.feishu.waitFor(
    () => seen(program.feishu, idIn(person)).findLast((each) => each.includes(words)),
    PATIENCE_MS,
  );

/** Messages, taps, submissions, calls that fail in every way there is, a push that nobody understands. Answers a secret of a calendar link. */
async function ordinaryHour(): Promise<string> {
  const { feishu } = program;
  feishu.fail({ answer: 401, code: 99_991_663 }, { times: 1, only: /messages/ });
  feishu.fail({ answer: 429, code: 99_991_400 }, { times: 1, only: /messages/ });
  feishu.fail({ answer: 502 }, { times: 1, only: /messages/ });
  feishu.fail({ unreadable: true }, { times: 1, only: /messages/ });
  await feishu.says(
    idIn('陈晨'),
    `下周二到下周四去上海出差，坐高铁，见${WORDS['free text of a request']}`,
  );
  await taps('陈晨', '提交', '已提交');
  await feishu.says(
    idIn('林晓'),
    `${WORDS['a private message']}，回电${WORDS.phone}或${WORDS.mail}`,
  );
  feishu.revokeTokens();
  await hears('李伟', WORDS['free text of a request']);
  await taps('李伟', '驳回', '已驳回', { comment: WORDS['the reason of a decision'] });
  await hears('陈晨', WORDS['the reason of a decision']);
  await feishu.says(idIn('王磊'), '我的日历链接');
  const told = await hears('王磊', '/calendar/');
  const odd: JsonObject = {
    schema: '9.0',
    header: { token: feishu.verificationToken, app_id: feishu.appId },
  };
  await feishu.pushes({ envelope: odd });
  return /\/calendar\/([\w-]+)\.ics/.exec(told)?.[1] ?? '';
}

/** Nobody is let in, and who was is put out; then it is there again. */
async function databaseAway(): Promise<void> {
  const { feishu } = program;
  const server = inject('postgres').url;
  const name = new URL(database.connectionString.reveal()).pathname.slice(1);
  await asAdministrator(server, `alter database ${name} allow_connections false`);
  await asAdministrator(
    server,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  );
  await feishu.says(idIn('陈晨'), `领三包A4纸，${WORDS['free text of a request']}用`);
  expect(feishu.pending.length).toBeGreaterThan(0);
  await asAdministrator(server, `alter database ${name} allow_connections true`);
  await eventually(async () => expect(await page('/ready')).toContain('"ready":true'));
  await feishu.redeliver();
}

/** Errors of ours, as the database tells them: with the value that it could not read. */
async function stumbles(): Promise<void> {
  const { db, feishu } = program;
  const words = WORDS['what the program stumbled over'];
  const misread = (when: string, table: string): Promise<unknown> =>
    sql
      .raw(
        `create trigger misread before ${when} on ${table} for each row
         when (to_jsonb(new)::text like '%${words}%') execute function misread()`,
      )
      .execute(db);
  await sql`create function misread() returns trigger language plpgsql as $$ begin
      perform (to_jsonb(new)::text)::integer;
      return new;
    end $$`.execute(db);
  await misread('insert', 'draft');
  await feishu.says(idIn('何佳'), `下周二到下周四去上海出差，坐高铁，见${words}`);
  await hears('何佳', '没处理好');
  await misread('update', 'delivery');
  await sql`insert into delivery
      (id, lane, person_id, channel, address, what, view, attention, priority, state, due, created_at)
    select gen_random_uuid(), lane || ':stumbled', person_id, channel, address, 'stumbled',
      jsonb_build_object('view', 'notice', 'text', ${words}::text), true, 0, 'waiting', now(), now()
    from delivery limit 1`.execute(db);
  await feishu.says(idIn('林晓'), '帮助');
  await eventually(async () => expect(await rowsOf('pgboss.job')).toMatch(/retry|failed/));
  await sql`drop trigger misread on delivery`.execute(db);
}

/** Every route that strangers reach, with what it does not take. */
async function errorAnswers(link: string): Promise<string> {
  const { origin } = program;
  const post = (body: string, type = 'application/json'): RequestInit => ({
    method: 'POST',
    body,
    headers: { 'content-type': type },
  });
  const wrong: readonly (readonly [string, RequestInit])[] = [
    [`/calendar/${link}x.ics`, {}],
    [`/nothing?phone=${WORDS.phone}&said=${encodeURIComponent(WORDS['a private message'])}`, {}],
    [`/vendor/${WORDS.phone}`, {}],
    ['/simulator/messages', post(`{"person":"${WORDS.phone}`)],
    ['/feishu/events', post(`{"encrypt":"${WORDS['a private message']}"}`)],
    ['/feishu/cards', post(WORDS.phone, 'text/plain')],
    ['/feishu/approvals', post(`{"token":"${WORDS.phone}"}`)],
  ];
  const answers = await Promise.all(
    wrong.map(async ([path, init]) => {
      const response = await fetch(`${origin}${path}`, init);
      expect(response.status, path).toBeGreaterThanOrEqual(400);
      return `${path}: ${JSON.stringify([...response.headers])} ${await response.text()}`;
    }),
  );
  // What was asked is not what was answered.
  return answers.map((each) => each.slice(each.indexOf(': '))).join('\n');
}

/** Tables, all that is kept of one person, and a backup; with what was printed about them. */
async function takenAway(): Promise<{
  readonly files: Places;
  readonly printed: string;
}> {
  const at = (name: string): string => join(program.folder, name);
  const said = await program.office([
    ['export', 'requests', '--out', at('requests.csv')],
    ['export', 'ledger', 'trip', '--format', 'xlsx', '--out', at('trips.xlsx')],
    ['export', '陈晨', '--out', at('person')],
    ['backup', at('all.backup')],
    ['doctor'],
    ['deliveries'],
    ['audit', 'verify'],
  ]);
  expect(said.match(/已写入|已备份/g)).toHaveLength(4);
  const workbook = async (name: string): Promise<string> =>
    JSON.stringify((await readXlsx(await readFile(at(name)))).sheets.map(({ rows }) => rows));
  return {
    printed: said,
    files: {
      'a table as CSV': await readFile(at('requests.csv'), 'utf8'),
      'a table as a workbook': await workbook('trips.xlsx'),
      'all of one person': await workbook('person/data.xlsx'),
      'the same as JSON': await readFile(at('person/data.json'), 'utf8'),
      backup: gunzipSync(await readFile(at('all.backup'))).toString('utf8'),
      'set aside': await rowsOf('set_aside'),
    },
  };
}

/** What it says as it ends of an error that nobody caught. */
async function crash(): Promise<string> {
  const before = program.said().length;
  program.signal('SIGUSR2');
  await eventually(() => expect(program.ended()).not.toBeNull());
  return program.said().slice(before);
}

/** Where each of these is found; nothing for what is found nowhere. */
const hunt = (wanted: Places, among: Places): readonly string[] =>
  Object.entries(wanted).flatMap(([name, text]) =>
    Object.keys(among)
      .filter((place) => among[place]?.includes(text))
      .map((place) => `${name}: ${place}`),
  );

test('everything that is looked through is there, and every secret was used', () => {
  const { feishu } = program;
  expect(places['log']).toContain('feishu.call-failed');
  for (const [place, mark] of Object.entries({
    log: 'office.fault',
    metrics: 'banshi_feishu_happened',
    health: 'ok',
    ready: '"ready":true',
    errors: '没有这个页面',
    record: 'request.reject',
    'job queue': 'deliver',
    'what commands print': 'audit.key',
    crash: 'Error',
  }))
    expect(places[place], place).toContain(mark);
  expect(taken['a table as CSV']).toContain('TRIP-');
  for (const place of ['a table as a workbook', 'all of one person', 'backup'])
    expect(taken[place], place).toContain(WORDS['free text of a request']);
  for (const what of [
    'feishu.refused',
    'feishu.set-aside',
    'delivery.fault',
    'database.connection',
    '"what":"delivery"',
  ])
    expect(places['log'], what).toContain(what);
  expect(program.ended()).toBe(1);
  for (const [name, secret] of Object.entries(secrets))
    expect(secret.length, name).toBeGreaterThan(7);
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
  expect(feishu.calls.some(({ body }) => JSON.stringify(body)?.includes(feishu.appSecret))).toBe(
    true,
  );
  expect(new Set(feishu.calls.map(({ fault }) => JSON.stringify(fault))).size).toBeGreaterThan(4);
  expect(model.asked.map(({ key }) => key)).toContain(`Bearer ${secrets['model key']}`);
  expect(hunt({ seal: '"hash"' }, taken)).toContain('seal: backup');
  for (const [name, words] of Object.entries(WORDS)) expect(taken['backup'], name).toContain(words);
});

test('no secret is anywhere, not even in what people take away and in a backup', () => {
  expect(hunt(secrets, { ...places, ...taken })).toEqual([]);
});

test('what people wrote is in no log, figure, answer or record, and not in what the program says as it dies', () => {
  expect(hunt(WORDS, places)).toEqual([]);
});
