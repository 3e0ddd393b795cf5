import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deadlineText } from '../../cards/deadline.ts';
import { createCalendar } from '../../src/time/calendar.ts';
import type { Span } from '../../src/time/spans.ts';
import { addSpan } from '../../src/time/working-time.ts';
import { at, office } from '../time/offices.ts';

const now = at('2026-03-04 10:00').toZonedDateTimeISO('Asia/Shanghai');
const explained = (start: string, span: Span, calendar = office) =>
  deadlineText({ start: at(start), span, due: addSpan(at(start), span, calendar) }, calendar, now);

test.each([
  [
    '2026-03-06 17:00',
    '4wh',
    '3月6日（周五）17:00 起算 4 工作小时，跳过夜间、周末，3月9日（周一）12:00 到期',
  ],
  [
    '2026-03-05 11:00',
    '2wh',
    '3月5日（周四）11:00 起算 2 工作小时，跳过午休，3月5日（周四）14:30 到期',
  ],
  ['2026-03-05 10:00', '1wh', '3月5日（周四）10:00 起算 1 工作小时，3月5日（周四）11:00 到期'],
  [
    '2026-09-30 17:00',
    '3wd',
    '9月30日（周三）17:00 起算 3 个工作日，跳过午休、夜间、国庆节 10月1日–7日，10月10日（周六）调休上班，10月10日（周六）17:00 到期',
  ],
  [
    '2026-03-07 11:00',
    '1wd',
    '3月7日（周六）11:00 不在上班时间，3月9日（周一）09:00 起算 1 个工作日，跳过午休，3月9日（周一）18:00 到期',
  ],
  [
    '2026-03-06 17:00',
    '4h',
    '3月6日（周五）17:00 起算 4 小时，按自然时间不间断，3月6日（周五）21:00 到期',
  ],
  [
    '2026-03-13 16:00',
    '8wd',
    '3月13日（周五）16:00 起算 8 个工作日，跳过午休、夜间、周末，3月25日（周三）16:00 到期',
  ],
] as const)('%s + %s', (start, span, sentence) => {
  expect(explained(start, span).zh).toBe(sentence);
});

test('a year whose holidays are not published yet is said to be provisional', () => {
  expect(explained('2027-12-30 17:00', '2wd').zh).toContain(
    '（2027、2028 年的放假安排还没有公布，先按周末和法定节日算）',
  );
});

test('days off of the company by its own rule, and the worked day it gives for them', () => {
  const own = createCalendar({
    zone: 'Asia/Shanghai',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    hours: [{ from: '09:00', to: '17:00' }],
    holidays: ['2026-03-20'],
    extraWorkdays: ['2026-03-21'],
  });
  expect(explained('2026-03-19 16:00', '2wh', own).zh).toBe(
    '3月19日（周四）16:00 起算 2 工作小时，跳过夜间、公司休息日 3月20日，3月21日（周六）调休上班，3月21日（周六）10:00 到期',
  );
});

test('in English', () => {
  expect(explained('2026-03-06 17:00', '4wh').en).toBe(
    '4 working hours from Fri 03-06 17:00, passing over the night, the weekend, due Mon 03-09 12:00',
  );
});

test('it never names what does not lie between start and due', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 525_000 }),
      fc.constantFrom<Span>('1wh', '4wh', '1wd', '5wd'),
      (minutes, span) => {
        const start = at('2026-01-05 00:00').add({ minutes });
        const due = addSpan(start, span, office);
        const { zh } = deadlineText({ start, span, due }, office, now);
        const passedOver = [...zh.matchAll(/跳过([^，]*)/g)].map(([, named]) => named ?? '');
        expect(passedOver.length).toBeLessThanOrEqual(1);
        const dayOf = (instant: Temporal.Instant) =>
          instant.toZonedDateTimeISO(office.zone).toPlainDate();
        if (dayOf(start).equals(dayOf(due))) expect(passedOver.join()).toMatch(/^(?:午休)?$/);
        else if (dayOf(start).until(dayOf(due)).days < 2 && passedOver[0])
          expect(passedOver[0]).not.toContain('周末');
      },
    ),
    { numRuns: 500 },
  );
});
