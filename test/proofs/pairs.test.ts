/** Two people and one thing in the same moment. Few enough that a busy machine is in time for them: `races.test.ts` has the crowds. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inLanguage } from '../../cards/words.ts';
import type { TapAnswer } from '../../src/channels/channel.ts';
import { cardText, idOf, openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  const board = ['office-manager', 'director'];
  office = await openOffice({
    rules: (rules) => ({
      ...rules,
      approvals: {
        ...rules.approvals,
        trip: [{ by: [{ needs: 'any', voices: board }] }],
        supply: [{ upTo: 200, by: [] }, { by: [{ needs: 'all', voices: board }] }],
      },
    }),
  });
});
afterAll(() => office.stop());

let taps = 0;
const tap = (person: string, value: object): Promise<TapAnswer> =>
  office.app.desk.tap({
    key: `pair:${taps++}`,
    from: { channel: 'simulator', id: idOf(person) },
    value,
    answers: {},
  });
const shownBy = (answer: TapAnswer | undefined): string =>
  answer?.card ? cardText(answer.card) : '';
const toastOf = ({ toast }: TapAnswer): string => (toast ? inLanguage(toast.text, 'zh') : '');

/** Their newest drafts, handed in in the same moment. */
async function submit(people: readonly string[]): Promise<readonly TapAnswer[]> {
  const drafts = await office.app.db
    .selectFrom('draft')
    .innerJoin('address', 'address.person_id', 'draft.person_id')
    .select(['draft.id', 'draft.version', 'external_id'])
    .where('draft.state', '=', 'open')
    .where('external_id', 'in', people.map(idOf))
    .execute();
  expect(drafts).toHaveLength(people.length);
  return Promise.all(
    drafts.map(({ id, version, external_id }) =>
      tap(external_id, { v: 1, a: 'submit', d: id, n: version }),
    ),
  );
}

const newest = () =>
  office.app.db
    .selectFrom('request')
    .select(['id', 'version', 'state'])
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
const stateOf = async (id: number): Promise<string> => {
  const { state } = await office.app.db
    .selectFrom('request')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return state;
};

test('one room, one time: one of the two has it, the other is told so and offered others', async () => {
  for (const person of ['陈晨', '王磊']) await office.says(person, '明天下午3点到5点订珠峰');
  const answers = await submit(['陈晨', '王磊']);
  expect(answers.map(toastOf).filter((each) => each.startsWith('已提交'))).toHaveLength(1);
  const [lost] = answers.filter((each) => !toastOf(each).startsWith('已提交'));
  expect(shownBy(lost)).toContain('珠峰这个时段已被预订');
  const bookings = await office.app.db.selectFrom('booking').select('state').execute();
  expect(bookings).toEqual([{ state: 'booked' }]);
});

test('two requests of a kind have two numbers, one after the other', async () => {
  for (const person of ['罗敏', '马超']) await office.says(person, '领2包A4纸');
  const answers = await submit(['罗敏', '马超']);
  const numbers = answers.map((each) => /SUP-26-\d{4}/.exec(toastOf(each))?.[0] ?? toastOf(each));
  expect(numbers.toSorted()).toEqual(['SUP-26-0001', 'SUP-26-0002']);
});

/** 同意 of both who sit in the approval, in the same moment. */
async function bothApprove(): Promise<readonly string[]> {
  const { id, version } = await newest();
  const both = ['office-manager', 'director'].map((role) =>
    tap(office.roleHolder(role), { v: 1, a: 'approve', r: id, n: version, s: 'approval-1' }),
  );
  return (await Promise.all(both)).map(toastOf);
}

test('either may agree, and both do: one decides, the other is told who did', async () => {
  await office.submits('陈晨', '下周五去上海出差一天，高铁，见客户');
  const toasts = await bothApprove();
  expect(toasts.filter((each) => each.startsWith('已同意 TRIP'))).toHaveLength(1);
  expect(toasts.filter((each) => /已在 今天.*同意/u.test(each))).toHaveLength(1);
});

test('both have to agree, and do: both count', async () => {
  await office.submits('林晓', '领30包A4纸');
  const toasts = await bothApprove();
  expect(toasts.filter((each) => each.startsWith('已同意 SUP'))).toHaveLength(2);
  const { state } = await newest();
  expect(state).not.toBe('pending');
});

test('withdrawn meanwhile: 同意 on the old card decides nothing, and shows how it stands', async () => {
  await office.submits('何佳', '3月6日上午10点到12点订泰山');
  const { id, version } = await newest();
  await office.taps('何佳', '撤回');
  const answer = await tap(office.roleHolder('office-manager'), {
    v: 1,
    a: 'approve',
    r: id,
    n: version,
    s: 'approval-1',
  });
  expect(answer.toast?.look).toBe('warning');
  expect(shownBy(answer)).toContain('已撤回');
  expect(await stateOf(id)).toBe('withdrawn');
});

test('同意 and 撤回 in the same moment: it is one or the other, for the room as well', async () => {
  await office.submits('罗敏', '3月9日上午10点到12点订泰山');
  const { id, version } = await newest();
  const [approved, withdrawn] = await Promise.all([
    tap(office.roleHolder('office-manager'), {
      v: 1,
      a: 'approve',
      r: id,
      n: version,
      s: 'approval-1',
    }),
    tap('罗敏', { v: 1, a: 'withdraw', r: id, n: version }),
  ]);
  const state = await stateOf(id);
  const booking = await office.app.db
    .selectFrom('booking')
    .select('state')
    .where('request_id', '=', id)
    .execute();
  const done = [approved, withdrawn].map((each) => each.toast?.look === 'success');
  expect([approved, withdrawn].map(toastOf).join()).not.toContain('没有记下');
  expect([state, booking, done]).toEqual(
    state === 'booked'
      ? ['booked', [{ state: 'booked' }], [true, false]]
      : ['withdrawn', [{ state: 'released' }], [false, true]],
  );
});
