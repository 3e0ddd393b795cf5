/** The morning's card in Feishu, taken by the strict stand-in; two programs share the night. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedCalls } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice({ replicas: 2 });
});
afterAll(() => office.stop());

async function trip(person: string): Promise<string> {
  await office.says(person, '3月20日去上海出差一天，见客户');
  await office.says(person, '提交');
  return /TRIP-26-\d{4}/.exec(office.last(person))?.[0] ?? 'none';
}

test('three approvals of one night are one card in the morning, and each opens below it', async () => {
  office.later({ hours: 12 }); // 22:00
  const numbers = [await trip('陈晨'), await trip('王磊'), await trip('陈晨')];
  expect(office.sees('李伟')).toEqual([]);
  office.later({ hours: 10, minutes: 31 });
  await office.tick();
  const seen = office.sees('李伟');
  expect(seen).toHaveLength(1);
  expect(seen[0]).toContain('昨晚到现在 3 件');
  expect(seen[0]).toContain('3 件等您处理');
  for (const number of numbers) expect(seen[0]).toContain(number);
  await office.taps('李伟', `查看 ${numbers[1]}`);
  expect(office.sees('李伟')).toHaveLength(2);
  await office.taps('李伟', '同意');
  expect(office.last('王磊')).toContain('处理中');
});

test('我的免打扰 is set on its card', async () => {
  await office.says('林晓', '我的免打扰');
  await office.taps('林晓', '保存时间', { from: '22:00', to: '07:00' });
  expect(office.last('林晓')).toContain('22:00–07:00（自己设置）');
  await office.taps('林晓', '别在周末提醒我');
  expect(office.last('林晓')).toContain('下个工作日早上一起发');
});

/** The platform's token is over after a night, which is asked for anew and no refusal of a card. */
const TOKEN_OVER = /99991663$/;

test('every card was taken by the platform', () => {
  expect(refusedCalls(office.feishu).filter((call) => !TOKEN_OVER.test(call))).toEqual([]);
});
