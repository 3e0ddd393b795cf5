/**
 * Action items as tasks of Feishu (task v2). To the platform the app is a user like others: it may read what it made, and has no
 * list of all of it; so our tasks are on a list of ours, which can be read in one call.
 */
import { z } from 'zod';
import {
  DeliveryFault,
  type Keeper,
  type Keeping,
  type Kept,
  type SeenTask,
  type WantedTask,
  type WantedTaskList,
} from '../channel.ts';
import type { AppLink } from './app-link.ts';
import { type FeishuClient, pathId } from './client.ts';
import { CallFault, sorted } from './faults.ts';

export type TasksOptions = {
  readonly client: FeishuClient;
  /** The platform's id of our list; null while there is none. */
  readonly list: () => Promise<string | null>;
  readonly now: () => Temporal.Instant;
  readonly link: AppLink;
};

const wantedTask: z.ZodType<WantedTask> = z.object({
  summary: z.string(),
  description: z.string(),
  owner: z.string(),
  due: z.string().nullable(),
  doneAt: z.string().nullable(),
});
const wantedList: z.ZodType<WantedTaskList> = z.object({ name: z.string() });

/** A task as it stands there, as far as we know. */
const facts = z.object({
  summary: z.string(),
  description: z.string(),
  owners: z.array(z.string()),
  due: z.string().nullable(),
  doneAt: z.string().nullable(),
});
type Facts = z.infer<typeof facts>;

const ROUTE = '/open-apis/task/v2/tasks/:id';
const LIST_ROUTE = '/open-apis/task/v2/tasklists/:id/tasks';

/** Keeps the list; it has no members, so nobody sees it. */
export const taskListKeeper = ({ client }: Pick<TasksOptions, 'client'>): Keeper => ({
  async keep({ wanted, known }) {
    if (wanted === null || known.id !== null) return known;
    const { name } = wantedList.parse(wanted);
    // Should an earlier try have made one without our knowing, that one stays empty.
    const { data } = await kept(() =>
      client.call((sdk) => sdk.task.v2.tasklist.create({ data: { name } })),
    );
    const id = data?.tasklist?.guid;
    if (id === undefined) throw sorted(unread(ROUTE), 'keep');
    return { id, facts: null };
  },
});

/** Keeps tasks: one step a call, so that what took effect is known before the next is tried. */
export const taskKeeper = (options: TasksOptions): Keeper => ({
  async keep({ key, wanted, known, tried }: Keeping): Promise<Kept> {
    const shall = wanted === null ? null : wantedTask.parse(wanted);
    if (known.id === null) {
      const found = tried === null ? undefined : await find(options, wantedTask.parse(tried));
      if (found) return { ...found, unfinished: true };
      return shall ? create(options, key, shall) : NOTHING;
    }
    const is = facts.safeParse(known.facts).data ?? (await read(options, known.id));
    if (!is) return goneThere(shall);
    return shall ? change(options, known.id, is, shall) : remove(options, known.id);
  },
});

const NOTHING: Kept = { id: null, facts: null };

/** Somebody deleted it there. What is wanted all the same is made anew. */
const goneThere = (shall: WantedTask | null): Kept => ({
  ...NOTHING,
  ...(shall ? { unfinished: true } : {}),
});

/** The same key makes one task for five minutes; later it has to be looked for. */
async function create(
  { client, list, link }: TasksOptions,
  key: string,
  shall: WantedTask,
): Promise<Kept> {
  const guid = await listId(list);
  const { data } = await kept(() =>
    client.call((sdk) =>
      sdk.task.v2.task.create({
        params: { user_id_type: 'open_id' },
        data: {
          summary: shall.summary,
          description: shall.description,
          members: [assignee(shall.owner)],
          ...(shall.due === null ? {} : { due: dueOf(shall.due) }),
          ...(shall.doneAt === null ? {} : { completed_at: stampOf(shall.doneAt) }),
          origin: {
            platform_i18n_name: { zh_cn: '办事', en_us: 'Banshi' },
            href: { url: link.bot, title: firstWord(shall.summary) },
          },
          tasklists: [{ tasklist_guid: guid }],
          client_token: key,
        },
      }),
    ),
  );
  const id = data?.task?.guid;
  if (id === undefined) throw sorted(unread(ROUTE), 'keep');
  return { id, facts: standing(shall) };
}

const standing = ({ owner, ...rest }: WantedTask): Facts => ({ ...rest, owners: [owner] });

const assignee = (id: string) => ({ id, type: 'user', role: 'assignee' });

/** A date, as the platform writes it: the midnight of it in UTC, whatever anybody's zone. */
const dueOf = (date: string) => ({
  timestamp: String(
    Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: 'UTC' }).epochMilliseconds,
  ),
  is_all_day: true,
});

const stampOf = (instant: string): string =>
  String(Temporal.Instant.from(instant).epochMilliseconds);

const firstWord = (summary: string): string => summary.split(' ')[0] ?? '';

/** What is to be changed next, most telling first; undefined: it stands as it shall. */
export type TaskStep =
  | { readonly do: 'fields'; readonly fields: readonly Field[] }
  | { readonly do: 'add'; readonly owners: readonly string[] }
  | { readonly do: 'remove'; readonly owners: readonly string[] };
type Field = 'summary' | 'description' | 'due' | 'completed_at';

/** Who comes is added before who goes is removed: somebody always has it. */
export function nextStep(is: Facts, shall: WantedTask): TaskStep | undefined {
  if (!is.owners.includes(shall.owner)) return { do: 'add', owners: [shall.owner] };
  const others = is.owners.filter((each) => each !== shall.owner);
  if (others.length > 0) return { do: 'remove', owners: others };
  const fields: readonly Field[] = [
    ...(is.summary === shall.summary ? [] : (['summary'] as const)),
    ...(is.description === shall.description ? [] : (['description'] as const)),
    ...(is.due === shall.due ? [] : (['due'] as const)),
    // When it was done is the platform's business once it is: a task is not done twice.
    ...((is.doneAt === null) === (shall.doneAt === null) ? [] : (['completed_at'] as const)),
  ];
  return fields.length > 0 ? { do: 'fields', fields } : undefined;
}

async function change(
  options: TasksOptions,
  id: string,
  is: Facts,
  shall: WantedTask,
): Promise<Kept> {
  const step = nextStep(is, shall);
  if (!step) return { id, facts: is };
  const next = after(is, step, shall);
  const more = nextStep(next, shall) ? ({ unfinished: true } as const) : {};
  try {
    await carryOut(options, id, step, shall);
    return { id, facts: next, ...more };
  } catch (error) {
    if (isGone(error)) return goneThere(shall);
    if (!isRefused(error)) throw sorted(error, 'keep');
    // It may be otherwise than we thought: somebody ticked it at the same time.
    const now = await read(options, id);
    if (!now) return goneThere(shall);
    if (JSON.stringify(now) === JSON.stringify(is)) throw sorted(error, 'keep');
    return { id, facts: now, unfinished: true };
  }
}

function after(is: Facts, step: TaskStep, shall: WantedTask): Facts {
  if (step.do === 'add') return { ...is, owners: [...is.owners, ...step.owners] };
  if (step.do === 'remove')
    return { ...is, owners: is.owners.filter((each) => !step.owners.includes(each)) };
  return { ...standing(shall), owners: is.owners };
}

async function carryOut(
  { client }: TasksOptions,
  id: string,
  step: TaskStep,
  shall: WantedTask,
): Promise<void> {
  const path = { task_guid: pathId(id, ROUTE) };
  const params = { user_id_type: 'open_id' };
  if (step.do !== 'fields') {
    const data = { members: step.owners.map(assignee) };
    await client.call((sdk) =>
      step.do === 'add'
        ? sdk.task.v2.task.addMembers({ path, params, data })
        : sdk.task.v2.task.removeMembers({ path, params, data }),
    );
    return;
  }
  const all = {
    summary: shall.summary,
    description: shall.description,
    due: shall.due === null ? { timestamp: '0', is_all_day: true } : dueOf(shall.due),
    completed_at: shall.doneAt === null ? '0' : stampOf(shall.doneAt),
  };
  const task = Object.fromEntries(step.fields.map((field) => [field, all[field]]));
  await client.call((sdk) =>
    sdk.task.v2.task.patch({ path, params, data: { task, update_fields: [...step.fields] } }),
  );
}

async function remove({ client }: TasksOptions, id: string): Promise<Kept> {
  const path = { task_guid: pathId(id, ROUTE) };
  try {
    await client.call((sdk) => sdk.task.v2.task.delete({ path }));
  } catch (error) {
    if (!isGone(error)) throw sorted(error, 'keep');
  }
  return NOTHING;
}

/** As it stands there now; undefined when it is gone. */
async function read({ client }: TasksOptions, id: string): Promise<Facts | undefined> {
  const path = { task_guid: pathId(id, ROUTE) };
  const params = { user_id_type: 'open_id' };
  try {
    const { data } = await client.call((sdk) => sdk.task.v2.task.get({ path, params }));
    return factsOf(shown.parse(data?.task));
  } catch (error) {
    if (isGone(error)) return undefined;
    throw sorted(error, 'keep');
  }
}

/** A failure to make something is given up a day later, so what may have been made is no older than this. */
const LOOKED_BACK = { hours: 48 };

/** The task that may have been made without our knowing, by the word that its summary begins with. */
async function find(options: TasksOptions, tried: WantedTask): Promise<Kept | undefined> {
  const word = firstWord(tried.summary);
  const all = await listed(options, options.now().subtract(LOOKED_BACK));
  const found = all.find(({ summary }) => firstWord(summary) === word);
  return found && { id: found.guid, facts: factsOf(found) };
}

/** Our tasks that were made since then; a call for each hundred. */
export async function tasksSince(
  options: TasksOptions,
  since: Temporal.Instant,
): Promise<readonly SeenTask[]> {
  const all = await listed(options, since);
  return all.map((task) => {
    const { owners, doneAt } = factsOf(task);
    return {
      id: task.guid,
      owners,
      doneAt: doneAt === null ? null : Temporal.Instant.from(doneAt),
    };
  });
}

const shown = z.object({
  guid: z.string(),
  summary: z.string().default(''),
  description: z.string().default(''),
  completed_at: z.string().default('0'),
  due: z.object({ timestamp: z.string().default('0') }).nullish(),
  members: z.array(z.object({ id: z.string(), role: z.string() })).nullish(),
});
type Shown = z.infer<typeof shown>;

const PAGE = 100;
/** A list is not made for tens of thousands; what is beyond is seen when it moves up. */
const MOST_PAGES = 20;

async function listed(
  { client, list }: TasksOptions,
  since: Temporal.Instant,
): Promise<readonly Shown[]> {
  const path = { tasklist_guid: pathId(await listId(list), LIST_ROUTE) };
  const params = {
    user_id_type: 'open_id',
    page_size: PAGE,
    created_from: String(since.epochMilliseconds),
  };
  const all: Shown[] = [];
  let token: string | undefined;
  for (let count = 0; count < MOST_PAGES; count++) {
    const page = { ...params, ...(token === undefined ? {} : { page_token: token }) };
    const { data } = await kept(() =>
      client.call((sdk) => sdk.task.v2.tasklist.tasks({ path, params: page })),
    );
    all.push(...z.array(shown).parse(data?.items ?? []));
    token = data?.page_token;
    // The last page's token is empty, and would begin anew.
    if (data?.has_more !== true || !token) break;
  }
  return all;
}

function factsOf({ summary, description, completed_at, due, members }: Shown): Facts {
  const done = Number(completed_at);
  const end = Number(due?.timestamp ?? 0);
  return {
    summary,
    description,
    owners: (members ?? []).flatMap(({ id, role }) => (role === 'assignee' ? [id] : [])),
    due: end > 0 ? dateOf(end) : null,
    doneAt: done > 0 ? Temporal.Instant.fromEpochMilliseconds(done).toString() : null,
  };
}

const dateOf = (milliseconds: number): string =>
  Temporal.Instant.fromEpochMilliseconds(milliseconds)
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .toString();

async function listId(list: TasksOptions['list']): Promise<string> {
  const id = await list();
  // Closed: it says nothing about the task that there is no list yet.
  if (id === null)
    throw new DeliveryFault(
      'not-sent',
      'no-task-list',
      'there is no list of tasks yet',
      undefined,
      true,
    );
  return id;
}

async function kept<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw sorted(error, 'keep');
  }
}

const unread = (route: string): CallFault =>
  new CallFault({ reached: 'unclear', code: 'unreadable', route });

const isGone = (error: unknown): boolean => hasCode(error, '1470404');
const isRefused = (error: unknown): boolean => hasCode(error, '1470400');
const hasCode = (error: unknown, code: string): boolean =>
  error instanceof CallFault && error.reached === 'answered' && error.code === code;
