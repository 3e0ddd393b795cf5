/**
 * People who tap what is not theirs, clients that send what no card holds, and requests that only look like the platform's:
 * refused, recorded, and nothing is changed.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';
import {
  allButtons,
  type Callback,
  contentOf,
  eventOf,
  type Found,
} from '../office/feishu-client.ts';
import type { JsonObject } from '../feishu-platform/json.ts';
import type { RawOptions } from '../feishu-platform/raw-pushes.ts';
import {
  checksums,
  countFaults,
  deliveries,
  newestEntry,
  refusalsSince,
} from './attacks-office.ts';

let office: FeishuOffice;
/** The trip of 陈晨 that 李伟 is to approve: his card's button, as it stands. */
let approve: Found;
/** The button of the same card before the trip was changed. */
let outdated: JsonObject;
/** The supplies of 王磊 that 李伟 is to approve, too. */
let other: Found;
/** 林晓's open draft. */
let draft: Found;

beforeAll(async () => {
  office = await openFeishuOffice();
  await office.says('陈晨', '下周二到周四去上海出差，见客户');
  await office.taps('陈晨', '提交');
  outdated = office.button('李伟', '同意').value;
  await office.taps('陈晨', '修改');
  await office.says('陈晨', '改成去南京');
  await office.taps('陈晨', '提交');
  approve = office.button('李伟', '同意');
  await office.says('王磊', '领15包A4纸');
  await office.taps('王磊', '提交');
  other = office.button('李伟', '同意');
  await office.says('林晓', '后天上午10点到11点订泰山');
  draft = office.button('林晓', '提交');
  // Somebody whose approval has gone on to their leader, and who still has the card.
  await office.feishu.moves('ou_sales_1', { leader: 'ou_sales_2' });
  await office.says('何佳', '下周一到周三去广州出差，做展会');
  await office.taps('何佳', '提交');
  await office.feishu.leaves('ou_sales_2');
  await office.settle();
  office.feishu.addPerson({ name: '访客', openId: 'ou_visitor' });
});
afterAll(() => office.stop());

/** Does it, and holds that nothing but the record changed. Answers which refusals were recorded. */
async function unchanged(act: () => Promise<unknown>) {
  const before = { sums: await checksums(office.app), messages: await deliveries(office.app) };
  const seq = await newestEntry(office.app);
  await act();
  await office.settle();
  expect({ sums: await checksums(office.app), messages: await deliveries(office.app) }).toEqual(
    before,
  );
  return refusalsSince(office.app, seq);
}

/** A tap that must come to nothing, with a word to whoever tapped. */
async function refusedTap(callback: Callback) {
  const faults = await countFaults(office.app);
  let told: string | undefined;
  const refusals = await unchanged(async () => {
    const tapped = await office.callsBack(callback);
    expect(tapped.status).toBe(200);
    expect(tapped.toast?.type).toMatch(/^(error|warning)$/);
    told = tapped.toast?.content;
  });
  expect(await countFaults(office.app)).toBe(faults);
  return { told, acts: refusals.map(({ act }) => act) };
}

const UNKNOWN = '没有找到这张申请单，请核对单号';
const INVALID = '这个按钮已经失效，请重新发起';

describe('who is not the approver', () => {
  test.each([
    ['a colleague', '王磊'],
    ['somebody of another department', '林晓'],
    ['the office', '吴婷'],
    ['the leader’s leader', '赵建国'],
  ])('%s gets the words for a request that does not exist', async (_who, person) => {
    for (const act of [
      'approve',
      'reject',
      'transfer',
      'complete',
      'claim',
      'send-back',
      'withdraw',
      'cancel',
    ]) {
      const value = { ...approve.value, a: act };
      const form = { comment: '我来批', to: '3' };
      const { told, acts } = await refusedTap({ person, value, form });
      expect(told).toBe(UNKNOWN);
      expect(acts).toEqual([`refused.${act}`]);
    }
  });

  test.each(['show', 'note', 'urge', 'rate', 'edit-request', 'take-back', 'ask-transfer'])(
    'nor may they so much as look: %s',
    async (act) => {
      const { told, acts } = await refusedTap({
        person: '林晓',
        value: { ...approve.value, a: act },
        form: { note: 'x', stars: '1' },
      });
      expect(told).toBe(UNKNOWN);
      expect(acts).toHaveLength(1);
    },
  );

  test('the message of the approver’s own card does not help', async () => {
    const { told } = await refusedTap({
      person: '王磊',
      message: approve.message,
      value: approve.value,
    });
    expect(told).toBe(UNKNOWN);
  });

  test('the requester does not approve for themselves, nor hand the approval to themselves', async () => {
    const { told, acts } = await refusedTap({ person: '陈晨', value: approve.value });
    expect(told).toMatch(/自己的申请不能自己审批|由李伟处理/);
    expect(acts).toEqual(['refused.approve']);
    const requester = await idOfPerson('ou_rd_1');
    const handed = await refusedTap({
      person: '李伟',
      value: { ...approve.value, a: 'transfer' },
      form: { to: String(requester) },
    });
    expect(handed.told).toContain('自己的申请不能自己审批');
  });

  test('a stranger learns nothing', async () => {
    const { told, acts } = await refusedTap({ person: 'ou_visitor', value: approve.value });
    expect(told).not.toContain('TRIP');
    expect(acts).toEqual(['refused.stranger']);
  });

  test('who has left is a stranger, also with the card they still have', async () => {
    const [left] = allButtons(office.feishu, 'ou_sales_2', '同意');
    if (!left) throw new Error('罗敏 never had the card');
    const { acts } = await refusedTap({
      person: 'ou_sales_2',
      message: left.message,
      value: left.value,
    });
    expect(acts).toEqual(['refused.stranger']);
  });

  test('another person’s draft is not theirs to submit, change or cancel', async () => {
    for (const act of ['submit', 'edit', 'cancel-draft', 'offer']) {
      const { told, acts } = await refusedTap({
        person: '陈晨',
        value: { ...draft.value, a: act },
        form: { when: '2026-03-05T10:00' },
      });
      expect(told).toBe('这张草稿不是您的');
      expect(acts).toEqual(['refused.draft']);
    }
  });
});

describe('the approver’s own client, bent', () => {
  const deep = (levels: number): unknown =>
    Array.from({ length: levels }).reduce((inner) => ({ inner }), {});

  test.each<readonly [string, () => unknown]>([
    ['the number of another request', () => ({ ...approve.value, r: other.value['r'] })],
    ['a draft in place of the request', () => ({ v: 1, a: 'submit', d: draft.value['d'] })],
    ['an extra member', () => ({ ...approve.value, amount: 1 })],
    ['another version of the format', () => ({ ...approve.value, v: 2 })],
    ['the number as a text', () => ({ ...approve.value, r: String(approve.value['r']) })],
    ['a negative number', () => ({ ...approve.value, r: -1 })],
    ['half a number', () => ({ ...approve.value, r: 1.5 })],
    ['a number beyond all numbers', () => ({ ...approve.value, r: 1e300 })],
    ['a list as the number', () => ({ ...approve.value, r: [1] })],
    ['an object as the act', () => ({ ...approve.value, a: { $ne: '' } })],
    ['a huge step', () => ({ ...approve.value, s: 'x'.repeat(100_000) })],
    ['nothing', () => null],
    ['a text', () => 'approve'],
    ['a list', () => [approve.value]],
    ['nested deep', () => deep(20)],
    ['an own __proto__', () => JSON.parse('{"__proto__":{"v":1,"a":"approve","r":1},"v":1}')],
  ])('%s is refused', async (_what, value) => {
    const { told, acts } = await refusedTap({
      person: '李伟',
      message: approve.message,
      value: value(),
    });
    expect([INVALID, '这张草稿不是您的']).toContain(told);
    expect(acts).toHaveLength(1);
  });

  test.each([
    '',
    'constructor',
    '__proto__',
    'toString',
    'APPROVE',
    'approve ',
    'approve; drop table request',
  ])('an act that there is none of does nothing: %s', async (act) => {
    const faults = await countFaults(office.app);
    await unchanged(() =>
      office.callsBack({
        person: '李伟',
        message: approve.message,
        value: { ...approve.value, a: act },
      }),
    );
    expect(await countFaults(office.app)).toBe(faults);
  });

  test('a request that does not exist', async () => {
    for (const r of [999_999, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991]) {
      const { told } = await refusedTap({ person: '李伟', value: { ...approve.value, r } });
      expect([UNKNOWN, INVALID]).toContain(told);
    }
  });

  test('the step of somebody else, or one that does not exist', async () => {
    for (const s of ['book', 'director', '']) {
      const { told } = await refusedTap({
        person: '李伟',
        message: approve.message,
        value: { ...approve.value, s },
      });
      expect(told).toContain('内容或环节已变化');
    }
  });

  test('the version before the trip was changed: what was on that card is not approved', async () => {
    const { told, acts } = await refusedTap({ person: '李伟', value: outdated });
    expect(told).toContain('内容或环节已变化');
    expect(acts).toEqual(['refused.approve']);
  });

  test('handed over to nobody: a person who does not exist, or has left', async () => {
    const left = await idOfPerson('ou_sales_2');
    for (const to of ['999999', String(left), '-1', '1e300', '99999999999999999999', 'abc', '']) {
      await refusedTap({
        person: '李伟',
        value: { ...approve.value, a: 'transfer' },
        form: { to },
      });
    }
  });

  test('what the card does not offer: stars and progress notes of who asked', async () => {
    const mine = office.button('陈晨', '撤回').value;
    await refusedTap({ person: '陈晨', value: { ...mine, a: 'rate' }, form: { stars: '5' } });
    const { acts } = await refusedTap({
      person: '陈晨',
      value: { ...mine, a: 'note' },
      form: { note: '我自己记' },
    });
    expect(acts).toEqual(['refused.note']);
  });

  test('a form with a thousand fields, or of the wrong types', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`f${index}`, 'x']),
    );
    for (const form of [
      many,
      { comment: 7 },
      { comment: null },
      { comment: ['a', { b: 1 }] },
      { comment: { toString: 'x' } },
    ]) {
      const { told } = await refusedTap({
        person: '李伟',
        value: { ...approve.value, a: 'reject' },
        form,
      });
      expect(told).toContain('写明原因');
    }
  });
});

describe('requests that are not the platform’s', () => {
  /** Pushes something a minute later, so that the refusal is told anew. Answers status, body, and what was recorded. */
  async function pushed(options: RawOptions, event: JsonObject = tap()) {
    office.later({ minutes: 1 });
    const seq = await newestEntry(office.app);
    let status = 0;
    let body = '';
    const refusals = await unchanged(async () => {
      const [outcome] = await office.feishu.pushes({ envelope: event }, options);
      if (outcome?.got !== 'answer') throw new Error(`no answer: ${JSON.stringify(outcome)}`);
      ({ status, body } = outcome);
      // Whoever forges does not wait for our database, so the entry comes after the answer.
      const noted = async () => (await refusalsSince(office.app, seq)).length;
      if (status === 401) await expect.poll(noted, { interval: 5 }).toBe(1);
    });
    return { status, body, reasons: refusals.map(({ after }) => after) };
  }
  /** The one tap that would count if it were the platform's: 李伟 agrees. */
  const tap = (): JsonObject =>
    contentOf(office.feishu, { person: '李伟', message: approve.message, value: approve.value });
  const seconds = (ago: number): number =>
    Math.floor(office.app.now().epochMilliseconds / 1_000) - ago;
  const bent = (change: (header: JsonObject) => JsonObject): JsonObject => {
    const content = tap();
    return { ...content, header: change(content['header'] as JsonObject) };
  };

  test.each<readonly [string, () => RawOptions, string]>([
    ['unsigned', () => ({ sign: false }), 'headers'],
    ['with the signature of another body', () => ({ sign: 'wrong' }), 'signature'],
    ['with the old SHA-1 signature', () => ({ sign: 'legacy' }), 'headers'],
    ['with a made-up signature', () => ({ sign: 'a'.repeat(64) }), 'signature'],
    ['with an empty signature', () => ({ sign: '' }), 'headers'],
    ['sealed with another key', () => ({ key: 'another-key' }), 'signature'],
    ['signed long ago', () => ({ stamp: seconds(9 * 3_600) }), 'clock'],
    ['signed in the future', () => ({ stamp: seconds(-600) }), 'clock'],
    ['a tap signed ten minutes ago', () => ({ stamp: seconds(600) }), 'stale-tap'],
    ['with a stamp in milliseconds', () => ({ stamp: `${seconds(0)}000` }), 'headers'],
    ['in plain text, though signed', () => ({ encrypt: false }), 'plain'],
    [
      'with a header beside the sealed part',
      () => ({ beside: { header: { token: 'x' } } }),
      'plain',
    ],
    [
      'with an event beside the sealed part',
      () => ({ beside: { event: {}, schema: '2.0' } }),
      'plain',
    ],
    [
      'with a __proto__ beside the sealed part',
      () => ({ format: (body) => body.replace('{', '{"__proto__":{"header":{}},') }),
      'plain',
    ],
    ['with headers beside the sealed part', () => ({ beside: { headers: null } }), 'plain'],
    [
      'changed on the way',
      () => ({
        tamper: (body) => Buffer.from(body.toString('latin1').replace(/[A-Z]/, '0'), 'latin1'),
      }),
      'signature',
    ],
    [
      'with a body cut short',
      () => ({ tamper: (body) => body.subarray(0, body.length - 10) }),
      'signature',
    ],
  ])('%s: 401, no word, one entry', async (_what, options, reason) => {
    expect(await pushed(options())).toEqual({ status: 401, body: '', reasons: [{ reason }] });
  });

  test.each<readonly [string, (header: JsonObject) => JsonObject, string]>([
    ['another token', (header) => ({ ...header, token: 'x' }), 'token'],
    ['no token', (header) => ({ ...header, token: '' }), 'token'],
    ['another app', (header) => ({ ...header, app_id: 'cli_other' }), 'app'],
    ['another tenant', (header) => ({ ...header, tenant_key: 'other' }), 'tenant'],
  ])('well signed, for %s: 401', async (_what, change, reason) => {
    expect(await pushed({}, bent(change))).toEqual({
      status: 401,
      body: '',
      reasons: [{ reason }],
    });
  });

  test.each<readonly [string, () => JsonObject]>([
    ['without a header', () => ({ schema: '2.0', event: tap()['event'] })],
    [
      'with a header under __proto__',
      () => JSON.parse(JSON.stringify(tap()).replace('"header"', '"__proto__"')) as JsonObject,
    ],
    [
      'of an older format with our tap inside',
      () => ({ uuid: 'u', token: 't', type: 'event_callback', event: 7 }),
    ],
    ['a list', () => ({ schema: ['2.0'], header: [], event: [] })],
  ])('well signed but not understood, %s: kept aside, nothing done', async (_what, content) => {
    const { status } = await pushed({}, content());
    expect([200, 401]).toContain(status);
  });

  test('without the tap’s own person: kept aside', async () => {
    const content = tap();
    const event = {
      ...eventOf(office.feishu, { person: '李伟', value: approve.value }),
      operator: {},
    };
    expect((await pushed({}, { ...content, event })).status).toBe(200);
    const kept = await office.app.db.selectFrom('set_aside').select('reason').execute();
    expect(kept.map(({ reason }) => reason)).toContain('shape: card.action.trigger');
  });

  test('other types, sizes and ways are not read', async () => {
    const statusOf = async (init: RequestInit): Promise<number> =>
      (await fetch(office.url, init)).status;
    await unchanged(async () => {
      expect(
        await statusOf({ method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }),
      ).toBe(415);
      expect(
        await statusOf({
          method: 'POST',
          body: '{}',
          headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        }),
      ).toBe(415);
      expect(
        await statusOf({
          method: 'POST',
          body: 'x'.repeat(300 * 1_024),
          headers: { 'content-type': 'application/json' },
        }),
      ).toBe(413);
      expect(await statusOf({ method: 'GET' })).toBe(404);
      expect(
        await statusOf({
          method: 'POST',
          body: '{"encrypt":"x"}',
          headers: { 'content-type': 'application/json' },
        }),
      ).toBe(401);
      expect(
        await statusOf({
          method: 'POST',
          body: '['.repeat(100_000),
          headers: { 'content-type': 'application/json' },
        }),
      ).toBe(401);
    });
  });

  test('a flood of forgeries is refused one by one, and told to the record six times a minute', async () => {
    office.later({ minutes: 1 });
    const seq = await newestEntry(office.app);
    await unchanged(async () => {
      const outcomes = await office.feishu.pushes(
        { envelope: tap() },
        { sign: 'wrong', repeat: 200, atOnce: true },
      );
      expect(new Set(outcomes.map((each) => each.got === 'answer' && each.status))).toEqual(
        new Set([401]),
      );
      const noted = async () => (await refusalsSince(office.app, seq)).length;
      await expect.poll(noted, { interval: 5 }).toBeGreaterThanOrEqual(6);
    });
    // A straggler of the test before, and six more should the minute turn meanwhile.
    expect((await refusalsSince(office.app, seq)).length).toBeLessThanOrEqual(13);
  });

  test('a tap that was overheard and sent again is the same tap: the same answer, and no second effect', async () => {
    const heard = office.feishu.sealed({ envelope: tap() });
    const first = await office.feishu.replays(heard);
    expect(first.got === 'answer' && first.body).toContain('已同意');
    await office.settle();
    await unchanged(async () => {
      const again = await office.feishu.replays(heard);
      expect(again.got === 'answer' && again.body).toContain('已同意');
    });
    office.later({ minutes: 6 });
    await unchanged(async () => {
      const later = await office.feishu.replays(heard);
      expect(later).toMatchObject({ got: 'answer', status: 401 });
    });
  });
});

test('after all of that the office still works, and the other request is still 李伟’s to decide', async () => {
  const tapped = await office.taps('李伟', '同意');
  expect(tapped.toast?.content).toMatch(/^已同意 SUP-26-/);
});

async function idOfPerson(external: string): Promise<number> {
  const row = await office.app.db
    .selectFrom('address')
    .select('person_id')
    .where('external_id', '=', external)
    .executeTakeFirstOrThrow();
  return row.person_id;
}
