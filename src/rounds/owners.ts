import { holdersOf, type Organisation } from '../directory/organisation.ts';

/** Who is asked when nobody holds the role: an office that has not set up its roles still hears of its year. */
const LAST_RESORT = ['office-manager', 'director'];

/**
 * The people who are asked to do what a role owes: those who are here; else those who stand in for the absent; else the absent
 * themselves. Nobody in the role: the office manager, then the director. Empty when there is none of them either.
 */
export function ownersOf(role: string, org: Organisation): readonly number[] {
  for (const each of [role, ...LAST_RESORT]) {
    const named = holdersOf(org, each);
    if (named.length > 0) return hereOf(named, org);
  }
  return [];
}

function hereOf(named: readonly number[], { absent, people }: Organisation): readonly number[] {
  const here = named.filter((id) => !absent.has(id));
  if (here.length > 0) return [...new Set(here)];
  const standIns = named.flatMap((id) => {
    const other = absent.get(id);
    return other != null && people.get(other)?.active === true ? [other] : [];
  });
  return [...new Set(standIns.length > 0 ? standIns : named)];
}

/** Whether a person may do what a role owes: they hold it, or are asked in its stead. */
export const actsFor = (person: number, role: string, org: Organisation): boolean =>
  (org.roles.get(role) ?? []).includes(person) || ownersOf(role, org).includes(person);

/** Whether a person has any role at all in the office: they may read what was found. */
export const isOfOffice = (person: number, org: Organisation): boolean =>
  [...org.roles.values()].some((people) => people.includes(person));
