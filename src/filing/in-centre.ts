/**
 * Approvals in Feishu's approval centre, where the office has switched it on (`feishu.approvals`). What stands there follows the
 * request in the transaction that moves it, and changes only with what somebody has to decide: not with the work that comes after.
 */
import { inLanguage, type Words, words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { type ApprovalTurn, formOfKind, type WantedApproval } from '../channels/channel.ts';
import { counterpartOf, want } from '../counterparts/want.ts';
import { addressOf } from '../directory/people.ts';
import { kindNamed, kinds } from '../requests/index.ts';
import { assigneesOf, type Decision, type Step, type Workflow } from '../workflow/workflow.ts';
import type { Followed, Setup } from './move.ts';
import type { Request } from './store.ts';

/** A form for each kind, wanted at the start of an office that has its approvals there. `told`: how the centre is to call us. */
export async function wantApprovalForms(work: Work, told: string): Promise<void> {
  for (const { name: kind, title } of kinds)
    await want(work, {
      channel: 'feishu',
      sort: 'approval-form',
      about: formOfKind(kind),
      wanted: { kind, name: title, told },
    });
}

/** Keeps the centre in step with a request that somebody has, or had, to approve. */
export async function followApproval(
  work: Work,
  setup: Setup,
  { after: request }: Followed,
): Promise<void> {
  if (!setup.rules.feishu.approvals) return;
  const which = {
    channel: 'feishu',
    sort: 'approval',
    about: { kind: 'request', id: request.id },
  } as const;
  const asked = request.workflow.steps.some(isAsked);
  // Changed so that nobody need approve it any more: what stands there is to say so.
  if (!asked && !(await counterpartOf(work.tx, which))) return;
  const wanted = await wantedOf(work, setup, request);
  if (wanted) await want(work, { ...which, wanted });
}

/** Approvals, and what comes back to the requester to be mended; the rest of the steps is work. */
const isAsked = ({ sort }: Step): boolean => sort !== 'task';

async function wantedOf(
  work: Work,
  setup: Setup,
  request: Request,
): Promise<WantedApproval | undefined> {
  const people = await idsOf(work, request.workflow);
  const requester = people.get(request.requester_id);
  if (requester === undefined) return undefined;
  const kind = kindNamed(request.kind);
  const state = stateThere(request.workflow);
  // It is read for days: told from some days before, no day in it is “tomorrow”.
  const at = {
    now: request.submitted_at.toZonedDateTimeISO(setup.rules.timeZone).subtract({ days: 3 }),
  };
  const both = (text: string | Words): Words =>
    words(inLanguage(text, 'zh'), inLanguage(text, 'en'));
  return {
    kind: request.kind,
    id: `${request.number}-${request.submitted_at.epochMilliseconds}`,
    title: words(`${kind.title.zh} ${request.number}`, `${kind.title.en} ${request.number}`),
    lines: kind
      .facts(request.form, at)
      .map(({ label, value }) => ({ name: both(label), value: both(value) })),
    requester,
    state,
    startedAt: request.submitted_at.toString(),
    endedAt: endedAt(request, state),
    turns: turnsOf(request, people),
  };
}

/** The platform's ids of everybody in it who is there. */
async function idsOf(work: Work, workflow: Workflow): Promise<ReadonlyMap<number, string>> {
  const all = new Set([
    workflow.requester,
    ...workflow.steps.flatMap(({ seats }) =>
      seats.flatMap(({ people, decision }) => [...people, ...(decision ? [decision.by] : [])]),
    ),
  ]);
  const ids = new Map<number, string>();
  for (const person of all) {
    const address = await addressOf(work.tx, person, 'feishu');
    if (address?.channel === 'feishu') ids.set(person, address.id);
  }
  return ids;
}

function stateThere({ steps, stopped }: Workflow): WantedApproval['state'] {
  if (stopped === 'rejected') return 'rejected';
  if (stopped) return 'cancelled';
  const asked = steps.filter(isAsked);
  return asked.some(({ state }) => state === 'open' || state === 'waiting')
    ? 'pending'
    : 'approved';
}

/** When the last who was asked had decided, or when it was stopped; null while it waits. */
function endedAt(request: Request, state: WantedApproval['state']): string | null {
  if (state === 'pending') return null;
  if (state !== 'approved') return (request.closed_at ?? request.updated_at).toString();
  const last = request.workflow.steps
    .filter(isAsked)
    .flatMap(({ seats }) => seats.flatMap(({ decision }) => decision?.at ?? []))
    .toSorted((a, b) => Temporal.Instant.compare(a, b))
    .at(-1);
  return last ?? request.submitted_at.toString();
}

const turnsOf = (
  { id, workflow }: Request,
  people: ReadonlyMap<number, string>,
): readonly ApprovalTurn[] =>
  workflow.steps
    .filter((step) => isAsked(step) && step.state !== 'waiting')
    .flatMap((step) =>
      [...turnsIn(step, workflow)].flatMap(([person, decision]) => {
        const external = people.get(person);
        return external === undefined
          ? []
          : [turn(id, workflow, step, { id: person, external }, decision)];
      }),
    );

/** Who has decided in a step, and whom it waits for: one turn each, whatever seats they hold. */
function turnsIn(step: Step, workflow: Workflow): ReadonlyMap<number, Decision | undefined> {
  const turns = new Map<number, Decision | undefined>();
  if (step.state === 'open' && !workflow.stopped)
    for (const person of assigneesOf(step)) turns.set(person, undefined);
  for (const { decision } of step.seats) if (decision) turns.set(decision.by, decision);
  return turns;
}

/**
 * One turn. Its id is another one each time the same person is asked the same again: after it was sent back, and for another form.
 * Its context says which decision it is; whether it may be taken is asked when it comes back.
 */
function turn(
  request: number,
  workflow: Workflow,
  step: Step,
  person: { readonly id: number; readonly external: string },
  decision: Decision | undefined,
): ApprovalTurn {
  const form = workflow.formSince ?? 0;
  const round = step.earlier?.length ?? 0;
  return {
    id: `${step.id}.${form}.${round}.p${person.id}`,
    person: person.external,
    step: step.title,
    state: decision === undefined ? 'waiting' : STATES[decision.act],
    endedAt: decision?.at ?? null,
    acts: step.sort === 'approval',
    context: JSON.stringify({ r: request, s: step.id, n: form, e: round }),
  };
}

const STATES: { readonly [act in Decision['act']]: 'approved' | 'rejected' } = {
  approve: 'approved',
  complete: 'approved',
  reject: 'rejected',
  return: 'rejected',
  'send-back': 'rejected',
};
