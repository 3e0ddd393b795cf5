import { deadlineText } from '../../cards/deadline.ts';
import { type Words, words } from '../../cards/words.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { calendarOfPerson, spanOf } from '../filing/due.ts';
import type { Request } from '../filing/store.ts';
import { openStep } from '../workflow/workflow.ts';
import type { Talk } from './talk.ts';

/** What is said to 「为什么是这个时间」 when several requests wait and none is named. */
export const NO_DEADLINE_NAMED = words(
  '是哪一张申请的时间？回复它的卡片，或带上编号再问一次',
  'Which request’s deadline? Reply to its card, or ask again with its number',
);

/** 「为什么是这个时间」: how the deadline of the open step of a request came about, in one sentence. */
export async function deadlineOf(talk: Talk, request: Request): Promise<Words> {
  const { work, setup } = talk;
  const { number, workflow } = request;
  const step = openStep(workflow);
  const span = step && spanOf(step, setup.rules);
  const task = step && (await firstDue(work.tx, request.id, step.id));
  if (!step || !span || !task?.due_at)
    return words(`${number} 现在没有期限`, `${number} has no deadline at present`);
  const deadline = { start: task.opened_at, span, due: task.due_at };
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const calendar = calendarOfPerson(setup.rules, org, task.person_id);
  const text = deadlineText(deadline, calendar, talk);
  return words(`${number} ${step.title.zh}：${text.zh}`, `${number} ${step.title.en}: ${text.en}`);
}

const firstDue = (tx: Talk['work']['tx'], request: number, step: string) =>
  tx
    .selectFrom('task')
    .select(['person_id', 'opened_at', 'due_at'])
    .where('request_id', '=', request)
    .where('step_id', '=', step)
    .where('state', '=', 'open')
    .where('due_at', 'is not', null)
    .orderBy('due_at')
    .orderBy('opened_at')
    .executeTakeFirst();
