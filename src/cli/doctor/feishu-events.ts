/** What has come from Feishu so far, as far as our own database tells. */
import { sql } from 'kysely';
import { words } from '../../../cards/words.ts';
import type { Db } from '../../../db/database.ts';
import type { Config } from '../../config.ts';
import { type Finding, warning, well, wrong } from './finding.ts';

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
  const counts = await heardByKind(db);
  const said = counts.get('message') ?? 0;
  const tapped = counts.get('tap') ?? 0;
  const heard = well(
    `收到过${KINDS.map(({ kind, zh }) => `${zh} ${counts.get(kind) ?? 0}`).join('、')}；最近一次 ${last.toString({ smallestUnit: 'second' })}`,
    'events arrive',
  );
  if (said === 0 && tapped === 0) return [heard, NOTHING_SAID];
  if (tapped > 0 || said < SAID_WITHOUT_TAP) return [heard];
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

/** Kinds of `inbound`, and what people call them. */
const KINDS = [
  { kind: 'message', zh: '消息' },
  { kind: 'tap', zh: '点击' },
  { kind: 'opened', zh: '打开会话' },
  { kind: 'directory', zh: '通讯录变化' },
] as const;

const NOTHING_SAID = warning(
  words('收到过别的事件，但从没收到过消息', 'other events came, but never a message'),
  words(
    '在“事件与回调 → 事件配置”添加 im.message.receive_v1，在“权限管理”开通 im:message.p2p_msg:readonly，再发布版本；都有了就给机器人发一条消息',
    'subscribe to im.message.receive_v1, grant im:message.p2p_msg:readonly, publish a version; if both are there, write to the bot',
  ),
);

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

async function heardByKind(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('inbound')
    .select((select) => ['kind', select.fn.countAll<string>().as('count')])
    .where('key', 'like', 'feishu:%')
    .groupBy('kind')
    .execute();
  return new Map(rows.map(({ kind, count }) => [kind, Number(count)]));
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
