/** What office.yaml may say of desks, booths and the office's own sorts of space. */
import { z } from 'zod';
import { wallMinutes } from '../time/spans.ts';
import { keys, list, oneOf, orOff, text, wallSpan, wrong } from './file-values.ts';
import { minutesOrOff, quota } from './limit-schema.ts';
import { defaultSpaces, MEETING_ROOM, type SpaceRules, usualSpace } from './space-rules.ts';

/** Sorts of the file, and those that it does not name as they are. */
export const spaces = () =>
  z
    .record(z.string(), space(), { error: wrong('一组类型，如 车位: { by: day }') })
    .superRefine((given, ctx) => {
      for (const sort of Object.keys(given)) {
        if (/^\p{L}[\p{L}\p{N}]{0,9}$/u.test(sort) && sort !== MEETING_ROOM) continue;
        const message = `类型应为 10 字以内的名称，且不能是${MEETING_ROOM}（会议室写在 rooms 里）`;
        ctx.addIssue({ code: 'custom', message, path: [sort], params: { spot: 'key' } });
      }
    })
    .transform((given) => ({
      ...defaultSpaces,
      ...Object.fromEntries(
        Object.entries(given).map(([sort, own]) => [
          sort,
          rulesOf(own, Object.hasOwn(defaultSpaces, sort) ? defaultSpaces[sort] : undefined),
        ]),
      ),
    }))
    .default(defaultSpaces);

const word = () =>
  text('20 字以内的名称', (given) => (/^\P{C}{1,20}$/u.test(given) ? given : null));

const NO_LIMIT = { bookings: 10_000, hours: 10_000 };
const limit = () => quota(NO_LIMIT).optional();

const space = () =>
  keys({
    called: list(word()).optional(),
    by: oneOf(['day', 'hour']).optional(),
    checkIn: orOff(
      keys({ from: wallSpan().default('10m'), releaseAfter: wallSpan().default('15m') }),
    ).optional(),
    bookAhead: wallSpan().optional(),
    longest: wallSpan().optional(),
    limits: keys({
      perDay: limit(),
      perWeek: limit(),
      ahead: limit(),
      notice: minutesOrOff().optional(),
    }).default({}),
  });

/** What is left out is as usual for that sort. `null` is `off`, and stays. */
function rulesOf(
  own: z.infer<ReturnType<typeof space>>,
  usual: SpaceRules = usualSpace,
): SpaceRules {
  const { checkIn, limits } = own;
  const { perDay, perWeek, ahead, notice } = limits;
  return {
    called: own.called ?? usual.called,
    by: own.by ?? usual.by,
    checkIn: checkIn === undefined ? usual.checkIn : checkIn,
    bookAheadDays: own.bookAhead ? wallMinutes(own.bookAhead) / (24 * 60) : usual.bookAheadDays,
    longestHours: own.longest ? wallMinutes(own.longest) / 60 : usual.longestHours,
    limits: {
      perDay: perDay === undefined ? usual.limits.perDay : perDay,
      perWeek: perWeek === undefined ? usual.limits.perWeek : perWeek,
      ahead: ahead === undefined ? usual.limits.ahead : ahead,
      notice: notice === undefined ? usual.limits.notice : notice,
    },
  };
}
