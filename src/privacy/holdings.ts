/**
 * What the database holds of people, table by table: the one list that an export of a person's data, a forgetting and the papers go by. A
 * new table or column does not pass without an answer here (test/privacy/holdings.test.ts).
 *
 * - theirs: the rows that say something of a person.
 * - goes: the rows that are deleted when that person is forgotten.
 * - empties: columns whose words go then, while the rows stay.
 * - mentions: columns in which somebody may have written of them: names and ids in them give way. Where a person's own words are not emptied
 *   as well, they are the office's record (why something was written off, what a round found) and stay.
 * - others: columns of text that hold nothing of a person: states, names of things, the office's own terms.
 */
import type { Tables } from '../../db/tables.ts';

/** An SQL condition on the rows of a table; `$` stands for the id of a person. */
export type Condition = string;

export type Holding = {
  /** What it is called in the export. */
  readonly title: string;
  /** Null: no row is anybody's. */
  readonly theirs: Condition | null;
  readonly goes?: Condition;
  /** `to` is SQL; null unless told. */
  readonly empties?: readonly {
    readonly columns: readonly string[];
    readonly of: Condition;
    readonly to?: string;
  }[];
  readonly mentions?: readonly string[];
  readonly others?: readonly string[];
  /** Columns that are rewritten by what is in them (cleared-request.ts). */
  readonly rewritten?: readonly string[];
};

/** Stands where words were that a row cannot be without. */
const DASH = "'—'";

const OWN = 'request_id in (select id from request where requester_id = $)';
const MINE_OR_OWN = `person_id = $ or ${OWN}`;
const AS_PLAYED =
  "person in (select external_id from address where channel = 'simulator' and person_id = $)";
const SENT_BY_THEM =
  'exists (select from address where person_id = $ and position(external_id in body) > 0)';

/** Numbers of their requests, or their name, in a card or sentence that others have had. */
const names = (column: string): Condition =>
  `(exists (select from request where requester_id = $ and position(number in ${column}::text) > 0)
    or exists (select from person where id = $ and position(person.name in ${column}::text) > 0))`;
const TOLD_OTHERS = `person_id is distinct from $ and state in ('sent', 'dropped') and ${names('view')}`;

const nobodys = (title: string, ...others: readonly string[]): Holding => ({
  title,
  theirs: null,
  others,
});

/** Every table, by name. */
export const holdings: { readonly [Name in keyof Tables]: Holding } = {
  absence: {
    title: '休假与代批',
    theirs: 'person_id = $ or delegate_id = $',
    goes: 'person_id = $',
    others: ['source'],
  },
  action_item: {
    title: '行动项',
    theirs: 'owner_id = $ or asked_by = $',
    empties: [
      { columns: ['what'], of: 'owner_id = $', to: DASH },
      { columns: ['standard', 'owner_said', 'reason'], of: 'owner_id = $' },
    ],
    mentions: ['what', 'standard', 'owner_said', 'reason'],
    others: ['number', 'state'],
  },
  address: {
    title: '聊天账号',
    theirs: 'person_id = $',
    goes: 'person_id = $',
    others: ['channel', 'external_id', 'chat', 'unreachable_code'],
  },
  api_call: nobodys('调用次数', 'month', 'route'),
  asset: {
    title: '使用的资产',
    theirs: 'holder_id = $',
    mentions: ['name', 'place'],
    others: ['number', 'model', 'supplier', 'supplier_contact'],
  },
  asset_answer: { title: '资产确认', theirs: 'person_id = $', others: ['answer'] },
  asset_check: { title: '发起的资产确认', theirs: 'started_by = $' },
  attachment: {
    title: '图片和文件',
    theirs: MINE_OR_OWN,
    goes: MINE_OR_OWN,
    mentions: ['name', 'chat'],
    others: ['channel', 'message', 'file_key', 'sort', 'path'],
  },
  // What is in a picture or file of somebody else's is not looked into.
  attachment_content: {
    title: '文件内容',
    theirs: `attachment_id in (select id from attachment where ${MINE_OR_OWN})`,
    goes: `attachment_id in (select id from attachment where ${MINE_OR_OWN})`,
    others: ['bytes'],
  },
  attendance: {
    title: '参会',
    theirs: 'person_id = $',
    empties: [{ columns: ['reason'], of: 'person_id = $' }],
    mentions: ['reason'],
    others: ['answer'],
  },
  // Ids only: free text and names are not in it, so that it can stay as it was sealed.
  audit: {
    title: '操作记录',
    theirs:
      "actor = 'person:$' or subject = 'person:$' or subject in (select 'request:' || id from request where requester_id = $)",
    others: ['actor', 'act', 'subject', 'before', 'after', 'cause'],
  },
  audit_seal: nobodys('封条', 'hash'),
  booking: {
    title: '会议室预订',
    theirs: `${OWN} or wish_id in (select id from room_wish where person_id = $)`,
    others: ['state', 'refused'],
  },
  calendar_feed: {
    title: '日历链接',
    theirs: 'person_id = $ or made_by = $',
    goes: 'person_id = $',
    others: ['seed', 'token_hash'],
  },
  channel_through: nobodys('渠道', 'channel'),
  companion: { title: '同行', theirs: MINE_OR_OWN, others: ['state'] },
  counter: nobodys('编号', 'kind'),
  counterpart: {
    title: '飞书里的日程、任务、审批',
    theirs: `(about_kind = 'request' and about_id in (select id from request where requester_id = $))
      or (about_kind = 'meeting' and about_id in (select id from meeting where host_id = $))
      or (about_kind = 'action-item' and about_id in (select id from action_item where owner_id = $))`,
    empties: [
      {
        columns: ['wanted', 'external', 'tried'],
        of: `(about_kind = 'request' and about_id in (select id from request where requester_id = $))
          or (about_kind = 'meeting' and about_id in (select id from meeting where host_id = $))
          or (about_kind = 'action-item' and about_id in (select id from action_item where owner_id = $))`,
      },
    ],
    mentions: ['wanted', 'external', 'tried'],
    others: ['channel', 'sort', 'about_kind', 'external_id', 'trouble', 'lease_holder'],
  },
  // Ids and states; it is forgotten after ten minutes.
  deed: {
    title: '刚才做的',
    theirs: 'person_id = $',
    goes: 'person_id = $',
    others: ['subject', 'act', 'before', 'owed', 'cause'],
  },
  delivery: {
    title: '发给本人的消息',
    theirs: 'person_id = $',
    goes: 'person_id = $',
    empties: [{ columns: ['view'], of: TOLD_OTHERS, to: `'{"view":"cleared"}'` }],
    mentions: ['what', 'lane', 'address', 'view', 'last_error'],
    others: ['channel', 'state', 'platform_message', 'quiet'],
  },
  department: {
    title: '负责的部门',
    theirs: 'leader_id = $',
    others: ['channel', 'external_id', 'name'],
  },
  directory_reading: nobodys('读取通讯录', 'channel'),
  draft: {
    title: '草稿',
    theirs: 'person_id = $',
    goes: 'person_id = $',
    mentions: ['form', 'said', 'chat'],
    others: ['channel', 'kind', 'guessed', 'state', 'message'],
  },
  equipment_fault: { title: '报的会中故障', theirs: 'reported_by = $', others: ['equipment'] },
  expense: { title: '报销与出差', theirs: OWN },
  // An invoice number stands once in the whole office, whoever claimed it.
  expense_line: { title: '报销明细', theirs: MINE_OR_OWN, others: ['sort', 'invoice'] },
  follow_up: { title: '周跟进', theirs: 'person_id = $', others: ['sort'] },
  inbound: {
    title: '收到的消息（编号）',
    theirs: 'chat in (select chat from address where person_id = $)',
    empties: [
      { columns: ['chat'], of: 'chat in (select chat from address where person_id = $)' },
      // What was answered to a tap names nobody; it is needed for a minute, and kept as long as the key.
      { columns: ['answer'], of: 'answer is not null' },
    ],
    mentions: ['chat'],
    others: ['key', 'kind'],
  },
  item: nobodys('物品', 'name', 'category', 'unit', 'aliases', 'place'),
  last_said: {
    title: '最近说的话',
    theirs: 'person_id = $',
    goes: 'person_id = $',
    mentions: ['said', 'before', 'asked', 'chat'],
    others: ['channel', 'tried'],
  },
  lease: nobodys('轮值', 'name', 'holder'),
  loan: { title: '借用', theirs: 'person_id = $ or handed_by = $', others: ['state'] },
  lot: nobodys('批次'),
  major_fault: { title: '重大故障', theirs: OWN },
  material: {
    title: '会议资料',
    theirs: MINE_OR_OWN,
    goes: MINE_OR_OWN,
    mentions: ['name'],
    others: ['weight'],
  },
  meeting: {
    title: '会议',
    theirs: 'host_id = $ or checked_in_by = $',
    empties: [{ columns: ['title'], of: 'host_id = $' }],
    mentions: ['title'],
    others: ['channel', 'place', 'state'],
  },
  minutes: {
    title: '会议纪要',
    theirs: "host_id = $ or attendees @> '[$]'",
    empties: [
      { columns: ['title'], of: 'host_id = $', to: "''" },
      { columns: ['text'], of: 'host_id = $' },
      { columns: ['decisions'], of: 'host_id = $', to: "'[]'" },
      {
        columns: ['attachment_id', 'fetch_at'],
        of: `attachment_id in (select id from attachment where ${MINE_OR_OWN})`,
      },
    ],
    mentions: ['title', 'text', 'decisions'],
    others: ['channel', 'state', 'attendees'],
  },
  message_count: {
    title: '一分钟里的消息数',
    theirs: "who in (select channel || ':' || external_id from address where person_id = $)",
    goes: "who in (select channel || ':' || external_id from address where person_id = $)",
    others: ['who'],
  },
  // Names and numbers were masked when it was noted, and nobody is named as its speaker.
  misreading: {
    title: '误解',
    theirs: null,
    mentions: ['text', 'correction'],
    others: ['reading'],
  },
  movement: {
    title: '出入库流水',
    theirs: MINE_OR_OWN,
    empties: [{ columns: ['why', 'old_why'], of: MINE_OR_OWN }],
    mentions: ['why', 'old_why'],
    others: ['sort'],
  },
  note: {
    title: '进展',
    theirs: MINE_OR_OWN,
    empties: [{ columns: ['text'], of: MINE_OR_OWN, to: DASH }],
    mentions: ['text'],
  },
  organisation_change: nobodys('组织变动'),
  pace: {
    title: '发送节奏',
    theirs:
      "name in (select 'lane:' || channel || ':' || external_id from address where person_id = $)",
    goes: "name in (select 'lane:' || channel || ':' || external_id from address where person_id = $)",
    others: ['name'],
  },
  person: {
    title: '人员',
    theirs: 'id = $',
    empties: [
      { columns: ['name'], of: 'id = $', to: "'已离职员工 #$'" },
      {
        columns: ['name_en', 'email', 'employee_no', 'job_title', 'leader_id', 'greeted_at'],
        of: 'id = $',
      },
    ],
    others: ['language'],
  },
  preference: {
    title: '个人设置',
    theirs: 'person_id = $',
    goes: 'person_id = $',
    others: ['quiet', 'quiet_from', 'quiet_to'],
  },
  preparation: { title: '准备会场', theirs: 'done_by = $', others: ['sort'] },
  purchase: {
    title: '采购',
    theirs: '$ in (asked_by, decided_by, ordered_by)',
    mentions: ['waiver', 'bargain'],
    others: ['why', 'state'],
  },
  quote: { title: '报价', theirs: 'person_id = $' },
  receipt: { title: '到货', theirs: 'person_id = $', others: ['state'] },
  rectification: {
    title: '整改项',
    theirs: 'done_by = $',
    mentions: ['note', 'answer'],
    others: ['item', 'owner', 'state'],
  },
  repair_part: { title: '维修配件', theirs: MINE_OR_OWN, others: ['name', 'unit'] },
  replacement: { title: '更换建议', theirs: OWN, mentions: ['about'] },
  report: nobodys('日报和月报', 'sort', 'period'),
  request: {
    title: '申请单',
    theirs: 'requester_id = $',
    empties: [{ columns: ['chat'], of: 'requester_id = $', to: "''" }],
    mentions: ['chat', 'form', 'workflow', 'outcome'],
    rewritten: ['form', 'workflow', 'outcome'],
    others: ['number', 'kind', 'state', 'channel'],
  },
  response: {
    title: '提问',
    theirs: `asked_by = $ or answered_by = $ or ${OWN}`,
    empties: [{ columns: ['question'], of: 'asked_by = $ and question is not null', to: DASH }],
    mentions: ['question'],
    others: ['role', 'channel', 'thread', 'cause', 'state', 'within'],
  },
  response_line: {
    title: '提问的往来',
    theirs: 'person_id = $ or response_id in (select id from response where asked_by = $)',
    empties: [
      {
        columns: ['text'],
        of: 'person_id = $ or response_id in (select id from response where asked_by = $)',
        to: DASH,
      },
    ],
    mentions: ['text'],
    others: ['sort'],
  },
  room: {
    title: '会议室',
    theirs: 'holder_id = $',
    empties: [{ columns: ['holder_id'], of: 'holder_id = $' }],
    others: ['name', 'floor', 'equipment', 'aliases', 'feishu_room', 'door', 'sort'],
  },
  room_bump: {
    title: '让会议室',
    theirs: 'asker_id = $ or host_id = $',
    empties: [
      { columns: ['reason'], of: 'asker_id = $', to: DASH },
      { columns: ['form'], of: 'asker_id = $', to: "'{}'" },
    ],
    mentions: ['reason', 'form'],
    others: ['state'],
  },
  room_closure: {
    title: '停用与预留',
    theirs: 'person_id = $ or decided_by = $ or $ = any(told)',
    mentions: ['reason'],
    others: ['sort', 'state'],
  },
  room_swap: { title: '换会议室', theirs: 'asker_id = $ or other_id = $', others: ['state'] },
  room_wish: {
    title: '排队',
    theirs: 'person_id = $',
    empties: [{ columns: ['form'], of: 'person_id = $', to: "'{}'" }],
    mentions: ['form'],
    others: ['channel', 'state'],
  },
  round: {
    title: '例行工作',
    theirs: 'claimed_by = $ or done_by = $',
    mentions: ['results'],
    others: ['name', 'period', 'owner', 'state'],
  },
  round_kept: nobodys('例行工作的起始', 'name'),
  round_ticket: { title: '例行工作的报修', theirs: OWN, others: ['item'] },
  series_question: { title: '周期预订的询问', theirs: 'host_id = $', others: ['answer'] },
  set_aside: {
    title: '没办成的消息',
    theirs: SENT_BY_THEM,
    goes: SENT_BY_THEM,
    mentions: ['body'],
    others: ['key', 'reason'],
  },
  setting: nobodys('程序的记号', 'name', 'value'),
  shown_card: {
    title: '当前卡片',
    theirs: 'person_id = $',
    goes: 'person_id = $',
    others: ['subject', 'channel', 'message', 'looks'],
  },
  simulator_file: {
    title: '模拟器里的图片',
    theirs: AS_PLAYED,
    goes: AS_PLAYED,
    mentions: ['name'],
    others: ['id', 'person', 'type', 'bytes'],
  },
  // The simulator's chat is in our database, as a platform's is on the platform: cards about them go with it.
  simulator_message: {
    title: '模拟器里的消息',
    theirs: AS_PLAYED,
    goes: `${AS_PLAYED} or ${names('body')}`,
    mentions: ['body'],
    others: ['id', 'person', 'direction', 'send_key'],
  },
  space_release: {
    title: '让出的工位',
    theirs: 'room_id in (select id from room where holder_id = $)',
  },
  stock_take: {
    title: '盘点',
    theirs: 'person_id = $ or agreed_by = $',
    others: ['what', 'state'],
  },
  stock_take_line: nobodys('盘点明细'),
  supplier: nobodys('供应商', 'name'),
  supply_budget: nobodys('物资预算', 'department', 'period'),
  supply_promise: { title: '物资占用的预算', theirs: OWN, others: ['department', 'period'] },
  task: { title: '待办', theirs: MINE_OR_OWN, others: ['step_id', 'sort', 'state'] },
  trip: { title: '出差', theirs: MINE_OR_OWN, others: ['state', 'department', 'period'] },
  trip_budget: nobodys('出差预算', 'department', 'period'),
  vendor_link: { title: '厂家链接', theirs: `made_by = $ or ${OWN}`, others: ['vendor'] },
  watcher: { title: '关注', theirs: MINE_OR_OWN },
  write_off: {
    title: '报废',
    theirs: 'person_id = $ or second_id = $',
    mentions: ['why'],
    others: ['state'],
  },
};

/** Their names; in the order in which rows go: what refers to others goes before them, and names and addresses last, since others are found by them. */
export const tableNames: readonly (keyof Tables)[] = inOrder(
  ['attachment_content', 'material', 'attachment'],
  ['address', 'person'],
);

function inOrder(
  first: readonly (keyof Tables)[],
  last: readonly (keyof Tables)[],
): readonly (keyof Tables)[] {
  // The keys are exactly those of Tables: the type of the list holds them to it
  const all = Object.keys(holdings) as (keyof Tables)[];
  return [...first, ...all.filter((name) => ![...first, ...last].includes(name)), ...last];
}
