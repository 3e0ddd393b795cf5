import { type Words, words } from '../../cards/words.ts';
import { approveByWord } from './approvals.ts';
import { changeByWord } from './changing.ts';
import { closeDraft, type Draft, oweClosed } from './drafts.ts';
import type { Heard } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { kindOfTarget } from './lists.ts';
import { actByWord, cancelByWord, candidates, queryMine, urgeByWord } from './own-requests.ts';
import { quietByWord } from './quiet.ts';
import { digestByWord, monthlyByWord } from './reports.ts';
import { submitDraft } from './submitting.ts';
import { minutesByIntent } from './minutes-asked.ts';
import { answer, say, type Talk } from './talk.ts';

/** What a sentence does that asks for no kind. `draft` is the one it may be about. */
export type Command = (talk: Talk, heard: Heard, draft: Draft | undefined) => Promise<Led | void>;

/** Commands by the intent that calls for them. */
export const COMMANDS: { readonly [intent: string]: Command } = {
  help: (talk) => answer(talk, { view: 'help', first: false }),
  greeting: async (talk) => {
    // Somebody greeted for the first time has just been shown what can be said.
    if (talk.person.greeted) await answer(talk, { view: 'help', first: false });
  },
  'query.mine': async (talk, heard, draft) => {
    if (draft && talk.about) return answer(talk, { view: 'draft', draft: draft.id });
    return queryMine(talk, heard);
  },
  'query.tasks': (talk) => answer(talk, { view: 'tasks', first: 0 }),
  'report.digest': digestByWord,
  'report.monthly': monthlyByWord,
  'approval.act': approveByWord,
  minutes: minutesByIntent,
  urge: urgeByWord,
  cancel: async (talk, heard, draft) =>
    draft && isAboutDraft(heard, draft) ? dropDraft(talk, draft) : cancelByWord(talk, heard),
  modify: async (talk, heard) => {
    const led = await changeByWord(talk, heard);
    if (led) return led;
    return say(
      talk,
      '没有可以修改的申请。直接说要办什么就行',
      'There is nothing to change. Just say what you need',
    );
  },
  confirm: async (talk, heard, draft) => {
    if (draft) return submitByWord(talk, draft);
    if (!(await resubmitByWord(talk, heard))) await agreed(talk);
  },
  'preference.quiet': (talk, heard) => quietByWord(talk, heard.said),
  nevermind: async (talk, heard, draft) => {
    if (draft) return dropDraft(talk, draft);
    // Replying to the card of one's own request, it means that one.
    if (talk.about) return cancelByWord(talk, heard);
    return say(talk, '好的', 'All right');
  },
};

/** Intents that change something at once: never carried out on a second thought, only offered. */
export const ACTS_AT_ONCE: ReadonlySet<string> = new Set([
  'cancel',
  'urge',
  'approval.act',
  'confirm',
  'nevermind',
  'preference.quiet',
]);

/** What an office does and we understand, but do not run yet. */
export const NOT_SERVED: { readonly [intent: string]: Words } = {
  'visitor.register': words('访客登记', 'Visitors'),
  'seal.request': words('用印', 'Seals'),
  document: words('公文', 'Documents'),
  asset: words('资产', 'Assets'),
  todo: words('待办提醒', 'Reminders of your own'),
};

/** What commands are called where one is offered. */
export const COMMAND_NAMES: { readonly [intent: string]: Words } = {
  cancel: words('撤回或取消一张申请', 'Take back or cancel a request'),
  urge: words('催一下在办的申请', 'Urge whoever a request waits for'),
  'approval.act': words('审批等您处理的申请', 'Decide on what waits for you'),
  modify: words('修改一张申请', 'Change a request'),
  'query.mine': words('查看我的申请', 'Look at my requests'),
  'query.tasks': words('查看我的待办', 'Look at my tasks'),
  'preference.quiet': words('设置免打扰时间', 'Set my quiet hours'),
  'report.digest': words('看行政日报', 'Read the daily digest'),
  'report.monthly': words('看行政月报', 'Read the monthly report'),
  minutes: words('会议纪要和行动项', 'Minutes and action items'),
  help: words('看看我能办什么', 'See what I can do'),
};

function isAboutDraft({ reading }: Heard, draft: Draft): boolean {
  const target = kindOfTarget(reading.slots['target']);
  const named = ['id', 'room', 'object', 'to', 'when'].some(
    (slot) => reading.slots[slot] !== undefined,
  );
  return !named && (!target || target === draft.kind);
}

/** 重新提交: the one request of theirs that was sent back, as it is. False when none was, or it cannot be told which. */
async function resubmitByWord(talk: Talk, heard: Heard): Promise<boolean> {
  if (!/提交|submit/iu.test(heard.said)) return false;
  const back = await candidates(talk, heard, (request) => request.state === 'returned');
  if (back === 'unknown') return false;
  const [only, another] = back;
  if (!only || another) return false;
  await actByWord(talk, { request: only.id, act: 'resubmit' });
  return true;
}

/** 好的 decides nothing: an approval wants its own word. Asked back with the card and its buttons. */
async function agreed(talk: Talk): Promise<void> {
  if (!talk.about) return say(talk, '好的', 'All right');
  await say(
    talk,
    '收到。要审批请回复「同意」或「驳回」加原因，或点卡片上的按钮',
    'Noted. To decide, please reply 同意 (approve) or 驳回 (reject) with the reason, or tap a button',
  );
  if ('request' in talk.about) await answer(talk, { view: 'request', request: talk.about.request });
}

async function submitByWord(talk: Talk, draft: Draft): Promise<void> {
  const result = await submitDraft(talk, draft, undefined, false);
  if ('request' in result) {
    if (result.joined) await say(talk, result.told.zh, result.told.en);
    return answer(talk, { view: 'request', request: result.request.id });
  }
  await say(talk, result.remark.zh, result.remark.en);
  return answer(talk, { view: 'draft', draft: result.draft.id });
}

async function dropDraft(talk: Talk, draft: Draft): Promise<void> {
  await closeDraft(talk.work, draft, 'cancelled');
  await oweClosed(talk, draft);
  await say(talk, '好的，草稿已取消', 'All right, the draft is cancelled');
}
