/** Each figure of the reports over hand-made data, computed by hand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentOf, percentText } from '../../cards/percent.ts';
import { type DueTask, onTimeShare } from '../../src/reports/on-time.ts';
import { monthPeriod, passed } from '../../src/reports/period.ts';
import { roomUse } from '../../src/reports/room-use.ts';
import { satisfied } from '../../src/reports/satisfaction.ts';
import { type Issue, spendOf, topItems } from '../../src/reports/supplies.ts';
import { fenAt } from '../../src/requests/supply/fifo.ts';
import { calendarOf, defaultRules } from '../../src/settings/index.ts';

const ZONE = 'Asia/Shanghai';
const at = (local: string): Temporal.Instant => Temporal.Instant.from(`${local}+08:00`);
const march = monthPeriod(Temporal.PlainYearMonth.from('2026-03'), ZONE);

const task = (
  request: number,
  due: string,
  closed: string | null,
  more: Partial<DueTask> = {},
): DueTask => ({
  request,
  step: 'fix',
  state: closed === null ? 'open' : 'done',
  due: at(due),
  closed: closed === null ? null : at(closed),
  ...more,
});

test('on time: done by the deadline, of what was done or overdue in the period', () => {
  const tasks = [
    task(1, '2026-03-05T18:00', '2026-03-05T17:59'), // in time
    task(2, '2026-03-05T18:00', '2026-03-05T18:00'), // to the minute: in time
    task(3, '2026-03-05T18:00', '2026-03-06T09:00'), // late
    task(4, '2026-03-05T18:00', null), // overdue and open
    task(5, '2026-04-02T18:00', '2026-03-31T23:59'), // done ahead of a deadline in April: March's work, in time
    task(6, '2026-04-02T18:00', null), // neither done nor due in March
    task(7, '2026-02-27T18:00', '2026-03-02T10:00'), // due in February, done late in March
    task(8, '2026-02-27T18:00', null), // overdue since February: February's
    task(9, '2026-03-30T18:00', '2026-04-01T09:00'), // overdue in March, whatever came of it in April
    task(10, '2026-03-09T18:00', '2026-03-06T10:00', { state: 'cancelled' }), // nobody needed to do it any more
  ];
  expect(onTimeShare(tasks, march)).toEqual({ of: 3, counted: 7 });
});

test('a step of several people counts once: any of them (或签), or all of them (会签)', () => {
  const tasks = [
    // One of two did it; the other's was taken back.
    task(1, '2026-03-05T18:00', '2026-03-05T10:00', { step: 'approve' }),
    task(1, '2026-03-05T18:00', '2026-03-05T10:00', { step: 'approve', state: 'cancelled' }),
    // Both had to: one was late.
    task(2, '2026-03-05T18:00', '2026-03-05T10:00', { step: 'sign' }),
    task(2, '2026-03-05T18:00', '2026-03-06T10:00', { step: 'sign' }),
    // Two hold the role, neither did it.
    task(3, '2026-03-05T18:00', null),
    task(3, '2026-03-05T18:00', null),
  ];
  expect(onTimeShare(tasks, march)).toEqual({ of: 1, counted: 3 });
});

test('whatever the tasks: never more in time than counted, no step twice, the same in any order', () => {
  const moment = fc
    .integer({ min: -40, max: 80 })
    .map((days) => march.from.add({ hours: 24 * days + 9 }));
  const tasks = fc.array(
    fc.record({
      request: fc.nat(4),
      step: fc.constantFrom('fix', 'approve'),
      state: fc.constantFrom('open', 'done', 'cancelled'),
      due: moment,
      closed: moment,
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(tasks, (made) => {
      const all = made.map((each) => (each.state === 'open' ? { ...each, closed: null } : each));
      const { of, counted } = onTimeShare(all, march);
      expect(of).toBeLessThanOrEqual(counted);
      expect(counted).toBeLessThanOrEqual(new Set(all.map((t) => `${t.request}:${t.step}`)).size);
      expect(onTimeShare(all.toReversed(), march)).toEqual({ of, counted });
    }),
  );
});

test('of a month that is not over, what is due later is not counted yet', () => {
  const soFar = passed(march, at('2026-03-10T12:00'));
  const tasks = [
    task(1, '2026-03-10T11:00', null),
    task(2, '2026-03-10T13:00', null),
    task(3, '2026-03-12T18:00', '2026-03-10T09:00'),
  ];
  expect(onTimeShare(tasks, soFar)).toEqual({ of: 1, counted: 2 });
});

test('percent: one decimal, never rounded up to a goal, nothing of nothing', () => {
  expect(percentText({ of: 29, counted: 30 })).toBe('96.6%');
  expect(percentText({ of: 57, counted: 100 })).toBe('57%');
  expect(percentText({ of: 8_996, counted: 10_000 })).toBe('89.9%');
  expect(percentText({ of: 0, counted: 0 })).toBe('—');
  fc.assert(
    fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 5_000 }), (of, counted) => {
      fc.pre(of <= counted);
      const percent = percentOf({ of, counted }) ?? -1;
      // Not more than it is, and less than a tenth of a percent below.
      expect(percent * counted).toBeLessThanOrEqual(of * 100 + 1e-6);
      expect((percent + 0.1) * counted).toBeGreaterThan(of * 100 - 1e-6);
    }),
  );
});

test('satisfaction: four and five stars of all that were given', () => {
  expect(satisfied([5, 5, 4, 3, 1, 5])).toEqual({ of: 4, counted: 6, stars: 3.8 }); // 23 / 6
  expect(satisfied([])).toEqual({ of: 0, counted: 0, stars: undefined });
});

const issue = (item: string, quantity: number, price: number, person: number): Issue => ({
  item,
  unit: '包',
  quantity,
  fen: fenAt(price, quantity),
  person,
});

test('spend by department against its budget, to the fen; who took nothing is there with a budget only', () => {
  const issues = [
    issue('A4纸', 3, 25.5, 1), // 76.50
    issue('签字笔', 7, 0.1, 1), // 0.70
    issue('A4纸', 4, 25.5, 2), // 102.00
    issue('茶叶', 0.5, 100.01, 3), // 50.005, half a fen up
  ];
  const charged = (person: number) =>
    person === 1
      ? { department: '研发部', budget: 77 }
      : { department: person === 2 ? '市场部' : '财务部' };
  expect(spendOf(issues, charged, { 研发部: 77, 销售部: 200 })).toEqual([
    { department: '市场部', yuan: 102 },
    { department: '研发部', yuan: 77.2, budget: 77 },
    { department: '财务部', yuan: 50.01 },
    { department: '销售部', yuan: 0, budget: 200 },
  ]);
  expect(topItems(issues)).toEqual([
    { item: 'A4纸', unit: '包', quantity: 7 },
    { item: '签字笔', unit: '包', quantity: 7 },
    { item: '茶叶', unit: '包', quantity: 0.5 },
  ]);
});

test('room use: booked while the office is open, of the hours it was open', () => {
  const week = { from: at('2026-03-02T00:00'), to: at('2026-03-07T00:00') }; // five days of 7.5 h
  const booked = [
    { room: '珠峰', from: at('2026-03-02T11:00'), to: at('2026-03-02T14:00'), used: true }, // 1 h before noon, half an hour after
    { room: '珠峰', from: at('2026-03-03T17:00'), to: at('2026-03-03T20:00'), used: false }, // 1 h, the evening does not count
    { room: '珠峰', from: at('2026-02-27T16:00'), to: at('2026-03-02T10:00'), used: true }, // reaches in: 1 h of this week, no booking of it
    { room: '黄山', from: at('2026-03-06T09:00'), to: at('2026-03-09T12:00'), used: false }, // all Friday, on to the next week
  ];
  expect(roomUse(['泰山', '珠峰', '黄山'], booked, [], week, calendarOf(defaultRules))).toEqual([
    { room: '黄山', open: 2250, booked: 450, used: 0, bookings: 1 },
    { room: '珠峰', open: 2250, booked: 210, used: 150, bookings: 2 },
    { room: '泰山', open: 2250, booked: 0, used: 0, bookings: 0 },
  ]);
});

test('a room that is closed is not there to be booked, however many closures say so', () => {
  const week = { from: at('2026-03-02T00:00'), to: at('2026-03-07T00:00') };
  const closed = [
    { room: '珠峰', from: at('2026-02-20T00:00'), to: at('2026-03-03T00:00') }, // Monday
    { room: '珠峰', from: at('2026-03-02T09:00'), to: at('2026-03-03T12:00') }, // Monday again, and 3 h of Tuesday
    { room: '黄山', from: at('2026-03-07T00:00'), to: at('2026-03-09T00:00') }, // not in this week
  ];
  const booked = [
    { room: '珠峰', from: at('2026-03-03T11:00'), to: at('2026-03-03T15:00'), used: true }, // an hour of it in the closure
  ];
  expect(roomUse(['珠峰', '黄山'], booked, closed, week, calendarOf(defaultRules))).toEqual([
    { room: '珠峰', open: 2250 - 450 - 180, booked: 90, used: 90, bookings: 1 },
    { room: '黄山', open: 2250, booked: 0, used: 0, bookings: 0 },
  ]);
});
