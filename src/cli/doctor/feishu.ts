import { sql } from 'kysely';
import { type Words, words } from '../../../cards/words.ts';
import type { Db } from '../../../db/database.ts';
import {
  createFeishuChannel,
  type Credentials,
  type Permission,
} from '../../channels/feishu/index.ts';
import type { Config, FeishuConfig } from '../../config.ts';
import { systemClock } from '../../time/clock.ts';
import { type Finding, warning, well, wrong } from './finding.ts';

/** Asks the platform itself: token, bot, directory range. */
export async function credentials(feishu: FeishuConfig): Promise<readonly Finding[]> {
  const channel = await createFeishuChannel({
    ...feishu,
    now: () => systemClock().now(),
    log: () => undefined, // what goes wrong is in the findings
  });
  try {
    return findingsOf(await channel.checkCredentials());
  } finally {
    await channel.close();
  }
}

/** One finding for each thing that has to be mended: what is refused to the app as a whole shows in several places. */
function findingsOf({ token, bot, directory, sending, missing }: Credentials): readonly Finding[] {
  if (!token.ok) return [refused(words('应用凭证', 'the app’s credentials'), token.code)];
  const found = [
    bot.ok ? botState(bot) : refused(words('机器人信息', 'the bot'), bot.code),
    directory.ok
      ? range(directory)
      : ofDirectory(directory.code, missing) &&
        refused(words('通讯录', 'the directory'), directory.code),
    sending.ok ? undefined : refused(words('发消息', 'sending messages'), sending.code),
    ...missing.map(notGranted),
  ].filter((finding) => finding !== undefined);
  return [
    well('飞书应用凭证有效', 'the app’s credentials are valid'),
    ...new Map(found.map((finding) => [JSON.stringify(mendOf(finding)), finding])).values(),
    ...(missing.length === 0
      ? [well('看得到的权限都已开通', 'no permission is seen to be missing')]
      : []),
  ];
}

const mendOf = (finding: Finding): unknown => ('mend' in finding ? finding.mend : finding.about);

/** Whether a refused directory is a finding of its own: a permission that is missing is told by its name. */
const ofDirectory = (code: string, missing: readonly Permission[]): true | undefined =>
  code === '99991672' && missing.length > 0 ? undefined : true;

const notGranted = ({ scope, why }: Permission): Finding =>
  wrong(
    words(`缺权限 ${scope}（${why.zh}）`, `the permission ${scope} is missing (${why.en})`),
    words(
      `在开放平台“权限管理”搜索并开通 ${scope}，再到“版本管理与发布”发布版本`,
      `grant ${scope} under permissions and publish a version`,
    ),
  );

const botState = ({ name, active }: { readonly name: string; readonly active: boolean }): Finding =>
  active
    ? well(`机器人 “${name}” 已启用`, 'the bot is enabled')
    : wrong(
        words(`机器人 “${name}” 未启用`, 'the bot is not enabled'),
        words(
          '在开放平台添加“机器人”能力，发布版本并请管理员启用',
          'add the bot to the app, publish a version, have it enabled',
        ),
      );

function range({
  departments,
  people,
}: {
  readonly departments: number;
  readonly people: number;
}): Finding {
  if (departments + people > 0) {
    return well(`通讯录范围：${departments} 个部门、${people} 人`, 'the directory can be read');
  }
  return wrong(
    words('通讯录权限范围是空的，看不到任何人', 'the app may see nobody'),
    words(
      '在开放平台“权限管理 → 通讯录权限范围”选全部员工，发布版本',
      'set the contact range to all employees and publish a version',
    ),
  );
}

const refused = (what: Words, code: string): Finding =>
  wrong(
    words(`飞书拒绝了${what.zh}（${code}）`, `Feishu refused ${what.en} (${code})`),
    MEND.get(code) ?? OTHERWISE,
  );

const NOT_PUBLISHED = words(
  '在“版本管理与发布”创建并发布版本，请企业管理员在管理后台启用应用',
  'create and publish a version, and have an administrator enable the app',
);

/** By the platform's code (platforms/feishu: token endpoint, permissions). */
const MEND: ReadonlyMap<string, Words> = new Map([
  [
    '99991403',
    words(
      '本月的 API 调用额度用完了（免费版每月 10000 次，下月 1 日恢复）：在管理后台“费用中心”升级，或等到下月',
      'the month’s quota of calls is used up (10,000 on the free plan): upgrade, or wait for the 1st',
    ),
  ],
  [
    '99991401',
    words(
      '在开放平台“安全设置 → IP 白名单”加上本机的出口地址，或清空白名单',
      'add this machine’s address to the IP whitelist under security, or empty the list',
    ),
  ],
  ['99991662', NOT_PUBLISHED],
  ['99991673', NOT_PUBLISHED],
  ['230006', NOT_PUBLISHED],
  [
    '10003',
    words('检查 FEISHU_APP_ID 和 FEISHU_APP_SECRET', 'see FEISHU_APP_ID and FEISHU_APP_SECRET'),
  ],
  [
    '10014',
    words(
      '检查 FEISHU_APP_ID、应用是否已启用；国际版要设 FEISHU_BASE_URL',
      'see FEISHU_APP_ID and that the app is enabled; Lark needs FEISHU_BASE_URL',
    ),
  ],
  ['10015', words('检查 FEISHU_APP_SECRET', 'see FEISHU_APP_SECRET')],
  [
    '99991672',
    words(
      '在开放平台“权限管理”开通所缺权限，发布版本',
      'grant the missing permission and publish a version',
    ),
  ],
]);

const OTHERWISE = words(
  '检查网络能否访问 FEISHU_BASE_URL；在飞书开放平台文档里查这个错误码',
  'see that FEISHU_BASE_URL can be reached; look the code up in the platform’s documents',
);

/** Reasons of a refusal that come of keys that are not the console's; forgeries have them too, but then real events come between. */
const KEYS_DO_NOT_MATCH = ['signature', 'token', 'plain'];

/** Whether events and taps come at all: what the platform cannot reach, or is not told to tell, it cannot tell us. */
export async function events(db: Db, config: Config): Promise<readonly Finding[]> {
  const last = await lastHeard(db, 'feishu:%');
  const refusedAt = await lastRefused(db);
  if (refusedAt && (!last || Temporal.Instant.compare(last, refusedAt) < 0))
    return [
      wrong(
        words(
          '飞书的请求验签不过，全被拒收',
          'the platform’s requests fail the check and are refused',
        ),
        words(
          '把“事件与回调 → 加密策略”里的 Encrypt Key 和 Verification Token 原样填进 FEISHU_ENCRYPT_KEY、FEISHU_VERIFICATION_TOKEN',
          'copy Encrypt Key and Verification Token from the console into FEISHU_ENCRYPT_KEY and FEISHU_VERIFICATION_TOKEN',
        ),
      ),
    ];
  if (!last) return [nothingHeard(config)];
  const heard = well(
    `最近一次飞书事件：${last.toString({ smallestUnit: 'second' })}`,
    'events arrive',
  );
  const said = await countHeard(db, 'feishu:msg:%');
  const tapped = await lastHeard(db, 'feishu:tap:%');
  if (tapped || said < SAID_WITHOUT_TAP) return [heard];
  return [
    heard,
    warning(
      words(
        `收到过 ${said} 条消息，但从没收到过按钮点击`,
        `${said} messages came, but never a tap`,
      ),
      words(
        '在“事件与回调 → 回调配置”（另一个标签页）添加 card.action.trigger，选同一种订阅方式，再发布版本',
        'add card.action.trigger under callbacks (the other tab), the same way, and publish a version',
      ),
    ),
  ];
}

/** Whoever says so much has had a card to tap. */
const SAID_WITHOUT_TAP = 5;

const nothingHeard = ({ publicUrl, feishu }: Config): Finding =>
  warning(
    words('还没有收到过飞书事件', 'no event has ever arrived'),
    feishu?.transport === 'websocket'
      ? words(
          '程序运行时，在“事件与回调 → 事件配置”选“使用长连接接收事件”，订阅事件，给机器人发一条消息',
          'while the program runs choose the long connection for events, subscribe to events, write to the bot',
        )
      : words(
          `在“事件与回调”把请求地址设为 ${publicUrl ?? 'https://你的域名'}/feishu/events，订阅事件，给机器人发一条消息`,
          'set the request address, subscribe to events, write to the bot',
        ),
  );

async function lastHeard(db: Db, keys: string): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('inbound')
    .select('received_at')
    .where('key', 'like', keys)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.received_at;
}

async function countHeard(db: Db, keys: string): Promise<number> {
  const { count } = await db
    .selectFrom('inbound')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('key', 'like', keys)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** When a request of the platform was last refused for its keys. */
async function lastRefused(db: Db): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('audit')
    .select('at')
    .where('act', '=', 'refused.request')
    .where(sql<string>`after ->> 'reason'`, 'in', KEYS_DO_NOT_MATCH)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.at;
}
