/** Somebody switched the bot's messages off, or is not in the app's range: nothing is lost, nobody is flooded, and all comes when they are back. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandLine } from '../cli/command-line.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';
import { idOf } from '../office/office.ts';

const LI = idOf('李伟');
/** Who keeps the office, and the superior of 李伟. */
const [MANAGER, ABOVE] = ['ou_office_manager', 'ou_gm'];

let office: FeishuOffice;
beforeEach(async () => {
  office = await openFeishuOffice({ replicas: 2, rates: 'off' });
  office.feishu.changePerson(LI, { muted: true });
});
afterEach(() => office.stop());

const told = (person: string, text: string): number =>
  office.sees(person).filter((each) => each.includes(text)).length;
/** How often the platform refused a message because its person does not want any. */
const refused = (): number => office.feishu.calls.filter(({ code }) => code === 230_053).length;

async function trip(person: string, city: string): Promise<void> {
  await office.says(person, `下周二去${city}出差一天，见客户`);
  await office.taps(person, '提交');
  await office.settle();
}

test('two approvals for somebody who muted the bot: tried once, told once, and their leader may decide', async () => {
  await trip('陈晨', '苏州');
  await trip('王磊', '无锡');
  expect(refused()).toBe(1);
  expect(told(MANAGER, '联系不到李伟：关闭了机器人的消息，230053')).toBe(1);
  expect(told(ABOVE, '苏州')).toBe(1);
  expect(told(ABOVE, '无锡')).toBe(1);
  await office.taps(ABOVE, '同意');
  expect(told('王磊', '【处理中】')).toBe(1);
});

test('a word from them, and whatever still waits comes at once; what is over does not', async () => {
  await trip('陈晨', '苏州');
  await trip('王磊', '无锡');
  await office.taps(ABOVE, '同意');
  office.feishu.changePerson(LI, { muted: false });
  await office.says('李伟', '帮助');
  expect(told('李伟', '苏州')).toBe(1);
  expect(told('李伟', '目的地　无锡')).toBe(0);
  await office.taps('李伟', '同意');
  expect(told('陈晨', '【处理中】')).toBe(1);
});

test('who says nothing is tried once a day, with one message; when that arrives the others follow', async () => {
  await trip('陈晨', '苏州');
  await trip('王磊', '无锡');
  office.later({ hours: 23 });
  await office.tick();
  expect(refused()).toBe(1);
  office.later({ hours: 2 });
  await office.tick();
  expect(refused()).toBe(2);
  office.feishu.changePerson(LI, { muted: false });
  office.later({ hours: 23 });
  office.later({ hours: 2 });
  await office.tick();
  await office.settle();
  expect(told('李伟', '苏州')).toBe(1);
  expect(told('李伟', '无锡')).toBe(1);
  expect(told(MANAGER, '联系不到李伟')).toBe(1);
});

test('the digest of the day says who was not reached, how often, and why', async () => {
  await trip('陈晨', '苏州');
  await trip('王磊', '无锡');
  office.later({ hours: 8, minutes: 5 });
  await office.tick();
  await office.tick();
  await office.settle();
  const digest = office.sees(MANAGER).find((each) => each.includes('行政日报')) ?? '';
  expect(digest).toContain('1 人的消息没送到，请用其他方式联系');
  expect(digest).toMatch(/李伟[\s\S]{0,3}\d 条 · 关闭了机器人的消息，230053/);
});

test('a day of reminders is one card a trip when they are back', async () => {
  await trip('陈晨', '苏州');
  await trip('王磊', '无锡');
  for (const hours of [5, 19, 2]) {
    office.later({ hours });
    await office.tick();
  }
  const dead = office.app.db.selectFrom('delivery').select('id').where('address', '=', LI);
  expect((await dead.where('state', '=', 'dead').execute()).length).toBeGreaterThan(3);
  office.feishu.changePerson(LI, { muted: false });
  await office.says('李伟', '帮助');
  const cards = office.feishu.cards(LI).filter(({ text }) => text.includes('TRIP-26-000'));
  expect(cards.filter(({ text }) => /苏州|无锡|有新进展/.test(text))).toHaveLength(2);
});

test('the administrator sees what did not arrive, and sends it again; what was decided meanwhile is dropped', async () => {
  await trip('陈晨', '苏州');
  await trip('王磊', '无锡');
  const line = await commandLine(office.app.db);
  const listed = await line.run(['deliveries', '--dead']);
  expect(listed.out).toMatch(
    /#\d+\t2026-03-03 10:0\d\t李伟\trequest\t没送到\t1 次\t关闭了机器人的消息，230053/,
  );
  expect(listed.out).toContain('2 条消息还没送到，其中 2 条不再重试');
  expect((await line.run(['doctor'])).out).toContain(
    '1 人联系不到：李伟（关闭了机器人的消息，230053）',
  );
  await office.taps(ABOVE, '同意');
  office.feishu.changePerson(LI, { muted: false });
  const again = await line.run(['deliveries', 'redrive', 'all']);
  expect(again.out).toContain('2 条重新投递');
  await office.settle();
  expect(told('李伟', '苏州')).toBe(1);
  expect(told('李伟', '无锡')).toBe(0);
  expect((await line.run(['deliveries'])).out).toContain('0 条消息还没送到');
  const recorded = await office.app.db
    .selectFrom('audit')
    .select('after')
    .where('act', '=', 'delivery.redriven')
    .execute();
  expect(recorded).toHaveLength(1);
  const wrong = await line.run(['deliveries', 'redrive', '999']);
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.out).toContain('#999 不是没送到的消息');
});
