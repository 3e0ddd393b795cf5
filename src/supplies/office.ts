import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { holdersOf, type Organisation, readOrganisation } from '../directory/organisation.ts';
import type { Rules } from '../settings/rules.ts';

/** Who keeps the store room. */
const KEEPERS = ['office', 'office-manager'] as const;

/** Everybody who keeps the store room now, each once. */
export const keepersOf = (org: Organisation): readonly number[] => [
  ...new Set(KEEPERS.flatMap((role) => holdersOf(org, role))),
];

export async function isKeeper(
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  rules: Rules,
  person: number,
): Promise<boolean> {
  return keepersOf(await readOrganisation(tx, rules.roles, now)).includes(person);
}

/** Asked when something is done, whatever the card was drawn for. Refusal `supplies.office` for everybody else. */
export async function mustBeKeeper(work: Work, rules: Rules, person: number): Promise<void> {
  if (await isKeeper(work, rules, person)) return;
  throw new Refusal(
    'supplies.office',
    words('库存由行政管理，没有记下', 'The office keeps the stock; nothing was noted'),
    words(
      '要领东西直接说要什么，例如「领2包A4纸」',
      'To get things just say what, like “2 packs of A4 paper”',
    ),
  );
}
