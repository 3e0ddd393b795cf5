import type { Tx } from '../../db/database.ts';
import { activePeople, peopleById, type Person } from './people.ts';
import { matchName } from '../language/names.ts';

/** Below this a spoken name is so unlike that nobody is offered for it. */
const LIKELY = 0.55;
/** From this on, with nobody as near, the one person is meant. */
const SURE = 0.8;
/** More than this are better chosen from the card's own list. */
const MOST = 5;

/** Who a spoken name may mean, best first: one only when it is certain, several to choose between, nobody. */
export async function peopleMeant(
  tx: Tx,
  said: string,
  without: readonly number[],
): Promise<readonly Person[]> {
  const people = (await activePeople(tx))
    .filter((each) => !without.includes(each.id))
    .toSorted((a, b) => a.id - b.id);
  const known = people.map((each) => ({
    id: String(each.id),
    name: each.name,
    ...(each.department ? { hint: each.department } : {}),
  }));
  const matches = matchName(said, known).filter((each) => each.score >= LIKELY);
  const [best, second] = matches;
  if (!best) return [];
  const clear = best.score >= SURE && (!second || second.score < best.score);
  const meant = clear
    ? [best]
    : best.score >= SURE
      ? matches.filter((each) => each.score === best.score)
      : matches;
  return meant
    .slice(0, MOST)
    .flatMap((each) => people.find(({ id }) => String(id) === each.id) ?? []);
}

/** Of a few people, those whose department or title a sentence names (市场部的那个). */
export async function amongPeople(
  tx: Tx,
  ids: readonly number[],
  said: string,
): Promise<readonly Person[]> {
  const people = [...(await peopleById(tx, ids)).values()];
  const told = (person: Person): boolean =>
    [person.department, person.jobTitle].some(
      (each) =>
        each !== null &&
        each.length > 1 &&
        (said.includes(each) || said.includes(each.replace(/部门?$/u, ''))),
    );
  return people.filter(told);
}
