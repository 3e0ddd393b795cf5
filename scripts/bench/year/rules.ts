import { readRules } from '../../../src/settings/index.ts';
import type { Rules } from '../../../src/settings/rules.ts';

/** The rules of the demo office. */
export async function yearRules(): Promise<Rules> {
  const read = await readRules('office.yaml', { mustExist: true });
  if (!read.ok) throw new Error('the demo office is misconfigured');
  return read.rules;
}
