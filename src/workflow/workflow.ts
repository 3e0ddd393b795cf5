/**
 * The frozen steps of one request and where it stands.
 *
 * - workflow 流程: the steps as they were when the request was submitted; a later change of rules does not bend it.
 * - step 环节: an approval (somebody decides) or a task (somebody does).
 * - seat 席位: one voice in a step. A role's seat can be filled by any of its people; the leader's seat by one person.
 *   A step `needs` any one of its seats (或签) or all of them (会签).
 * - assignee 处理人: a person who sits in an undecided seat of the open step.
 * - decision 决定: what a seat's person did, when, and with which words.
 */
import type { Words } from '../../cards/words.ts';
import type { Span } from '../time/spans.ts';
import type { RequestState } from '../../cards/vocabulary.ts';

export type PersonId = number;

export type Decision = {
  readonly act: 'approve' | 'reject' | 'complete' | 'send-back';
  readonly by: PersonId;
  /** ISO instant. */
  readonly at: string;
  readonly comment?: string;
};

/** `via` says how these people came to sit here: `manager`, `department-head`, a role, `requester`, `transfer`. */
export type Seat = {
  readonly via: string;
  readonly people: readonly PersonId[];
  readonly decision?: Decision;
};

export type Step = {
  readonly id: string;
  readonly sort: 'approval' | 'task';
  readonly title: Words;
  readonly needs: 'any' | 'all';
  readonly seats: readonly Seat[];
  readonly state: 'waiting' | 'open' | 'done' | 'refused';
  /** The request's state while this step is open. */
  readonly stateWhile: RequestState;
  /** How long the step may take, as in office.yaml (`4wh`, `3wd`). */
  readonly within?: Span;
  /** The word on the button that finishes a task: 完成, 发放, 签收. */
  readonly doneLabel?: Words;
  /** A task that several could do is taken by one of them first (接单). */
  readonly claimable?: boolean;
  readonly claimedBy?: PersonId;
  /** This step can send the request back to an earlier one (重新打开). */
  readonly sendsBack?: { readonly to: string; readonly label: Words };
};

export type Workflow = {
  readonly requester: PersonId;
  readonly steps: readonly Step[];
  /** The request's state once every step is done. */
  readonly endsAs: RequestState;
  /** The request's version since which its form is as it is: an approval is for what was on the card. */
  readonly formSince?: number;
  /** People who handed their place over: they may still read it. */
  readonly past?: readonly PersonId[];
  /** How it ended before its time. */
  readonly stopped?: 'rejected' | 'withdrawn' | 'cancelled';
};

/** A wish to move a workflow. `at` is the reading of the clock of the unit of work. */
export type Action = { readonly by: PersonId; readonly at: Temporal.Instant } & (
  | { readonly act: 'approve'; readonly comment?: string }
  | { readonly act: 'reject'; readonly comment?: string }
  | { readonly act: 'transfer'; readonly to: PersonId }
  | { readonly act: 'claim' }
  | { readonly act: 'complete'; readonly comment?: string }
  | { readonly act: 'send-back'; readonly comment?: string }
  | { readonly act: 'withdraw' }
  | { readonly act: 'cancel' }
);

/** What became of it, in order; kinds hang their effects here. `approved`: the last approval was given (or none was needed). */
export type Happening =
  | { readonly happened: 'approved' }
  | { readonly happened: 'step-done'; readonly step: string }
  | { readonly happened: 'sent-back'; readonly step: string }
  | { readonly happened: 'claimed' }
  | { readonly happened: 'transferred'; readonly to: PersonId }
  | { readonly happened: 'rejected' | 'withdrawn' | 'cancelled' | 'ended' };

/** Why an action was not taken. `already` carries who did it before. */
export type Denial =
  | { readonly denied: 'not-yours'; readonly entitled: readonly PersonId[] }
  | { readonly denied: 'already'; readonly decision: Decision }
  | { readonly denied: 'taken'; readonly by: PersonId }
  | { readonly denied: 'over' }
  | { readonly denied: 'needs-reason' }
  | { readonly denied: 'not-now' }
  | { readonly denied: 'own-request' };

export type Advance =
  | { readonly workflow: Workflow; readonly happenings: readonly Happening[] }
  | Denial;

/** The step that waits for somebody, if the workflow runs. */
export const openStep = (workflow: Workflow): Step | undefined =>
  workflow.stopped ? undefined : workflow.steps.find((step) => step.state === 'open');

/** The request's state that follows from its workflow. */
export const stateOf = (workflow: Workflow): RequestState =>
  workflow.stopped ?? openStep(workflow)?.stateWhile ?? workflow.endsAs;

/** Everyone the open step waits for: the people of its undecided seats, or the one who claimed it. */
export function assigneesOf(step: Step): readonly PersonId[] {
  if (step.claimedBy !== undefined) return [step.claimedBy];
  const decided = new Set(step.seats.flatMap((seat) => (seat.decision ? [seat.decision.by] : [])));
  const waiting = step.seats.filter((seat) => !seat.decision).flatMap((seat) => seat.people);
  return [...new Set(waiting)].filter((person) => !decided.has(person));
}

/** Everyone who has or had a place in it: who may read the request. */
export const peopleOf = (workflow: Workflow): ReadonlySet<PersonId> =>
  new Set([
    workflow.requester,
    ...(workflow.past ?? []),
    ...workflow.steps
      .filter((step) => step.state !== 'waiting')
      .flatMap((step) =>
        step.seats.flatMap((seat) => [
          ...seat.people,
          ...(seat.decision ? [seat.decision.by] : []),
        ]),
      ),
  ]);
