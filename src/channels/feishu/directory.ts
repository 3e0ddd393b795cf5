/**
 * Reading the whole directory, page by page. A page that fails fails the reading: half a company would look like the other
 * half had left. (The SDK's own iterators end quietly on an error.)
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type {
  DirectoryDepartment,
  DirectoryPerson,
  DirectorySnapshot,
  Whereabouts,
} from '../channel.ts';
import { type FeishuClient, pathId } from './client.ts';
import { departmentOf, departmentShape, personOf, ROOT, userShape } from './contact.ts';
import { CallFault, sorted } from './faults.ts';

const CONTACT = '/open-apis/contact/v3';
/** The largest pages the platform gives. */
const PAGE = 50;
/** More pages than this are no list any more. */
const MOST_PAGES = 10_000;
/** Tries of one page when the platform is busy; its limits are by the second and the minute. */
const TRIES = 5;
/** The wait before another try of a page when the platform names none, ms. */
const RETRY_MS = 1_000;
/** "Department too big" to list all below it at once (platform notes §8). */
const TOO_BIG = '43010';
/** No right to a department; to the root, unless the whole company is in the app's range. */
const NO_RIGHT: ReadonlySet<string> = new Set(['40004', '40014']);
/** No right to the company's root, and too big as well: department by department then. */
const PART_ONLY: ReadonlySet<string> = new Set([...NO_RIGHT, TOO_BIG]);
/** With fewer departments than this the call for the root would not pay, should it be refused. */
const ROOT_PAYS = 2;

type Query = { readonly [name: string]: string | number | boolean | readonly string[] };
type Department = z.infer<typeof departmentShape>;
type User = z.infer<typeof userShape>;

/** Reads everybody the app may see. Throws `DeliveryFault`. */
export async function readDirectory(client: FeishuClient): Promise<DirectorySnapshot> {
  try {
    const scope = await readScope(client);
    const departments = await readDepartments(client, scope.departments);
    const people = await readPeople(client, scope, [...departments.keys()]);
    // No company is empty: nobody to be seen means that the app's contact range was taken away.
    if (people.length === 0) throw nobody();
    return { people, departments: [...departments.values()] };
  } catch (error) {
    throw sorted(error, 'send');
  }
}

/** There is nobody of this id, or nobody any more (platform notes §8 and §11.2). */
const NOBODY: ReadonlySet<string> = new Set([
  '41012',
  '99992351',
  '99992352',
  '99992360',
  '99992361',
  '99992364',
]);
/** Out of the app's range. Whether somebody who has resigned is refused so as well is not documented. */
const OUT_OF_RANGE = '41050';

/**
 * Asks for each of these people alone. The platform leaves whoever is out of the app's range out of its lists without a word,
 * exactly as it does with leavers; alone they are refused. With the whole company in range nobody is out of it, so whoever is
 * refused then has left. Throws `DeliveryFault`.
 */
export async function whereabouts(
  client: FeishuClient,
  people: readonly string[],
): Promise<Whereabouts> {
  try {
    const found = new Map<string, Found>();
    for (const id of people) found.set(id, await findAlone(client, id));
    const those = (how: Found): readonly string[] => people.filter((id) => found.get(id) === how);
    const refused = those('out-of-range');
    const outside = refused.length > 0 && !(await seesAll(client)) ? refused : [];
    return { here: those('here'), outside: [...outside, ...those('unclear')] };
  } catch (error) {
    throw sorted(error, 'send');
  }
}

type Found = 'here' | 'left' | 'out-of-range' | 'unclear';

async function findAlone(client: FeishuClient, id: string): Promise<Found> {
  const route = `${CONTACT}/users/:id`;
  try {
    const data = await onePage(client, `${CONTACT}/users/${pathId(id, route)}`, ids());
    const answer = z.object({ user: userShape }).safeParse(data);
    if (!answer.success) throw malformed('user-unreadable', route);
    return personOf(answer.data.user).active ? 'here' : 'left';
  } catch (error) {
    if (!(error instanceof CallFault)) throw error;
    const { code } = error;
    if (isBusy(error)) throw error;
    if (NOBODY.has(code)) return 'left';
    return code === OUT_OF_RANGE ? 'out-of-range' : 'unclear';
  }
}

/** Whether the app's range is the whole company: only then may it list what is below the root. */
async function seesAll(client: FeishuClient): Promise<boolean> {
  try {
    await onePage(client, `${CONTACT}/departments/${ROOT}/children`, ids({ page_size: 1 }));
    return true;
  } catch (error) {
    if (error instanceof CallFault && NO_RIGHT.has(error.code)) return false;
    throw error;
  }
}

/** What the administrator lets the app read: departments with all below them, and single people. */
export type Scope = { readonly departments: readonly string[]; readonly people: readonly string[] };

const scopeShape = z.object({
  department_ids: z.array(z.string()).nullish(),
  user_ids: z.array(z.string()).nullish(),
});

export async function readScope(client: FeishuClient): Promise<Scope> {
  const pages = await allPages(client, `${CONTACT}/scopes`, ids({ page_size: 100 }), scopeShape);
  return {
    departments: [...new Set(pages.flatMap((page) => page.department_ids ?? []))],
    people: [...new Set(pages.flatMap((page) => page.user_ids ?? []))],
  };
}

const ids = (query: Query = {}): Query => ({
  user_id_type: 'open_id',
  department_id_type: 'open_department_id',
  ...query,
});

async function readDepartments(
  client: FeishuClient,
  roots: readonly string[],
): Promise<ReadonlyMap<string, DirectoryDepartment>> {
  const named = roots.filter((id) => id !== ROOT);
  const whole = named.length >= ROOT_PAYS ? await belowRoot(client) : undefined;
  const all = whole && new Set(whole.map((each) => each.open_department_id));
  const found =
    whole && named.every((id) => all?.has(id)) ? whole : await oneByOne(client, roots, named);
  const present = found.filter((each) => !each.status?.is_deleted);
  return new Map(present.map((each) => [each.open_department_id, departmentOf(each)]));
}

async function oneByOne(
  client: FeishuClient,
  roots: readonly string[],
  named: readonly string[],
): Promise<readonly Department[]> {
  const path = `${CONTACT}/departments/batch`;
  const found = await inBatches(client, path, 'department_ids', named, departmentShape);
  for (const root of roots) found.push(...(await below(client, root)));
  return found;
}

/**
 * All departments of the company, or nothing when the app's range is only a part of it. Tried first: with the whole company in
 * range the platform names every department of the first level, and listing below each of them would be a call for each.
 */
async function belowRoot(client: FeishuClient): Promise<readonly Department[] | undefined> {
  try {
    return await children(client, ROOT, true);
  } catch (error) {
    if (error instanceof CallFault && PART_ONLY.has(error.code)) return undefined;
    throw error;
  }
}

/** All departments under one. Where it is too big to be listed at once, level by level. */
async function below(client: FeishuClient, department: string): Promise<readonly Department[]> {
  try {
    return await children(client, department, true);
  } catch (error) {
    if (!(error instanceof CallFault) || error.code !== TOO_BIG) throw error;
  }
  const found: Department[] = [];
  for (const child of await children(client, department, false)) {
    found.push(child, ...(await below(client, child.open_department_id)));
  }
  return found;
}

function children(
  client: FeishuClient,
  department: string,
  all: boolean,
): Promise<readonly Department[]> {
  const path = `${CONTACT}/departments/${pathId(department, `${CONTACT}/departments/:id`)}/children`;
  return items(client, path, ids({ fetch_child: all, page_size: PAGE }), departmentShape);
}

async function readPeople(
  client: FeishuClient,
  scope: Scope,
  departments: readonly string[],
): Promise<readonly DirectoryPerson[]> {
  const found = new Map<string, User>();
  const add = (users: readonly User[]): void => {
    for (const user of users) found.set(user.open_id, user);
  };
  add(await inBatches(client, `${CONTACT}/users/batch`, 'user_ids', scope.people, userShape));
  const places = scope.departments.includes(ROOT) ? [ROOT, ...departments] : departments;
  for (const place of places) {
    const query = ids({ department_id: place, page_size: PAGE });
    add(await items(client, `${CONTACT}/users/find_by_department`, query, userShape));
  }
  return [...found.values()].map(personOf);
}

/** What lists under these ids, fifty at a time. */
async function inBatches<T>(
  client: FeishuClient,
  path: string,
  name: string,
  wanted: readonly string[],
  shape: z.ZodType<T>,
): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < wanted.length; at += PAGE) {
    const query = ids({ [name]: wanted.slice(at, at + PAGE) });
    found.push(...(await items(client, path, query, shape)));
  }
  return found;
}

async function items<T>(
  client: FeishuClient,
  path: string,
  query: Query,
  shape: z.ZodType<T>,
): Promise<readonly T[]> {
  const pages = await allPages(client, path, query, z.object({ items: z.array(shape).nullish() }));
  return pages.flatMap((page) => page.items ?? []);
}

const pageShape = z.object({
  has_more: z.boolean().nullish(),
  page_token: z.string().nullish(),
});

async function allPages<T>(
  client: FeishuClient,
  path: string,
  query: Query,
  shape: z.ZodType<T>,
): Promise<readonly T[]> {
  const pages: T[] = [];
  const seen = new Set<string>();
  for (let token = ''; pages.length < MOST_PAGES;) {
    const data = await onePage(
      client,
      path,
      token === '' ? query : { ...query, page_token: token },
    );
    const page = shape.safeParse(data);
    const more = pageShape.safeParse(data);
    if (!page.success || !more.success) throw malformed('page-unreadable', path);
    pages.push(page.data);
    if (!more.data.has_more) return pages;
    token = more.data.page_token ?? '';
    if (token === '' || seen.has(token)) throw malformed('page-token', path);
    seen.add(token);
  }
  throw malformed('page-count', path);
}

const malformed = (code: string, route: string = CONTACT): CallFault =>
  new CallFault({ reached: 'unclear', code, route: route.replaceAll(/\/od-[\w-]+/g, '/:id') });

const nobody = (): CallFault =>
  new CallFault({ reached: 'answered', code: 'nobody-in-range', route: CONTACT });

/** One page; asked again while the platform is only busy. */
async function onePage(client: FeishuClient, url: string, params: Query): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer: unknown = await client.call((sdk) =>
        sdk.request({ method: 'GET', url, params }),
      );
      return z.object({ data: z.unknown() }).parse(answer).data ?? {};
    } catch (error) {
      if (tries === TRIES || !isBusy(error)) throw error;
      await pause(error.waitMs ?? RETRY_MS * tries);
    }
  }
}

const isBusy = (error: unknown): error is CallFault =>
  error instanceof CallFault && (error.reached !== 'answered' || error.status === 429);
