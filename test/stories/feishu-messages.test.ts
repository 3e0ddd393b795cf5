/** Messages of all kinds in Feishu, and groups: who says what, who sees what. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type FeishuOffice,
  ONE_PIXEL,
  openFeishuOffice,
  refusedForGood,
} from '../office/feishu-office.ts';
import { idIn } from '../office/feishu-client.ts';
import type { OtherType } from '../feishu-platform/other-types.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

const [CHEN, WANG, LUO, WU] = ['ou_rd_1', 'ou_rd_2', 'ou_sales_2', 'ou_office_1'] as const;

/** Somebody sends a message of this type in the private chat. */
async function sends(person: string, other: OtherType): Promise<void> {
  const { answers } = await office.feishu.says(person, '', { other });
  expect(answers).toEqual([expect.objectContaining({ got: 'answer', status: 200 })]);
  await office.settle();
}

/** What the bot has said in a group, oldest first. */
const inGroup = (group: string): readonly string[] =>
  office.feishu
    .chat(group)
    .filter(({ from }) => from === 'bot')
    .map(({ text }) => text);

const setAside = () => office.app.db.selectFrom('set_aside').select('reason').execute();

describe('what is neither words nor pictures nor files', () => {
  test.each([
    ['audio', '转文字'],
    ['media', '拍张照片'],
    ['location', '写出地点'],
    ['share_user', '写出姓名'],
    ['folder', '单独发给我'],
    ['interactive', '复制文字发给我'],
    ['merge_forward', '复制成文字发给我'],
    ['hologram', '用一句话说要办什么'],
  ] as const)('%s: 陈晨 is told what to do instead: %s', async (type, instead) => {
    await sends(CHEN, type);
    expect(office.last('陈晨')).toContain(instead);
  });

  test('three voice messages in a row get one answer, half an hour later another one', async () => {
    await office.opens('罗敏');
    const before = office.sees('罗敏').length;
    for (const type of ['audio', 'audio', 'audio'] as const) await sends(LUO, type);
    expect(office.sees('罗敏')).toHaveLength(before + 1);
    office.later({ minutes: 30 });
    await sends(LUO, 'audio');
    expect(office.sees('罗敏')).toHaveLength(before + 2);
  });

  test('a shared group is a contact like a shared person', async () => {
    await sends(WANG, 'share_chat');
    expect(office.last('王磊')).toContain('写出姓名');
  });

  test('a sticker is answered with nothing', async () => {
    const before = office.sees('陈晨');
    await sends(CHEN, 'sticker');
    expect(office.sees('陈晨')).toEqual(before);
  });
});

/** Said in a group, the bot mentioned. */
async function saysIn(group: string, person: string, text: string): Promise<void> {
  await office.feishu.says(person, text, { chat: group });
  await office.settle();
}

describe('the bot comes into a group', () => {
  test('and introduces itself once, though it is told twice, put out and in again', async () => {
    const { feishu } = office;
    const group = feishu.addGroup('项目群', [CHEN, WANG], { bot: false });
    await feishu.addsBot(CHEN, group);
    await office.settle();
    expect(inGroup(group)).toEqual([expect.stringContaining('大家好，我是办事助手')]);
    await feishu.removesBot(CHEN, group);
    await feishu.addsBot(WANG, group);
    await office.settle();
    expect(inGroup(group)).toHaveLength(1);
  });

  test('who joins after it is not greeted there', async () => {
    const group = office.feishu.addGroup('新人群', [CHEN]);
    await office.feishu.joinsGroup(LUO, group);
    await office.settle();
    expect(inGroup(group)).toEqual([]);
  });

  test('put out of it, nothing that waited for it is sent; an answer goes to its asker alone', async () => {
    const { feishu } = office;
    const group = feishu.addGroup('临时群', [LUO, WANG]);
    await saysIn(group, LUO, '班车几点发车');
    expect(inGroup(group)).toEqual([expect.stringContaining('已转行政')]);
    // The platform has replies wait: 王磊 asks for his list and 吴婷 answers. Meanwhile 王磊 puts the bot out.
    const limit = { answer: 429, code: 99991400, waitSeconds: 4 };
    feishu.fail(limit, { only: /reply/ });
    await feishu.says(WANG, '我的申请', { chat: group });
    const asked = feishu.cards(WU).findLast(({ text }) => text.includes('班车几点'));
    await feishu.says(WU, '早上七点半', { replyTo: asked?.messageId ?? '' });
    const held = office.app.db
      .selectFrom('delivery')
      .select('last_error')
      .where('lane', '=', `feishu:${group}`)
      .where('state', '=', 'waiting')
      .orderBy('seq');
    // The first was refused, the second waits behind it.
    const errors = async () => (await held.execute()).map(({ last_error: error }) => error);
    await expect.poll(errors).toEqual(['99991400', null]);
    await feishu.removesBot(WANG, group);
    await office.settle();
    expect(inGroup(group)).toHaveLength(1);
    expect(await held.execute()).toEqual([]);
    expect(office.last('罗敏')).toContain('早上七点半');
  });
});

describe('in a group', () => {
  let group: string;
  beforeAll(() => {
    group = office.feishu.addGroup('研发群', [CHEN, WANG]);
  });

  test.each(['我的申请', '我的待办', '后天上午9点到10点订华山'])(
    '「%s」 is answered in private, and its thread is told so in one line',
    async (text) => {
      const before = inGroup(group).length;
      await saysIn(group, CHEN, text);
      expect(inGroup(group).slice(before)).toEqual(['已私聊发您']);
      const reply = office.feishu.calls.findLast(({ route }) => route.endsWith('/reply'));
      expect(reply?.body).toMatchObject({ reply_in_thread: true });
    },
  );

  test('called without a word, or with a picture, he is answered in private and told so, too', async () => {
    for (const picture of [{}, { image: ONE_PIXEL }]) {
      const before = inGroup(group).length;
      await office.feishu.says(WANG, '', { chat: group, ...picture });
      await office.settle();
      expect(inGroup(group).slice(before)).toEqual(['已私聊发您']);
    }
    expect(office.sees('王磊').at(-2)).toContain('请用一句话说要办什么');
    expect(office.last('王磊')).toContain('照片会一起带上');
  });

  test('王磊 cannot go on with the draft of 陈晨', async () => {
    expect(office.last('陈晨')).toContain('华山');
    const drafts = await office.app.db.selectFrom('draft').selectAll().execute();
    await saysIn(group, WANG, '改到下午3点');
    await saysIn(group, WANG, '提交');
    await saysIn(group, WANG, '算了');
    expect(await office.app.db.selectFrom('draft').selectAll().execute()).toEqual(drafts);
    expect(office.sees('王磊').join()).not.toContain('华山');
  });

  test('陈晨 can, and the group still sees nothing of it', async () => {
    await saysIn(group, CHEN, '提交');
    expect(office.last('陈晨')).toContain('【已预订】');
    expect(new Set(inGroup(group))).toEqual(new Set(['已私聊发您']));
  });

  test('nine who ask at once are all told, and the group is not written to faster than the platform allows', async () => {
    const asking = [
      CHEN,
      WANG,
      LUO,
      WU,
      'ou_rd_3',
      'ou_rd_lead',
      'ou_finance',
      'ou_gm',
      'ou_director',
    ];
    const big = office.feishu.addGroup('大群', asking);
    const said = asking.map((person) => office.feishu.says(person, '我的申请', { chat: big }));
    await Promise.all(said);
    await office.settle();
    expect(inGroup(big)).toEqual(asking.map(() => '已私聊发您'));
    const tooFast = office.feishu.calls.filter(({ code }) => code === 230_020);
    const replies = tooFast.filter(({ route }) => route.endsWith('/reply'));
    expect(replies.length).toBeLessThanOrEqual(1); // what a busy machine may bunch
  });

  test('what is said to everybody is not said to us', async () => {
    const before = inGroup(group).length;
    office.feishu.scopes.add('im:message.group_msg');
    const how = { chat: group, mention: false, everybody: true };
    await office.feishu.says(CHEN, '领两盒A4纸', how);
    await office.settle();
    office.feishu.scopes.delete('im:message.group_msg');
    expect(inGroup(group)).toHaveLength(before);
    expect(office.last('陈晨')).not.toContain('A4');
  });
});

describe('the private chat', () => {
  test('greets on the first opening only', async () => {
    for (let time = 0; time < 3; time += 1) await office.opens('黄静');
    expect(office.sees('黄静')).toEqual([expect.stringContaining('我是办事助手')]);
  });

  test('an entry of the menu that nobody knows shows the overview', async () => {
    await office.touches('黄静', 'made_up_by_the_office');
    expect(office.sees('黄静')).toHaveLength(2);
    expect(office.last('黄静')).toContain('会议室');
  });

  test('on the very first touch the greeting is the overview', async () => {
    await office.touches('何佳', 'made_up_by_the_office');
    expect(office.sees('何佳')).toHaveLength(1);
  });
});

describe('a message is recalled', () => {
  const stateOf = async (kind: string): Promise<readonly string[]> =>
    (
      await office.app.db
        .selectFrom('draft')
        .select('state')
        .where('kind', '=', kind)
        .where('person_id', '=', (row) =>
          row.selectFrom('person').select('id').where('name', '=', '马超'),
        )
        .orderBy('id')
        .execute()
    ).map(({ state }) => state);
  const recalls = async (message: string): Promise<void> => {
    await office.feishu.recalls(idIn('马超'), message);
    await office.settle();
  };

  test('the draft made of it is withdrawn: its card changes, nothing is said', async () => {
    const message = await office.says('马超', '领两盒A4纸');
    expect(office.last('马超')).toContain('A4');
    const before = office.sees('马超').length;
    await recalls(message);
    expect(await stateOf('supply')).toEqual(['cancelled']);
    expect(office.sees('马超')).toHaveLength(before);
    expect(office.last('马超')).toContain('【已取消】');
    await office.says('马超', '提交');
    expect(await stateOf('supply')).toEqual(['cancelled']);
  });

  test('a sentence that only corrected the draft leaves it as it is', async () => {
    await office.says('马超', '3楼打印机卡纸了');
    const message = await office.says('马超', '在4楼');
    await recalls(message);
    expect(await stateOf('repair')).toEqual(['open']);
    await office.says('马超', '算了');
  });

  test('what was submitted stands, and its requester is told so once', async () => {
    const message = await office.says('马超', '下周二去上海出差一天，见客户');
    await office.says('马超', '提交');
    const number = /TRIP-26-\d{4}/.exec(office.last('马超'))?.[0] ?? 'none';
    const before = office.sees('马超').length;
    await recalls(message);
    expect(office.sees('马超')).toHaveLength(before + 1);
    expect(office.last('马超')).toContain(`已提交的申请不受影响。要撤回 ${number}`);
    await recalls(message);
    expect(office.sees('马超')).toHaveLength(before + 1);
    await office.says('马超', `撤回 ${number}`);
    expect(office.last('马超')).toContain('已撤回');
  });

  test('a photo that belongs to nothing yet is forgotten, and does not join what is filed later', async () => {
    const photo = await office.sends('马超');
    await recalls(photo);
    await office.says('马超', '5楼饮水机漏水');
    await office.says('马超', '提交');
    const kept = office.app.db.selectFrom('attachment').selectAll().where('message', '=', photo);
    expect(await kept.execute()).toEqual([]);
  });

  test('a photo of a ticket that is filed stays with it', async () => {
    const photo = await office.sends('马超');
    expect(office.last('马超')).toMatch(/照片已加到 FIX-26-/);
    await recalls(photo);
    expect(office.last('马超')).toContain('已提交的申请不受影响');
    const kept = office.app.db.selectFrom('attachment').selectAll().where('message', '=', photo);
    expect(await kept.execute()).toHaveLength(1);
  });

  test('recalled before it came, it is not heard when it comes after all', async () => {
    const { feishu } = office;
    const said = await feishu.says(idIn('马超'), '领三支笔', { hold: true });
    await recalls(said.messageId);
    await feishu.redeliver();
    await office.settle();
    expect(await stateOf('supply')).toEqual(['cancelled']);
  });
});

describe('a recall', () => {
  const drafts = () =>
    office.app.db.selectFrom('draft').select(['id', 'state']).orderBy('id').execute();

  test('by the owner of the group is not one by its writer: the draft of 陈晨 stays open', async () => {
    const group = office.feishu.addGroup('采购群', [CHEN, WANG]);
    const { messageId } = await office.feishu.says(CHEN, '领两盒A4纸', { chat: group });
    await office.settle();
    const before = await drafts();
    await office.feishu.recalls(WANG, messageId, { asOwner: true });
    await office.settle();
    expect(await drafts()).toEqual(before);
    expect(before.at(-1)?.state).toBe('open');
  });

  test('that comes before the card was sent leaves nothing to be seen', async () => {
    const before = office.sees('王磊').length;
    const limit = { answer: 429, code: 99991400, waitSeconds: 3 };
    office.feishu.fail(limit, { only: /messages/ });
    const { messageId } = await office.feishu.says(WANG, '领三支笔');
    const held = office.app.db
      .selectFrom('delivery')
      .select('id')
      .where('state', '=', 'waiting')
      .where('last_error', 'is not', null);
    await expect.poll(async () => (await held.execute()).length).toBe(1);
    await office.feishu.recalls(WANG, messageId);
    await office.settle();
    expect((await drafts()).at(-1)?.state).toBe('cancelled');
    expect(office.sees('王磊').slice(before)).toEqual([]);
  });
});

test('nothing of all this was set aside', async () => expect(await setAside()).toEqual([]));

test('the platform refused what it was made to refuse, and nothing was tried in a group we had left', () => {
  const later = 'POST /open-apis/im/v1/messages/:message_id/reply 99991400';
  const sent = 'POST /open-apis/im/v1/messages 99991400';
  expect(refusedForGood(office.feishu)).toEqual([later, sent]);
});
