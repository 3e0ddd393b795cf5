/**
 * The frozen steps of one request and where it stands.
 *
 * - workflow 流程: the steps as they were when the request was submitted; a later change of rules does not bend it.
 * - step 环节: an approval (somebody decides), a task (somebody does) or a revision (the requester mends what came back).
 * - seat 席位: one voice in a step. A role's seat can be filled by any of its people; the leader's seat by one person.
 *   A step `needs` any one of its seats (或签) or all of them (会签).
 * - assignee 处理人: a person who sits in an undecided seat of the open step.
 * - stand-in 代批人: who sits in a seat for somebody absent; the absent one may take the seat back.
 * - decision 决定: what a seat's person did, when, and with which words.
 */
import type { Words } from '../../cards/words.ts';
import type { Span } from '../time/spans.ts';
import type { RequestState } from '../../cards/vocabulary.ts';

export type PersonId = number;

export type Decision = {
  readonly act: 'approve' | 'reject' | 'return' | 'complete' | 'send-back';
  readonly by: PersonId;
  /** For whom a stand-in decided. */
  readonly for?: PersonId;
  /** Not asked again: the same person had approved the step before. */
  readonly again?: true;
  /** ISO instant. */
  readonly at: string;
  readonly comment?: string;
};

/**
 * `via` says how these people came to sit here: `manager`, `department-head`, a role, `requester`, `added`. `standIns`: those
 * of them who sit here for somebody absent.
 */
export type Seat = {
  readonly via: string;
  readonly people: readonly PersonId[];
  readonly standIns?: readonly StandIn[];
  /** Somebody absent wants to decide here themselves; nobody stands in for them. */
  readonly own?: true;
  readonly decision?: Decision;
};

export type StandIn = { readonly person: PersonId; readonly of: PersonId };

export type Step = {
  readonly id: string;
  readonly sort: 'approval' | 'task' | 'revision';
  readonly title: Words;
  readonly needs: 'any' | 'all';
  readonly seats: readonly Seat[];
  readonly state: 'waiting' | 'open' | 'done' | 'refused';
  /** The request's state while this step is open. */
  readonly stateWhile: RequestState;
  /** How long the step may take, as in office.yaml (`4wh`, `3wd`). */
  readonly within?: Span;
  /** The moment it is due, where it does not hang on when it was opened: ISO instant. */
  readonly dueAt?: string;
  /** The word on the button that finishes a task: 完成, 发放, 签收. */
  readonly doneLabel?: Words;
  /** A task that several could do is taken by one of them first (接单). */
  readonly claimable?: boolean;
  readonly claimedBy?: PersonId;
  /** This step can send the request back to an earlier one (重新打开). */
  readonly sendsBack?: { readonly to: string; readonly label: Words };
  /** Who added it (加签); it was not in the rules. */
  readonly addedBy?: PersonId;
  /** What was decided here before it came back: kept to be seen, and counting no more. */
  readonly earlier?: readonly Decision[];
  /** Leaders who may decide too since it is overdue. */
  readonly escalatedTo?: readonly PersonId[];
};

export type Workflow = {
  readonly requester: PersonId;
  readonly steps: readonly Step[];
  /** The request's state once every step is done. */
  readonly endsAs: RequestState;
  /** What was granted may be changed and given up as long as it lies ahead, though its tasks are done. */
  readonly revocable?: true;
  /** No person approves two of its steps. */
  readonly distinct?: true;
  /** The request's version since which its form is as it is: an approval is for what was on the card. */
  readonly formSince?: number;
  /** People who handed their place over, or had a copy (抄送): they may read it. */
  readonly past?: readonly PersonId[];
  /** How it ended before its time. */
  readonly stopped?: 'rejected' | 'withdrawn' | 'cancelled';
};

/** A wish to move a workflow. `at` is the reading of the clock of the unit of work. */
export type Action = { readonly by: PersonId; readonly at: Temporal.Instant } & (
  | { readonly act: 'approve'; readonly comment?: string }
  | { readonly act: 'reject'; readonly comment?: string }
  /** Back to be mended by the requester, or to be decided again from an earlier approval on (its step id). */
  | { readonly act: 'return'; readonly to: 'requester' | (string & {}); readonly comment?: string }
  | { readonly act: 'transfer'; readonly to: PersonId }
  /** 加签: these are asked, too: before the one who adds, after them, or beside them. */
  | { readonly act: 'add'; readonly place: AddedPlace; readonly people: readonly PersonId[] }
  | { readonly act: 'copy'; readonly people: readonly PersonId[] }
  /** Who was absent takes the seat back from their stand-in. */
  | { readonly act: 'reclaim' }
  /** By the clock: the leader of somebody who is late may decide, too. */
  | { readonly act: 'escalate'; readonly to: PersonId }
  /** The requester hands a returned request in again, mended or with a remark. */
  | { readonly act: 'resubmit'; readonly comment?: string }
  | { readonly act: 'claim' }
  | { readonly act: 'complete'; readonly comment?: string }
  | { readonly act: 'send-back'; readonly comment?: string }
  | { readonly act: 'withdraw' }
  | { readonly act: 'cancel' }
);

export type AddedPlace = 'before' | 'after' | 'beside';

/** What became of it, in order; kinds hang their effects here. `approved`: the last approval was given (or none was needed). */
export type Happening =
  | { readonly happened: 'approved' }
  | { readonly happened: 'step-done'; readonly step: string }
  | { readonly happened: 'sent-back'; readonly step: string }
  | { readonly happened: 'claimed' }
  | { readonly happened: 'transferred'; readonly to: PersonId }
  | { readonly happened: 'returned'; readonly step: string; readonly to: string }
  | { readonly happened: 'added' | 'copied'; readonly people: readonly PersonId[] }
  | { readonly happened: 'reclaimed' | 'resubmitted' }
  | { readonly happened: 'escalated'; readonly to: PersonId }
  | { readonly happened: 'rejected' | 'withdrawn' | 'cancelled' | 'ended' };

/** Why an action was not taken. `already` carries who did it before. */
export type Denial =
  | { readonly denied: 'not-yours'; readonly entitled: readonly PersonId[] }
  | { readonly denied: 'already'; readonly decision: Decision }
  | { readonly denied: 'taken'; readonly by: PersonId }
  | { readonly denied: 'over' }
  | { readonly denied: 'needs-reason' }
  | { readonly denied: 'not-now' }
  | { readonly denied: 'own-request' }
  /** The person has a place in this step already. */
  | { readonly denied: 'there-already'; readonly person: PersonId }
  /** Two signatures are of two people: with this there would be fewer people than seats. */
  | { readonly denied: 'two-people' };

export type Advance =
  | { readonly workflow: Workflow; readonly happenings: readonly Happening[] }
  | Denial;

/** The step that waits for somebody, if the workflow runs. */
export const openStep = (workflow: Workflow): Step | undefined =>
  workflow.stopped ? undefined : workflow.steps.find((step) => step.state === 'open');

/** Whether every approval was given, or none is asked for. */
export const isApproved = ({ steps }: Workflow): boolean =>
  steps.every(({ sort, state }) => sort !== 'approval' || state === 'done');

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

/** What of a step decides who can fill it. */
type Fillable = Pick<Step, 'needs' | 'seats'> & { readonly sort?: Step['sort'] };

/** The people of a seat who may still decide in this step: not who has decided here, nor the requester of an approval. */
const freeIn = (
  step: Fillable,
  requester: PersonId | undefined,
  seat: Seat,
): readonly PersonId[] => {
  const decided = new Set(step.seats.flatMap(({ decision }) => (decision ? [decision.by] : [])));
  return seat.people.filter(
    (person) => !decided.has(person) && !(step.sort === 'approval' && person === requester),
  );
};

/**
 * Whether the undecided seats that the step needs can be filled by people who are all different: one for a step that needs any, one
 * for each seat of a step that needs all (a matching, by augmenting paths).
 */
export function canBeFilled(step: Fillable, requester?: PersonId): boolean {
  const open = step.seats.filter((seat) => !seat.decision);
  const free = open.map((seat) => freeIn(step, requester, seat));
  if (step.needs === 'any') return free.some((people) => people.length > 0);
  const seatOf = new Map<PersonId, number>();
  const place = (seat: number, tried: Set<PersonId>): boolean =>
    (free[seat] ?? []).some((person) => {
      if (tried.has(person)) return false;
      tried.add(person);
      const other = seatOf.get(person);
      if (other !== undefined && !place(other, tried)) return false;
      seatOf.set(person, seat);
      return true;
    });
  return open.every((_, seat) => place(seat, new Set()));
}
