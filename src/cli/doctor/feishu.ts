import { type Words, words } from '../../../cards/words.ts';
import {
  createFeishuChannel,
  type Credentials,
  type Permission,
} from '../../channels/feishu/index.ts';
import type { FeishuConfig } from '../../config.ts';
import { systemClock } from '../../time/clock.ts';
import { type Finding, well, wrong } from './finding.ts';

/** Asks the platform itself: token, bot, directory range. */
export async function credentials(
  feishu: FeishuConfig,
  uses: { readonly calendar: boolean },
): Promise<readonly Finding[]> {
  const channel = await createFeishuChannel({
    ...feishu,
    ...uses,
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
  ];
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
