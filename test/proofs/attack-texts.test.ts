/** The short form of `npm run attack`: what needs no program that runs. */
import { expect, test } from 'vitest';
import { organisations } from '../../scripts/attack/organisations.ts';
import { exportsOf, texts } from '../../scripts/attack/texts.ts';
import { isKept } from '../../scripts/attack/finding.ts';
import { chance } from '../../scripts/bench/year/chance.ts';

const SEED = 20_260_303;

test('four hundred companies with absences, delegates and leavers: nobody decides their own matter, or twice; somebody living is always asked', () => {
  for (const finding of organisations(SEED, 400)) expect(finding, finding.came).toSatisfy(isKept);
});

test('three hundred hostile texts on every sort of card: no mention, link, button, picture, style or foreign line', () => {
  for (const finding of texts(chance(SEED), 300)) expect(finding, finding.came).toSatisfy(isKept);
});

test('a thousand hostile texts in exports: no cell is a formula', async () => {
  for (const finding of await exportsOf(chance(SEED), 1_000))
    expect(finding, finding.came).toSatisfy(isKept);
});
