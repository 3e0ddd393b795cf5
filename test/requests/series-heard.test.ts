import { expect, test } from 'vitest';
import { boundIn } from '../../src/requests/room/series-heard.ts';

/** Tuesday, 20 January 2026, 10:00. */
const NOW = Temporal.ZonedDateTime.from('2026-01-20T10:00+08:00[Asia/Shanghai]');

test.each([
  ['until January 31', '2026-01-31'],
  ['until 20 January', '2026-01-20'],
  ['until January 5', '2027-01-05'],
  ['until March 5', '2026-03-05'],
  ['until the end of January', '2026-01-31'],
  ['until the end of February', '2026-02-28'],
  ['until the end of the year', '2026-12-31'],
])('%s is %s, never a day that is over', (said, until) => {
  expect(boundIn(said, NOW)).toEqual({ until });
});
