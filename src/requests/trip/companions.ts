import type { Asking, Offer } from '../kind.ts';
import { words } from '../../../cards/words.ts';
import { activePeople, type Person } from '../../directory/people.ts';

/** More people of one name than this are told apart by hand. */
const MOST = 4;

/**
 * Companions whose name several colleagues have, to be told apart by a tap: 刘洋（研发部）, 刘洋（市场部）. Names that are nobody's
 * stay as they were said: people also travel with customers.
 */
export async function namesakes(
  companions: readonly string[],
  { tx, person }: Asking,
): Promise<readonly Offer<{ readonly companions: readonly string[] }>[]> {
  if (companions.length === 0) return [];
  const others = (await activePeople(tx))
    .filter((each) => each.id !== person)
    .toSorted((a, b) => a.id - b.id);
  return companions.flatMap((name) => {
    const bearers = others.filter((each) => each.name === name);
    if (bearers.length < 2) return [];
    return bearers.slice(0, MOST).map((bearer) => {
      const told = withDepartment(bearer);
      return {
        label: words(`同行人：${told}`, `With ${told}`),
        set: { companions: companions.map((each) => (each === name ? told : each)) },
      };
    });
  });
}

/** The one colleague whom a name means, alone or with the department; undefined for nobody, and for several. */
export function colleagueTold(people: readonly Person[], told: string): Person | undefined {
  const meant = people.filter((each) => each.name === told || withDepartment(each) === told);
  return meant.length === 1 ? meant[0] : undefined;
}

const withDepartment = ({ name, department, jobTitle }: Person): string => {
  const told = department ?? jobTitle;
  return told === null ? name : `${name}（${told}）`;
};
