import { record } from '../audit/record.ts';
import { type Organisation, readOrganisation } from '../directory/organisation.ts';
import type { Jobs } from '../delivery/jobs.ts';
import { oweNotice, oweNoticeToRole } from './notices.ts';
import type { EffectMoment, Effects } from '../requests/kind.ts';
import { kindNamed } from '../requests/index.ts';
import type { Secret } from '../secret.ts';
import type { Rules } from '../settings/rules.ts';
import { settleTasks } from '../tasks/open-tasks.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import type { Work } from '../../db/work.ts';
import { withLivingSeats } from '../workflow/routing.ts';
import { withStandIns } from '../workflow/standing-in.ts';
import {
  assigneesOf,
  type Happening,
  openStep,
  stateOf,
  type Workflow,
} from '../workflow/workflow.ts';
import { dueOf } from './due.ts';
import { filed, type Request } from './store.ts';
import { tell } from './tell.ts';

/** What moving requests needs of the house besides the unit of work. */
export type Setup = {
  readonly rules: Rules;
  readonly calendar: WorkingCalendar;
  readonly jobs: Jobs;
  /** Who keeps step with requests, each called in the transaction that files or moves one; listed in app.ts. */
  readonly followers: readonly Follower[];
  /** Signed links for people outside; undefined when nobody outside could open one. */
  readonly links?: { readonly url: string; readonly key: Secret };
};

/** A request as it was (undefined: just filed) and is, by which act of whom. */
export type Followed = {
  readonly before: Request | undefined;
  readonly after: Request;
  readonly act: string;
  readonly person: number;
  /** When an act is taken back (`undone`): which one, and when it was done. */
  readonly undone?: Undone;
};
type Undone = { readonly act: string; readonly at: Temporal.Instant };
export type Follower = (work: Work, setup: Setup, followed: Followed) => Promise<void>;

/** Everybody who keeps step does so, one after another. */
export async function follow(work: Work, setup: Setup, followed: Followed): Promise<void> {
  for (const follower of setup.followers) await follower(work, setup, followed);
}

/** What else changes together with the workflow. */
export type Changes = {
  readonly outcome?: Request['outcome'];
  readonly form?: Request['form'];
  readonly measure?: number;
  /** Where it was over before, when that was. */
  readonly closed_at?: Request['closed_at'];
};

/**
 * Writes a request's next workflow and all that follows from it: the kind's effects, tasks, messages, record. The row must
 * be locked by the caller. `touched` is the person whose tap is answered with the new card, who needs no message of it.
 */
export async function move(
  work: Work,
  setup: Setup,
  before: Request,
  next: Workflow,
  happenings: readonly Happening[],
  by: {
    readonly act: string;
    readonly person: number;
    readonly touched?: number;
    readonly remarked?: boolean;
    /** An act is taken back: nothing of it is news. */
    readonly undone?: Undone;
  },
  changes: Changes = {},
): Promise<Request> {
  const workflow = await living(work, setup, next);
  const state = stateOf(workflow);
  const after: Request = {
    ...before,
    ...changes,
    workflow,
    state,
    version: before.version + 1,
    updated_at: work.now,
    closed_at:
      changes.closed_at === undefined ? closedAt(before, workflow, work.now) : changes.closed_at,
  };
  await write(work, before, after);
  await effects(work, setup, after, happenings);
  const added = await tasks(work, setup, after, by.person);
  await record(work, `request.${by.act}`, `request:${after.id}`, {
    before: { state: before.state, version: before.version },
    after: {
      state,
      version: after.version,
      happenings,
      ...(by.undone ? { undone: by.undone.act } : {}),
    },
  });
  await follow(work, setup, {
    before,
    after,
    act: by.act,
    person: by.person,
    ...(by.undone ? { undone: by.undone } : {}),
  });
  await tell(work, setup, before, after, {
    added,
    by: by.person,
    ...(by.touched ? { touched: by.touched } : {}),
    ...(by.remarked ? { remarked: true } : {}),
    ...(by.undone ? { quietly: true } : {}),
    readers: happenings.flatMap((each) => (each.happened === 'copied' ? each.people : [])),
  });
  return after;
}

/** When it was over. A step after that (a follow-up) does not change it. */
function closedAt(
  before: Request,
  workflow: Workflow,
  now: Temporal.Instant,
): Temporal.Instant | null {
  const isAfter = (each: Workflow): boolean => openStep(each)?.stateWhile === each.endsAs;
  if (isAfter(workflow) || isAfter(before.workflow)) return before.closed_at;
  return openStep(workflow) === undefined ? now : null;
}

/** Who was named at submission may have left, or be away, when their step is open. */
async function living(work: Work, setup: Setup, workflow: Workflow): Promise<Workflow> {
  if (!openStep(workflow)) return workflow;
  return seated(workflow, await readOrganisation(work.tx, setup.rules.roles, work.now));
}

/** The workflow with people in its open step who are here; the same when they are. */
export function seated(workflow: Workflow, org: Organisation): Workflow {
  const step = openStep(workflow);
  if (!step) return workflow;
  const { requester } = workflow;
  const living = withStandIns(withLivingSeats(step, requester, org), requester, org);
  if (living === step) return workflow;
  const stoodInFor = living.seats.flatMap((seat) => seat.standIns?.map(({ of }) => of) ?? []);
  return {
    ...workflow,
    steps: workflow.steps.map((each) => (each === step ? living : each)),
    // Whose place was taken may go on reading it, and take it back.
    ...(stoodInFor.length > 0
      ? { past: [...new Set([...(workflow.past ?? []), ...stoodInFor])] }
      : {}),
  };
}

async function write(work: Work, before: Request, after: Request): Promise<void> {
  const result = await work.tx
    .updateTable('request')
    .set({
      state: after.state,
      workflow: JSON.stringify(after.workflow),
      form: JSON.stringify(after.form),
      outcome: JSON.stringify(after.outcome),
      measure: after.measure,
      version: after.version,
      updated_at: after.updated_at,
      closed_at: after.closed_at,
    })
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .executeTakeFirst();
  // The row is locked; another version here would mean that somebody wrote without the lock.
  if (result.numUpdatedRows !== 1n)
    throw new Error(`request ${before.id} was changed without its lock`);
}

/** Which of a kind's effects each happening sets off. */
const MOMENT: { readonly [happened in Happening['happened']]?: EffectMoment } = {
  approved: 'approved',
  rejected: 'released',
  withdrawn: 'released',
  cancelled: 'released',
  ended: 'ended',
};

/** Runs the effects of what happened, in order, in this transaction. A Refusal from one undoes the whole move. */
export async function effects(
  work: Work,
  setup: Setup,
  request: Request,
  happenings: readonly Happening[],
): Promise<void> {
  for (const happening of happenings) {
    const moment = momentOf(happening);
    if (moment) await effect(work, setup, request, moment);
  }
}

/** The effect that it sets off, if there is one. */
export const momentOf = (happening: Happening): EffectMoment | undefined =>
  happening.happened === 'step-done' ? `done:${happening.step}` : MOMENT[happening.happened];

/** Runs one effect of the request's kind. */
export async function effect(
  work: Work,
  setup: Setup,
  request: Request,
  moment: EffectMoment,
): Promise<void> {
  const tools = await effectTools(work, setup, request);
  await kindNamed(request.kind).effect(moment, tools, filed(request));
}

/** What effects of this request may use. */
export async function effectTools(work: Work, setup: Setup, request: Request): Promise<Effects> {
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  return {
    work,
    rules: setup.rules,
    org,
    tellRole: (role, notice) =>
      oweNoticeToRole(work, setup.jobs, org, role, notice, request.channel),
    tellPerson: (person, notice) => oweNotice(work, setup.jobs, person, notice, request.channel),
  };
}

/** Brings the open tasks in line with the open step. Returns for whom a task was opened. */
export async function tasks(
  work: Work,
  setup: Setup,
  request: Request,
  doer: number | undefined,
): Promise<readonly number[]> {
  const step = openStep(request.workflow);
  const org = step && (await readOrganisation(work.tx, setup.rules.roles, work.now));
  const owing = step &&
    org && {
      step: step.id,
      sort: step.sort === 'approval' ? ('approval' as const) : ('task' as const),
      people: new Map(
        assigneesOf(step).map((person) => [
          person,
          dueOf(step, work.now, setup.rules, org, person),
        ]),
      ),
    };
  return settleTasks(work, request.id, owing, doer);
}
