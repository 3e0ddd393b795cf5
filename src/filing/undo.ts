/** Acts upon a request that whoever did them takes back a moment later: everything is as it was before, as a new fact in the record. */
import { z } from 'zod';
import { actName } from '../../cards/undo.ts';
import { STATE } from '../../cards/vocabulary.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { nameOf } from '../directory/people.ts';
import { kindNamed } from '../requests/index.ts';
import type { EffectMoment } from '../requests/kind.ts';
import { reopenTasks, type StandingTask, standingTasks } from '../tasks/open-tasks.ts';
import {
  type Deed,
  hearing,
  keepBack,
  markUndone,
  noteDeed,
  overhear,
  type TakenBack,
} from '../undo/deeds.ts';
import { type Happening, openStep, type Workflow } from '../workflow/workflow.ts';
import { takenBack } from '../workflow/undoing.ts';
import { effectTools, momentOf, move, type Setup } from './move.ts';
import { oweNotice } from './notices.ts';
import { filed, lockRequest, type Request } from './store.ts';

/** What stands before an act, to be put back. */
export type Standing = {
  readonly request: Request;
  readonly tasks: readonly StandingTask[];
};

/** Reads it before the act; the request is locked. */
export const standing = async (work: Work, request: Request): Promise<Standing> => ({
  request,
  tasks: await standingTasks(work, request.id),
});

/** A copy was seen; it is shown to nobody again by being taken back. */
const NEVER: readonly string[] = ['copy'];

/** Notes an act that its doer may take back. Not what has left the house, nor what has effects that nothing takes back. */
export async function noteAct(
  work: Work,
  { rules }: Setup,
  { request: before, tasks }: Standing,
  after: Request,
  done: {
    readonly act: string;
    readonly person: number;
    readonly happenings: readonly Happening[];
    readonly owed: readonly string[];
  },
): Promise<void> {
  const { act, person, happenings, owed } = done;
  // What the clock does in somebody's name is not theirs to take back.
  if (rules.undoSeconds === null || work.actor !== `person:${person}` || NEVER.includes(act))
    return;
  const kind = kindNamed(before.kind);
  const moments = happenings.flatMap((each) => momentOf(each) ?? []);
  const step = openStep(before.workflow);
  const task = kind.tasks(rules, before.form).find(({ id }) => id === step?.id);
  if (act === 'complete' && task?.final === true) return;
  if (!moments.every((moment) => kind.undoes(moment))) return;
  const { workflow, state, outcome, stars, closed_at: closed } = before;
  await noteDeed(work, {
    person,
    subject: `request:${before.id}`,
    act,
    version: after.version,
    before: {
      workflow,
      state,
      outcome,
      stars,
      closed: closed?.toString() ?? null,
      tasks,
      moments,
    } satisfies Kept,
    owed,
  });
}

/** What was written down of it; read back as it stands. */
type Kept = {
  readonly workflow: Workflow;
  readonly state: Request['state'];
  readonly outcome: Request['outcome'];
  readonly stars: number | null;
  readonly closed: string | null;
  readonly tasks: readonly StandingTask[];
  readonly moments: readonly EffectMoment[];
};
const kept = z.custom<Kept>((value) => typeof value === 'object' && value !== null);

/**
 * Takes an act back: workflow, tasks with their deadlines, and what the kind keeps stand as they stood; who had heard of it hears that by one
 * sentence, and their card is redrawn. Refused when it is too late, or when anything was done upon it. Throws the kind's Refusal when
 * what was given back is another's by now. `touched`: the doer's card is the answer to their tap.
 */
export async function undoAct(
  work: Work,
  setup: Setup,
  deed: Deed,
  touched: boolean,
): Promise<TakenBack> {
  const now = await lockRequest(work.tx, Number(deed.subject.slice('request:'.length)));
  const name = now?.number ?? '';
  const stands = now?.version === deed.version;
  const why = await markUndone(work, deed, setup.rules.undoSeconds, stands);
  if (why || !now) return { undone: false, why: why ?? 'moved-on', name };
  const told = await keepBack(work, deed.owed);
  const { jobs, owed } = overhear(setup.jobs);
  const after = await putBack(work, { ...setup, jobs }, now, deed, touched);
  const state = STATE[after.state].name;
  await tellTakenBack(work, setup, deed, { told, owed }, { name, state, channel: after.channel });
  return { undone: true, name };
}

async function putBack(
  work: Work,
  setup: Setup,
  now: Request,
  { before, act, at, person_id: person }: Deed,
  touched: boolean,
): Promise<Request> {
  const { workflow, state, outcome, stars, closed, tasks, moments } = kept.parse(before);
  const was: Request = { ...now, workflow, state, outcome, stars };
  const tools = await effectTools(work, setup, was);
  for (const moment of moments.toReversed())
    await kindNamed(now.kind).undo(moment, tools, filed(was), at);
  await reopenTasks(work, tasks);
  await work.tx.updateTable('request').set({ stars }).where('id', '=', now.id).execute();
  return move(
    work,
    setup,
    { ...now, stars },
    takenBack(workflow, now.workflow),
    [],
    { act: 'undone', person, undone: { act, at }, ...(touched ? { touched: person } : {}) },
    { outcome, closed_at: closed === null ? null : Temporal.Instant.from(closed) },
  );
}

/**
 * Tells who had heard of it (`told`): 「李伟撤销了刚才的「同意」，TRIP-26-0001 现在是待审批」. Whoever did it knows, and so does who gets
 * one of the messages `owed` as it was put back.
 */
export async function tellTakenBack(
  work: Work,
  setup: Setup,
  { id, act, person_id: doer }: Deed,
  { told, owed }: { readonly told: readonly number[]; readonly owed: readonly string[] },
  now: { readonly name: string; readonly state: Words; readonly channel: string },
): Promise<void> {
  const { name, state, channel } = now;
  const who = await nameOf(work.tx, doer);
  const what = actName(act);
  const text = words(
    `${who}撤销了刚才的「${what.zh}」，${name} 现在是${state.zh}`,
    `${who} took back “${what.en}” of a moment ago; ${name}: ${state.en.toLowerCase()}`,
  );
  const anyway = await hearing(work.tx, owed);
  for (const person of told)
    if (person !== doer && !anyway.includes(person))
      await oweNotice(work, setup.jobs, person, { key: `undone:${id}`, text }, channel);
}
