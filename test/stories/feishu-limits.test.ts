/** One person writes as fast as a machine: they are told once, nobody else waits for it, and a minute later they are heard again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';
import { idOf } from '../office/office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice({
    transport: 'webhook',
    rates: 'off',
    replicas: 2,
    rules: (rules) => ({
      ...rules,
      limits: { messages: 5, group: 6, requests: 3, perDay: 5, open: 4 },
    }),
  });
});
afterAll(() => office.stop());

const TOO_MANY = /您一分钟里发了超过 5 条消息，这条和后面的我都没有办/;
const toldTooMany = (person: string): number =>
  office.sees(person).filter((each) => TOO_MANY.test(each)).length;

/** So many messages of a person at once, to both programs; the status that each was answered. */
async function flood(
  person: string,
  count: number,
  say: (each: number) => string,
  chat?: string,
): Promise<readonly number[]> {
  const { feishu, urls } = office;
  const envelopes = [];
  for (let each = 0; each < count; each++) {
    await feishu.says(idOf(person), say(each), { hold: true, ...(chat && { chat }) });
    const envelope = feishu.pending.at(-1)?.envelope;
    if (envelope) envelopes.push(envelope);
  }
  // Four at a time: the platform has no more connections than that open to us, and comes again with what is not answered in time.
  const answers: number[] = [];
  for (let from = 0; from < envelopes.length; from += 4) {
    const some = envelopes.slice(from, from + 4).map(async (envelope, place) => {
      const [outcome] = await feishu.pushes({ envelope }, { to: urls[place % 2] ?? office.url });
      return outcome?.got === 'answer' ? outcome.status : 0;
    });
    answers.push(...(await Promise.all(some)));
  }
  await office.settle();
  return answers;
}

const refusedKeys = async (): Promise<number> => {
  const { rows } = await office.app.db.executeQuery<{ refused: number }>({
    ...office.app.db
      .selectFrom('inbound')
      .select((row) => row.fn.countAll<number>().as('refused'))
      .where('answer', 'is not', null)
      .where('kind', '=', 'message')
      .compile(),
  });
  return Number(rows[0]?.refused);
};

const refusedMetric = async (): Promise<number> => {
  const metrics = await Promise.all(
    office.urls.map(async (url) => (await fetch(new URL('/metrics', url))).text()),
  );
  return metrics
    .flatMap((text) => [...text.matchAll(/^banshi_messages_refused_total\{.*\} (\d+)$/gm)])
    .reduce((sum, [, count]) => sum + Number(count), 0);
};

test('five of twelve messages are answered, the rest is told of once, and each is acknowledged', async () => {
  await office.says('陈晨', '帮助'); // the first contact
  office.later({ minutes: 2 });
  const before = office.sees('陈晨').length;
  expect(await flood('陈晨', 12, () => '签字笔还有多少')).toEqual(Array(12).fill(200));
  expect(toldTooMany('陈晨')).toBe(1);
  expect(office.sees('陈晨')).toHaveLength(before + 5 + 1);
  expect(await refusedKeys()).toBe(7);
  expect(await refusedMetric()).toBe(7);
  const acts = await office.app.db.selectFrom('audit').select(['act', 'actor', 'after']).execute();
  const refusals = acts.filter(({ act }) => act === 'refused.too-many');
  expect(refusals).toHaveLength(1);
  expect(refusals[0]?.actor).toMatch(/^person:/);
});

test('another person is served meanwhile, and taps are not counted', async () => {
  const chen = office.sees('陈晨').length;
  await office.says('王磊', '签字笔还有多少');
  expect(office.last('王磊')).toMatch(/签字笔/);
  await office.says('陈晨', '领2个笔记本'); // still the same minute
  expect(office.sees('陈晨')).toHaveLength(chen);
  expect(await office.app.db.selectFrom('draft').select('id').execute()).toEqual([]);
  await office.says('王磊', '领2个笔记本');
  await flood('王磊', 3, () => '签字笔还有多少');
  expect(toldTooMany('王磊')).toBe(0);
  await office.says('王磊', '签字笔还有多少');
  expect(toldTooMany('王磊')).toBe(1);
  expect((await office.taps('王磊', '提交')).toast?.content).toMatch(/^已提交 SUP/);
});

test('a repeat of what was refused is not heard either, and a minute later the person is', async () => {
  office.later({ seconds: 61 });
  const [refused] = office.feishu.pending.slice(10, 11);
  const before = office.sees('陈晨').length;
  await office.feishu.pushes({ envelope: refused?.envelope ?? {} }, { to: office.url });
  await office.settle();
  expect(office.sees('陈晨')).toHaveLength(before);
  await office.says('陈晨', '签字笔还有多少');
  expect(office.last('陈晨')).toMatch(/签字笔/);
});

test('who goes on in English is told in English, once a minute as long as it lasts', async () => {
  office.later({ minutes: 2 });
  await office.says('陈晨', 'speak English please');
  await office.says('陈晨', 'How many notebooks are left?');
  await flood('陈晨', 6, () => 'How many notebooks are left?');
  const told = (): number =>
    office.sees('陈晨').filter((each) => each.includes('More than 5 messages of yours')).length;
  expect(told()).toBe(1);
  office.later({ seconds: 61 });
  await flood('陈晨', 8, () => 'How many notebooks are left?');
  expect(told()).toBe(2);
  office.later({ seconds: 61 });
  await office.says('陈晨', '说中文');
});

test('a group that calls too often is told in the group, whoever writes', async () => {
  office.later({ minutes: 2 });
  const people = ['林晓', '何佳', '罗敏'];
  const chat = office.feishu.addGroup('忙碌群', people.map(idOf));
  for (const person of people) await flood(person, 3, () => '你好', chat);
  const told = office.feishu
    .chat(chat)
    .map(({ text }) => text)
    .filter((text) => text.includes('这个群一分钟里 @我 的消息超过了 6 条'));
  expect(told).toHaveLength(1);
});

test('of four requests in a minute the fourth stays a draft, and goes through a minute later', async () => {
  office.later({ minutes: 2 });
  for (const count of [1, 2, 3, 4]) {
    await office.says('刘洋@研发部', `领${count}个笔记本`);
    const { toast } = await office.taps('刘洋@研发部', '提交');
    if (count < 4) expect(toast?.content).toMatch(/^已提交 SUP/);
    else expect(toast?.content).toMatch(/一分钟里最多提交 3 张申请，这张没有提交，草稿还在/);
  }
  office.later({ seconds: 61 });
  expect((await office.taps('刘洋@研发部', '提交')).toast?.content).toMatch(/^已提交 SUP/);
});

test('more than may be open at a time, and more than a day has, are refused with what to do', async () => {
  office.later({ minutes: 2 });
  await office.says('刘洋@研发部', '领5个笔记本');
  const open = await office.taps('刘洋@研发部', '提交');
  expect(open.toast?.content).toMatch(/您有 4 张申请还没办完，到了上限，这张没有提交.*我的申请/);
  // What is over counts no more, but the day has seen it.
  await office.says('刘洋@研发部', '撤回 SUP-26-0002');
  expect((await office.taps('刘洋@研发部', '提交')).toast?.content).toMatch(/^已提交 SUP/);
  await office.says('刘洋@研发部', '撤回 SUP-26-0003');
  office.later({ seconds: 61 });
  await office.says('刘洋@研发部', '领6个笔记本');
  const day = await office.taps('刘洋@研发部', '提交');
  expect(day.toast?.content).toMatch(/今天的「.*」已有 5 张，到了一天的上限，这张没有提交.*明天/);
});
