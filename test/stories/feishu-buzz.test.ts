/** An urgent repair that nobody takes rings whoever is told of it: once an hour, however many replicas and repairs. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Rules } from '../../src/settings/index.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';

const MANAGER = 'ou_office_manager';

let office: FeishuOffice;
beforeEach(async () => {
  office = await openFeishuOffice({ replicas: 2, rates: 'off', rules: fourHours });
});
afterEach(() => office.stop());

/** Urgent ones answered within four working hours, so that several of them are late one after another. */
const fourHours = (rules: Rules): Rules => {
  const { urgent, ...others } = rules.repairs.categories;
  if (!urgent) return rules;
  const categories = { ...others, urgent: { ...urgent, respond: '4wh' as const } };
  const kinds = { ...rules.service.kinds, repair: { respond: '4wh' as const } };
  return {
    ...rules,
    repairs: { ...rules.repairs, categories },
    service: { ...rules.service, kinds },
  };
};

const told = (person: string, text: string): number =>
  office.sees(person).filter((each) => each.includes(text)).length;
const buzzes = () =>
  office.feishu.calls.filter(
    ({ route, body }) => route.endsWith('/urgent_app') && JSON.stringify(body).includes(MANAGER),
  );
const rung = (): number => office.feishu.person(MANAGER).unreadUrgent;

async function reports(person: string, text: string): Promise<void> {
  await office.says(person, text);
  await office.taps(person, '提交');
}

async function pass(by: Temporal.DurationLike): Promise<void> {
  office.later(by);
  await office.tick();
}

/** At ten, half past ten and half past eleven; four working hours later each is late. */
async function threeRepairs(): Promise<void> {
  await reports('陈晨', '2楼茶水间漏水了，紧急');
  await pass({ minutes: 30 });
  await reports('王磊', '3楼机房漏水了，紧急');
  await pass({ hours: 1 });
  await reports('罗敏', '5楼卫生间漏水了，紧急');
}

test('the first late one rings, the second within the hour does not, the next after an hour does', async () => {
  await threeRepairs();
  await pass({ hours: 3, minutes: 29 });
  expect(buzzes()).toHaveLength(0);
  await pass({ minutes: 35 });
  expect(told(MANAGER, '茶水间')).toBe(1);
  expect(rung()).toBe(1);
  const rings = office.feishu.cards(MANAGER).find(({ text }) => text.includes('茶水间'));
  expect(buzzes()[0]?.path).toContain(rings?.messageId ?? 'none');
  await pass({ minutes: 30 });
  expect(told(MANAGER, '机房')).toBe(1);
  expect(rung()).toBe(1);
  await pass({ hours: 1 });
  expect(told(MANAGER, '卫生间')).toBe(1);
  expect(rung()).toBe(2);
});

test('one that is not urgent is told of without a sound', async () => {
  await reports('陈晨', '3楼打印机卡纸了');
  await pass({ hours: 6 });
  expect(told(MANAGER, '打印机')).toBe(1);
  expect(buzzes()).toHaveLength(0);
});

test('that it does not ring is nobody’s loss: the message is there, once', async () => {
  office.feishu.scopes.delete('im:message.urgent');
  await reports('陈晨', '2楼茶水间漏水了，紧急');
  await pass({ hours: 6 });
  await pass({ minutes: 5 });
  expect(told(MANAGER, '茶水间')).toBe(1);
  expect(buzzes().map(({ code }) => code)).toEqual([99_991_672]);
});
