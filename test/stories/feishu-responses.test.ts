/** Questions in a service group: asked with @, answered by a person in the thread, and nothing private shown there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedCalls } from '../office/feishu-office.ts';

const [LUO, CHEN, WU, SUN] = ['ou_sales_2', 'ou_rd_1', 'ou_office_1', 'ou_office_manager'] as const;

let office: FeishuOffice;
let group: string;
beforeAll(async () => {
  office = await openFeishuOffice({ replicas: 2 });
  group = office.feishu.addGroup('行政服务群', [LUO, CHEN, WU]);
});
afterAll(() => office.stop());

/** Said in the group, the bot mentioned; the message's id. */
async function asks(person: string, text: string, replyTo?: string): Promise<string> {
  const { feishu } = office;
  const said = await feishu.says(person, text, { chat: group, ...(replyTo && { replyTo }) });
  await office.settle();
  return said.messageId;
}

/** What the bot has said in the group, oldest first. */
const inGroup = (): readonly { readonly messageId: string; readonly text: string }[] =>
  office.feishu.chat(group).filter(({ from }) => from === 'bot');
const lastInGroup = (): string => inGroup().at(-1)?.text ?? '';

const told = (person: string, text: string): number =>
  office.sees(person).filter((each) => each.includes(text)).length;

describe('a question in a group', () => {
  test('is handed to the office, and the thread is told so in a line', async () => {
    const message = await asks(LUO, '停车场的月卡怎么办理');
    expect(lastInGroup()).toBe('已转行政，4 个工作小时内答复');
    const reply = office.feishu.calls.findLast(({ route }) => route.endsWith('/reply'));
    expect(reply?.path).toContain(message);
    expect(reply?.body).toMatchObject({ reply_in_thread: true });
    expect(told('罗敏', '月卡')).toBe(0);
    for (const person of ['吴婷', '郑强']) {
      expect(office.last(person)).toContain('罗敏问行政');
      expect(office.last(person)).toContain('停车场的月卡怎么办理');
      expect(office.last(person)).toContain('在群里');
    }
  });

  test('what the office needs to know is asked there, and answered by a reply that mentions us', async () => {
    await office.taps('吴婷', '等对方补充', { reply: '车牌是本地的吗？' });
    expect(lastInGroup()).toContain('吴婷想请您补充');
    expect(lastInGroup()).toContain('车牌是本地的吗？');
    await asks(CHEN, '是本地的', inGroup().at(-1)?.messageId);
    expect(told('吴婷', '陈晨 今天')).toBe(0);
    await asks(LUO, '是本地的', inGroup().findLast(({ text }) => text.includes('补充'))?.messageId);
    expect(office.last('吴婷')).toContain('是本地的');
  });

  test('is answered in the thread with the name of who answered', async () => {
    const before = office.sees('罗敏').length;
    await office.taps('吴婷', '我来回复', { reply: '到前台登记车牌' });
    expect(lastInGroup()).toContain('吴婷回复了您');
    expect(lastInGroup()).toContain('到前台登记车牌');
    expect(office.sees('罗敏').length).toBe(before);
    expect(office.last('郑强')).toContain('已回复');
  });

  test('还没解决 is for its asker to say, once', async () => {
    const card = inGroup().at(-1)?.messageId ?? '';
    const other = await office.feishu.taps(CHEN, card, { button: '还没解决' });
    await office.settle();
    expect(other.toast?.content).toContain('您不能操作');
    const own = await office.feishu.taps(LUO, card, { button: '还没解决' });
    await office.settle();
    expect(own.toast?.content).toContain('已再转行政');
    expect(office.last('郑强')).toContain('还没解决');
    await office.replies('郑强', '罗敏问行政', '我下楼带您去办');
    expect(lastInGroup()).toContain('郑强回复了您');
    expect(lastInGroup()).not.toContain('还没解决');
  });

  test('about something that is not done here yet is a question, too', async () => {
    await asks(CHEN, '明天有两位客户来访，帮忙登记一下访客');
    expect(lastInGroup()).toContain('已转行政');
    expect(office.last('吴婷')).toContain('陈晨问行政');
    await office.replies('吴婷', '陈晨问行政', '好的，已登记');
  });

  test('that is a request stays one, in private', async () => {
    const said = inGroup().length;
    await asks(CHEN, '3楼打印机卡纸了');
    expect(inGroup().slice(said)).toEqual([expect.objectContaining({ text: '已私聊发您' })]);
    expect(office.last('陈晨')).toContain('打印机');
    await office.taps('陈晨', '取消');
  });

  test('whose thread is gone is answered in private', async () => {
    await asks(LUO, '公司班车几点发车');
    office.feishu.fail({ answer: 400, code: 230011 }, { only: /reply/ });
    await office.replies('吴婷', '公司班车', '早上七点半');
    expect(office.last('罗敏')).toContain('早上七点半');
  });

  test('in a group without topics is answered under its message', async () => {
    office.feishu.fail({ answer: 400, code: 230071 }, { only: /reply/ });
    await asks(LUO, '食堂周末开不开门');
    expect(lastInGroup()).toContain('已转行政');
    const [refused, taken] = office.feishu.calls
      .filter(({ route }) => route.endsWith('/reply'))
      .slice(-2);
    expect(refused?.code).toBe(230071);
    expect(taken?.body).toMatchObject({ reply_in_thread: false });
    await office.replies('吴婷', '食堂周末', '不开门');
  });
});

describe('two programs, and one that starts anew', () => {
  test('tell once, and in private', async () => {
    await asks(LUO, '年会在哪个酒店办');
    const said = inGroup().length;
    office.later({ hours: 5 }); // 15:00, three and a half hours of work
    await office.tick();
    await office.tick();
    for (const person of ['吴婷', '郑强']) expect(told(person, '离答复期限还有')).toBe(1);
    office.later({ minutes: 45 });
    const fresh = await office.start();
    await fresh.tick();
    await fresh.stop();
    await office.tick();
    expect(told(SUN, '年会在哪个酒店办')).toBe(1);
    expect(office.last(SUN)).toContain('超过答复期限');
    expect(inGroup().length).toBe(said);
    await office.taps(SUN, '我来回复', { reply: '还没有定' });
    expect(lastInGroup()).toContain('孙丽回复了您');
  });

  test('every card of this story was taken by the platform, but for what it refused on purpose', () => {
    // Hours later a token has run out and is fetched anew.
    const refused = refusedCalls(office.feishu).filter((call) => !call.endsWith('99991663'));
    expect(refused).toEqual([
      expect.stringContaining('/reply 230011'),
      expect.stringContaining('/reply 230071'),
    ]);
  });
});
