/** Moments are told on the office's clock; who works elsewhere reads their own beside it. */
import { expect, test } from 'vitest';
import { momentOnDay, momentText, periodText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';

const now = Temporal.ZonedDateTime.from('2026-03-03T10:00+08:00[Asia/Shanghai]');
const at = (text: string): Temporal.Instant => Temporal.Instant.from(`2026-03-${text}:00+08:00`);
const bangkok = { now, elsewhere: 'Asia/Bangkok' };
const newYork = { now, elsewhere: 'America/New_York' };

test('a moment, an hour earlier and the evening before', () => {
  expect(momentText(at('04T09:30'), now)).toEqual(
    words('明天 3月4日（周三）09:30', 'tomorrow, Wed 03-04 09:30'),
  );
  expect(momentText(at('04T09:30'), bangkok)).toEqual(
    words(
      '明天 3月4日（周三）09:30（您当地 08:30）',
      'tomorrow, Wed 03-04 09:30 (08:30 your time)',
    ),
  );
  expect(momentText(at('04T09:30'), newYork)).toEqual(
    words(
      '明天 3月4日（周三）09:30（您当地 3月3日 20:30）',
      'tomorrow, Wed 03-04 09:30 (03-03 20:30 your time)',
    ),
  );
  expect(momentOnDay(at('04T09:30'), bangkok).zh).toBe('3月4日（周三）09:30（您当地 08:30）');
});

test('a period, also one that begins the day before there, and across the change to summer time', () => {
  expect(periodText(at('04T15:00'), at('04T17:00'), bangkok)).toEqual(
    words(
      '明天 3月4日（周三）15:00–17:00（您当地 14:00–16:00）',
      'tomorrow, Wed 03-04 15:00–17:00 (14:00–16:00 your time)',
    ),
  );
  expect(periodText(at('04T12:00'), at('04T14:00'), newYork).zh).toBe(
    '明天 3月4日（周三）12:00–14:00（您当地 3月3日 23:00–3月4日 01:00）',
  );
  expect(periodText(at('10T12:00'), at('10T14:00'), newYork).zh).toContain('您当地 00:00–02:00');
});

test('nothing is added where both clocks show the same', () => {
  expect(momentText(at('04T09:30'), { now, elsewhere: 'Asia/Singapore' })).toEqual(
    momentText(at('04T09:30'), now),
  );
});
