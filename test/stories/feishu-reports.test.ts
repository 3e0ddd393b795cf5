/** Digest and monthly report as Feishu shows them: charts of its own, cards that it takes, a missed report sent once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isObject, listAt } from '../feishu-platform/json.ts';
import { idIn } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  // Friday afternoon. The report of February is due on Monday at nine.
  office = await openFeishuOffice({ start: Temporal.Instant.from('2026-02-27T16:00:00+08:00') });
});
afterAll(() => office.stop());

/** What a person sees of the bot that holds this. */
const seen = (person: string, what: string): readonly string[] =>
  office.sees(person).filter((each) => each.includes(what));

/** The charts of a person's newest card. */
const charts = (person: string): readonly unknown[] => {
  const newest = office.feishu.cards(idIn(person)).at(-1);
  const card: unknown = newest && office.feishu.cardOf(newest.messageId);
  return listAt(isObject(card) ? card['body'] : undefined, 'elements').filter(
    (each) => isObject(each) && each['tag'] === 'chart',
  );
};

test('at six the manager gets the day, with a chart the client draws', async () => {
  await office.says('何佳', '3楼打印机卡纸了');
  await office.taps('何佳', '提交');
  await office.says('王磊', '领两包A4纸');
  await office.taps('王磊', '提交');
  office.later({ hours: 2, minutes: 5 });
  await office.tick();
  await office.tick();
  const [digest, another] = seen('孙丽', '行政日报');
  expect(another).toBeUndefined();
  expect(digest).toContain('今天 2 件，没有要您处理的');
  expect(digest).toContain('新收：2/27 2');
  expect(charts('孙丽')).toHaveLength(1);
});

test('the program is down from Saturday to Tuesday: the report of Monday comes late, once, the digests of those days never', async () => {
  for (let days = 0; days < 4; days++) office.later({ hours: 23 }); // Tuesday 14:05
  await Promise.all([office.app.tick(), office.app.tick()]);
  await office.tick();
  const [report, another] = seen('周敏', '行政月报');
  expect(another).toBeUndefined();
  expect(report).toContain('2月 2 件');
  expect(report).toContain('新收：2月 2');
  expect(seen('孙丽', '日报')).toHaveLength(1);
  // Nothing is known of a rate nobody could have: that chart is left out, the other is there.
  expect(charts('周敏')).toHaveLength(1);
});

test('every card was taken by the platform', () => {
  expect(refusedForGood(office.feishu)).toEqual([]);
});
