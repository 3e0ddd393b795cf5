import { readRules } from '../../../src/settings/index.ts';
import type { Rules } from '../../../src/settings/rules.ts';
import { unlimited } from '../../../test/office/unlimited.ts';

/**
 * The rules of the demo office, but that repairs are answered like everything else: the oracle knows one promise of a first answer. Nobody is told
 * that they say or ask for too much: a day of many people is played in minutes.
 */
export async function yearRules(): Promise<Rules> {
  const read = await readRules('office.yaml', { mustExist: true });
  if (!read.ok) throw new Error('the demo office is misconfigured');
  const { rules } = read;
  const respond = rules.service.response.within;
  const categories = Object.fromEntries(
    Object.entries(rules.repairs.categories).map(([name, each]) => [name, { ...each, respond }]),
  );
  return { ...rules, limits: unlimited, repairs: { ...rules.repairs, categories } };
}
