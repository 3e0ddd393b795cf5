/** People who tap what is not theirs, and clients that send what no card holds: refused, recorded, nothing changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allButtons } from '../office/feishu-client.ts';
import {
  type Attacked,
  countFaults,
  idOfPerson,
  openAttacked,
  refusedTap,
  unchanged,
} from './attacks-office.ts';

let at: Attacked;
beforeAll(async () => {
  at = await openAttacked();
});
afterAll(() => at.office.stop());

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
      const value = { ...at.approve.value, a: act };
      const form = { comment: '我来批', to: '3' };
      const { told, acts } = await refusedTap(at.office, { person, value, form });
      expect(told).toBe(UNKNOWN);
      expect(acts).toEqual([`refused.${act}`]);
    }
  });

  test.each(['show', 'note', 'urge', 'rate', 'edit-request', 'take-back', 'ask-transfer'])(
    'nor may they so much as look: %s',
    async (act) => {
      const { told, acts } = await refusedTap(at.office, {
        person: '林晓',
        value: { ...at.approve.value, a: act },
        form: { note: 'x', stars: '1' },
      });
      expect(told).toBe(UNKNOWN);
      expect(acts).toHaveLength(1);
    },
  );

  test('the message of the approver’s own card does not help', async () => {
    const { told } = await refusedTap(at.office, {
      person: '王磊',
      message: at.approve.message,
      value: at.approve.value,
    });
    expect(told).toBe(UNKNOWN);
  });

  test('the requester does not approve for themselves, nor hand the approval to themselves', async () => {
    const { told, acts } = await refusedTap(at.office, { person: '陈晨', value: at.approve.value });
    expect(told).toMatch(/自己的申请不能自己审批|由李伟处理/);
    expect(acts).toEqual(['refused.approve']);
    const requester = await idOfPerson(at.office, 'ou_rd_1');
    const handed = await refusedTap(at.office, {
      person: '李伟',
      value: { ...at.approve.value, a: 'transfer' },
      form: { to: String(requester) },
    });
    expect(handed.told).toContain('自己的申请不能自己审批');
  });

  test('a stranger learns nothing', async () => {
    const { told, acts } = await refusedTap(at.office, {
      person: 'ou_visitor',
      value: at.approve.value,
    });
    expect(told).not.toContain('TRIP');
    expect(acts).toEqual(['refused.stranger']);
  });

  test('who has left is a stranger, also with the card they still have', async () => {
    const [left] = allButtons(at.office.feishu, 'ou_sales_2', '同意');
    if (!left) throw new Error('罗敏 never had the card');
    const { acts } = await refusedTap(at.office, {
      person: 'ou_sales_2',
      message: left.message,
      value: left.value,
    });
    expect(acts).toEqual(['refused.stranger']);
  });

  test('another person’s draft is not theirs to submit, change or cancel', async () => {
    for (const act of ['submit', 'edit', 'cancel-draft', 'offer']) {
      const { told, acts } = await refusedTap(at.office, {
        person: '陈晨',
        value: { ...at.draft.value, a: act },
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
    ['the number of another request', () => ({ ...at.approve.value, r: at.other.value['r'] })],
    ['a draft in place of the request', () => ({ v: 1, a: 'submit', d: at.draft.value['d'] })],
    ['an extra member', () => ({ ...at.approve.value, amount: 1 })],
    ['another version of the format', () => ({ ...at.approve.value, v: 2 })],
    ['the number as a text', () => ({ ...at.approve.value, r: String(at.approve.value['r']) })],
    ['a negative number', () => ({ ...at.approve.value, r: -1 })],
    ['half a number', () => ({ ...at.approve.value, r: 1.5 })],
    ['a number beyond all numbers', () => ({ ...at.approve.value, r: 1e300 })],
    ['a list as the number', () => ({ ...at.approve.value, r: [1] })],
    ['an object as the act', () => ({ ...at.approve.value, a: { $ne: '' } })],
    ['a step that no database takes', () => ({ ...at.approve.value, s: 'approval-1\0' })],
    ['half a character to say', () => ({ ...at.approve.value, t: '\ud800' })],
    ['a huge step', () => ({ ...at.approve.value, s: 'x'.repeat(100_000) })],
    ['nothing', () => null],
    ['a text', () => 'approve'],
    ['a list', () => [at.approve.value]],
    ['nested deep', () => deep(20)],
    ['an own __proto__', () => JSON.parse('{"__proto__":{"v":1,"a":"approve","r":1},"v":1}')],
  ])('%s is refused', async (_what, value) => {
    const { told, acts } = await refusedTap(at.office, {
      person: '李伟',
      message: at.approve.message,
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
    const faults = await countFaults(at.office.app);
    await unchanged(at.office, () =>
      at.office.callsBack({
        person: '李伟',
        message: at.approve.message,
        value: { ...at.approve.value, a: act },
      }),
    );
    expect(await countFaults(at.office.app)).toBe(faults);
  });

  test('a request that does not exist', async () => {
    for (const r of [999_999, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991]) {
      const { told } = await refusedTap(at.office, {
        person: '李伟',
        value: { ...at.approve.value, r },
      });
      expect([UNKNOWN, INVALID]).toContain(told);
    }
  });

  test('the step of somebody else, or one that does not exist', async () => {
    for (const s of ['book', 'director', '']) {
      const { told } = await refusedTap(at.office, {
        person: '李伟',
        message: at.approve.message,
        value: { ...at.approve.value, s },
      });
      expect(told).toContain('内容或环节已变化');
    }
  });

  test('the version before the trip was changed: what was on that card is not approved', async () => {
    const { told, acts } = await refusedTap(at.office, { person: '李伟', value: at.outdated });
    expect(told).toContain('内容或环节已变化');
    expect(acts).toEqual(['refused.approve']);
  });

  test('handed over to nobody: a person who does not exist, or has left', async () => {
    const left = await idOfPerson(at.office, 'ou_sales_2');
    for (const to of ['999999', String(left), '-1', '1e300', '99999999999999999999', 'abc', '']) {
      await refusedTap(at.office, {
        person: '李伟',
        value: { ...at.approve.value, a: 'transfer' },
        form: { to },
      });
    }
  });

  test('what the card does not offer: stars and progress notes of who asked', async () => {
    const mine = at.office.button('陈晨', '撤回').value;
    await refusedTap(at.office, {
      person: '陈晨',
      value: { ...mine, a: 'rate' },
      form: { stars: '5' },
    });
    const { acts } = await refusedTap(at.office, {
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
      const { told } = await refusedTap(at.office, {
        person: '李伟',
        value: { ...at.approve.value, a: 'reject' },
        form,
      });
      expect(told).toContain('写明原因');
    }
  });
});

describe('who has a place in it, but not this one', () => {
  const form = { tickets: 'G1', hotel: '无' };

  test('the leader agrees', async () => {
    const tapped = await at.office.feishu.taps('ou_rd_lead', at.approve.message, {
      button: '同意',
    });
    expect(tapped.toast?.content).toBe('已同意 TRIP-26-0001');
    await at.office.settle();
  });

  test('the requester and the leader who agreed do not do the office’s part', async () => {
    const { value } = at.office.button('吴婷', '完成');
    for (const person of ['陈晨', '李伟']) {
      const { told, acts } = await refusedTap(at.office, { person, value, form });
      expect(told).toContain('由吴婷、郑强处理');
      expect(acts).toEqual(['refused.complete']);
      await refusedTap(at.office, {
        person,
        value: { ...value, a: 'transfer' },
        form: { to: '3' },
      });
    }
  });

  test('the leader who agreed does not agree or reject again', async () => {
    for (const act of ['approve', 'reject']) {
      const { told } = await refusedTap(at.office, {
        person: '李伟',
        value: { ...at.approve.value, a: act },
        form: { comment: '想了想' },
      });
      expect(told).toContain('李伟已在');
    }
  });

  test('nobody but the requester withdraws', async () => {
    for (const person of ['李伟', '吴婷']) {
      const { acts } = await refusedTap(at.office, {
        person,
        value: { ...at.approve.value, a: 'withdraw' },
      });
      expect(acts).toEqual(['refused.withdraw']);
    }
  });
});

test('after all of that the office still works, and the other request is still 李伟’s to decide', async () => {
  const tapped = await at.office.taps('李伟', '同意');
  expect(tapped.toast?.content).toMatch(/^已同意 SUP-26-/);
});
