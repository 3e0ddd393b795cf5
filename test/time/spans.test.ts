import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSpan, isWorkingSpan, spanParts, spanText, wallMinutes } from '../../src/time/spans.ts';

test('what the office writes in its rules is understood', () => {
  expect(spanParts('4h')).toEqual({ count: 4, unit: 'h' });
  expect(spanParts('4wh')).toEqual({ count: 4, unit: 'wh' });
  expect(spanParts('90m')).toEqual({ count: 90, unit: 'm' });
  expect(['1wd', '3d', '4wh', '9999m'].every(isSpan)).toBe(true);
});

test.each([
  '',
  '4',
  'h',
  '0h',
  '04h',
  '-1h',
  '1.5h',
  '4 h',
  '4H',
  '4w',
  '10000m',
  '1h30m',
  '４h',
  '4h\n',
])('%j is not a span', (text) => expect(isSpan(text)).toBe(false));

test('people read it in both languages', () => {
  expect(spanText('4wh')).toEqual({ zh: '4 工作小时', en: '4 working hours' });
  expect(spanText('1wd')).toEqual({ zh: '1 个工作日', en: '1 working day' });
  expect(spanText('90m')).toEqual({ zh: '90 分钟', en: '90 minutes' });
});

test('only wall-clock spans have minutes without a calendar', () => {
  expect([wallMinutes('90m'), wallMinutes('8h'), wallMinutes('60d')]).toEqual([90, 480, 86_400]);
  expect(isWorkingSpan('1wd')).toBe(true);
  expect(isWorkingSpan('1d')).toBe(false);
  expect(() => wallMinutes('1wd')).toThrow(RangeError);
});

test('any text either is a span that reads back the same, or is refused', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('0', '1', '4', 'm', 'h', 'w', 'd', ' ', '-', '.') }),
      (text) => {
        if (!isSpan(text)) return;
        const { count, unit } = spanParts(text);
        expect(`${count}${unit}`).toBe(text);
      },
    ),
  );
});
