/** Setting the category of a repair right: another role, another clock, counted from when it was reported. */
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { calendarOfPerson } from '../filing/due.ts';
import { taskStep } from '../filing/freeze.ts';
import { move, type Setup } from '../filing/move.ts';
import { lockRequest, type Request } from '../filing/store.ts';
import { categoryOf, kept } from '../requests/repair/categories.ts';
import { kindNamed } from '../requests/index.ts';
import { addSpan } from '../time/working-time.ts';
import { assigneesOf, openStep, type Step, type Workflow } from '../workflow/workflow.ts';
import { tellAll } from './watchers.ts';

/** Whether a person may set it right: it waits for them, and it is not done. */
export const maySort = (request: Request, person: number): boolean => {
  const step = openStep(request.workflow);
  return request.kind === 'repair' && step?.id === 'fix' && assigneesOf(step).includes(person);
};

/**
 * Gives a repair another category: its role, its clocks and how pressing it is are those of the new one, as if it had been reported
 * so. Who took it keeps it if they belong to the new role. Throws Refusal when it is not theirs or there is no such category.
 */
export async function sortRepair(
  work: Work,
  setup: Setup,
  id: number,
  by: { readonly person: number; readonly touched?: number },
  name: string,
): Promise<Request> {
  const request = await lockRequest(work.tx, id);
  if (!request || !maySort(request, by.person))
    throw new Refusal('repair.sort', words('这一步不在您手上', 'This step is not yours'));
  const { rules } = setup;
  if (!Object.hasOwn(rules.repairs.categories, name))
    throw new Refusal('repair.category', words('没有这个分类', 'There is no such category'));
  const form = {
    ...request.form,
    category: kept(rules.repairs, name),
    urgency: categoryOf(rules.repairs, name)?.priority ?? 'normal',
  };
  const org = await readOrganisation(work.tx, rules.roles, work.now);
  const fix = kindNamed('repair')
    .tasks(rules, form)
    .find((task) => task.id === 'fix');
  if (!fix) throw new Error('a repair without its step');
  const fresh = taskStep(fix, request.requester_id, org);
  const after = await move(
    work,
    setup,
    request,
    withFix(request.workflow, fresh),
    [],
    { act: 'sorted', person: by.person, ...(by.touched ? { touched: by.touched } : {}) },
    { form },
  );
  // Nobody gains time by it: it is due as if it had been reported so.
  const step = openStep(after.workflow);
  for (const person of step ? assigneesOf(step) : []) {
    const calendar = calendarOfPerson(rules, org, person);
    const due = step?.within && addSpan(request.submitted_at, step.within, calendar);
    if (!due) continue;
    await work.tx
      .updateTable('task')
      .set({ due_at: due, next_reminder_at: due, reminders: 0 })
      .where('request_id', '=', id)
      .where('step_id', '=', 'fix')
      .where('person_id', '=', person)
      .where('state', '=', 'open')
      .execute();
  }
  const title = categoryOf(rules.repairs, name)?.title ?? words(name, name);
  await tellAll(
    work,
    setup,
    after,
    `sorted:${id}:${after.version}`,
    words(
      `${after.number} 的分类改为「${title.zh}」，期限从您报修时算起`,
      `${after.number} was sorted as “${title.en}”; its time counts from when it was reported`,
    ),
  );
  return after;
}

/** The step with the people and the span of the new category; what was decided in it before it came back stays to be seen. */
function withFix(workflow: Workflow, fresh: Step): Workflow {
  const steps = workflow.steps.map((step): Step => {
    if (step.id !== 'fix') return step;
    const people = fresh.seats.flatMap((seat) => seat.people);
    const kept = step.claimedBy !== undefined && people.includes(step.claimedBy);
    return {
      ...fresh,
      state: step.state,
      ...(step.earlier ? { earlier: step.earlier } : {}),
      ...(kept && step.claimedBy !== undefined ? { claimedBy: step.claimedBy } : {}),
    };
  });
  return { ...workflow, steps };
}
