/** What people are told after a tap or a word: one short line each, in both languages. */
import type { Toast } from '../../cards/card.ts';
import { momentText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { nameOf, peopleById } from '../directory/people.ts';
import type { Acted, Wish } from '../filing/act.ts';
import type { Urged } from '../filing/urge.ts';
import type { Hearing } from '../requests/fields.ts';
import type { Decision } from '../workflow/workflow.ts';

const DONE: { readonly [act in Wish['act']]: Words } = {
  approve: words('已同意', 'Approved'),
  reject: words('已驳回', 'Rejected'),
  return: words('已退回', 'Sent back'),
  transfer: words('已转交', 'Handed over'),
  add: words('已加签', 'Approver added'),
  copy: words('已抄送', 'Copy sent'),
  reclaim: words('已收回，由您自己处理', 'Taken back; it is yours again'),
  resubmit: words('已重新提交', 'Submitted again'),
  claim: words('已接单', 'Taken'),
  complete: words('已完成', 'Done'),
  'send-back': words('已重新打开', 'Opened again'),
  withdraw: words('已撤回', 'Withdrawn'),
  cancel: words('已取消', 'Cancelled'),
};

export const doneText = (act: Wish['act'], number: string): Words =>
  words(`${DONE[act].zh} ${number}`, `${DONE[act].en}: ${number}`);

/** Why an action was not taken, naming who or when where that helps. */
export async function denialText(
  tx: Tx,
  acted: Extract<Acted, { readonly done: false }>,
  at: Hearing,
): Promise<Words> {
  const { denial, request } = acted;
  switch (denial.denied) {
    case 'already': {
      const who = await nameOf(tx, denial.decision.by);
      const when = momentText(Temporal.Instant.from(denial.decision.at), at);
      const what = ALREADY[denial.decision.act];
      return words(`${who}已在 ${when.zh} ${what.zh}`, `${who} ${what.en} it, ${when.en}`);
    }
    case 'taken': {
      const who = await nameOf(tx, denial.by);
      return words(`${who}已经接单了`, `${who} has taken it already`);
    }
    case 'not-yours': {
      const people = await peopleById(tx, denial.entitled);
      const who = denial.entitled
        .slice(0, 3)
        .map((id) => people.get(id)?.name ?? '')
        .join('、');
      return words(`这一步由${who}处理，您不能操作`, `This step is for ${who}; you cannot do it`);
    }
    case 'own-request':
      return words('自己的申请不能自己审批', 'Nobody approves their own request');
    case 'needs-reason':
      return words(
        '驳回或退回请先写明原因',
        'Please write the reason before rejecting or sending back',
      );
    case 'changed':
      return words(
        '内容或环节已变化，请看过最新内容再决定',
        'It has changed since; please look again before deciding',
      );
    case 'not-now':
      return words(
        `${request.number} 现在不能这样操作`,
        `This cannot be done with ${request.number} now`,
      );
    case 'there-already': {
      const who = await nameOf(tx, denial.person);
      return words(`${who}已经在里面了`, `${who} has a place in it already`);
    }
    case 'two-people':
      return words(
        '会签要由不同的人来签，请换一个人',
        'A countersignature is of different people; please choose somebody else',
      );
    case 'over':
      return words(`${request.number} 已经结束了`, `${request.number} is over`);
    default:
      return denial satisfies never;
  }
}

const ALREADY: { readonly [act in Decision['act']]: Words } = {
  approve: words('同意', 'approved'),
  reject: words('驳回', 'rejected'),
  return: words('退回', 'sent back'),
  complete: words('处理完成', 'finished'),
  'send-back': words('重新打开', 'opened it again'),
};

/** What 催办 led to. */
export async function urgedText(tx: Tx, urged: Urged, at: Hearing): Promise<Toast> {
  if (urged.urged) {
    const people = await peopleById(tx, urged.people);
    return { look: 'success', text: remindedText([...people.values()], urged.waits, at) };
  }
  if (urged.why === 'too-soon') {
    const next = momentText(urged.next, at);
    return {
      look: 'info',
      text: words(
        `刚催过了，${next.zh} 后可以再催`,
        `Reminded a short while ago; again after ${next.en}`,
      ),
    };
  }
  return urged.why === 'over'
    ? { look: 'info', text: words('这张申请单已经结束了', 'This request is over') }
    : { look: 'info', text: words('这一步在等您自己处理', 'It is waiting for you') };
}

/** Who was reminded, and who will be once their quiet time is over: what is told is true. */
function remindedText(
  people: readonly { readonly id: number; readonly name: string }[],
  waits: ReadonlyMap<number, Temporal.Instant>,
  at: Hearing,
): Words {
  const reached = people.filter(({ id }) => !waits.has(id)).map(({ name }) => name);
  const later = people.flatMap(({ id, name }) => {
    const from = waits.get(id);
    return from ? [{ name, from: momentText(from, at) }] : [];
  });
  const zh = [
    ...(reached.length > 0 ? [`已提醒${reached.join('、')}`] : []),
    ...later.map(({ name, from }) => `${name}在免打扰时间，${from.zh} 提醒`),
  ];
  const en = [
    ...(reached.length > 0 ? [`Reminded ${reached.join(', ')}`] : []),
    ...later.map(({ name, from }) => `${name} is in their quiet time and reminded ${from.en}`),
  ];
  return words(zh.join('；'), en.join('; '));
}

/** To a tap on a button that leads nowhere any more. */
export const INVALID: Words = words(
  '这个按钮已经失效，请重新发起',
  'This button is no longer valid; please ask again',
);

/** To somebody who has no business with a request: the same words as for a number that does not exist. */
export const NOT_FOUND: Words = words(
  '没有找到这张申请单，请核对单号',
  'No such request; please check the number',
);
