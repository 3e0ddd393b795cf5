import { sql } from 'kysely';
import { type Words, words } from '../../../cards/words.ts';
import { clockSkew } from '../../../db/checks.ts';
import type { Db } from '../../../db/database.ts';
import { isMigrated } from '../../../db/migrate.ts';
import { readAuditKey } from '../../audit/key.ts';
import type { Config } from '../../config.ts';
import { lanesHeld } from '../../delivery/held.ts';
import { reasonOf } from '../../delivery/reasons.ts';
import { systemClock } from '../../time/clock.ts';
import { type Finding, warning, well, wrong } from './finding.ts';

/** The server behind an open connection: what it is, and whether its clock is ours. */
export async function server(db: Db): Promise<readonly Finding[]> {
  const { rows } = await sql<{ version: string }>`
    select current_setting('server_version') as version`.execute(db);
  const skew = await clockSkew(db, () => systemClock().now());
  return [
    well(`数据库 PostgreSQL ${rows[0]?.version ?? '?'} 可用`, 'the database answers'),
    clock(skew.total({ unit: 'seconds' })),
  ];
}

/** Above this the platform refuses signatures and reminders come at the wrong time (reliability: an alarm). */
const MOST_SKEW_SECONDS = 120;

const clock = (seconds: number): Finding =>
  Math.abs(seconds) <= MOST_SKEW_SECONDS
    ? well(`时钟与数据库相差 ${seconds.toFixed(1)} 秒`, 'the clocks agree')
    : wrong(
        words(`时钟与数据库相差 ${Math.round(seconds)} 秒`, 'the clocks differ'),
        words('请在两台机器上启用 NTP 对时', 'switch on NTP on both machines'),
      );

/** Whether the tables are those of this program. Null: they are. */
export async function tables(db: Db): Promise<Finding | null> {
  if (await isMigrated(db)) return null;
  return warning(
    words('数据库结构还没有升级到本程序的版本', 'the tables are not up to date'),
    words(
      '启动一次程序（npm start）即自动升级；升级前请先 backup',
      'start the program once: it brings them up to date',
    ),
  );
}

/** Whether messages wait for somebody's word since a restore. Null: they go out. */
export async function lanes(db: Db): Promise<Finding | null> {
  const held = await lanesHeld(db);
  if (held === undefined) return null;
  return warning(
    words(`消息都停着（${held}）`, 'no message goes out since the restore'),
    words(
      '看过没有问题，运行 npm run office -- deliveries release',
      'look, then run deliveries release',
    ),
  );
}

/** What there is to be booked and handed out. An office without rooms is none that is broken, but a new one should hear how to import them. */
export async function inventory(db: Db): Promise<Finding> {
  const { rows } = await sql<{ rooms: number; items: number }>`select
    (select count(*) from room where active)::int as rooms, (select count(*) from item where active)::int as items`.execute(
    db,
  );
  const { rooms, items } = rows[0] ?? { rooms: 0, items: 0 };
  const missing = [
    ...(rooms === 0 ? ['import rooms rooms.csv'] : []),
    ...(items === 0 ? ['import supplies supplies.csv'] : []),
  ].map((command) => `npm run office -- ${command}`);
  const there = words(`会议室 ${rooms} 间，物资 ${items} 种`, `${rooms} rooms, ${items} supplies`);
  if (missing.length === 0) return well(there.zh, there.en);
  const how = missing.join('、');
  return well(`${there.zh}；要办理请先导入：${how}`, `${there.en}; import them first: ${how}`);
}

type Counts = {
  readonly dead: number;
  readonly unknown: number;
  readonly late: number;
  readonly aside: number;
  readonly seals: number;
  readonly unsealed: number;
};

/** Due and not sent for so long, or not sealed for so long, means that the program does not run. */
const LATE = '10 minutes';

/** What is stuck, and who must look at it. */
export async function backlog(db: Db, config: Config): Promise<readonly Finding[]> {
  const { rows } = await sql<Counts>`select
    (select count(*) from delivery where state = 'dead') as dead,
    (select count(*) from delivery where state = 'unknown') as unknown,
    (select count(*) from delivery where state = 'waiting' and due < now() - ${LATE}::interval) as late,
    (select count(*) from set_aside) as aside,
    (select count(*) from audit_seal) as seals,
    (select count(*) from audit where at < now() - ${LATE}::interval
      and not exists (select from audit_seal where audit_seal.seq = audit.seq)) as unsealed`.execute(
    db,
  );
  const found = rows[0];
  return found ? [...messages(found), ...(await outOfReach(db)), ...record(found, config)] : [];
}

/** People whom no message reaches, with the reason. */
async function outOfReach(db: Db): Promise<readonly Finding[]> {
  const rows = await db
    .selectFrom('address')
    .innerJoin('person', 'person.id', 'address.person_id')
    .select(['person.name', 'address.unreachable_code'])
    .where('address.unreachable_since', 'is not', null)
    .where('person.active', '=', true)
    .orderBy('address.unreachable_since')
    .execute();
  if (rows.length === 0) return [];
  const told = (language: keyof Words): string =>
    rows
      .map(({ name, unreachable_code: code }) => `${name}（${reasonOf(code ?? '')[language]}）`)
      .join('、');
  return [
    warning(
      words(`${rows.length} 人联系不到：${told('zh')}`, `out of reach: ${told('en')}`),
      words(
        '请把他们加进应用可用范围，或请本人打开机器人消息；本人给机器人发一句话即恢复并补发',
        'put them into the app’s range or ask them to switch the bot’s messages on; one word from them brings it back',
      ),
    ),
  ];
}

function messages({ dead, unknown, late, aside }: Counts): readonly Finding[] {
  const found: Finding[] = [];
  if (dead > 0) {
    found.push(
      warning(
        words(`${dead} 条消息送不到`, `${dead} messages cannot be delivered`),
        words(
          'npm run office -- deliveries --dead 看给谁、为什么；原因消除后 deliveries redrive all 重新投递',
          'npm run office -- deliveries --dead tells whom and why; then deliveries redrive all sends them again',
        ),
      ),
    );
  }
  if (unknown > 0) {
    found.push(
      warning(
        words(`${unknown} 条消息不知是否送达`, `${unknown} messages may or may not have arrived`),
        words('请问收件人是否已看到', 'ask those people whether they saw them'),
      ),
    );
  }
  if (late > 0) {
    found.push(
      wrong(
        words(
          `${late} 条消息到期超过 10 分钟未发出`,
          `${late} messages are more than 10 minutes late`,
        ),
        words(
          '请确认程序正在运行（npm start），并看日志里的 delivery',
          'see that the program runs, and its log about delivery',
        ),
      ),
    );
  }
  if (aside > 0) {
    found.push(
      warning(
        words(
          `${aside} 个事件处理不了，已搁置`,
          `${aside} events could not be handled and were set aside`,
        ),
        words(
          '查 set_aside 表的 reason，把原文转给开发者',
          'see reason in set_aside and tell the developers',
        ),
      ),
    );
  }
  return found.length > 0 ? found : [well('没有滞留的消息和事件', 'nothing is stuck')];
}

function record({ seals, unsealed }: Counts, { dataDir }: Config): readonly Finding[] {
  if (seals > 0 && !readAuditKey(dataDir)) {
    return [
      wrong(
        words(
          `操作记录已封存 ${seals} 条，但没有 ${dataDir}/audit.key`,
          'the key of the record is gone',
        ),
        words(
          '启动程序之前请放回原来的 audit.key，否则会另起新密钥',
          'put the old audit.key back before you start the program',
        ),
      ),
    ];
  }
  if (unsealed === 0)
    return [well(`操作记录已封存 ${seals} 条`, `${seals} entries of the record are sealed`)];
  return [
    warning(
      words(
        `${unsealed} 条操作记录超过 10 分钟未封存`,
        `${unsealed} entries of the record are not sealed`,
      ),
      words(
        '请确认程序正在运行；若在运行，服务器上有长时间未结束的事务（pg_stat_activity）',
        'see that the program runs; if it does, look for a long transaction in pg_stat_activity',
      ),
    ),
  ];
}
