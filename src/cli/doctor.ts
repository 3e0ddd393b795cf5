import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import type { Db } from '../../db/database.ts';
import type { Config } from '../config.ts';
import { calendarOf, type Rules } from '../settings/index.ts';
import { StartRefusal } from '../start-refusal.ts';
import { systemClock } from '../time/clock.ts';
import { exit, line, say } from './command.ts';
import { backlog, inventory, lanes, server, tables } from './doctor/database.ts';
import { events } from './doctor/feishu-events.ts';
import { platform } from './doctor/feishu.ts';
import { type Finding, tell, warning, well, wrong } from './doctor/finding.ts';
import { quota } from './doctor/quota.ts';
import { disk, together } from './doctor/machine.ts';
import { calendar, people, missingPeople, sites } from './doctor/rules.ts';
import { configured, Misconfigured, ruled, withDatabase } from './opened.ts';

/** `doctor`: looks at everything, changes nothing, says how to mend each finding. Exit code 1 when something is wrong. */
export async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  let errors = 0;
  for await (const finding of findings()) {
    tell(finding);
    if (finding.level === 'error') errors++;
  }
  line('');
  say(
    errors > 0
      ? words(`${errors} 处错误需要处理`, `${errors} errors to mend`)
      : words('没有错误', 'no errors'),
  );
  return errors > 0 ? exit.finding : exit.ok;
}

async function* findings(): AsyncGenerator<Finding> {
  const config = await orMistakes('环境变量', async () => configured());
  yield* config.found;
  if (!config.value) return;
  yield* together(config.value);
  yield* await disk(config.value);
  const rules = await orMistakes(config.value.officeConfig.path, () => ruled(configured()));
  yield* rules.found;
  if (rules.value) yield* calendar(today(rules.value));
  yield* await ofDatabase(config.value, rules.value);
  if (config.value.feishu) yield* await platform(config.value, rules.value?.feishu ?? {});
  else
    yield warning(
      words('未配置飞书', 'Feishu is not configured'),
      words(
        '要接入飞书，在 .env 填 FEISHU_APP_ID 和 FEISHU_APP_SECRET',
        'set FEISHU_APP_ID and FEISHU_APP_SECRET in .env',
      ),
    );
}

const today = ({ timeZone }: Rules): Temporal.PlainDate =>
  systemClock().now().toZonedDateTimeISO(timeZone).toPlainDate();

type Read<T> = { readonly value?: T; readonly found: readonly Finding[] };

async function orMistakes<T>(what: string, read: () => Promise<T>): Promise<Read<T>> {
  try {
    return { value: await read(), found: [well(`${what} 没有错误`, 'is well')] };
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    return { found: error.mistakes.map((mistake) => wrong(words(mistake, 'refused'), CORRECT)) };
  }
}

const CORRECT = words(
  '按上面的说明改正；格式见 .env.example 和 office.yaml',
  'correct it as it says; see .env.example and office.yaml',
);

/** A refusal to open says itself what to do: it is the finding. */
async function ofDatabase(config: Config, rules: Rules | undefined): Promise<readonly Finding[]> {
  try {
    return await withDatabase(config, (db) => inDatabase(db, config, rules));
  } catch (error) {
    if (!(error instanceof StartRefusal)) throw error;
    return [
      wrong(
        words(error.message, 'the database cannot be used'),
        words('改正后再运行 doctor', 'mend it and run doctor again'),
      ),
    ];
  }
}

async function inDatabase(
  db: Db,
  config: Config,
  rules: Rules | undefined,
): Promise<readonly Finding[]> {
  const behind = await tables(db);
  const held = behind ? null : await lanes(db);
  if (behind) return [...(await server(db)), behind];
  return [
    ...(await server(db)),
    well('数据库结构是最新的', 'the tables are up to date'),
    ...(held ? [held] : []),
    ...(rules ? await people(db, rules, systemClock().now()) : []),
    ...(rules ? await sites(db, rules) : []),
    await inventory(db),
    ...(await missingPeople(db)),
    ...(await backlog(db, config)),
    ...(config.feishu ? await events(db, config) : []),
    ...(config.feishu && rules ? await quota(db, calendarOf(rules), systemClock().now()) : []),
  ];
}
