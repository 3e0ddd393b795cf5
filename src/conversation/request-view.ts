import type { Selectable } from 'kysely';
import type { Card, Fact, Option, StepLine } from '../../cards/card.ts';
import { clashFacts } from '../../cards/clashes.ts';
import {
  type AskPanel,
  type Panel,
  requestCard,
  type RequestActions,
} from '../../cards/request.ts';
import { momentText, workingTimeText } from '../../cards/times.ts';
import { voiceName } from '../../cards/vocabulary.ts';
import { counted, enumerated, type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { TaskTable } from '../../db/tables.ts';
import { activePeople, peopleById, type Person } from '../directory/people.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { mayAnnotate } from '../filing/annotate.ts';
import { mayChange } from '../filing/change.ts';
import { spentOf } from '../filing/circumstances.ts';
import { clashesOf } from '../filing/clashes.ts';
import { attachedTo } from '../filing/files.ts';
import { filed, liesBehind, type Request } from '../filing/store.ts';
import { isSeries } from '../meetings/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import type { Spent } from '../requests/kind.ts';
import { mayTakeBack } from '../undo/deeds.ts';
import { calendarOf } from '../settings/office-calendar.ts';
import type { Rules } from '../settings/rules.ts';
import { workingMinutesBetween } from '../time/working-time.ts';
import { advance } from '../workflow/advance.ts';
import { askingOn } from './asked-back.ts';
import { kindView } from './kind-view.ts';
import { assigneesOf, type Decision, openStep, type Step } from '../workflow/workflow.ts';

/** How it is shown: while choosing whom or where to, and with a remark about what just happened. */
export type RequestLook = {
  readonly panel?: Exclude<Panel['panel'], 'ask'>;
  readonly ask?: AskPanel;
  readonly remark?: Words;
};

/** The card of a request as one person sees it now. */
export async function drawRequest(
  tx: Tx,
  request: Request,
  viewer: number,
  rules: Rules,
  at: Hearing,
  look: RequestLook = {},
): Promise<Card> {
  const kind = kindNamed(request.kind);
  const people = await peopleOfSteps(tx, request);
  const requester = people.get(request.requester_id);
  const step = openStep(request.workflow);
  const table = kind.table(request.form);
  const asking = await askingOn(tx, request, viewer, rules);
  const own = await kindView({ tx, request, viewer, rules, at });
  const { pictures, documents } = await attachedTo(tx, request.id);
  const open = await openTasksOf(tx, request.id);
  return requestCard({
    id: request.id,
    number: request.number,
    version: request.version,
    step: step?.id,
    kind: kind.title,
    state: request.state,
    late: open.some(({ due_at: due }) => due !== null && isBefore(due, at)),
    requester: requester ? personText(requester) : '',
    submitted: momentText(request.submitted_at, at),
    summary: kind.summary(request.form, at),
    facts: [
      ...kind.facts(request.form, at).map(({ label, value }) => ({ label, value })),
      ...own.facts,
      // Materials of a meeting stand among its facts.
      ...(request.kind === 'room' ? [] : documentFacts(documents)),
      ...(await decidingFacts(tx, request, viewer, rules, at)),
    ],
    ...(table ? { table } : {}),
    extra: [...kind.extra(filed(request), at), ...own.blocks],
    pictures: pictures
      .filter(({ id }) => !own.placed.includes(id))
      .map(({ id, name }) => ({ file: String(id), alt: name })),
    steps: request.workflow.steps.map((each) => stepLine(each, request, people, at)),
    notes: await notes(tx, request, at),
    stars: request.stars,
    actions: {
      ...actionsFor(request, viewer, rules, at),
      ...asking.actions,
      files: documents.length > 0,
      further: own.further,
      undo: await mayTakeBack(
        tx,
        { person: viewer, subject: `request:${request.id}`, version: request.version },
        at.now.toInstant(),
        rules.undoSeconds,
      ),
    },
    ...waiting(request, open, people, rules, at),
    ...(look.ask ? { panel: look.ask } : {}),
    ...(look.panel ? { panel: await panelFor(tx, request, viewer, look.panel, people) } : {}),
    ...remarkOf(look.remark ?? asking.remark ?? whySentBack(request, people)),
  });
}

/** So far back the requester's earlier requests are counted for who decides. */
const LOOKED_BACK_DAYS = 90;

/**
 * What decides, for who has to: what else is in the same time, how often this was asked before, and how much of the budget is
 * used. Nobody approves these: when they change later, a card that was drawn before is as good as it was.
 */
async function decidingFacts(
  tx: Tx,
  request: Request,
  viewer: number,
  rules: Rules,
  at: Hearing,
): Promise<readonly Fact[]> {
  const step = openStep(request.workflow);
  if (step?.sort !== 'approval' || !assigneesOf(step).includes(viewer)) return [];
  const now = at.now.toInstant();
  const { count } = await tx
    .selectFrom('request')
    .select((q) => q.fn.countAll<number>().as('count'))
    .where('requester_id', '=', request.requester_id)
    .where('kind', '=', request.kind)
    .where('id', '!=', request.id)
    .where('submitted_at', '>=', now.subtract({ hours: 24 * LOOKED_BACK_DAYS }))
    .executeTakeFirstOrThrow();
  const org = await readOrganisation(tx, rules.roles, now);
  const asked = { kind: request.kind, requester: request.requester_id, changes: request.id };
  const spent = await spentOf(tx, asked, org, rules, now);
  const clashes = await clashesOf(tx, request, at);
  return [
    ...clashFacts(clashes.told, clashes.colleaguesAway),
    {
      label: words(`近 ${LOOKED_BACK_DAYS} 天`, `Last ${LOOKED_BACK_DAYS} days`),
      value: words(`同类申请另有 ${count} 次`, `${counted(count, 'other')} of this sort`),
    },
    ...(spent ? [budgetFact(spent, request.measure)] : []),
    ...(await kindNamed(request.kind).decides(request.form, {
      tx,
      rules,
      ...at,
      person: request.requester_id,
      changes: request.id,
    })),
  ];
}

/** 「本月预算 市场部：已用 ¥1,200，本次 ¥300，共 ¥2,000」 */
function budgetFact({ department, spent, yuan, per }: Spent, asked: number): Fact {
  const money = (value: number): string => `¥${value.toLocaleString('en-US')}`;
  const over = spent + asked > yuan;
  return {
    label: words(per === 'month' ? '本月预算' : '本季度预算', `Budget this ${per}`),
    value: words(
      `${department}：已用 ${money(spent)}，本次 ${money(asked)}，共 ${money(yuan)}${over ? '，超出' : ''}`,
      `${department}: ${money(spent)} used, ${money(asked)} now, of ${money(yuan)}${over ? ', over' : ''}`,
    ),
  };
}

const remarkOf = (remark: Words | undefined): { readonly remark?: Words } =>
  remark ? { remark } : {};

/** While it waits to be mended, what is to be mended stands on top. */
function whySentBack(request: Request, people: ReadonlyMap<number, Person>): Words | undefined {
  if (request.state !== 'returned') return undefined;
  const returns = request.workflow.steps
    .flatMap((step) => step.earlier ?? [])
    .filter(({ act }) => act === 'return');
  const last = returns.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at)).at(-1);
  if (!last) return undefined;
  const who = people.get(last.by)?.name ?? '';
  return words(`${who}退回：${last.comment ?? ''}`, `Sent back by ${who}: ${last.comment ?? ''}`);
}

/** What a person may do with a request at this moment. The tap asks again. */
export function actionsFor(
  request: Request,
  viewer: number,
  rules: Rules,
  at: Hearing,
): RequestActions {
  const { workflow } = request;
  const now = at.now.toInstant();
  const may = (
    act: 'approve' | 'complete' | 'withdraw' | 'cancel' | 'claim' | 'reclaim' | 'resubmit',
  ): boolean => !('denied' in advance(workflow, { act, by: viewer, at: now }));
  const step = openStep(workflow);
  const mine = request.requester_id === viewer;
  const waits = step !== undefined && assigneesOf(step).includes(viewer);
  const doing = waits && step.sort === 'task' && (!step.claimable || step.claimedBy === viewer);
  const ahead = !liesBehind(request, at.now);
  return {
    decide: waits && may('approve'),
    claim: waits && step.claimedBy === undefined && may('claim'),
    ...(doing && step ? { complete: completion(request, step, rules, at) } : {}),
    note: doing && !isRequesterStep(step),
    transfer: waits && !isRequesterStep(step),
    more: waits && step.sort === 'approval' && may('approve'),
    reclaim: may('reclaim'),
    resubmit: mine && may('resubmit'),
    edit: mine && mayChange(request) && ahead,
    dates: isSeries(request),
    meeting: request.kind === 'room' && mayAnnotate(request, viewer, now),
    withdraw: mine && may('withdraw'),
    cancel: mine && may('cancel') && ahead,
    urge: mine && step !== undefined && !assigneesOf(step).includes(viewer),
    rate: mine && request.state === 'done' && request.stars === null && hasStars(request, rules),
  };
}

const isRequesterStep = (step: Step): boolean =>
  step.seats.some((seat) => seat.via === 'requester');

const hasStars = (request: Request, rules: Rules): boolean =>
  kindNamed(request.kind)
    .tasks(rules, request.form)
    .some((task) => task.stars === true);

function completion(
  request: Request,
  step: Step,
  rules: Rules,
  at: Hearing,
): NonNullable<RequestActions['complete']> {
  const task = kindNamed(request.kind)
    .tasks(rules, request.form)
    .find((each) => each.id === step.id);
  const inputs = Object.entries(task?.fields ?? {}).flatMap(([name, field]) =>
    field.inputs(name, undefined, [], at),
  );
  return {
    label: step.doneLabel ?? words('完成', 'Done'),
    inputs,
    stars: task?.stars === true,
    ...(step.sendsBack ? { sendsBack: step.sendsBack.label } : {}),
  };
}

const peopleOfSteps = (tx: Tx, request: Request): Promise<ReadonlyMap<number, Person>> =>
  peopleById(tx, [
    request.requester_id,
    ...request.workflow.steps.flatMap((step) =>
      step.seats.flatMap((seat) => [...seat.people, ...(seat.decision ? [seat.decision.by] : [])]),
    ),
    ...request.workflow.steps.flatMap((step) => (step.claimedBy ? [step.claimedBy] : [])),
    ...request.workflow.steps.flatMap((step) => (step.earlier ?? []).flatMap(namedIn)),
    ...request.workflow.steps.flatMap((step) =>
      step.seats.flatMap((seat) => (seat.decision ? namedIn(seat.decision) : [])),
    ),
  ]);

const namedIn = ({ by, for: of }: Decision): readonly number[] =>
  of === undefined ? [by] : [by, of];

/** 「李雷 · 研发部」 */
export const personText = (person: Person): string =>
  person.department ? `${person.name} · ${person.department}` : person.name;

const DECIDED: { readonly [act: string]: Words } = {
  approve: words('同意', 'approved'),
  reject: words('驳回', 'rejected'),
  return: words('退回', 'sent back'),
  complete: words('完成', 'done'),
  'send-back': words('重新打开', 'opened again'),
};

function stepLine(
  step: Step,
  request: Request,
  people: ReadonlyMap<number, Person>,
  at: Hearing,
): StepLine {
  const name = (id: number): string => people.get(id)?.name ?? '？';
  const given = step.seats.flatMap((seat) => (seat.decision ? [seat.decision] : []));
  const decisions = [...(step.earlier ?? []), ...given];
  const skipped =
    request.workflow.stopped !== undefined && (step.state === 'waiting' || step.state === 'open');
  const state = skipped ? 'skipped' : step.state;
  const told = decisions.length > 0 ? decisionTexts(decisions, step, people, at) : undefined;
  if (given.length === 0) {
    const waiting =
      step.claimedBy === undefined ? step.seats.flatMap((seat) => seat.people) : [step.claimedBy];
    const who = [...new Set(waiting)].slice(0, 4).map(name).join('/');
    const voices = step.seats.map((seat) => voiceName(seat.via));
    const taken = step.claimedBy !== undefined && step.state === 'open';
    return {
      title: step.title,
      state,
      who:
        who ||
        words(voices.map((each) => each.zh).join('/'), voices.map((each) => each.en).join('/')),
      ...(taken ? { note: words('已接单', 'taken') } : {}),
      ...(told ? { note: told } : {}),
    };
  }
  return { title: step.title, state, who: told ?? '' };
}

/** Who decided what, when, and with which words; what was decided before it came back first. */
function decisionTexts(
  decisions: readonly Decision[],
  step: Step,
  people: ReadonlyMap<number, Person>,
  at: Hearing,
): Words {
  const name = (id: number): string => people.get(id)?.name ?? '？';
  const texts = decisions.map((decision) => {
    if (decision.again)
      return words(
        `${name(decision.by)} 上一环节已同意，不再询问`,
        `${name(decision.by)} approved the step before and was not asked again`,
      );
    const when = momentText(Temporal.Instant.from(decision.at), at);
    const done =
      step.sort === 'task' && decision.act === 'complete'
        ? (step.doneLabel ?? DECIDED['complete'])
        : step.sort === 'revision'
          ? words('重新提交', 'submitted again')
          : DECIDED[decision.act];
    const comment = decision.comment ? `：${decision.comment}` : '';
    const who =
      decision.for === undefined
        ? words(name(decision.by), name(decision.by))
        : words(
            `${name(decision.by)}（代${name(decision.for)}）`,
            `${name(decision.by)} (for ${name(decision.for)})`,
          );
    return words(
      `${who.zh} ${done?.zh ?? ''} ${when.zh}${comment}`,
      `${who.en} ${done?.en ?? ''} ${when.en}${comment}`,
    );
  });
  return words(texts.map((each) => each.zh).join('；'), texts.map((each) => each.en).join('; '));
}

type OpenTask = Pick<Selectable<TaskTable>, 'step_id' | 'opened_at' | 'due_at'>;

/** Its open tasks, the one opened first first. */
const openTasksOf = (tx: Tx, request: number): Promise<readonly OpenTask[]> =>
  tx
    .selectFrom('task')
    .select(['step_id', 'opened_at', 'due_at'])
    .where('request_id', '=', request)
    .where('state', '=', 'open')
    .orderBy('opened_at')
    .execute();

const isBefore = (moment: Temporal.Instant, { now }: Hearing): boolean =>
  Temporal.Instant.compare(moment, now.toInstant()) < 0;

/** Files that are no pictures, by name. */
const documentFacts = (documents: readonly { readonly name: string }[]): readonly Fact[] =>
  documents.length === 0
    ? []
    : [{ label: words('附件', 'Files'), value: documents.map(({ name }) => name).join('、') }];

async function notes(
  tx: Tx,
  request: Request,
  at: Hearing,
): Promise<readonly { readonly who: string; readonly text: string; readonly at: Words }[]> {
  const rows = await tx
    .selectFrom('note')
    .innerJoin('person', 'person.id', 'note.person_id')
    .select(['person.name', 'note.text', 'note.at'])
    .where('note.request_id', '=', request.id)
    .unionAll(
      tx
        .selectFrom('response_line')
        .innerJoin('response', 'response.id', 'response_line.response_id')
        .innerJoin('person', 'person.id', 'response_line.person_id')
        .select(['person.name', 'response_line.text', 'response_line.at'])
        .where('response.request_id', '=', request.id),
    )
    .orderBy('at')
    .execute();
  return rows.map((row) => ({ who: row.name, text: row.text, at: momentText(row.at, at) }));
}

/** How many people a list to choose from may hold; in larger companies the rest is reached by words (转交给王芳). */
const MOST_PEOPLE = 60;

/** What is chosen from: people (for approvals never the requester), and for sending back the steps before. */
async function panelFor(
  tx: Tx,
  request: Request,
  viewer: number,
  panel: Exclude<Panel['panel'], 'ask'>,
  people: ReadonlyMap<number, Person>,
): Promise<Panel> {
  if (panel === 'return') return { panel, steps: stepsBefore(request, people) };
  const approval = openStep(request.workflow)?.sort === 'approval' && panel !== 'copy';
  const colleagues = await activePeople(tx);
  return {
    panel,
    people: colleagues
      .filter((each) => each.id !== viewer && !(approval && each.id === request.requester_id))
      .slice(0, MOST_PEOPLE)
      .map((each) => ({ value: String(each.id), label: personText(each) })),
  };
}

/** The requester, and the approvals already given. */
function stepsBefore(request: Request, people: ReadonlyMap<number, Person>): readonly Option[] {
  const { steps, requester } = request.workflow;
  const open = steps.findIndex(({ state }) => state === 'open');
  const name = people.get(requester)?.name ?? '';
  return [
    { value: 'requester', label: words(`${name}（申请人）`, `${name} (requester)`) },
    ...steps
      .slice(0, Math.max(0, open))
      .filter(({ sort, state }) => sort === 'approval' && state === 'done')
      .map(({ id, title }) => ({ value: id, label: title })),
  ];
}

/** 「已等 3 小时，李经理；下一步 财务」: how long the open step has waited for whom, in working time, and what comes then. */
function waiting(
  request: Request,
  open: readonly OpenTask[],
  people: ReadonlyMap<number, Person>,
  rules: Rules,
  at: Hearing,
): { readonly waiting?: Words } {
  const step = openStep(request.workflow);
  const since = open.find((task) => task.step_id === step?.id)?.opened_at;
  if (!step || !since) return {};
  const names = assigneesOf(step).map((id) => people.get(id)?.name ?? '');
  const first = enumerated(names.slice(0, 3));
  const who =
    names.length > 3
      ? words(`${first.zh} 等 ${names.length} 人`, `${first.en} and ${names.length - 3} more`)
      : first;
  const calendar = calendarOf(rules);
  const minutes = workingMinutesBetween(since, at.now.toInstant(), calendar);
  const waited = workingTimeText(minutes, calendar.minutesOfDay);
  const next = request.workflow.steps.find(({ state }) => state === 'waiting')?.title;
  return {
    waiting: words(
      `已等 ${waited.zh}，${who.zh}${next ? `；下一步 ${next.zh}` : ''}`,
      `Waited ${waited.en} for ${who.en}${next ? `; next: ${next.en}` : ''}`,
    ),
  };
}
