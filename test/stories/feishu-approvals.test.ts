/** Every verb of an approval, over Feishu; each card was taken by the strict stand-in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedCalls } from '../office/feishu-office.ts';
import { cases, type Told } from './approval-cases.ts';

let office: FeishuOffice;
let told: Told;
beforeAll(async () => {
  office = await openFeishuOffice();
  const { db } = office.app;
  told = {
    says: office.says,
    taps: (person, label, answers) => office.taps(person, label, answers),
    replies: office.replies,
    last: (person) => Promise.resolve(office.last(person)),
    sees: (person) => Promise.resolve(office.sees(person)),
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

describe('an approval in Feishu', () => {
  test.each(cases)('%s', (_what, tell) => tell(told), 60_000);

  test('every card was taken by the platform', () =>
    expect(refusedCalls(office.feishu)).toEqual([]));
});
