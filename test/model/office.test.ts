/** The office with a model beside it: what it adds, and what it cannot take away. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';
import { completion, fails, openStandIn, says, type StandIn, stalls } from './stand-in.ts';

/** A talk by the fireside is nothing that the reader knows. */
const FIRESIDE = '10个人围炉夜话，明天下午3点';
const MEANS = { intent: 'room.book', slots: { when: ['明天下午3点'], people: ['10个人'] } };

let standIn: StandIn;
let office: TestOffice;
beforeAll(async () => {
  standIn = await openStandIn();
  office = await openOffice({ env: standIn.env });
});
afterAll(async () => {
  await office.stop();
  await standIn.close();
});

/** Nobody has an open draft, and a minute has passed since the last question. */
beforeEach(async () => {
  await office.app.db
    .updateTable('draft')
    .set({ state: 'cancelled' })
    .where('state', '=', 'open')
    .execute();
  await office.later('15m');
  standIn.asked.length = 0;
});

const newest = () =>
  office.app.db.selectFrom('draft').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();

const requests = () => office.app.db.selectFrom('request').select('id').execute();

describe('a sentence the rules cannot place', () => {
  test('becomes a draft, every field of it a guess, and nothing more', async () => {
    standIn.says(MEANS);
    await office.says('林晓', FIRESIDE);
    expect(standIn.asked).toHaveLength(1);
    const card = await office.last('林晓');
    expect(card).toContain('会议室预订 #草稿');
    expect(card).toMatch(/时间：.*15:00–16:00（推测）/);
    expect(card).toContain('人数：10 人（推测）');
    expect(card).toContain('语言模型猜的，请核对后再提交');
    const draft = await newest();
    for (const field of Object.keys(draft.form)) expect(draft.guessed).toContain(field);
    expect(await requests()).toEqual([]);
  });

  test('what is corrected is no guess any more, the rest stays and stays one', async () => {
    standIn.says(MEANS);
    await office.says('林晓', FIRESIDE);
    await office.says('林晓', '改成12个人');
    const card = await office.last('林晓');
    expect(card).toMatch(/15:00–16:00（推测）/);
    expect(card).toMatch(/人数：12 人$/m);
    const { guessed } = await newest();
    expect(guessed).toContain('when');
    expect(guessed).not.toContain('people');
    expect(standIn.asked).toHaveLength(1);
  });

  test('things in a table are under the same warning', async () => {
    standIn.says({ intent: 'supplies.request', slots: { items: ['名片'] } });
    await office.says('林晓', '名片断顿咯');
    expect(standIn.asked).toHaveLength(1);
    const card = await office.last('林晓');
    expect(card).toMatch(/^名片.* \| 1/m);
    expect(card).toContain('语言模型猜的');
  });

  test('the metrics tell how it went, without a word of it', async () => {
    const { body } = await office.app.server.inject({ url: '/metrics' });
    expect(body).toMatch(/banshi_model_sentences_total\{outcome="used"\} [3-9]/);
    expect(body).not.toContain('围炉');
  });
});

describe('nobody is asked', () => {
  test.for([
    ['about what the rules understand', '明天下午3点到5点订个10人的会议室'],
    ['about small talk', '今天天气怎么样'],
    ['about a question for the rules of the house', '出差住宿标准是多少'],
    ['about three characters', '嗯哼哈'],
    ['about a command', '我的申请'],
    ['about a disagreement', '我不是这个意思'],
  ] as const)('%s', async ([, text]) => {
    await office.says('何佳', text);
    expect(standIn.asked).toEqual([]);
  });

  test('while a draft is open', async () => {
    await office.says('何佳', '明天下午3点到5点订个会议室');
    await office.says('何佳', '得有围炉夜话的感觉才行');
    expect(standIn.asked).toEqual([]);
  });

  test('twice about one message', async () => {
    standIn.says(MEANS);
    const message = {
      key: 'simulator:msg:again',
      from: { channel: 'simulator', id: 'ou_office_1' },
      chat: 'private',
      group: false,
      message: 'again',
      text: FIRESIDE,
      files: [],
      sentAt: office.app.now(),
    } as const;
    await office.app.desk.message(message);
    await office.app.db.updateTable('draft').set({ state: 'cancelled' }).execute();
    await office.app.desk.message(message);
    expect(standIn.asked).toHaveLength(1);
  });

  test('on behalf of a stranger', async () => {
    await office.app.desk.message({
      key: 'simulator:msg:stranger',
      from: { channel: 'simulator', id: 'ou_nobody' },
      chat: 'private',
      group: false,
      message: 'stranger',
      text: FIRESIDE,
      files: [],
      sentAt: office.app.now(),
    });
    expect(standIn.asked).toEqual([]);
  });
});

describe('without its help the rules answer as ever', () => {
  test.for([
    ['it makes words up', says({ intent: 'room.book', slots: { when: ['下周五'] } })],
    ['it approves', says({ intent: 'approval.act', slots: { id: ['TRIP-26-0001'] } })],
    ['it is unsure as well', says({ intent: 'other', slots: {} })],
    ['it talks', says('好的，已提交')],
    ['it is broken', fails(500)],
  ] as const)('%s', async ([, reply]) => {
    standIn.replies(reply);
    const { id } = await newest();
    await office.says('罗敏', FIRESIDE);
    expect(standIn.asked).toHaveLength(1);
    expect(await office.last('罗敏')).toContain('这句我没看懂');
    expect((await newest()).id).toBe(id);
  });

  test('it never answers: the message is handled in time, and no transaction waits meanwhile', async () => {
    const arrived = Promise.withResolvers<void>();
    standIn.replies((response, asked) => {
      stalls(response, asked);
      arrived.resolve();
    });
    const began = performance.now();
    const said = office.says('罗敏', FIRESIDE);
    await arrived.promise;
    const { rows } = await sql<{ open: string }>`
      select count(*) as open from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
        and backend_type = 'client backend' and state like 'idle in transaction%'`.execute(
      office.app.db,
    );
    expect(Number(rows[0]?.open)).toBe(0);
    await said;
    // The platform wants an answer within 2.3 s.
    expect(performance.now() - began).toBeLessThan(2_300);
    expect(await office.last('罗敏')).toContain('这句我没看懂');
  });
});

test('what is said while the model thinks does not overtake: 算了 comes after the draft it is about', async () => {
  const answering = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  standIn.replies((response) => {
    asked.resolve();
    void answering.promise.then(() => response.writeHead(200).end(completion(MEANS)));
  });
  const first = office.says('王磊', FIRESIDE);
  await asked.promise;
  let overtook = false;
  const second = office.says('王磊', '算了').then(() => {
    overtook = true;
  });
  // Every chance to overtake: many times as much work as 算了 is itself.
  for (let round = 0; round < 200 && !overtook; round++) await newest();
  expect(overtook).toBe(false);
  answering.resolve();
  await Promise.all([first, second]);
  expect(await office.last('王磊')).toBe('好的，草稿已取消');
});
