/** What an administrator does in Feishu's developer console, in order, with what is pasted there. Pure: the lists are those that the doctor asks for. */
import { type Words, words } from '../../../cards/words.ts';
import {
  callbacks,
  events,
  optionalPermissions,
  permissions,
  type Subscription,
} from '../../channels/feishu/index.ts';
import type { FeishuTransport } from '../../config.ts';

/** What is known so far. `baseUrl` and `publicUrl` without a slash at the end. */
export type Known = {
  readonly transport: FeishuTransport;
  readonly baseUrl: string;
  readonly appId: string | undefined;
  readonly publicUrl: string | undefined;
};

/** A line for people, or a text to be pasted as it is. */
export type GuideLine = Words | { readonly paste: string };

/** The whole guide. */
export function guide(known: Known): readonly GuideLine[] {
  const byConnection = known.transport === 'websocket';
  const steps = [
    createApp(known),
    grant,
    range,
    ...(byConnection ? [] : [keys]),
    run,
    subscribe(known),
    callBack(known),
    publish,
  ];
  return steps.flatMap((step, index) => numbered(index + 1, step));
}

/** A step of the console: what to do first, then what belongs to it. */
type Step = readonly [Words, ...GuideLine[]];

function numbered(number: number, [first, ...rest]: Step): readonly GuideLine[] {
  return [words(`${number}. ${first.zh}`, first.en), ...rest, { paste: '' }];
}

const createApp = ({ baseUrl, appId }: Known): Step => [
  words('建应用', 'the app'),
  words(
    `   打开 ${baseUrl}/app${appId === undefined ? ' ，创建“企业自建应用”' : `/${appId}`}；“添加应用能力”里添加“机器人”`,
    'create a self-built app, and add the bot to it',
  ),
  words(
    '   “凭证与基础信息”里的 App ID、App Secret 填入 FEISHU_APP_ID、FEISHU_APP_SECRET',
    'its App ID and App Secret go into FEISHU_APP_ID and FEISHU_APP_SECRET',
  ),
];

const grant: Step = [
  words(
    '开权限：“权限管理 → 批量导入/导出权限”，粘贴',
    'permissions: under bulk import of permissions paste',
  ),
  { paste: scopesToImport() },
  words('   没有批量导入时，逐个搜索开通：', 'without bulk import search for each:'),
  ...permissions.map(({ scope, why }) => words(`   - ${scope}  ${why.zh}`, why.en)),
  words('   选用，要用才开通：', 'optional, for whoever wants it:'),
  ...optionalPermissions.map(({ scope, why }) => words(`   - ${scope}  ${why.zh}`, why.en)),
];

/** The form that the console's bulk import takes: what the app may do as itself, and what in the name of a user (nothing). */
function scopesToImport(): string {
  const scopes = { tenant: permissions.map(({ scope }) => scope), user: [] };
  return JSON.stringify({ scopes }, null, 2);
}

const range: Step = [
  words(
    '定通讯录范围：“权限管理 → 通讯录权限范围”选“全部员工”',
    'the contact range: all employees',
  ),
];

const keys: Step = [
  words(
    '设密钥：“事件与回调 → 加密策略”设置 Encrypt Key，连同 Verification Token 填入 FEISHU_ENCRYPT_KEY、FEISHU_VERIFICATION_TOKEN',
    'keys: set an Encrypt Key; it and the Verification Token go into FEISHU_ENCRYPT_KEY and FEISHU_VERIFICATION_TOKEN',
  ),
];

const run: Step = [
  words(
    '运行程序：npm start（下两步保存时，飞书立刻检查地址或长连接）',
    'run the program: npm start. The console checks it when the next two steps are saved',
  ),
];

const subscribe = (known: Known): Step => [
  words(
    `订阅事件：“事件与回调 → 事件配置”，${way(known, '事件', 'events').zh}，保存，再添加：`,
    `events: ${way(known, '事件', 'events').en}, save, then add`,
  ),
  ...events.map(named),
];

const callBack = (known: Known): Step => [
  words(
    `订阅回调：“事件与回调 → 回调配置”（另一个标签页），${way(known, '回调', 'cards').zh}，保存，再添加：`,
    `callbacks, the other tab: ${way(known, '回调', 'cards').en}, save, then add`,
  ),
  ...callbacks.map(named),
];

const named = ({ name, why }: Subscription): Words => words(`   - ${name}  ${why.zh}`, why.en);

function way({ transport, publicUrl }: Known, zh: string, route: string): Words {
  if (transport === 'websocket')
    return words(`订阅方式选“使用长连接接收${zh}”`, 'choose the long connection');
  const url = `${publicUrl ?? 'https://你的域名'}/feishu/${route}`;
  return words(`订阅方式选“将${zh}发送至开发者服务器”，地址填 ${url}`, `the address is ${url}`);
}

const publish: Step = [
  words(
    '发布：“版本管理与发布”创建版本，可用范围选将来的使用者，提交，由企业管理员通过；以后每次改动都要再发布',
    'publish a version for its future users, and have it approved; every later change needs another version',
  ),
];
