import { type Words, words } from '../../../cards/words.ts';
import {
  type Bot,
  createFeishuChannel,
  type Credentials,
  type Permission,
} from '../../channels/feishu/index.ts';
import type { Config, FeishuConfig } from '../../config.ts';
import { systemClock } from '../../time/clock.ts';
import { publicAddress } from './feishu-address.ts';
import { platformTime } from './feishu-clock.ts';
import { type Finding, warning, well, wrong } from './finding.ts';

/** All that can be seen of Feishu without our database: what the platform says, its clock, our public address. */
export async function platform(config: Config): Promise<readonly Finding[]> {
  const { feishu } = config;
  if (!feishu) return [];
  return [
    ...(await credentials(feishu)),
    ...(await platformTime(feishu, () => systemClock().now())),
    ...(await publicAddress(config)),
  ];
}

/** Asks the platform itself: token, bot, directory range, permissions. */
async function credentials(feishu: FeishuConfig): Promise<readonly Finding[]> {
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
function findingsOf(credentials: Credentials): readonly Finding[] {
  const { token, bot, directory, sending, missing, unused } = credentials;
  if (!token.ok) return [refused(words('应用凭证', 'the app’s credentials'), token.code)];
  const found = [
    bot.ok ? botState(bot) : refused(words('机器人信息', 'the bot'), bot.code),
    ofDirectory(directory, missing),
    sending.ok ? undefined : refused(words('发消息', 'sending messages'), sending.code),
    ...missing.map(notGranted),
  ].filter((finding) => finding !== undefined);
  return [
    well('飞书应用凭证有效', 'the app’s credentials are valid'),
    ...new Map(found.map((finding) => [JSON.stringify(mendOf(finding)), finding])).values(),
    ...(missing.length === 0
      ? [well('看得到的权限都已开通', 'no permission is seen to be missing')]
      : []),
    ...unused.map(({ scope, without }) =>
      well(`没有开通 ${scope}（选用）：${without.zh}`, `${scope} (optional): ${without.en}`),
    ),
    ...leaderless(credentials),
  ];
}

/** Leaders that nobody has, where they could be seen. A field that does not come is a missing permission, and told as one. */
function leaderless({ leaders, missing }: Credentials): readonly Finding[] {
  const { people, withLeader, departments, led } = leaders;
  const seen = (scope: string): boolean => missing.every((each) => each.scope !== scope);
  const found: Finding[] = [];
  if (people > 1 && withLeader === 0 && seen('contact:user.department:readonly'))
    found.push(
      warning(
        words(
          `看了 ${people} 人，没有一人填了直属上级（权限没有问题）`,
          `of ${people} people looked at, nobody has a leader (the permission is there)`,
        ),
        words(
          '在管理后台“组织架构 → 成员与部门”给成员填“直属上级”；不填，manager 一步会由行政主管审批',
          'fill in leaders in the admin console; without them the office manager approves in their place',
        ),
      ),
    );
  if (departments > 0 && led === 0 && seen('contact:department.organize:readonly'))
    found.push(
      warning(
        words(
          `看了 ${departments} 个部门，没有一个填了负责人（权限没有问题）`,
          `of ${departments} departments looked at, none has a head (the permission is there)`,
        ),
        words(
          '在管理后台“组织架构 → 成员与部门”设“部门负责人”；不设，department-head 一步会由直属上级审批',
          'set the heads of departments in the admin console; without them people’s leaders approve in their place',
        ),
      ),
    );
  return found;
}

const mendOf = (finding: Finding): unknown => ('mend' in finding ? finding.mend : finding.about);

/** The directory's range; where a permission is missing, which is told by its name, nothing more. */
function ofDirectory(
  directory: Credentials['directory'],
  missing: readonly Permission[],
): Finding | undefined {
  if (directory.ok) return range(directory);
  if (directory.code === '99991672' && missing.length > 0) return undefined;
  return refused(words('通讯录', 'the directory'), directory.code);
}

const notGranted = ({ scope, why }: Permission): Finding =>
  wrong(
    words(`缺权限 ${scope}（${why.zh}）`, `the permission ${scope} is missing (${why.en})`),
    words(
      `在开放平台“权限管理”搜索并开通 ${scope}，再到“版本管理与发布”发布版本`,
      `grant ${scope} under permissions and publish a version`,
    ),
  );

const botState = ({ name, status, active }: Bot): Finding =>
  active
    ? well(`机器人 “${name}” 已启用`, 'the bot is enabled')
    : wrong(
        words(
          `机器人 “${name}” 未启用（activate_status ${status}）`,
          `the bot is not enabled (activate_status ${status})`,
        ),
        BOT_MEND.get(status) ?? NOT_PUBLISHED,
      );

const NOT_PUBLISHED = words(
  '在开放平台“添加应用能力”确认有“机器人”，在“版本管理与发布”创建并发布版本，请企业管理员在管理后台启用应用',
  'see that the app has the bot, create and publish a version, and have an administrator enable the app',
);

const TO_BE_ENABLED = words(
  '版本已提交：请企业管理员在管理后台“工作台 → 应用管理”通过并启用',
  'the version waits: have an administrator accept and enable it in the admin console',
);

/** By the bot's `activate_status`; 0 is an app that was never published, and 2 is enabled. */
const BOT_MEND: ReadonlyMap<number, Words> = new Map([
  [
    1,
    words(
      '应用被停用了：请企业管理员在管理后台“工作台 → 应用管理”启用',
      'the app was stopped: have an administrator enable it in the admin console',
    ),
  ],
  [3, TO_BE_ENABLED],
  [4, TO_BE_ENABLED],
]);

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
  [
    '11205',
    words(
      '在开放平台“添加应用能力”添加“机器人”，再到“版本管理与发布”发布版本',
      'add the bot to the app and publish a version',
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
      '检查 FEISHU_APP_ID、应用是否已发布并启用；Lark（国际版）的应用要设 FEISHU_BASE_URL=https://open.larksuite.com',
      'see FEISHU_APP_ID, and that the app is published and enabled; an app of Lark needs FEISHU_BASE_URL=https://open.larksuite.com',
    ),
  ],
  [
    '10015',
    words(
      '检查 FEISHU_APP_SECRET：在“凭证与基础信息”重新抄一遍',
      'see FEISHU_APP_SECRET: copy it again from the page of credentials',
    ),
  ],
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
