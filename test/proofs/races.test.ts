/** Many people want the same thing in the same moment: the database decides, and everybody gets a true answer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Card } from '../../cards/card.ts';
import { inLanguage } from '../../cards/words.ts';
import { inWork } from '../../db/work.ts';
import type { TapAnswer } from '../../src/channels/channel.ts';
import { applySnapshot } from '../../src/directory/sync.ts';
import { demoCompany } from '../../db/demo.ts';
import { buttonsOf, cardText, openOffice, type TestOffice } from '../office/office.ts';

const CROWD = Array.from({ length: 50 }, (_, index) => `ou_crowd_${index + 1}`);

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
  const people = CROWD.map((id, index) => ({
    id,
    name: `同事${index + 1}`,
    departments: ['od_rd'],
    leader: 'ou_rd_lead',
    active: true,
  }));
  const company = { ...demoCompany, people: [...demoCompany.people, ...people] };
  await inWork({ db: office.app.db, clock: { now: office.app.now } }, { actor: 'system' }, (work) =>
    applySnapshot(work, 'simulator', company),
  );
});
afterAll(() => office.stop());

const says = (id: string, text: string): Promise<void> =>
  office.app.desk.message({
    key: `race:msg:${id}:${text}`,
    from: { channel: 'simulator', id },
    chat: `race_${id}`,
    group: false,
    message: `race_${id}`,
    text,
    files: [],
    sentAt: office.app.now(),
  });

/** Everybody's newest draft is submitted at once, as by a tap on its card. */
async function allSubmit(ids: readonly string[], kind: string): Promise<readonly TapAnswer[]> {
  const drafts = await office.app.db
    .selectFrom('draft')
    .innerJoin('address', 'address.person_id', 'draft.person_id')
    .select(['draft.id', 'draft.version', 'address.external_id'])
    .where('draft.kind', '=', kind)
    .where('draft.state', '=', 'open')
    .where('address.external_id', 'in', [...ids])
    .execute();
  expect(drafts.length).toBe(ids.length);
  return Promise.all(
    drafts.map(({ id, version, external_id }) =>
      office.app.desk.tap({
        key: `race:tap:${id}`,
        from: { channel: 'simulator', id: external_id },
        value: { v: 1, a: 'submit', d: id, n: version },
        answers: {},
      }),
    ),
  );
}

const toastOf = (answer: TapAnswer): string =>
  answer.toast ? inLanguage(answer.toast.text, 'zh') : '';
const offersOf = (card: Card | undefined): readonly string[] =>
  card
    ? buttonsOf(card)
        .filter((button) => button.value.a === 'offer')
        .map((button) => inLanguage(button.label, 'zh'))
    : [];

test('thirty people race for one room and slot: one gets it, twenty-nine get alternatives', async () => {
  const thirty = CROWD.slice(0, 30);
  await Promise.all(thirty.map((id) => says(id, '明天下午3点到5点订珠峰')));
  const answers = await allSubmit(thirty, 'room');
  const won = answers.filter((answer) => toastOf(answer).startsWith('已提交 ROOM-26-'));
  const lost = answers.filter((answer) => !won.includes(answer));
  expect(won).toHaveLength(1);
  expect(lost).toHaveLength(29);
  for (const { card, toast } of lost) {
    expect(toast?.look).toBe('warning');
    expect(cardText(card!)).toContain('珠峰这个时段已被预订');
    expect(offersOf(card)).toHaveLength(3);
  }
  const bookings = await office.app.db.selectFrom('booking').select('state').execute();
  expect(bookings).toEqual([{ state: 'booked' }]);
});

test('fifty requests race for the last ten: ten are served, stock is never below zero, the others are told how many are left', async () => {
  await Promise.all(CROWD.map((id) => says(id, '领1个订书机')));
  const answers = await allSubmit(CROWD, 'supply');
  const won = answers.filter((answer) => toastOf(answer).startsWith('已提交 SUP-26-'));
  const lost = answers.filter((answer) => !won.includes(answer));
  expect(won).toHaveLength(10);
  expect(new Set(won.map(toastOf)).size).toBe(10);
  for (const { card } of lost) {
    expect(cardText(card!)).toContain('「订书机」只剩 0 个');
    expect(offersOf(card)).toEqual(['1 个都请行政采购']);
  }
  const item = await office.app.db
    .selectFrom('item')
    .select(['on_hand', 'reserved'])
    .where('name', '=', '订书机')
    .executeTakeFirstOrThrow();
  expect(item).toEqual({ on_hand: 10, reserved: 10 });
  const numbers = await office.app.db
    .selectFrom('request')
    .select('number')
    .where('kind', '=', 'supply')
    .orderBy('number')
    .execute();
  expect(numbers.map((row) => row.number)).toEqual(
    Array.from({ length: 10 }, (_, index) => `SUP-26-${String(index + 1).padStart(4, '0')}`),
  );
});

test('an approver taps twenty times at once, now 同意, now 驳回: the first counts, the others are told it did', async () => {
  await office.says('陈晨', '后天上午10点到12点订泰山');
  await office.taps('陈晨', '提交');
  const { id } = await office.app.db
    .selectFrom('request')
    .select('id')
    .where('kind', '=', 'room')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const manager = office.roleHolder('office-manager');
  const taps = Array.from({ length: 20 }, (_, index) =>
    office.app.desk.tap({
      key: `race:approve:${index}`,
      from: { channel: 'simulator', id: manager },
      value: { v: 1, a: index % 2 ? 'approve' : 'reject', r: id, n: 1, s: 'approval-1' },
      answers: { comment: '好' },
    }),
  );
  const toasts = (await Promise.all(taps)).map(toastOf);
  expect(toasts.filter((toast) => /^已(同意|驳回) ROOM/u.test(toast))).toHaveLength(1);
  expect(toasts.filter((toast) => toast.includes('孙丽已在'))).toHaveLength(19);
});
