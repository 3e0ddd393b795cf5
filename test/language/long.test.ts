import { expect, test } from 'vitest';
import { nameless } from '../../src/cli/understand.ts';
import { LONGEST, understand } from '../../src/language/understand.ts';

const now = Temporal.ZonedDateTime.from('2026-03-04T10:00[Asia/Shanghai]');

/** What people paste above and below a wish: no wish of its own. */
const report =
  '上周客户来访，大家都很辛苦，现场反馈整体不错，展厅的参观路线走得很顺，讲解也很到位。周五的部门聚餐气氛很好，新来的两位同事和大家都熟悉了。' +
  '本季度的销售数据已经汇总完毕，华东区同比增长了一成，华南区基本持平，详细的表格放在共享盘里，有空的话可以看一看。';
const english =
  'The visit of the customer went very well last week and everybody worked hard for it. The figures of the quarter are complete now, the east grew by a tenth and the south stayed the same. ';

const firsts = (text: string) =>
  understand(text, nameless, now).map(({ text: said, readings: [first] }) => ({ said, first }));

test('a wish in the middle of a long letter is found, with its slots, and the letter around it says nothing', () => {
  const text = `${report.repeat(4)}另外明天下午3点到5点订个10人的会议室，要投影。${report.repeat(4)}`;
  expect(text.length).toBeGreaterThan(1000);
  const found = firsts(text);
  expect(found.map(({ first }) => first?.intent)).toEqual(['room.book']);
  expect(found[0]?.first?.slots).toMatchObject({
    when: { type: 'datetimerange', start: '2026-03-05T15:00:00', end: '2026-03-05T17:00:00' },
    people: 10,
    equipment: ['投影'],
  });
  expect(text).toContain(found[0]?.said);
});

test('two wishes far apart in a long letter are both found, in the order said', () => {
  const text = `${report}3楼打印机卡纸了，麻烦派人修一下。${report.repeat(3)}还要领两盒A4纸。${report}`;
  expect(firsts(text).map(({ first }) => first?.intent)).toEqual([
    'repair.report',
    'supplies.request',
  ]);
});

test('a long English letter and a traditional one are looked through as well', () => {
  const [booked] = firsts(
    `${english.repeat(3)}Please book a meeting room for 6 people tomorrow at 3pm. ${english.repeat(3)}`,
  );
  expect(booked?.first).toMatchObject({ intent: 'room.book', slots: { people: 6 } });
  const [broken] = firsts(`${report.repeat(3)}三樓的印表機卡紙了，請派人維修。${report.repeat(3)}`);
  expect(broken?.first).toMatchObject({ intent: 'repair.report' });
});

test('a long letter that asks for nothing is no request; what stands behind 2,000 characters is not read', () => {
  expect(firsts(report.repeat(6)).map(({ first }) => first?.intent)).toEqual(['other']);
  const late = `${report.repeat(20).slice(0, LONGEST)}，明天下午3点订个会议室`;
  expect(firsts(late).map(({ first }) => first?.intent)).toEqual(['other']);
});

test('a wish at the end is understood the same, however long the letter before it', () => {
  const wish = '领两盒A4纸和5支黑色签字笔。';
  const short = firsts(wish)[0]?.first?.slots;
  for (const times of [3, 6, 9])
    expect(firsts(report.repeat(times) + wish).at(-1)?.first?.slots).toEqual(short);
});
