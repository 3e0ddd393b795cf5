/**
 * Tasks and task lists (v2). The app is a user like any other: it sees what it created or is a member of, and has no list of
 * “my tasks”, which only a person's own token may ask for. A `client_token` makes one task for five minutes. That the same one
 * came twice at a time (500 and 1470422) is switched on by a test, as a fault.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Company } from '../company.ts';
import { Denial } from '../denial.ts';
import { success } from '../gateway.ts';
import type { Answer, Asked, Route } from '../gateway.ts';
import type { JsonObject } from '../json.ts';
import type { Limit } from '../rates.ts';
import { page, queryOne } from './asking.ts';

/** A member of a task. */
export type TaskMember = {
  readonly id: string;
  readonly type: 'user' | 'app';
  readonly role: 'assignee' | 'follower';
};

/** A task as it stands. Times in ms; `completedAt` 0: not done. */
export type Task = {
  readonly guid: string;
  readonly summary: string;
  readonly description: string;
  readonly due?: { readonly timestamp: string; readonly isAllDay: boolean };
  readonly members: readonly TaskMember[];
  readonly origin?: JsonObject;
  readonly extra: string;
  readonly lists: readonly string[];
  readonly completedAt: number;
  readonly createdAt: number;
};

export type Tasks = {
  readonly routes: readonly Route[];
  /** What a person finds under 我负责的, done or not. */
  readonly of: (openId: string) => readonly Task[];
  readonly all: () => readonly Task[];
  readonly change: (guid: string, change: Partial<Task>) => Task;
  readonly remove: (guid: string) => void;
};

type Parts = {
  readonly clock: () => number;
  readonly company: Company;
  readonly appId: string;
};

/** Scopes: reading, writing, and the lists' own. */
const MAY_WRITE = ['task:task:write', 'task:task:writeonly'];
const MAY_READ = ['task:task:write', 'task:task:read'];
const MAY_DELETE = ['task:task:write'];
const MAY_READ_LISTS = ['task:tasklist:write', 'task:tasklist:read'];
const MAY_WRITE_LISTS = ['task:tasklist:write'];

/** Creating and changing, 10 a second; members, 100 a minute. */
const TEN_A_SECOND: readonly Limit[] = [{ count: 10, windowMs: 1_000 }];
const HUNDRED_A_MINUTE: readonly Limit[] = [{ count: 100, windowMs: 60_000 }];

/** How long the same client_token is one task, ms. */
const TOKEN_WINDOW_MS = 5 * 60 * 1_000;

const LONGEST = 3_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

const bad = (why: string): Denial => new Denial(1470400, `Invalid Param ${why}`);
const gone = (what: string): Denial => new Denial(1470404, `${what} not found`, { http: 404 });

const milliseconds = z.string().regex(/^\d{1,20}$/);
const due = z.strictObject({ timestamp: milliseconds, is_all_day: z.boolean().default(false) });
const member = z.strictObject({
  id: z.string().min(1).max(100),
  type: z.enum(['user', 'app']).default('user'),
  role: z.enum(['assignee', 'follower']),
  name: z.string().optional(),
});
const members = z.array(member).max(50);
const words = z.record(z.string().regex(/^[a-z]{2}_[a-z]{2}$/), z.string().max(1_000));
const origin = z.strictObject({
  platform_i18n_name: words.optional(),
  href: z
    .strictObject({
      url: z
        .string()
        .max(1_024)
        .regex(/^https?:\/\//),
      title: z.string().max(512).optional(),
    })
    .optional(),
});
const text = z.string().max(LONGEST);
const created = z.strictObject({
  summary: text.min(1),
  description: text.default(''),
  due: due.optional(),
  origin: origin.optional(),
  extra: z.string().max(65_536).default(''),
  completed_at: milliseconds.default('0'),
  members: members.default([]),
  tasklists: z.array(z.strictObject({ tasklist_guid: z.string() })).default([]),
  client_token: z.string().min(1).max(100).optional(),
});
/** What a PATCH may change; members, lists and the origin are none of it. */
const changed = z.strictObject({
  task: z.strictObject({
    summary: text.min(1).optional(),
    description: text.optional(),
    due: due.nullish(),
    extra: z.string().max(65_536).optional(),
    completed_at: milliseconds.optional(),
  }),
  update_fields: z.array(z.enum(['summary', 'description', 'due', 'extra', 'completed_at'])).min(1),
});
const memberChange = z.strictObject({
  members: members.min(1),
  client_token: z.string().min(1).max(100).optional(),
});
const newList = z.strictObject({ name: z.string().min(1).max(100) });

function read<T>(shape: z.ZodType<T>, asked: Asked): T {
  const parsed = shape.safeParse(asked.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw bad(`'${issue?.path.join('.') ?? ''}', ${issue?.message ?? ''}`);
}

export function createTasks(parts: Parts): Tasks {
  const tasks = new Map<string, Task>();
  const lists = new Map<string, string>();
  const tokens = new Map<string, { readonly guid: string; readonly at: number }>();

  const known = (asked: Asked): Task => {
    const task = tasks.get(asked.params['task_guid'] ?? '');
    if (!task) throw gone('task');
    return task;
  };
  const keep = (task: Task): Task => {
    tasks.set(task.guid, task);
    return task;
  };
  const change: Tasks['change'] = (guid, what) => {
    const task = tasks.get(guid);
    if (!task) throw new Error(`there is no task ${guid}`);
    return keep({ ...task, ...what });
  };

  const create = (asked: Asked): Answer => {
    const given = read(created, asked);
    for (const { tasklist_guid } of given.tasklists)
      if (!lists.has(tasklist_guid)) throw gone('tasklist');
    checkPeople(parts, given.members);
    const token = given.client_token;
    if (token === undefined) return success({ task: shown(parts, keep(taskOf(parts, given))) });
    const before = tokens.get(token);
    if (before && parts.clock() - before.at < TOKEN_WINDOW_MS) {
      const task = tasks.get(before.guid);
      if (!task) throw gone('task');
      return success({ task: shown(parts, task) });
    }
    const task = keep(taskOf(parts, given));
    tokens.set(token, { guid: task.guid, at: parts.clock() });
    return success({ task: shown(parts, task) });
  };
  const patch = (asked: Asked): Answer => {
    const task = known(asked);
    const { task: wanted, update_fields } = read(changed, asked);
    const next = update_fields.reduce((so, field) => {
      switch (field) {
        case 'summary':
          if (wanted.summary === undefined) throw bad(`'summary', must not be empty`);
          return { ...so, summary: wanted.summary };
        case 'due':
          return { ...so, due: dueOf(wanted.due) };
        case 'completed_at':
          return { ...so, completedAt: completedOf(task, wanted.completed_at) };
        case 'description':
        case 'extra':
          return { ...so, [field]: wanted[field] ?? '' };
        default:
          return field satisfies never;
      }
    }, {});
    return success({ task: shown(parts, change(task.guid, next)) });
  };
  const membersChanged = (asked: Asked, add: boolean): Answer => {
    const task = known(asked);
    const given = read(memberChange, asked).members;
    if (add) checkPeople(parts, given);
    const left = task.members.filter((one) => !given.some((other) => isSame(one, other)));
    const next = add ? [...left, ...given] : left;
    return success({ task: shown(parts, change(task.guid, { members: next })) });
  };
  const listed = (asked: Asked): Answer => {
    const list = asked.params['tasklist_guid'] ?? '';
    if (!lists.has(list)) throw gone('tasklist');
    const completed = queryOne(asked, 'completed');
    const from = Number(queryOne(asked, 'created_from') ?? 0);
    const found = [...tasks.values()].filter(
      (task) =>
        task.lists.includes(list) &&
        task.createdAt >= from &&
        (completed === undefined || (completed === 'true') === task.completedAt > 0),
    );
    const { items, more } = page(asked, found, {
      usual: 50,
      most: 100,
      badSize: () => bad(`'page_size'`),
      badToken: () => bad(`'page_token'`),
    });
    return success({ items: items.map(summaryOf), page_token: '', ...more });
  };
  const one = '/open-apis/task/v2/tasks/:task_guid';
  return {
    of: (openId) =>
      [...tasks.values()].filter((task) =>
        task.members.some(({ id, role }) => id === openId && role === 'assignee'),
      ),
    all: () => [...tasks.values()],
    change,
    remove: (guid) => void tasks.delete(guid),
    routes: [
      {
        method: 'POST',
        path: '/open-apis/task/v2/tasks',
        needs: MAY_WRITE,
        limits: TEN_A_SECOND,
        answer: create,
      },
      {
        method: 'GET',
        path: '/open-apis/task/v2/tasks',
        needs: MAY_READ,
        answer: () => {
          throw new Denial(99991663, 'Invalid access token for authorization');
        },
      },
      {
        method: 'GET',
        path: one,
        needs: MAY_READ,
        answer: (asked) => success({ task: shown(parts, known(asked)) }),
      },
      { method: 'PATCH', path: one, needs: MAY_WRITE, limits: TEN_A_SECOND, answer: patch },
      {
        method: 'DELETE',
        path: one,
        needs: MAY_DELETE,
        answer: (asked) => {
          tasks.delete(known(asked).guid);
          return success({});
        },
      },
      {
        method: 'POST',
        path: `${one}/add_members`,
        needs: MAY_DELETE,
        limits: HUNDRED_A_MINUTE,
        answer: (asked) => membersChanged(asked, true),
      },
      {
        method: 'POST',
        path: `${one}/remove_members`,
        needs: MAY_DELETE,
        limits: HUNDRED_A_MINUTE,
        answer: (asked) => membersChanged(asked, false),
      },
      {
        method: 'POST',
        path: '/open-apis/task/v2/tasklists',
        needs: MAY_WRITE_LISTS,
        answer: (asked) => {
          const { name } = read(newList, asked);
          const guid = randomUUID();
          lists.set(guid, name);
          return success({ tasklist: { guid, name, owner: appMember(parts) } });
        },
      },
      {
        method: 'GET',
        path: '/open-apis/task/v2/tasklists/:tasklist_guid/tasks',
        needs: MAY_READ_LISTS,
        answer: listed,
      },
    ],
  };
}

const isSame = (one: TaskMember, other: Pick<TaskMember, 'id' | 'role'>): boolean =>
  one.id === other.id && one.role === other.role;

const appMember = ({ appId }: Parts): object => ({ id: appId, type: 'app', role: 'creator' });

/** A member that is nobody of the tenant is told as an internal error, as the platform does. */
function checkPeople(
  { company }: Parts,
  given: readonly { readonly id: string; readonly type: string }[],
): void {
  const unknown = given.some(({ id, type }) => type === 'user' && !company.find('open_id', id));
  if (unknown) throw new Denial(1470500, 'Internal Error', { http: 500 });
}

const taskOf = (parts: Parts, given: z.output<typeof created>): Task => {
  const end = dueOf(given.due);
  return {
    guid: randomUUID(),
    summary: given.summary,
    description: given.description,
    ...(end && { due: end }),
    members: given.members,
    ...(given.origin && { origin: given.origin }),
    extra: given.extra,
    lists: given.tasklists.map(({ tasklist_guid }) => tasklist_guid),
    completedAt: Number(given.completed_at),
    createdAt: parts.clock(),
  };
};

/** A date keeps its day only, a moment its second only; 0 is none. */
function dueOf(given: z.output<typeof due> | null | undefined): Task['due'] {
  const stamp = Number(given?.timestamp ?? 0);
  if (!given || stamp === 0) return undefined;
  const precision = given.is_all_day ? DAY_MS : 1_000;
  return {
    timestamp: String(stamp - (stamp % precision)),
    isAllDay: given.is_all_day,
  };
}

function completedOf(task: Task, given = '0'): number {
  const at = Number(given);
  if (at > 0 && task.completedAt > 0)
    throw bad(`'completed_at', cannot set non-zero completed_at for a completed task`);
  return at;
}

const dueShown = (task: Task): object =>
  task.due ? { due: { timestamp: task.due.timestamp, is_all_day: task.due.isAllDay } } : {};

/** What a list tells of a task: no description, no extra, no origin. */
const summaryOf = (task: Task): object => ({
  guid: task.guid,
  summary: task.summary,
  completed_at: String(task.completedAt),
  ...dueShown(task),
  members: task.members,
  subtask_count: 0,
});

const shown = (parts: Parts, task: Task): object => ({
  ...summaryOf(task),
  description: task.description,
  extra: task.extra,
  ...(task.origin && { origin: task.origin }),
  creator: appMember(parts),
  status: task.completedAt > 0 ? 'done' : 'todo',
  url: `https://applink.feishu.cn/client/todo/detail?guid=${task.guid}`,
  created_at: String(task.createdAt),
});
