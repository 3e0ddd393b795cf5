/** The one vocabulary of buttons, states and voices, so that people learn it once. */
import type { CardColor } from './card.ts';
import { type Words, words } from './words.ts';

export const BUTTON = {
  submit: words('提交', 'Submit'),
  edit: words('修改', 'Edit'),
  cancel: words('取消', 'Cancel'),
  approve: words('同意', 'Approve'),
  reject: words('驳回', 'Reject'),
  returned: words('退回修改', 'Send back'),
  transfer: words('转交', 'Hand over'),
  add: words('加签', 'Add approver'),
  copy: words('抄送', 'Send a copy'),
  reclaim: words('收回自批', 'Take back'),
  resubmit: words('重新提交', 'Submit again'),
  withdraw: words('撤回', 'Withdraw'),
  urge: words('催办', 'Urge'),
  claim: words('接单', 'Take it'),
  complete: words('完成', 'Done'),
  rate: words('评价', 'Rate'),
  note: words('记进展', 'Add note'),
  askBack: words('等对方补充', 'Ask the requester'),
  replyBack: words('发给经办人', 'Send'),
  back: words('返回', 'Back'),
  open: words('查看', 'Open'),
  meeting: words('参会与材料', 'Attendees, materials'),
  save: words('保存', 'Save'),
  files: words('看附件', 'Files'),
} as const;

/** Where a submitted request stands. */
export type RequestState =
  | 'pending'
  | 'approved'
  | 'rejected'
  | 'returned'
  | 'withdrawn'
  | 'working'
  | 'done'
  | 'cancelled'
  | 'booked';

/** What a state is called and how it is coloured; the word always stands beside the colour. */
export const STATE: {
  readonly [state in RequestState | 'draft']: { readonly name: Words; readonly color: CardColor };
} = {
  draft: { name: words('草稿', 'Draft'), color: 'grey' },
  pending: { name: words('待审批', 'Waiting for approval'), color: 'orange' },
  approved: { name: words('已通过', 'Approved'), color: 'green' },
  rejected: { name: words('已驳回', 'Rejected'), color: 'red' },
  returned: { name: words('待修改', 'To be mended'), color: 'orange' },
  withdrawn: { name: words('已撤回', 'Withdrawn'), color: 'grey' },
  working: { name: words('处理中', 'In work'), color: 'blue' },
  done: { name: words('已完成', 'Done'), color: 'green' },
  cancelled: { name: words('已取消', 'Cancelled'), color: 'grey' },
  booked: { name: words('已预订', 'Booked'), color: 'green' },
};

const VOICES: { readonly [voice: string]: Words } = {
  manager: words('直属上级', 'Line manager'),
  'department-head': words('部门负责人', 'Head of department'),
  office: words('行政', 'Office'),
  'office-manager': words('行政主管', 'Office manager'),
  director: words('办公室主任', 'Director'),
  finance: words('财务', 'Finance'),
  repair: words('维修', 'Repairs'),
  requester: words('申请人', 'Requester'),
};

/** What a voice of office.yaml is called; a role of the company's own keeps the name it was given there. */
export const voiceName = (voice: string): Words => VOICES[voice] ?? words(voice, voice);

const SORTS: { readonly [sort: string]: string } = {
  会议室: 'Room',
  工位: 'Desk',
  静音舱: 'Quiet booth',
  车位: 'Parking space',
};

/** What a sort of space is called; one of the company's own keeps the name it was given. */
export const sortName = (sort: string): Words => words(sort, SORTS[sort] ?? sort);
