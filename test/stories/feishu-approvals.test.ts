/** Every verb of an approval, over Feishu; each card was taken by the strict stand-in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedCalls } from '../office/feishu-office.ts';
import { cases, type Told, toldBy } from './approval-cases.ts';

let office: FeishuOffice;
let told: Told;
beforeAll(async () => {
  office = await openFeishuOffice();
  told = toldBy(
    {
      says: (person, text) => office.says(person, text),
      taps: (person, label, answers) => office.taps(person, label, answers),
      replies: (person, to, text) => office.replies(person, to, text),
      last: (person) => Promise.resolve(office.last(person)),
      sees: (person) => Promise.resolve(office.sees(person)),
    },
    office.app.db,
  );
});
afterAll(() => office.stop());

describe('an approval in Feishu', () => {
  test.each(cases)('%s', (_what, tell) => tell(told), 60_000);

  test('every card was taken by the platform', () =>
    expect(refusedCalls(office.feishu)).toEqual([]));
});
