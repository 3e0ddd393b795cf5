/** What people say about being left alone, and what we make of it. */
import { describe, expect, test } from 'vitest';
import { nameless } from '../../src/cli/understand.ts';
import { quietWish } from '../../src/conversation/quiet-words.ts';
import { understand } from '../../src/language/understand.ts';

const now = Temporal.ZonedDateTime.from('2026-03-03T10:00[Asia/Shanghai]');

const heard = (said: string): string | undefined =>
  understand(said, nameless, now)[0]?.readings[0]?.intent;

/** In a few words: 「20:00-」, 「days off quiet」. */
function wished(said: string): string {
  const wish = quietWish(said, now, '18:00');
  if (wish.wish === 'days-off') return wish.quiet ? 'days off quiet' : 'days off not quiet';
  return wish.wish === 'hours' ? `${wish.from ?? ''}-${wish.to ?? ''}` : wish.wish;
}

describe('heard, and understood', () => {
  test.each([
    ['别在周末提醒我', 'days off quiet'],
    ['周末别提醒我了', 'days off quiet'],
    ['请不要在周末提醒我，谢谢', 'days off quiet'],
    ['周末和节假日都不要提醒我', 'days off quiet'],
    ['周末請勿打擾', 'days off quiet'],
    ['周末免打扰', 'days off quiet'],
    ['周末也可以提醒我', 'days off not quiet'],
    ['周末照常提醒我', 'days off not quiet'],
    ['取消周末免打扰', 'days off not quiet'],
    ['晚上8点以后别提醒我', '20:00-'],
    ['晚上八点半后不要给我发提醒', '20:30-'],
    ['早上9点以前别打扰我', '-09:00'],
    ['下班以后不要打扰我', '18:00-'],
    ['免打扰改成20:00到9:00', '20:00-09:00'],
    ['晚上十点到早上八点不要打扰我', '22:00-08:00'],
    ['晚上8:00到早上9:00免打扰', '20:00-09:00'],
    ['恢复默认免打扰', 'usual'],
    ['关闭免打扰', 'none'],
    ['我的免打扰', 'look'],
    ['周末免打扰怎么设置', 'look'],
    ['夜里别吵我', 'look'],
    ["don't remind me on weekends", 'days off quiet'],
    ['remind me on weekends too', 'days off not quiet'],
    ['no reminders after 8pm', '20:00-'],
    ["don't disturb me between 8pm and 9am", '20:00-09:00'],
    ['set my quiet hours to 20:00-9:00', '20:00-09:00'],
    ['reset my quiet hours', 'usual'],
    ['my quiet hours', 'look'],
  ])('%s', (said, wish) => {
    expect(heard(said)).toBe('preference.quiet');
    expect(wished(said)).toBe(wish);
  });

  test('this evening is no wish for every evening', () => {
    expect(wished('今晚8点以后别打扰我')).toBe('look');
  });
});

describe('not heard as a wish to be left alone', () => {
  test.each([
    ['周末提醒我交周报', 'todo'],
    ['周末别提醒我交周报', 'todo'],
    ['别忘了周末提醒我', 'todo'],
    ['晚上8点以后提醒我关灯', 'todo'],
    ['remind me on weekends to water the plants', 'todo'],
    ["don't remind me on weekends to submit the report", 'todo'],
    ['别提醒我了', 'todo'],
    ['取消提醒', 'cancel'],
    ['催一下，别让他周末找我', 'urge'],
    ['晚上空调太吵，别让师傅找我', 'other'],
    ['周末的会议室取消', 'cancel'],
  ])('%s', (said, intent) => {
    expect(heard(said)).toBe(intent);
  });
});
