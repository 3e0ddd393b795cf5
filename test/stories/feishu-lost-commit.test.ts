/**
 * The connection to the database breaks in the middle of work, before or after the commit, or there is none: what was acknowledged is there, once, and what
 * was not is heard when it comes again. Nobody is told that nothing was recorded when it was, or that it was done when it was not.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DatabaseProxy, openDatabaseProxy } from '../../scripts/chaos/database-proxy.ts';
import { Secret } from '../../src/secret.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';
import { idOf } from '../office/office.ts';

let office: FeishuOffice;
let database: DatabaseProxy;
beforeAll(async () => {
  office = await openFeishuOffice({
    async through(given) {
      const url = new URL(given.reveal());
      database = await openDatabaseProxy(
        `${url.searchParams.get('host') ?? ''}/.s.PGSQL.${url.port}`,
      );
      return new Secret(database.urlOf(given.reveal()));
    },
  });
  // The first sentence of a program is its slowest: here nobody waits for it.
  await office.feishu.says(idOf('黄静'), '帮助');
  await office.settle();
});
afterAll(async () => {
  await office.stop();
  await database.close();
});

/** How the next commit of what writes a row of that table ends: it never comes to the server, or its answer is lost. */
function cutsCommit(cut: 'before' | 'after', table: string): { readonly times: () => number } {
  let writing: number | undefined;
  let times = 0;
  database.decide = ({ text, by, on }) => {
    if (by === 'banshi' && text.includes(`into "${table}"`)) writing ??= on;
    if (text !== 'commit' || on !== writing || times > 0) return 'pass';
    return { cut, struck: () => void times++ };
  };
  return { times: () => times };
}

/** A message as the platform delivers it, again and again: each call is one delivery. Answers the status. */
async function saysAgainAndAgain(person: string, text: string): Promise<() => Promise<number>> {
  const { feishu, url } = office;
  await feishu.says(idOf(person), text, { hold: true });
  const envelope = feishu.pending.at(-1)?.envelope;
  if (!envelope) throw new Error('nothing is held back');
  return async () => {
    const [outcome] = await feishu.pushes({ envelope }, { to: url });
    if (outcome?.got !== 'answer') throw new Error(`no answer: ${JSON.stringify(outcome)}`);
    return outcome.status;
  };
}

const draftsOf = async (person: string): Promise<number> => {
  const rows = await office.app.db
    .selectFrom('draft')
    .innerJoin('address', 'address.person_id', 'draft.person_id')
    .select('draft.id')
    .where('external_id', '=', idOf(person))
    .execute();
  return rows.length;
};

test('a tap whose commit is not heard of is answered with what was committed, once', async () => {
  await office.says('陈晨', '领3个笔记本');
  const lost = cutsCommit('after', 'request');
  const { toast } = await office.taps('陈晨', '提交');
  database.decide = () => 'pass';
  expect(lost.times()).toBe(1);
  expect(toast?.content).toMatch(/^已提交 SUP-26-0001/);
  await office.settle();
  const requests = await office.app.db.selectFrom('request').select('number').execute();
  expect(requests).toEqual([{ number: 'SUP-26-0001' }]);
  expect(office.sees('吴婷').filter((each) => each.includes('SUP-26-0001'))).toHaveLength(1);
});

test('a tap of which nobody can find out whether it was committed says so, and not that nothing was recorded', async () => {
  await office.says('马超', '领2个鼠标');
  const { message, label } = office.button('马超', '提交');
  const tapping = new Set<number>();
  database.decide = ({ text, on }) => {
    if (text.includes('insert into inbound')) tapping.add(on);
    return text === 'commit' && tapping.delete(on) ? { cut: 'after' } : 'pass';
  };
  const { toast } = await office.feishu.taps(idOf('马超'), message, { button: label });
  database.decide = () => 'pass';
  expect(toast?.content).toBe('不知道记下了没有：请看卡片，没有变就再点一次');
  // The card has not changed: only the answer could have done that.
  const again = await office.feishu.taps(idOf('马超'), message, { button: label });
  await office.settle();
  const filed = await office.app.db
    .selectFrom('request')
    .select('number')
    .orderBy('id', 'desc')
    .execute();
  expect(filed).toHaveLength(2);
  expect(JSON.stringify([again.toast, again.card])).toContain(filed[0]?.number);
});

test('a message that was not committed is not acknowledged; it comes again and is heard, once', async () => {
  const comes = await saysAgainAndAgain('王磊', '领2个鼠标');
  const cut = cutsCommit('before', 'draft');
  expect(await comes()).toBe(503);
  database.decide = () => 'pass';
  expect(cut.times()).toBe(1);
  expect(await draftsOf('王磊')).toBe(0);
  expect([await comes(), await comes()]).toEqual([200, 200]);
  await office.settle();
  expect(await draftsOf('王磊')).toBe(1);
  expect(office.sees('王磊').filter((each) => each.includes('鼠标'))).toHaveLength(1);
});

test('a message that was committed unheard comes again, and is not heard twice', async () => {
  const comes = await saysAgainAndAgain('林晓', '领2个鼠标');
  const cut = cutsCommit('after', 'draft');
  expect(await comes()).toBe(503);
  database.decide = () => 'pass';
  expect(cut.times()).toBe(1);
  expect(await comes()).toBe(200);
  await office.settle();
  expect(await draftsOf('林晓')).toBe(1);
  expect(office.sees('林晓').filter((each) => each.includes('鼠标'))).toHaveLength(1);
});

test('while there is no database events are not acknowledged and taps are told the truth; it goes on by itself', async () => {
  await office.says('何佳', '领2个鼠标');
  const comes = await saysAgainAndAgain('罗敏', '领2个鼠标');
  const requests = async (): Promise<number> =>
    (await office.app.db.selectFrom('request').select('id').execute()).length;
  const before = await requests();
  const { message, label } = office.button('何佳', '提交');
  await database.refuse(true);
  expect(await comes()).toBe(503);
  const { toast } = await office.feishu.taps(idOf('何佳'), message, { button: label });
  expect(toast?.content).toContain('没有记下');
  await database.refuse(false);
  expect(await requests()).toBe(before);
  expect(await comes()).toBe(200);
  await office.taps('何佳', '提交');
  await expect.poll(requests).toBe(before + 1);
  await office.settle();
  expect(await draftsOf('罗敏')).toBe(1);
});

test('a card that was sent while its note of it was lost, and whose matter is over before it is tried again, says so', async () => {
  const { feishu } = office;
  const LI = idOf('李伟');
  const cards = () => feishu.cards(LI).filter(({ text }) => text.includes('苏州'));
  await office.says('李伟', '我的待办');
  await office.says('陈晨', '下周二去苏州出差一天，见客户');
  let lost = 0;
  database.decide = ({ text }) => {
    if (!text.includes('"platform_message" = $') || cards().length === 0 || lost > 0) return 'pass';
    return { cut: 'before', struck: () => void lost++ };
  };
  const { message, label } = office.button('陈晨', '提交');
  const tapped = feishu.taps(idOf('陈晨'), message, { button: label });
  await feishu.waitFor(() => cards().length > 0 || undefined);
  // What is tried again is told to wait, so that it is over first.
  const busy = feishu.fail(
    { answer: 429, code: 99_991_400, waitSeconds: 60 },
    { times: 99, only: /^POST .*\/im\/v1\/messages$/, to: LI },
  );
  await tapped;
  await expect.poll(() => lost).toBe(1);
  database.decide = () => 'pass';
  await feishu.says(idOf('陈晨'), '撤回 TRIP-26-0001');
  busy();
  office.later({ minutes: 5 });
  await office.settle();
  expect(cards()).toHaveLength(1);
  expect(cards()[0]?.text).toContain('已撤回');
});
