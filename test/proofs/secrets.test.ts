/** Secrets are planted in a program that logs everything; a small day goes by, with failures; then all it said and kept is looked through. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { everyRoute } from '../../scripts/attack/target.ts';
import { type Program, startProgram } from '../../scripts/attack/program.ts';
import { allButtons, idIn, seen } from '../office/feishu-client.ts';
import { openStandIn } from '../model/stand-in.ts';

const PHONE = '13912345678';
const EMAIL = 'planted.person@example.com';
const WORDS = '紫色长颈鹿要喝茶';
const PATIENCE_MS = 30_000;

async function taps({ feishu }: Program, person: string, label: string): Promise<void> {
  const found = await feishu.waitFor(() => allButtons(feishu, idIn(person), label)[0], PATIENCE_MS);
  const tapped = await feishu.taps(idIn(person), found.message, { button: found.label });
  expect(tapped.toast?.content).toContain('已提交');
}

/** Where of all these a secret is found. */
const hunt = (secret: string, places: { readonly [place: string]: string }): readonly string[] =>
  Object.entries(places).flatMap(([place, text]) => (text.includes(secret) ? [place] : []));

test('secrets and what people write are in no log, figure, page, error, or record; in exports and backups only what belongs there', async () => {
  const model = await openStandIn();
  const program = await startProgram({ ...model.env, LOG_LEVEL: 'trace' });
  try {
    const { feishu, origin, db, folder } = program;
    await feishu.says(idIn('陈晨'), `下周二到下周四去上海出差，坐高铁，见${WORDS}`);
    await taps(program, '陈晨', '提交');
    await feishu.says(idIn('林晓'), `${WORDS}${PHONE}${EMAIL}`);
    await feishu.says(idIn('王磊'), '我的日历链接');
    const told = () => seen(feishu, idIn('王磊')).findLast((each) => each.includes('/calendar/'));
    const link = /\/calendar\/(\S+?)\.ics/.exec(await feishu.waitFor(told, PATIENCE_MS))?.[1] ?? '';
    expect(link.length).toBeGreaterThan(30);
    // The platform fails, the token is taken back, the database is cut; then people go on.
    feishu.fail({ answer: 500 }, { times: 3, only: /\/im\// });
    feishu.revokeTokens();
    await feishu.says(idIn('陈晨'), `领两包A4纸 ${WORDS}`);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`
      .execute(db)
      .catch(() => undefined);
    await feishu.says(idIn('陈晨'), `领三包A4纸 ${WORDS}`);
    await feishu.redeliver();
    const [request] = await db.selectFrom('request').select('number').execute();
    const errors: string[] = [];
    for (const [path, init] of [
      [`/calendar/${link}x.ics`, {}],
      [`/nothing?phone=${PHONE}&said=${encodeURIComponent(WORDS)}`, {}],
      [
        '/simulator/messages',
        {
          method: 'POST',
          body: `{"person":"${PHONE}`,
          headers: { 'content-type': 'application/json' },
        },
      ],
      [
        '/feishu/events',
        {
          method: 'POST',
          body: `{"encrypt":"${WORDS}"}`,
          headers: { 'content-type': 'application/json' },
        },
      ],
      [`/vendor/${PHONE}`, {}],
    ] as const)
      errors.push(await (await fetch(`${origin}${path}`, init)).text());
    const page = async (path: string): Promise<string> => (await fetch(`${origin}${path}`)).text();
    const record = await sql<{
      readonly entry: string;
    }>`select audit::text as entry from audit`.execute(db);
    const csv = join(folder, 'requests.csv');
    const exported = await program.office('export', 'requests', csv);
    const backup = join(folder, 'all.backup');
    const backedUp = await program.office('backup', backup);
    const bytes = await readFile(backup);
    const places = {
      log: program.said(),
      metrics: await page('/metrics'),
      health: await page('/health'),
      ready: await page('/ready'),
      errors: errors.join('\n'),
      record: record.rows.map(({ entry }) => entry).join('\n'),
      'what commands print': exported + backedUp + (await program.office('doctor')),
    };
    const kept = {
      export: (await readFile(csv).catch(() => Buffer.from(exported))).toString('utf8'),
      backup: (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8'),
    };
    // They were looked through at all: each holds what it should.
    expect(request?.number).toMatch(/^TRIP-/);
    expect(places.log.split('\n').length).toBeGreaterThan(5);
    expect(places.metrics).toContain('banshi_feishu_happened');
    expect(places.record).toContain('request.');
    expect(kept.backup).toContain(WORDS);

    const password = decodeURIComponent(new URL(program.databaseUrl.reveal()).password);
    const secrets = {
      'app secret': feishu.appSecret,
      'encrypt key': feishu.encryptKey,
      'verification token': feishu.verificationToken,
      'approval token': everyRoute['FEISHU_APPROVAL_TOKEN'] ?? '',
      'approval key': everyRoute['FEISHU_APPROVAL_KEY'] ?? '',
      'database password': password,
      'model key': model.env['LLM_API_KEY'] ?? '',
      'calendar link': link,
    };
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length, name).toBeGreaterThan(7);
      expect(hunt(secret, { ...places, ...kept }), name).toEqual([]);
    }
    // What people write belongs into what the office takes away or keeps, and nowhere else.
    for (const written of [PHONE, EMAIL, WORDS]) expect(hunt(written, places), written).toEqual([]);
  } finally {
    await program.stop();
    await model.close();
  }
}, 90_000);
