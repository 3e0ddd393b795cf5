/** Every verb of an approval, over the simulator. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';
import { cases, type Told } from './approval-cases.ts';

let office: TestOffice;
let told: Told;
beforeAll(async () => {
  office = await openOffice();
  const { db } = office.app;
  told = {
    says: office.says,
    taps: (person, label, answers) => office.taps(person, label, { ...answers }),
    replies: office.replies,
    last: office.last,
    sees: office.sees,
    roleHolder: office.roleHolder,
    stateOf: async (number) =>
      (
        await db
          .selectFrom('request')
          .select('state')
          .where('number', '=', number)
          .executeTakeFirst()
      )?.state,
    choice: async (person) =>
      String(
        (
          await db
            .selectFrom('person')
            .select('id')
            .where('name', '=', person)
            .executeTakeFirstOrThrow()
        ).id,
      ),
  };
});
afterAll(() => office.stop());

describe('an approval in the simulator', () => {
  test.each(cases)('%s', (_what, tell) => tell(told));
});
