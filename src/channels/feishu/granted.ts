/** Which permissions the app was granted, and what of the directory it is shown, as far as the platform lets it see. */
import { z } from 'zod';
import { type FeishuClient, pathId } from './client.ts';
import { ROOT } from './contact.ts';
import { readScope } from './directory.ts';
import { CallFault } from './faults.ts';
import {
  ASKED,
  type Asked,
  type Optional,
  optionalPermissions,
  type Permission,
  SENDS,
  SHOWN,
} from './permissions.ts';

/** The platform's code for a permission that was not granted (platform notes §11.2). */
const NOT_GRANTED = '99991672';

/** How many of the people and departments that were looked at have a leader. A look, no count: the first pages of the directory. */
export type Leaders = {
  readonly people: number;
  readonly withLeader: number;
  readonly departments: number;
  readonly led: number;
};

/**
 * `missing`: permissions that were not granted, as far as can be seen. `unused`: those that the office can do without. `refused`: the code
 * with which the platform sends nothing at all for this app. `leaders`: who has one, of those looked at.
 */
export type Granted = {
  readonly missing: readonly Permission[];
  readonly unused: readonly Optional[];
  readonly refused: string | undefined;
  readonly leaders: Leaders;
};

/**
 * Asks for each permission once. Fields are looked for in what the app may read at all: in a directory that shows nobody nothing is missed. What is
 * refused for another reason is no answer, and told elsewhere.
 */
export async function readGranted(client: FeishuClient): Promise<Granted> {
  const missing: Permission[] = [];
  let refused: string | undefined;
  for (const { ask, ...permission } of ASKED) {
    const code = await codeOf(client, ask);
    if (code === NOT_GRANTED) missing.push(permission);
    if (ask === SENDS && REFUSES_APP.has(code)) refused = code;
  }
  const unused: Optional[] = [];
  for (const each of optionalPermissions)
    if ((await codeOf(client, each.ask)) === NOT_GRANTED) unused.push(each);
  // Without this one nothing of the directory is shown, whatever else was granted.
  const blind = missing.some(({ scope }) => scope.startsWith('contact:'));
  const shown = blind ? NOTHING : await look(client);
  const unseen = SHOWN.filter(({ of, field }) => {
    const there = shown[of];
    return there.length > 0 && there.every((each) => !(field in each));
  });
  return {
    missing: [...missing, ...unseen.map(({ scope, why }) => ({ scope, why }))],
    unused,
    refused,
    leaders: {
      people: shown.user.length,
      withLeader: shown.user.filter(hasLeader).length,
      departments: shown.department.length,
      led: shown.department.filter(hasLeader).length,
    },
  };
}

/** The code with which a call is answered. */
async function codeOf(client: FeishuClient, ask: Asked['ask']): Promise<string> {
  try {
    await client.call((sdk) => sdk.request(ask));
    return '0';
  } catch (error) {
    if (error instanceof CallFault) return error.code;
    throw error;
  }
}

/** Codes with which the platform refuses the app, whatever it sends (platform notes §11.2): quota, address, app, bot. */
const REFUSES_APP: ReadonlySet<string> = new Set([
  '99991403',
  '99991401',
  '99991662',
  '99991673',
  '230006',
]);

type Entry = { readonly [field: string]: unknown };

/** Entries of the directory as they come: which fields are left out is what is looked for. */
type Look = { readonly user: readonly Entry[]; readonly department: readonly Entry[] };

const NOTHING: Look = { user: [], department: [] };

const hasLeader = (entry: Entry): boolean =>
  (typeof entry['leader_user_id'] === 'string' && entry['leader_user_id'] !== '') ||
  (Array.isArray(entry['leaders']) && entry['leaders'].length > 0);

/** So many people are enough to see what is left out of all of them. */
const ENOUGH = 50;
/** Departments in which people are looked for, and below which departments are. */
const LOOKED_AT = 10;

const CONTACT = '/open-apis/contact/v3';

/** Some of whom the app may read. */
async function look(client: FeishuClient): Promise<Look> {
  const range = await unlessRefused({ departments: [], people: [] }, () => readScope(client));
  const named = range.departments.filter((id) => id !== ROOT).slice(0, ENOUGH);
  const department = [
    ...(named.length > 0
      ? await page(client, `${CONTACT}/departments/batch`, { department_ids: named })
      : []),
  ];
  for (const root of range.departments.slice(0, LOOKED_AT)) {
    if (department.length >= ENOUGH) break;
    const below = `${CONTACT}/departments/${pathId(root, CONTACT)}/children`;
    department.push(...(await page(client, below, { fetch_child: true, page_size: ENOUGH })));
  }
  const people = range.people.slice(0, ENOUGH);
  const user = [
    ...(people.length > 0
      ? await page(client, `${CONTACT}/users/batch`, { user_ids: people })
      : []),
  ];
  const inside = department.map((each) => String(each['open_department_id']));
  for (const id of [...new Set([...range.departments, ...inside])].slice(0, LOOKED_AT)) {
    if (user.length >= ENOUGH) break;
    const query = { department_id: id, page_size: ENOUGH };
    user.push(...(await page(client, `${CONTACT}/users/find_by_department`, query)));
  }
  return { user, department };
}

const items = z.object({
  data: z.object({ items: z.array(z.record(z.string(), z.unknown())).nullish() }).nullish(),
});

/** One page of the directory; empty when it is refused, which is told elsewhere. */
const page = (client: FeishuClient, url: string, query: object): Promise<readonly Entry[]> =>
  unlessRefused<readonly Entry[]>([], async () => {
    const params = {
      user_id_type: 'open_id',
      department_id_type: 'open_department_id',
      ...query,
    };
    const answer: unknown = await client.call((sdk) => sdk.request({ method: 'GET', url, params }));
    return items.safeParse(answer).data?.data?.items ?? [];
  });

async function unlessRefused<T>(otherwise: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CallFault) return otherwise;
    throw error;
  }
}
