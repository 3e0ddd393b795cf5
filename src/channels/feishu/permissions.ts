/**
 * What the app has to be granted in the developer console, each with what it is for: one list for the doctor and for the README. Whether it was granted is asked
 * by a call that changes nothing: of a message that does not exist, of a picture without content, of what the directory shows.
 */
import { z } from 'zod';
import { type Words, words } from '../../../cards/words.ts';
import type { FeishuClient } from './client.ts';
import { CallFault } from './faults.ts';

export type Permission = { readonly scope: string; readonly why: Words };

/** A call that is refused for want of the permission, and else for what it asks. */
type Asked = Permission & {
  readonly ask: {
    readonly method: 'GET' | 'POST';
    readonly url: string;
    readonly params?: object;
    readonly data?: object;
    readonly headers?: { readonly [name: string]: string };
  };
};

/** A field that the platform leaves out of what it shows, without a word, when the permission is missing. */
type Shown = Permission & { readonly of: 'user' | 'department'; readonly field: string };

/** No chat and no message has these ids. */
const NO_CHAT = 'oc_00000000000000000000000000000000';
const NO_MESSAGE = 'om_00000000000000000000000000000000';

const SENDS: Asked['ask'] = {
  method: 'POST',
  url: '/open-apis/im/v1/messages',
  params: { receive_id_type: 'chat_id' },
  data: { receive_id: NO_CHAT, msg_type: 'text', content: JSON.stringify({ text: '.' }) },
};

const ASKED: readonly Asked[] = [
  {
    scope: 'im:message:send_as_bot',
    why: words('发消息', 'sending messages'),
    ask: SENDS,
  },
  {
    scope: 'im:message:readonly',
    why: words('取消息里的图片和文件', 'fetching pictures and files from messages'),
    ask: { method: 'GET', url: `/open-apis/im/v1/messages/${NO_MESSAGE}` },
  },
  {
    scope: 'im:resource',
    why: words('上传卡片里的图片', 'uploading the pictures of cards'),
    ask: {
      method: 'POST',
      url: '/open-apis/im/v1/images',
      data: { image_type: 'message' },
      headers: { 'content-type': 'multipart/form-data' },
    },
  },
  {
    scope: 'contact:contact.base:readonly',
    why: words('读通讯录', 'reading the directory'),
    ask: { method: 'GET', url: '/open-apis/contact/v3/scopes', params: { page_size: 50 } },
  },
];

const SHOWN: readonly Shown[] = [
  {
    scope: 'contact:user.base:readonly',
    why: words('人的姓名', 'people’s names'),
    of: 'user',
    field: 'name',
  },
  {
    scope: 'contact:user.department:readonly',
    why: words('人的部门和直属上级（找审批人）', 'people’s departments and leaders (who approves)'),
    of: 'user',
    // Not the leader: where nobody has one that field may be left out as well.
    field: 'department_ids',
  },
  {
    scope: 'contact:user.employee:readonly',
    why: words('在职状态、工号、职务', 'who still works here, employee numbers, job titles'),
    of: 'user',
    field: 'status',
  },
  {
    scope: 'contact:department.base:readonly',
    why: words('部门名称', 'departments’ names'),
    of: 'department',
    field: 'name',
  },
  {
    scope: 'contact:department.organize:readonly',
    why: words('部门层级和负责人', 'what departments belong to and who leads them'),
    of: 'department',
    field: 'parent_department_id',
  },
];

/** What cannot be asked for: it is missing when messages do not come, pictures are not taken, or mail addresses are not found. */
const UNSEEN: readonly Permission[] = [
  {
    scope: 'im:message.p2p_msg:readonly',
    why: words('收单聊消息', 'hearing private messages'),
  },
  {
    scope: 'im:message.group_at_msg:readonly',
    why: words('收群里 @机器人 的消息', 'hearing groups that call the bot'),
  },
  {
    scope: 'im:message:update',
    why: words('更新卡片', 'changing cards'),
  },
  {
    scope: 'contact:user.email:readonly',
    why: words('规则里用邮箱指人时需要', 'needed where rules name people by mail address'),
  },
];

/** Only for `feishu.calendar: on`. */
const CALENDAR: readonly Asked[] = [
  {
    scope: 'calendar:calendar',
    why: words('会议放进飞书日历、订飞书会议室', 'meetings in the calendar, rooms of Feishu'),
    ask: { method: 'POST', url: '/open-apis/calendar/v4/calendars/primary' },
  },
];

/** What is not needed unless it is switched on or used, in the order of the README. */
export const optionalPermissions: readonly Permission[] = [
  ...CALENDAR,
  {
    scope: 'vc:room:readonly',
    why: words('导入飞书会议室的编号', 'importing the ids of Feishu’s rooms'),
  },
];

/** All that is always needed, in the order of the README. */
export const permissions: readonly Permission[] = [...ASKED, ...SHOWN, ...UNSEEN];

/** The platform's code for a permission that was not granted (platform notes §11.2). */
const NOT_GRANTED = '99991672';

/** Codes with which the platform refuses the app, whatever it sends (platform notes §11.2): quota, address, app, bot. */
const REFUSES_APP: ReadonlySet<string> = new Set([
  '99991403',
  '99991401',
  '99991662',
  '99991673',
  '230006',
]);

/**
 * `missing`: permissions that were not granted, as far as can be seen. `refused`: the code with
 * which nothing at all is sent for this app.
 */
export type Granted = {
  readonly missing: readonly Permission[];
  readonly refused: string | undefined;
};

/**
 * Asks for each permission once. Fields are looked for in what the app may read: in a directory that shows nobody nothing is missed. What is
 * refused for another reason, or does not answer, is no missing permission.
 */
export async function askGranted(
  client: FeishuClient,
  { calendar }: { readonly calendar: boolean },
): Promise<Granted> {
  const missing: Permission[] = [];
  let refused: string | undefined;
  for (const { ask, ...permission } of [...ASKED, ...(calendar ? CALENDAR : [])]) {
    const code = await codeOf(client, ask);
    if (code === NOT_GRANTED) missing.push(permission);
    if (ask === SENDS && REFUSES_APP.has(code)) refused = code;
  }
  // Without this one nothing of the directory is shown, whatever else was granted.
  if (missing.some(({ scope }) => scope.startsWith('contact:'))) return { missing, refused };
  return { missing: [...missing, ...(await notShown(client))], refused };
}

/** Permissions without whose fields everybody, or every department, is shown. */
async function notShown(client: FeishuClient): Promise<readonly Permission[]> {
  const department = await page(client, DEPARTMENTS, { fetch_child: true, page_size: 50 });
  const shown = { user: await someUsers(client, department), department };
  return SHOWN.filter(
    ({ of, field }) => shown[of].length > 0 && shown[of].every((each) => !(field in each)),
  ).map(({ scope, why }) => ({ scope, why }));
}

/** The code with which a call is answered. */
async function codeOf(client: FeishuClient, ask: Asked['ask']): Promise<string> {
  try {
    await client.call((sdk) => sdk.request(ask));
    return '0';
  } catch (error) {
    if (error instanceof CallFault) return error.code;
    throw error;
  }
}

const items = z.object({
  data: z.object({ items: z.array(z.record(z.string(), z.unknown())).nullish() }).nullish(),
});

/** Somebody, or a department, with the fields that the platform shows. */
type Shows = { readonly [field: string]: unknown };

/** A page of the directory, as it comes; empty when it does not. */
async function page(client: FeishuClient, url: string, params: object): Promise<readonly Shows[]> {
  try {
    const answer: unknown = await client.call((sdk) => sdk.request({ method: 'GET', url, params }));
    return items.safeParse(answer).data?.data?.items ?? [];
  } catch (error) {
    if (error instanceof CallFault) return [];
    throw error;
  }
}

const DEPARTMENTS = '/open-apis/contact/v3/departments/0/children';
const USERS = '/open-apis/contact/v3/users/find_by_department';

/** Departments in which somebody is looked for. */
const LOOKED_AT = 10;

/** The people of the first department that has any, the root's own before all. */
async function someUsers(
  client: FeishuClient,
  departments: readonly Shows[],
): Promise<readonly Shows[]> {
  const ids = ['0', ...departments.map((each) => String(each['open_department_id']))];
  for (const department of ids.slice(0, LOOKED_AT)) {
    const users = await page(client, USERS, { department_id: department, page_size: 50 });
    if (users.length > 0) return users;
  }
  return [];
}
