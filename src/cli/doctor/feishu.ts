import { type Words, words } from '../../../cards/words.ts';
import type { Db } from '../../../db/database.ts';
import { createFeishuChannel, type Credentials } from '../../channels/feishu/index.ts';
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

function findingsOf({ token, bot, directory }: Credentials): readonly Finding[] {
  if (!token.ok) return [refused(words('应用凭证', 'the app’s credentials'), token.code)];
  return [
    well('飞书应用凭证有效', 'the app’s credentials are valid'),
    bot.ok ? botState(bot) : refused(words('机器人信息', 'the bot'), bot.code),
    directory.ok ? range(directory) : refused(words('通讯录', 'the directory'), directory.code),
  ];
}

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

/** By the platform's code (platforms/feishu: token endpoint, permissions). */
const MEND: ReadonlyMap<string, Words> = new Map([
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

/** Whether events come at all: what the platform cannot reach, it cannot tell us. */
export async function events(db: Db, { publicUrl }: Config): Promise<readonly Finding[]> {
  const last = await db
    .selectFrom('inbound')
    .select('received_at')
    .where('key', 'like', 'feishu:%')
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last)
    return [
      well(
        `最近一次飞书事件：${last.received_at.toString({ smallestUnit: 'second' })}`,
        'events arrive',
      ),
    ];
  const address = `${publicUrl ?? 'https://你的域名'}/feishu/events`;
  return [
    warning(
      words('还没有收到过飞书事件', 'no event has ever arrived'),
      words(
        `在“事件与回调”把请求地址设为 ${address}，订阅事件，给机器人发一条消息`,
        'set the request address, subscribe to events, write to the bot',
      ),
    ),
  ];
}
