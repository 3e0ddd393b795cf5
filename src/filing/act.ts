import type { Answers } from '../../cards/card.ts';
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import { record } from '../audit/record.ts';
import type { Work } from '../../db/work.ts';
import { peopleById } from '../directory/people.ts';
import { answerText } from '../requests/fields/answers.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import { readAnswers, type StoredForm } from '../requests/kind.ts';
import { overhear } from '../undo/deeds.ts';
import { advance } from '../workflow/advance.ts';
import {
  type Action,
  type AddedPlace,
  type Denial,
  openStep,
  peopleOf,
} from '../workflow/workflow.ts';
import { move, type Setup } from './move.ts';
import { liesBehind, lockRequest, type Request } from './store.ts';
import { noteAct, standing } from './undo.ts';

/** A wish to act on a request, from a tap or from words. `version` is what the card showed; undefined for words. */
export type Wish = {
  readonly request: number;
  readonly person: number;
  readonly act:
    | 'approve'
    | 'reject'
    | 'return'
    | 'transfer'
    | 'add'
    | 'copy'
    | 'reclaim'
    | 'resubmit'
    | 'claim'
    | 'complete'
    | 'send-back'
    | 'withdraw'
    | 'cancel';
  readonly comment?: string;
  readonly to?: number;
  /** Who is asked too (加签) or gets a copy (抄送). */
  readonly people?: readonly number[];
  readonly place?: AddedPlace;
  /** Where it is sent back to: the requester, or an earlier step by its id. */
  readonly back?: string;
  /** The step that the button was drawn for: an approval is for what was on the card. */
  readonly step?: string;
  readonly version?: number;
  readonly answers?: Answers;
  readonly touched?: boolean;
};

/** Done, with the request as it now is; or denied, with the reason. A denial changes nothing and is recorded. */
export type Acted =
  | { readonly request: Request; readonly done: true }
  | {
      readonly request: Request;
      readonly done: false;
      readonly denial: Denial | { readonly denied: 'changed' };
    };

/**
 * Carries out a wish: locks the request, asks whether this person may do this now, moves the workflow, and all that follows
 * in the same transaction. Undefined when there is no such request or the person has nothing to do with it: both sound the
 * same to them, since numbers can be guessed.
 */
export async function act(
  work: Work,
  setup: Setup,
  wish: Wish,
  at: Hearing,
): Promise<Acted | undefined> {
  const request = await lockRequest(work.tx, wish.request);
  if (!request) return undefined;
  if (!mayRead(request, wish.person)) {
    const after = { person: wish.person, denied: 'not-yours' };
    await record(work, `refused.${wish.act}`, `request:${request.id}`, { after });
    return undefined;
  }
  const denial = stale(request, wish) ?? (await attempt(work, setup, request, wish, at));
  if (!('denied' in denial)) return { request: denial, done: true };
  await record(work, `refused.${wish.act}`, `request:${request.id}`, {
    after: { person: wish.person, denied: denial.denied, version: wish.version ?? null },
  });
  return { request, done: false, denial };
}

/** Whether a person has or had a place in a request. Roles that own a kind read it through their own pages. */
export const mayRead = (request: Request, person: number): boolean =>
  peopleOf(request.workflow).has(person);

/** What is no decision about a step: it counts whatever step the card showed. */
const ALWAYS: readonly Wish['act'][] = ['withdraw', 'cancel', 'copy', 'reclaim', 'resubmit'];

/**
 * A button drawn for another step is not this one's: a leader's 同意 must not approve the director's step that the same
 * person also holds, a second tap on 发放 must not sign for it. A form changed since then is shown again before it is approved.
 */
function stale(request: Request, wish: Wish): Denial | { readonly denied: 'changed' } | undefined {
  if (ALWAYS.includes(wish.act)) return undefined;
  const step = openStep(request.workflow);
  const otherStep = wish.step !== undefined && step !== undefined && step.id !== wish.step;
  const tapped = otherStep
    ? request.workflow.steps.find((each) => each.id === wish.step)
    : undefined;
  const decision = tapped?.seats.find(
    (seat) => seat.decision && seat.people.includes(wish.person),
  )?.decision;
  if (decision) return { denied: 'already', decision };
  const deciding = wish.act === 'approve' || wish.act === 'reject' || wish.act === 'return';
  const changed = deciding && wish.version !== undefined && wish.version < lastFormVersion(request);
  const theirs = step?.seats.some((seat) => !seat.decision && seat.people.includes(wish.person));
  return changed || (otherStep && theirs) ? { denied: 'changed' } : undefined;
}

/** The version since which the form is as it is; kept beside the workflow by `change`. */
const lastFormVersion = (request: Request): number => request.workflow.formSince ?? 0;

async function attempt(
  work: Work,
  setup: Setup,
  request: Request,
  wish: Wish,
  at: Hearing,
): Promise<Request | Denial> {
  const action = actionOf(wish, work.now);
  if (!action || !(await areThere(work, peopleNamed(action))))
    throw new Refusal('act.whom', words('请选择一位同事', 'Please choose a colleague'));
  if (action.act === 'cancel' && liesBehind(request, at.now)) return { denied: 'not-now' };
  const next = advance(request.workflow, action);
  if ('denied' in next) return next;
  const filled = wish.act === 'complete' ? filledIn(request, setup, wish, at) : undefined;
  const before = await standing(work, request);
  const { jobs, owed } = overhear(setup.jobs);
  const after = await move(
    work,
    { ...setup, jobs },
    request,
    next.workflow,
    next.happenings,
    {
      act: wish.act,
      person: wish.person,
      ...(wish.touched ? { touched: wish.person } : {}),
      ...(wish.act === 'approve' && wish.comment ? { remarked: true } : {}),
    },
    filled ? { outcome: { ...request.outcome, ...filled } } : {},
  );
  const { act: done, person } = wish;
  const { happenings } = next;
  await noteAct(work, setup, before, after, { act: done, person, happenings, owed });
  return after;
}

/** Whom an action brings in. */
const peopleNamed = (action: Action): readonly number[] =>
  'people' in action
    ? action.people
    : 'to' in action && action.act === 'transfer'
      ? [action.to]
      : [];

/** Whether everybody named works here. */
async function areThere(work: Work, people: readonly number[]): Promise<boolean> {
  if (people.length === 0) return true;
  const known = await peopleById(work.tx, people);
  return people.every((person) => known.get(person)?.active === true);
}

function actionOf(wish: Wish, at: Temporal.Instant): Action | undefined {
  const by = { by: wish.person, at };
  const comment = wish.comment ? { comment: wish.comment } : {};
  const people = wish.people ?? [];
  switch (wish.act) {
    case 'transfer':
      return wish.to === undefined ? undefined : { ...by, act: 'transfer', to: wish.to };
    case 'add':
      return people.length === 0
        ? undefined
        : { ...by, act: 'add', people, place: wish.place ?? 'before' };
    case 'copy':
      return people.length === 0 ? undefined : { ...by, act: 'copy', people };
    case 'return':
      return { ...by, act: 'return', to: wish.back ?? 'requester', ...comment };
    case 'approve':
    case 'reject':
    case 'complete':
    case 'send-back':
    case 'resubmit':
      return { ...by, act: wish.act, ...comment };
    case 'claim':
    case 'reclaim':
    case 'withdraw':
    case 'cancel':
      return { ...by, act: wish.act };
    default:
      return wish.act satisfies never;
  }
}

/** What the doer filled in for the open step, checked. Throws Refusal when something needed is missing. */
function filledIn(
  request: Request,
  setup: Setup,
  wish: Wish,
  at: Hearing,
): { readonly [step: string]: StoredForm } | undefined {
  const step = openStep(request.workflow);
  const task = kindNamed(request.kind)
    .tasks(setup.rules, request.form)
    .find((each) => each.id === step?.id);
  if (!step || !task?.fields) return undefined;
  const answers = wish.answers ?? {};
  const read = readAnswers(task.fields, Object.keys(task.fields), answers, at);
  for (const [name, field] of Object.entries(task.fields)) {
    if (field.required && read[name] === undefined) {
      throw new Refusal(
        'act.missing',
        words(`请填写「${field.label.zh}」`, `Please fill in “${field.label.en}”`),
      );
    }
  }
  return { [step.id]: read };
}

/** Stars after the work was accepted: one to five, by the requester, once. */
export async function rate(
  work: Work,
  request: Request,
  person: number,
  answers: Answers,
): Promise<boolean> {
  const stars = Number(answerText('stars', answers) ?? '');
  if (request.requester_id !== person || request.state !== 'done' || request.stars !== null)
    return false;
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) return false;
  await work.tx.updateTable('request').set({ stars }).where('id', '=', request.id).execute();
  await record(work, 'request.rated', `request:${request.id}`, { after: { stars } });
  return true;
}
