import type { Tx } from '../../db/database.ts';
import { departmentNames } from '../directory/organisation.ts';
import { calendarAt } from '../settings/index.ts';
import type { Rules } from '../settings/rules.ts';

/** The zone a person's site keeps, where it is not the office's. Asks nothing in a company whose sites all keep one. */
export async function elsewhereOf(
  tx: Tx,
  rules: Rules,
  person: number,
): Promise<string | undefined> {
  if (Object.values(rules.sites).every(({ timeZone }) => timeZone === rules.timeZone))
    return undefined;
  const { zone } = calendarAt(rules, await departmentNames(tx, person));
  return zone === rules.timeZone ? undefined : zone;
}
