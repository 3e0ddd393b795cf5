/** Feishu takes a message, its answer is lost, and the platform is away for hours: nobody is left without, nobody gets it twice. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allButtons, seen } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';
import { idOf } from '../office/office.ts';

const SEND = /^POST .*\/im\/v1\/messages$/;
const MESSAGES = /\/im\/v1\/messages/;
const [CHEN, LI] = [idOf('陈晨'), idOf('李伟')];

let office: FeishuOffice;
beforeEach(async () => {
  office = await openFeishuOffice({ replicas: 2, rates: 'off' });
  // They have talked before, so that their chats are known.
  await office.says('李伟', '我的待办');
  await office.says('陈晨', '下周二去苏州出差一天，见客户');
});
afterEach(() => office.stop());

const sends = (): number =>
  office.feishu.calls.filter(({ method, path }) => SEND.test(`${method} ${path}`)).length;

/** The cards of the trip that a person has, whatever became of them. */
const cards = (person: string) =>
  office.feishu.cards(person).filter(({ text }) => text.includes('苏州'));

/** The office knows that it does not know whether 李伟 has the card. */
async function isUnsure(): Promise<boolean> {
  const row = await office.app.db
    .selectFrom('delivery')
    .select('id')
    .where('address', '=', LI)
    .where('state', '=', 'waiting')
    .where('first_unknown', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** 陈晨 submits; the platform takes the card for 李伟, whose answer is lost, and then it is away. Answers how to bring it back. */
async function submittedIntoAnOutage(): Promise<() => void> {
  const { feishu } = office;
  const after = feishu.fail({ cut: 'after' }, { times: 1, only: SEND });
  const away = feishu.fail({ answer: 503 }, { times: 9_999, only: MESSAGES });
  const found = allButtons(feishu, CHEN, '提交')[0];
  await feishu.taps(CHEN, found?.message ?? '', { button: found?.label ?? '' });
  await feishu.waitFor(() => cards(LI).length > 0 || undefined);
  await expect.poll(isUnsure).toBe(true);
  after();
  return away;
}

/** Whether the office manager was told that a message did not arrive. */
const isTold = (): boolean =>
  seen(office.feishu, 'ou_office_manager').some((each) => /送不到|没送到/.test(each));

async function deadMessages(): Promise<number> {
  const rows = await office.app.db
    .selectFrom('delivery')
    .select('what')
    .where('state', '=', 'dead')
    .execute();
  return rows.length;
}

/** Hours pass; every now and then both replicas look, and get nowhere. */
async function pass(hours: number, minutes = 30): Promise<void> {
  for (let passed = 0; passed < hours * 60; passed += minutes) {
    office.later({ minutes });
    await Promise.all(office.ticks.map((tick) => tick()));
    await office.app.deliver();
  }
}

describe('a decision that is asked for just before the platform goes away for two hours', () => {
  test('is on exactly one card afterwards, found again and drawn anew, and can be taken there', async () => {
    const back = await submittedIntoAnOutage();
    await pass(2);
    expect(sends()).toBeGreaterThan(3);
    back();
    office.later({ minutes: 2 });
    await office.settle();
    expect(cards(LI)).toHaveLength(1);
    expect((await office.taps('李伟', '同意')).toast?.content).toContain('已同意 TRIP-26-0001');
  });

  test('within the hour the same key is enough: nobody has to ask', async () => {
    const back = await submittedIntoAnOutage();
    office.later({ minutes: 30 });
    back();
    await office.settle();
    expect(cards(LI)).toHaveLength(1);
    expect(
      office.feishu.calls.some(({ method, route }) => method === 'GET' && MESSAGES.test(route)),
    ).toBe(false);
  });

  test('is over by the time the platform is back: the card that stands there says so, and asks for nothing', async () => {
    const back = await submittedIntoAnOutage();
    await office.feishu.says(CHEN, '撤回');
    office.later({ minutes: 30 });
    back();
    await office.settle();
    expect(cards(LI)).toHaveLength(1);
    expect(cards(LI)[0]?.text).toContain('已撤回');
    expect(allButtons(office.feishu, '李伟', '同意')).toEqual([]);
  });

  test('is over when the platform is back, and was the first that its reader ever had of us: nobody can look there, the key finds it', async () => {
    const { feishu } = office;
    await office.says('何佳', '下周二去苏州出差一天，见客户');
    const after = feishu.fail({ cut: 'after' }, { times: 1, only: SEND });
    const away = feishu.fail({ answer: 503 }, { times: 9_999, only: MESSAGES });
    const [found] = allButtons(feishu, '何佳', '提交');
    await feishu.taps(idOf('何佳'), found?.message ?? '', { button: found?.label ?? '' });
    await feishu.waitFor(() => cards(idOf('马超')).length > 0 || undefined);
    await feishu.says(idOf('何佳'), '撤回');
    after();
    office.later({ minutes: 30 });
    away();
    await office.settle();
    expect(cards(idOf('马超'))).toHaveLength(1);
    expect(cards(idOf('马超'))[0]?.text).toContain('已撤回');
    expect(allButtons(feishu, '马超', '同意')).toEqual([]);
  });

  test('is over when the platform is back, which takes the card only after we looked for it: a minute later it says so as well', async () => {
    const { feishu } = office;
    const taken = Promise.withResolvers<void>();
    const late = feishu.fail({ late: taken.promise }, { times: 1, only: SEND, to: LI });
    const away = feishu.fail({ answer: 503 }, { times: 9_999, only: MESSAGES });
    const found = allButtons(feishu, CHEN, '提交')[0];
    await feishu.taps(CHEN, found?.message ?? '', { button: found?.label ?? '' });
    await expect.poll(isUnsure).toBe(true);
    late();
    await feishu.says(CHEN, '撤回');
    office.later({ minutes: 10 });
    away();
    await office.settle();
    expect(cards(LI)).toHaveLength(0);
    taken.resolve();
    await feishu.waitFor(() => cards(LI).length > 0 || undefined);
    office.later({ minutes: 5 });
    await office.settle();
    expect(cards(LI)).toHaveLength(1);
    expect(cards(LI)[0]?.text).toContain('已撤回');
    expect(allButtons(feishu, '李伟', '同意')).toEqual([]);
  });

  test('goes out again when it turns out that it never arrived', async () => {
    const { feishu } = office;
    const away = feishu.fail({ cut: 'before' }, { times: 9_999, only: MESSAGES });
    const found = allButtons(feishu, CHEN, '提交')[0];
    await feishu.taps(CHEN, found?.message ?? '', { button: found?.label ?? '' });
    await pass(2);
    expect(cards(LI)).toHaveLength(0);
    away();
    office.later({ minutes: 2 });
    await office.settle();
    expect(cards(LI)).toHaveLength(1);
  });

  test('where the app may not read messages it comes twice rather than never; either card decides, once', async () => {
    const back = await submittedIntoAnOutage();
    office.feishu.scopes.delete('im:message:readonly');
    await pass(2);
    back();
    office.later({ minutes: 2 });
    await office.settle();
    expect(cards(LI)).toHaveLength(2);
    const [earlier, later] = cards(LI);
    const tap = (message = '') => office.feishu.taps(LI, message, { button: '同意' });
    expect((await tap(earlier?.messageId)).toast?.content).toContain('已同意');
    expect((await tap(later?.messageId)).toast?.content).not.toContain('已同意 TRIP');
    await office.settle();
    expect(seen(office.feishu, CHEN).join()).toContain('【处理中】');
  });

  test('whose program died in the air is found as well', async () => {
    const { feishu, app } = office;
    const back = await submittedIntoAnOutage();
    // As a killed process leaves it: in the air, under a lease that nobody renews, and nobody wrote down that it is unsure.
    await app.db
      .updateTable('delivery')
      .set({ state: 'sending', first_unknown: null, lease_until: app.now().add({ seconds: 30 }) })
      .where('address', '=', LI)
      .where('state', '=', 'waiting')
      .execute();
    office.later({ hours: 2 });
    back();
    await office.settle();
    expect(cards(LI)).toHaveLength(1);
    expect(feishu.calls.filter(({ method }) => method === 'GET').length).toBeGreaterThan(0);
  });
});

test('a platform that answers nothing but 503 for two days: nothing is given up, nobody is alarmed, all of it comes', async () => {
  const back = await submittedIntoAnOutage();
  await pass(50, 300);
  expect(await deadMessages()).toBe(0);
  back();
  office.later({ minutes: 2 });
  await office.settle();
  expect(cards(LI).length).toBeGreaterThan(0);
  expect(isTold()).toBe(false);
  expect((await office.taps('李伟', '同意')).toast?.content).toContain('已同意 TRIP-26-0001');
});

test('one message that fails for a day while the others get through is given up, and the office manager is told why', async () => {
  const { feishu } = office;
  feishu.fail({ answer: 500 }, { times: 9_999, only: SEND, to: LI });
  const found = allButtons(feishu, CHEN, '提交')[0];
  await feishu.taps(CHEN, found?.message ?? '', { button: found?.label ?? '' });
  // The night puts it into a bundle, whose day is its own
  for (let hour = 0; hour < 56; hour += 4) {
    await feishu.says(CHEN, '我的申请');
    await pass(4, 240);
  }
  expect(await deadMessages()).toBeGreaterThan(0);
  expect(isTold()).toBe(true);
  expect(seen(feishu, 'ou_office_manager').join()).toContain('试了一天都没送到');
});

test('a card of more than fourteen days is not changed any more: its reader gets a fresh one, and nothing is left undelivered', async () => {
  await office.taps('陈晨', '提交');
  expect(cards(LI)).toHaveLength(1);
  office.later({ hours: 15 * 24 });
  await office.says('陈晨', '撤回 TRIP-26-0001');
  await office.settle();
  expect(
    office.feishu.calls.some(({ method, code }) => method === 'PATCH' && code === 230_031),
  ).toBe(true);
  expect(cards(LI).at(-1)?.text).toContain('【已撤回】');
  expect(cards(LI)).toHaveLength(2);
  expect(await deadMessages()).toBe(0);
});

describe('before its card is too old to be tapped', () => {
  /** So many days later the office looks. */
  const after = async (...days: readonly number[]): Promise<void> => {
    for (const each of days) {
      office.later({ hours: Math.round(24 * each) });
      await office.ticks[0]?.();
      await office.settle();
    }
  };
  /** Fresh cards that arrived, by their persons. */
  const fresh = async (): Promise<readonly string[]> => {
    const rows = await office.app.db
      .selectFrom('delivery')
      .select('address')
      .where('what', 'like', '%:fresh:%')
      .where('state', '=', 'sent')
      .orderBy('address')
      .execute();
    return rows.map(({ address }) => address);
  };

  test('an approval that waits for weeks comes again, once its reminders are over', async () => {
    await office.taps('陈晨', '提交');
    await after(1, 1, 1, 12);
    expect(await fresh()).toEqual([]);
    await after(1.1);
    expect(await fresh()).toContain(LI);
    // The last reminder is too old by now.
    await after(2);
    expect((await office.taps('李伟', '同意')).toast?.content).toContain('已同意');
  });

  test('so does work without a deadline, and nobody is reminded of it', async () => {
    await office.says('林晓', '领两盒A4纸');
    await office.taps('林晓', '提交');
    await office.taps('吴婷', '发放');
    await after(1, 1, 10);
    expect(await fresh()).toEqual([]);
    await after(1.1);
    expect(await fresh()).toContain(idOf('林晓'));
    const reminders = await office.app.db
      .selectFrom('delivery')
      .select('what')
      .where('what', 'like', '%:reminder:%')
      .where('address', '=', idOf('林晓'))
      .execute();
    expect(reminders).toEqual([]);
  });
});

describe('a draft whose card the platform took without saying so', () => {
  /** Cards that she had before. */
  let earlier = 0;
  /** 林晓 asks, is answered by a card that we do not know of, and hands it in by a word while the platform is away. */
  const handedInUnseen = async (): Promise<() => void> => {
    const { feishu } = office;
    const lin = idOf('林晓');
    await office.says('林晓', '我的待办');
    earlier = feishu.cards(lin).length;
    const after = feishu.fail({ cut: 'after' }, { times: 1, only: SEND });
    const away = feishu.fail({ answer: 503 }, { times: 9_999, only: MESSAGES });
    await feishu.says(lin, '领两盒A4纸');
    await feishu.waitFor(() => feishu.cards(lin).length > earlier || undefined);
    after();
    await feishu.says(lin, '提交');
    await expect
      .poll(async () =>
        office.app.db.selectFrom('request').select('id').where('kind', '=', 'supply').execute(),
      )
      .toHaveLength(1);
    return away;
  };
  const shownTo = (person: string) =>
    office.app.db
      .selectFrom('delivery')
      .select('platform_message')
      .where('address', '=', idOf(person))
      .where('platform_message', 'is not', null)
      .execute();

  for (const [when, minutes] of [
    ['at once', 1],
    ['two hours later', 120],
  ] as const)
    test(`${when} it is found, and cannot be handed in again`, async () => {
      const back = await handedInUnseen();
      office.later({ minutes });
      back();
      await office.settle();
      const cards = office.feishu.cards(idOf('林晓')).slice(earlier);
      const texts = cards.map(({ text }) => text);
      expect(texts).toHaveLength(2);
      expect(texts.join()).toContain('这件事已经有了新的卡片');
      expect(allButtons(office.feishu, '林晓', '提交')).toEqual([]);
      const known = (await shownTo('林晓')).map(({ platform_message: id }) => id);
      for (const { messageId } of cards) expect(known).toContain(messageId);
    });

  test('was the second one of its draft, which is cancelled by a word: neither can be handed in', async () => {
    const { feishu } = office;
    const lin = idOf('林晓');
    await office.says('林晓', '领两盒A4纸');
    const first = feishu.cards(lin).length;
    const after = feishu.fail({ cut: 'after' }, { times: 1, only: SEND });
    const away = feishu.fail({ answer: 503 }, { times: 9_999, only: MESSAGES });
    await feishu.says(lin, '要三盒');
    await feishu.waitFor(() => feishu.cards(lin).length > first || undefined);
    after();
    await feishu.says(lin, '取消');
    away();
    office.later({ minutes: 5 });
    await office.settle();
    expect(feishu.cards(lin).length).toBeGreaterThan(first);
    expect(allButtons(feishu, '林晓', '提交')).toEqual([]);
    const known = (await shownTo('林晓')).map(({ platform_message: id }) => id);
    for (const { messageId } of feishu.cards(lin)) expect(known).toContain(messageId);
  });
});
