/** 撤销: how what was done is called, the button that takes it back, and what people are told about it. Pure. */
import type { Button, ButtonValue } from './card.ts';
import { type Words, words } from './words.ts';

/** What may be taken back, as it is called when it was, and what to do instead once it is too late. */
const ACTS = {
  approve: [
    words('同意', 'Approve'),
    words('请下一环节退回，或请申请人撤回', 'Ask the next step to send it back, or its requester'),
  ],
  reject: [
    words('驳回', 'Reject'),
    words('请申请人重新提一张', 'Ask its requester to file it again'),
  ],
  return: [
    words('退回修改', 'Send back'),
    words('请申请人直接重新提交', 'Ask its requester to hand it in again'),
  ],
  transfer: [words('转交', 'Hand over'), words('请对方再转回来', 'Ask them to hand it back')],
  add: [words('加签', 'Add approver'), words('请对方直接同意', 'Ask them to approve')],
  reclaim: [words('收回自批', 'Take back'), words('可以转交给对方', 'You may hand it over')],
  resubmit: [words('重新提交', 'Submit again'), words('可以撤回这张申请', 'You may withdraw it')],
  claim: [words('接单', 'Take it'), words('可以转交给同事', 'You may hand it over')],
  complete: [
    words('完成', 'Done'),
    words(
      '请和对方说明；还要办的，请重新提一张',
      'Please tell the other; file what is still to do',
    ),
  ],
  'send-back': [words('重新打开', 'Open again'), words('请和经办人说明', 'Please tell its doer')],
  withdraw: [words('撤回', 'Withdraw'), words('请重新提一张', 'Please file it again')],
  cancel: [words('取消', 'Cancel'), words('请重新提一张', 'Please file it again')],
  'item-done': [words('完成', 'Done'), words('可以改回「进行中」', 'You may set it in progress')],
  'item-doing': [words('进行中', 'In progress'), words('可以再点「完成」', 'Tap Done when it is')],
  'item-postpone': [words('延期', 'Postpone'), words('可以再改一次日期', 'Postpone it once more')],
  'item-refuse': [words('交回', 'Give back'), words('请主持人再分派给您', 'Ask its host')],
  'item-reassign': [words('转给别人', 'Hand over'), words('可以再转一次', 'Hand it over again')],
  'check-in': [
    words('签到', 'Check in'),
    words('不用会议室了就说「会开完了」', 'Say “meeting over”'),
  ],
  'end-early': [words('提前结束', 'End early'), words('请另订一场', 'Please book another one')],
  prepared: [
    words('已完成', 'Done'),
    words('请和同事说一声，做完就好', 'Tell your colleagues, and have it done'),
  ],
  'round-claim': [
    words('我来做', 'Take it'),
    words('同事可以接手', 'A colleague may take it over'),
  ],
  'round-done': [
    words('完成', 'Done'),
    words('有问题的请报修或告诉行政主管', 'Report what is wrong, or tell the office manager'),
  ],
  receive: [words('入库', 'Take in'), words('请用盘点改正', 'Put it right by a stock-take')],
  'receive-not': [words('没有入库', 'Nothing came'), words('请重新登记到货', 'Put it down again')],
  shelved: [words('上架', 'In its place'), words('不用处理，已入库的不变', 'Stock stays as it is')],
  'take-count': [words('盘点数', 'Count'), words('请数完后由另一位同事要求重数', 'Count it again')],
} as const satisfies { readonly [act: string]: readonly [Words, Words] };

export type UndoableAct = keyof typeof ACTS;

const known = (act: string): act is UndoableAct => Object.hasOwn(ACTS, act);

/** 「同意」 */
export const actName = (act: string): Words => (known(act) ? ACTS[act][0] : words(act, act));

/** What to do instead, once it cannot be taken back. */
export const insteadOf = (act: string): Words | undefined =>
  known(act) ? ACTS[act][1] : undefined;

/** 「撤销」; `value` says of what. */
export const undoButton = (value: ButtonValue): Button => ({
  label: words('撤销', 'Undo'),
  look: 'plain',
  value,
});
