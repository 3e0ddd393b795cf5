/** Every verb of an approval, over the simulator. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';
import { cases, type Told, toldBy } from './approval-cases.ts';

let office: TestOffice;
let told: Told;
beforeAll(async () => {
  office = await openOffice();
  told = toldBy(
    {
      says: (person, text) => office.says(person, text),
      taps: (person, label, answers) => office.taps(person, label, { ...answers }),
      replies: (person, to, text) => office.replies(person, to, text),
      last: (person) => office.last(person),
      sees: (person) => office.sees(person),
    },
    office.app.db,
  );
});
afterAll(() => office.stop());

describe('an approval in the simulator', () => {
  test.each(cases)('%s', (_what, tell) => tell(told));
});
