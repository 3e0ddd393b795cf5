/** The lines that tell who decides what else is in the time of a request. Pure. */
import type { Fact } from './card.ts';
import { type Words, words } from './words.ts';

/** So many are told one by one; of more it is told how many there are. */
const MOST_TOLD = 3;

/** No line where there is nothing to say. */
export const clashFacts = (told: readonly Words[], colleaguesAway: number): readonly Fact[] => [
  ...(told.length > 0 ? [{ label: words('冲突', 'Clash'), value: listed(told) }] : []),
  ...(colleaguesAway > 0
    ? [
        {
          label: words('同部门同期外出', 'Colleagues away'),
          value: words(`${colleaguesAway} 人`, `${colleaguesAway} of the same department`),
        },
      ]
    : []),
];

function listed(told: readonly Words[]): Words {
  const first = told.slice(0, MOST_TOLD);
  const more = told.length - first.length;
  return words(
    first.map(({ zh }) => zh).join('；') + (more > 0 ? ` 等 ${told.length} 项` : ''),
    first.map(({ en }) => en).join('; ') + (more > 0 ? ` and ${more} more` : ''),
  );
}
