/** Who takes part in a meeting: names as they are said, looked up in the directory. */
import type { Option } from '../../../cards/card.ts';
import { words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import { activePeople, peopleById, type Person } from '../../directory/people.ts';
import { matchName } from '../../language/names.ts';
import type { Someone } from '../fields/people.ts';
import type { Asking, Prepared } from '../kind.ts';

/** A name this near to one colleague's, and to nobody else's, is theirs. */
const SURE = 0.8;
/** More people of one name than this are told apart by their full line of names. */
const MOST_OFFERS = 4;
/** As many as a meeting has; a whole company is invited by other means. */
export const MOST_ATTENDEES = 200;

/** Names looked up: people found, names that several have, names nobody has. */
export type LookedUp = {
  readonly found: readonly number[];
  readonly several: readonly { readonly name: string; readonly people: readonly Person[] }[];
  readonly unknown: readonly string[];
};

/** Looks names, departments (研发部全员) and ids up. `host` takes part anyway and is left out. */
export async function lookUp(tx: Tx, said: readonly Someone[], host: number): Promise<LookedUp> {
  const people = (await activePeople(tx)).toSorted((a, b) => a.id - b.id);
  const units = await unitsOf(tx);
  const found = new Set<number>();
  const several: { name: string; people: readonly Person[] }[] = [];
  const unknown: string[] = [];
  for (const each of said) {
    if (typeof each === 'number') {
      found.add(each);
      continue;
    }
    const meant = meantBy(each, people, units);
    if (meant.length === 0) unknown.push(each);
    else if (meant.length === 1 || isUnit(each, units)) meant.forEach(({ id }) => found.add(id));
    else several.push({ name: each, people: meant });
  }
  found.delete(host);
  return { found: [...found].slice(0, MOST_ATTENDEES), several, unknown };
}

/** Departments by name, each with those below it. */
type Units = ReadonlyMap<string, ReadonlySet<string>>;

async function unitsOf(tx: Tx): Promise<Units> {
  const rows = await tx.selectFrom('department').select(['id', 'name', 'parent_id']).execute();
  const below = (id: number): readonly string[] =>
    rows.filter((each) => each.parent_id === id).flatMap((each) => [each.name, ...below(each.id)]);
  return new Map(rows.map(({ id, name }) => [name, new Set([name, ...below(id)])]));
}

/** 研发部全员, 研发部所有人, 研发: the department. */
const unitName = (said: string, units: Units): string | undefined => {
  const bare = said.replace(/(?:的)?(?:全员|全体|全体人员|所有人|所有同事|全体同事|大家)$/u, '');
  return [bare, `${bare}部`].find((name) => units.has(name));
};

const isUnit = (said: string, units: Units): boolean => unitName(said, units) !== undefined;

function meantBy(said: string, people: readonly Person[], units: Units): readonly Person[] {
  const unit = unitName(said, units);
  if (unit !== undefined) {
    const within = units.get(unit);
    return people.filter(({ department }) => department !== null && within?.has(department));
  }
  const [, name = said, told] = /^(.+?)[（(](.+?)[)）]$/u.exec(said) ?? [];
  const bearers = people.filter((each) => each.name === name);
  const here = bearers.filter((each) => told !== undefined && tells(each, told));
  if (here.length > 0) return here;
  if (bearers.length > 0) return bearers;
  const known = people.map((each) => ({ id: String(each.id), name: each.name }));
  const [best, second] = matchName(name, known);
  if (!best || best.score < SURE || (second && second.score === best.score)) return [];
  return people.filter(({ id }) => String(id) === best.id);
}

const tells = ({ department, jobTitle }: Person, told: string): boolean =>
  department === told || jobTitle === told || department === `${told}部`;

/** People by id as options of the field: a name that several have with its department. */
export async function nameOptions(tx: Tx, ids: readonly number[]): Promise<readonly Option[]> {
  const people = [...(await peopleById(tx, ids)).values()];
  return people.map((each) => ({
    value: String(each.id),
    label: people.some((other) => other.id !== each.id && other.name === each.name)
      ? withDepartment(each)
      : each.name,
  }));
}

export const withDepartment = ({ name, department, jobTitle }: Person): string => {
  const told = department ?? jobTitle;
  return told === null ? name : `${name}（${told}）`;
};

type Invited = {
  readonly attendees?: readonly Someone[] | undefined;
  readonly notFound?: readonly string[] | undefined;
};

/** The attendees of a draft by id; who is one of several is asked for, who is nobody is left out and told. */
export async function prepareAttendees(
  draft: Invited,
  { tx, person }: Asking,
): Promise<Prepared<Invited>> {
  if (!draft.attendees || draft.attendees.length === 0) return { form: draft };
  const { found, several, unknown } = await lookUp(tx, draft.attendees, person);
  const open = several.map(({ name }) => name);
  const [first] = several;
  const notFound = [...new Set([...(draft.notFound ?? []), ...unknown])];
  const form = {
    ...draft,
    attendees: [...found, ...open],
    ...(notFound.length > 0 ? { notFound } : {}),
  };
  const options = { attendees: await nameOptions(tx, found) };
  if (!first) return { form, options };
  return {
    form,
    options,
    gaps: [
      {
        field: 'attendees',
        why: words(
          `有 ${first.people.length} 位${first.name}，请点下面选一位`,
          `${first.people.length} colleagues are called ${first.name}; please choose below`,
        ),
      },
    ],
    offers: first.people.slice(0, MOST_OFFERS).map((each) => ({
      label: words(`参会人：${withDepartment(each)}`, `Invite ${withDepartment(each)}`),
      set: { attendees: [...found, each.id, ...open.filter((name) => name !== first.name)] },
    })),
  };
}
