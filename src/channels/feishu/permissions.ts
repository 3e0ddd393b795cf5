/**
 * What the app has to be granted and subscribed to in the developer console, each with what it is for: one list for the doctor, for `setup feishu` and for the
 * README. Whether a permission was granted is asked by a call that changes nothing: of a message that does not exist, of a picture without content, of what the
 * directory shows (`granted.ts`).
 */
import { type Words, words } from '../../../cards/words.ts';

export type Permission = { readonly scope: string; readonly why: Words };

/** A call that is refused for want of the permission, and else for what it asks. */
export type Asked = Permission & {
  readonly ask: {
    readonly method: 'GET' | 'POST' | 'PATCH';
    readonly url: string;
    readonly params?: object;
    readonly data?: object;
    readonly headers?: { readonly [name: string]: string };
  };
};

/**
 * A field that the platform leaves out of what it shows, without a word, when the permission is missing. One that everybody has: a leader that is not there
 * looks like one that may not be seen (platform notes §8).
 */
export type Shown = Permission & { readonly of: 'user' | 'department'; readonly field: string };

/** No chat, no message and nobody has these ids. */
const NO_CHAT = 'oc_00000000000000000000000000000000';
const NO_MESSAGE = 'om_00000000000000000000000000000000';
const NOBODY = 'ou_00000000000000000000000000000000';

export const SENDS: Asked['ask'] = {
  method: 'POST',
  url: '/open-apis/im/v1/messages',
  params: { receive_id_type: 'chat_id' },
  data: { receive_id: NO_CHAT, msg_type: 'text', content: JSON.stringify({ text: '.' }) },
};

export const ASKED: readonly Asked[] = [
  {
    scope: 'im:message:send_as_bot',
    why: words('发消息', 'sending messages'),
    ask: SENDS,
  },
  {
    scope: 'im:message:readonly',
    why: words(
      '取消息里的图片和文件，收撤回；平台中断后查消息是否已送到；停机 6 小时以上，读回没收到的单聊消息',
      'fetching pictures and files from messages, hearing recalls; seeing after a breakdown whether one arrived; reading back what was written in private while the program was down for more than six hours',
    ),
    ask: { method: 'GET', url: `/open-apis/im/v1/messages/${NO_MESSAGE}` },
  },
  {
    scope: 'im:resource',
    why: words('上传卡片里的图片，发附件', 'uploading the pictures of cards, sending files'),
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

export const SHOWN: readonly Shown[] = [
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
    scope: 'im:chat.members:bot_access',
    why: words(
      '知道进了哪个群、被移出哪个群',
      'hearing that it was put into a group, or out of it',
    ),
  },
  {
    scope: 'contact:user.email:readonly',
    why: words('规则里用邮箱指人时需要', 'needed where rules name people by mail address'),
  },
];

/** What the office can do without: `without` says what it then cannot do. */
export type Optional = Asked & { readonly without: Words };

/** Asked for like the others; that one is not there is no fault. In the order of the README. */
export const optionalPermissions: readonly Optional[] = [
  {
    scope: 'im:message.urgent',
    why: words('加急紧急报修', 'ringing people about urgent repairs'),
    without: words(
      '紧急报修没人接单时，只发卡片，不加急',
      'nobody is rung, cards come all the same',
    ),
    ask: {
      method: 'PATCH',
      url: `/open-apis/im/v1/messages/${NO_MESSAGE}/urgent_app`,
      params: { user_id_type: 'open_id' },
      data: { user_id_list: [NOBODY] },
    },
  },
  {
    scope: 'vc:room:readonly',
    why: words('按名称关联飞书会议室', 'linking rooms to Feishu’s by name'),
    without: words(
      '飞书会议室的编号要手工填进 rooms.csv',
      'the ids of Feishu’s rooms have to be written into rooms.csv by hand',
    ),
    ask: { method: 'GET', url: '/open-apis/vc/v1/rooms', params: { page_size: 1 } },
  },
];

/** What an office uses besides; each of these needs permissions of its own. */
export type Uses = {
  readonly calendar?: boolean;
  readonly tasks?: boolean;
  readonly approvals?: boolean;
};

/** Refused for what they ask, and before that for want of the permission; nothing is made. */
const CREATES = (url: string): Asked['ask'] => ({ method: 'POST', url, data: {} });

/** Needed only where it is used. */
const WHERE_USED: { readonly [Use in keyof Required<Uses>]: readonly Asked[] } = {
  calendar: [
    {
      scope: 'calendar:calendar',
      why: words('会议放进飞书日历、订飞书会议室', 'meetings in the calendar, rooms of Feishu'),
      ask: { method: 'POST', url: '/open-apis/calendar/v4/calendars/primary' },
    },
  ],
  tasks: [
    {
      scope: 'task:task:write',
      why: words('把行动项建成飞书任务', 'action items as tasks of Feishu'),
      ask: CREATES('/open-apis/task/v2/tasks'),
    },
    {
      scope: 'task:tasklist:write',
      why: words('一次看完所有任务的勾选', 'looking at all tasks at once'),
      ask: CREATES('/open-apis/task/v2/tasklists'),
    },
  ],
  approvals: [
    {
      scope: 'approval:external_approval',
      why: words('在审批中心登记申请类型', 'naming the kinds of requests in the approval centre'),
      ask: CREATES('/open-apis/approval/v4/external_approvals'),
    },
    {
      scope: 'approval:external_instance',
      why: words('把审批放进审批中心', 'approvals in the approval centre'),
      ask: CREATES('/open-apis/approval/v4/external_instances'),
    },
  ],
};

/** What is asked for because it is used. */
export const askedFor = (uses: Uses): readonly Asked[] => [
  ...(uses.calendar ? WHERE_USED.calendar : []),
  ...(uses.tasks ? WHERE_USED.tasks : []),
  ...(uses.approvals ? WHERE_USED.approvals : []),
];

/** Without it nobody is known who decides in the approval centre. */
export const DECIDERS: Shown = {
  scope: 'contact:user.employee_id:readonly',
  why: words('认出在审批中心里审批的人', 'who it is that decides in the approval centre'),
  of: 'user',
  field: 'user_id',
};

/** Those that are needed only where they are used, in the order of the README. */
export const permissionsWhereUsed: readonly Permission[] = [
  ...WHERE_USED.calendar,
  ...WHERE_USED.tasks,
  ...WHERE_USED.approvals,
  DECIDERS,
];

/** Those that every office needs, in the order of the README. */
export const permissions: readonly Permission[] = [...ASKED, ...SHOWN, ...UNSEEN];

/** Something the platform tells us of, once it is added in the developer console. */
export type Subscription = { readonly name: string; readonly why: Words };

const GROUPS = words('机器人进群、出群', 'the bot is put into a group, or out of it');
const DIRECTORY_CHANGES = words('通讯录变化', 'changes of the directory');

/** Under 事件配置, in the order of the README. */
export const events: readonly Subscription[] = [
  { name: 'im.message.receive_v1', why: words('收到消息', 'messages') },
  {
    name: 'im.chat.access_event.bot_p2p_chat_entered_v1',
    why: words('有人打开与机器人的会话', 'somebody opens the chat with the bot'),
  },
  { name: 'application.bot.menu_v6', why: words('机器人菜单', 'the bot’s menu') },
  { name: 'im.message.recalled_v1', why: words('撤回消息', 'recalled messages') },
  ...['im.chat.member.bot.added_v1', 'im.chat.member.bot.deleted_v1', 'im.chat.disbanded_v1'].map(
    (name) => ({ name, why: GROUPS }),
  ),
  ...[
    'contact.user.created_v3',
    'contact.user.updated_v3',
    'contact.user.deleted_v3',
    'contact.department.created_v3',
    'contact.department.updated_v3',
    'contact.department.deleted_v3',
    'contact.scope.updated_v3',
  ].map((name) => ({ name, why: DIRECTORY_CHANGES })),
];

/** Under 回调配置, the other tab. */
export const callbacks: readonly Subscription[] = [
  { name: 'card.action.trigger', why: words('按钮点击', 'taps on cards') },
];
