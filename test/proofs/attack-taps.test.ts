/** The short form of `npm run attack`: taps of the wrong people, and taps with altered values. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isKept } from '../../scripts/attack/finding.ts';
import { taps } from '../../scripts/attack/taps.ts';
import { chance } from '../../scripts/bench/year/chance.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';

const SEED = 20_260_303;

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice({ transport: 'webhook' });
});
afterAll(() => office.stop());

test('150 taps of the wrong people and 150 altered ones: nobody decides what they could not by saying it, each is told, each recorded', async () => {
  const { app, feishu } = office;
  const findings = await taps(
    {
      feishu,
      db: app.db,
      origin: new URL(office.url).origin,
      now: () => app.now().epochMilliseconds,
    },
    { chance: chance(SEED), rounds: 150 },
  );
  for (const finding of findings) expect(finding, finding.tried).toSatisfy(isKept);
});
