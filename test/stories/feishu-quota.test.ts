/** The month's calls: what is spared, and what happens when they are used up: what is owed waits, what comes in is handled. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idIn } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

const asked = (): number => office.feishu.calls.filter(({ code }) => code === 99991403).length;

test('a tap is answered, messages wait, one call in a quarter of an hour asks', async () => {
  await office.says('王磊', '领两盒A4纸');
  const { feishu, app } = office;
  const bought = feishu.fail({ answer: 429, code: 99991403 }, { only: /\/im\// });
  const card = feishu.cards(idIn('王磊')).at(-1)?.messageId ?? '';
  const tapped = await feishu.taps(idIn('王磊'), card, { button: '提交' });
  expect(tapped.toast?.content).toBe('已提交 SUP-26-0001');
  for (const who of ['陈晨', '何佳', '林晓', '罗敏']) {
    await feishu.says(idIn(who), '领一盒A4纸');
    await app.deliver();
  }
  // Two programs of one machine may each have asked once; none has asked for each message.
  expect(asked()).toBeLessThanOrEqual(2);
  const before = asked();
  for (let minutes = 0; minutes < 14; minutes += 2) {
    office.later({ minutes: 2 });
    await app.tick();
  }
  expect(asked() - before).toBeLessThanOrEqual(1);
  bought();
  office.later({ minutes: 16 });
  await app.tick();
  // What was refused while one call asked comes half a minute later.
  office.later({ minutes: 1 });
  await app.tick();
  await office.settle();
  for (const who of ['陈晨', '何佳', '林晓', '罗敏']) expect(office.last(who)).toContain('A4纸');
  expect(office.last('吴婷')).toContain('SUP-26-0001');
});

test('the calls of the month are in the metrics, free ones apart', async () => {
  const { body } = await office.app.server.inject('/metrics');
  const lines = body.split('\n').filter((line) => line.startsWith('banshi_feishu_calls_month{'));
  expect(lines.join('\n')).toMatch(
    /route="POST \/open-apis\/im\/v1\/messages",cost="charged"\} \d+/,
  );
  expect(lines.join('\n')).toMatch(
    /route="GET \/open-apis\/contact\/v3\/scopes",cost="free"\} \d+/,
  );
  expect(lines.join('\n')).not.toMatch(/o[ucm]_/);
});

describe('what is no call', () => {
  let meeting: FeishuOffice;
  beforeAll(async () => {
    meeting = await openFeishuOffice();
    for (const who of ['马超', '李伟', '王磊', '何佳', '林晓']) await meeting.says(who, '我的待办');
    await meeting.says(
      '马超',
      '今天13点半到14点半订个6人的会议室，主题评审，参会人：李伟、王磊、何佳、林晓',
    );
    await meeting.taps('马超', '提交');
  });
  afterAll(() => meeting.stop());

  /** Cards changed in place while something is done. */
  async function changed(act: () => Promise<unknown>): Promise<number> {
    const updates = (): number =>
      meeting.feishu.calls.filter(({ method }) => method === 'PATCH').length;
    const before = updates();
    await act();
    await meeting.settle();
    return updates() - before;
  }
  const later = async (minutes: number): Promise<void> => {
    meeting.later({ minutes });
    await meeting.tick();
  };

  test('an answer changes the host’s card, not those of the others, who do not see it', async () => {
    expect(await changed(() => meeting.taps('李伟', '确认参加'))).toBe(1);
    expect(meeting.sees('马超').join('\n')).toContain('李伟');
  });

  test('a check-in changes one card, as the meeting begins; who taps after it hears that somebody was there before', async () => {
    await later(201);
    expect(meeting.last('王磊')).toContain('[签到]');
    expect(await changed(() => meeting.taps('马超', '签到'))).toBe(0);
    expect(meeting.last('王磊')).toContain('[签到]');
    expect((await meeting.taps('王磊', '签到')).toast?.content).toBe('已经有人签到了');
    // Its host may lengthen it or end it from now on.
    expect(await changed(() => later(10))).toBe(1);
    expect(meeting.sees('马超').join('\n')).toContain('[提前结束]');
    await later(60);
    for (const who of ['李伟', '王磊', '何佳', '林晓'])
      expect(meeting.sees(who).join('\n')).not.toContain('[签到]');
  });

  test('an item that is done shows to its host at once, to everybody else with the last one', async () => {
    const text = '1. 何佳 3月10日前更新报价模板\n2. 王磊 3月11日前修复登录页';
    await meeting.taps('马超', '提交纪要', { text });
    await meeting.taps('马超', '确认并分派');
    const minutesOf = (who: string): string =>
      meeting.sees(who).findLast((each) => each.includes('会议纪要：')) ?? '';
    const before = minutesOf('林晓');
    await meeting.taps('何佳', '完成');
    expect(minutesOf('马超')).toContain('已完成');
    expect(minutesOf('林晓')).toBe(before);
    await meeting.taps('王磊', '完成');
    // Both items, and the minutes as a whole.
    expect(minutesOf('林晓').match(/已完成/g)).toHaveLength(3);
  });
});
