import { words } from '../../cards/words.ts';
import { voiceName } from '../../cards/vocabulary.ts';
import type { Organisation } from '../directory/organisation.ts';
import type { OwnVoices, RequestKind, StoredForm, TaskStep } from '../requests/kind.ts';
import {
  approvalsFor,
  type ApprovalStepRule,
  type Circumstances,
  type Rules,
} from '../settings/rules.ts';
import type { Span } from '../time/spans.ts';
import { seatsFor, taskSeat, type Voice } from '../workflow/routing.ts';
import type { Step, Workflow } from '../workflow/workflow.ts';

/**
 * The steps of a request as they are now and stay: approvals from office.yaml for its measure and circumstances (first tier that fits), then
 * the kind's tasks, each with the people who sit there today. Beside the rules the kind has voices of its own.
 */
export function freeze(
  kind: RequestKind,
  form: StoredForm,
  requester: number,
  { alsoAsk = [], askedToo = [] }: OwnVoices,
  org: Organisation,
  rules: Rules,
  circumstances: Circumstances,
): Workflow {
  const tiers = approvalsFor(rules, kind.name, kind.measure(form, rules), circumstances);
  const due = kind.due(form, rules)?.toString();
  const tasks = kind
    .tasks(rules, form)
    .filter((task) => task.later !== true)
    .map((task) => taskStep(task, requester, org))
    .filter(isTaken)
    .map((step, index): Step => (index === 0 && due ? { ...step, dueAt: due } : step));
  return {
    requester,
    steps: [...approvalsOf(kind, tiers, { alsoAsk, askedToo }, requester, org, rules), ...tasks],
    endsAs: kind.endsAs,
    ...(kind.revocable ? { revocable: true } : {}),
    ...(kind.signatures(rules) ? { distinct: true } : {}),
  };
}

/** Who is asked besides the rules: `alsoAsk` when they ask nobody, `askedToo` unless they ask them anyway. */
type Besides = { readonly alsoAsk: readonly Voice[]; readonly askedToo: readonly Voice[] };

/** The approvals of a kind whose rules ask for these, with the people who sit there today. */
export function approvalsOf(
  kind: RequestKind,
  tiers: readonly ApprovalStepRule[],
  { alsoAsk, askedToo }: Besides,
  requester: number,
  org: Organisation,
  rules: Rules,
): readonly Step[] {
  const usual = tiers.length > 0 ? tiers : alsoAsk.map(alone);
  const asked = new Set(usual.flatMap(({ voices }) => voices));
  const approvals = [...usual, ...askedToo.filter((voice) => !asked.has(voice)).map(alone)];
  const steps = approvalSteps(approvals, requester, org);
  const signatures = kind.signatures(rules);
  return signatures ? signed(steps, signatures, requester, org) : steps;
}

const alone = (voice: Voice): ApprovalStepRule => ({ needs: 'any', voices: [voice] });

/**
 * Signatures by people who can all be different; each step has its own span, the last one's holds for those behind it. A step that
 * any of several may sign stays as it is: whoever signed before is not asked there.
 */
function signed(
  steps: readonly Step[],
  spans: readonly Span[],
  requester: number,
  org: Organisation,
): readonly Step[] {
  const counted = steps.map(({ needs, seats }) => (needs === 'all' ? seats : seats.slice(0, 1)));
  const voices = counted.flat().map(({ via }) => via);
  const apart = seatsFor(voices, requester, org, 'all');
  let from = 0;
  return steps.map((step, index): Step => {
    const to = from + (counted[index]?.length ?? 0);
    const own = apart.slice(from, to);
    from = to;
    const within = spans[index] ?? spans.at(-1);
    // Too few people: everybody keeps their seat.
    const seats =
      apart.length === voices.length && own.length === step.seats.length ? own : step.seats;
    return { ...step, seats, ...(within ? { within } : {}) };
  });
}

/** The approvals of a request whose rules ask for these, with the people who sit there today. */
const approvalSteps = (
  approvals: readonly ApprovalStepRule[],
  requester: number,
  org: Organisation,
): readonly Step[] =>
  approvals
    .map(({ needs, voices }, index) => approvalStep(index, needs, voices, requester, org))
    .filter(isTaken);

/** A step nobody at all can take would stop the request for ever; routing leaves one empty only in a company of one. */
const isTaken = (step: Step): boolean => step.seats.length > 0;

function approvalStep(
  index: number,
  needs: 'any' | 'all',
  voices: readonly Voice[],
  requester: number,
  org: Organisation,
): Step {
  const names = voices.map(voiceName);
  const between = needs === 'all' ? [' + ', ' + '] : [' / ', ' / '];
  return {
    id: `approval-${index + 1}`,
    sort: 'approval',
    title: words(
      `${names.map((name) => name.zh).join(between[0])}审批`,
      `Approval: ${names.map((name) => name.en).join(between[1])}`,
    ),
    needs,
    seats: seatsFor(voices, requester, org, needs),
    state: 'waiting',
    stateWhile: 'pending',
  };
}

/** A task with the people who do it today. */
export function taskStep(task: TaskStep, requester: number, org: Organisation): Step {
  const seat = taskSeat(task.voice, requester, org);
  return {
    id: task.id,
    sort: 'task',
    title: task.title,
    needs: 'any',
    seats: seat ? [seat] : [],
    state: 'waiting',
    stateWhile: 'working',
    doneLabel: task.doneLabel,
    ...(task.within ? { within: task.within } : {}),
    ...(task.claimable ? { claimable: true } : {}),
    ...(task.sendsBack ? { sendsBack: task.sendsBack } : {}),
  };
}
