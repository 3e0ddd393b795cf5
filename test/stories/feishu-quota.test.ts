/** The month's calls are used up: what is owed waits without asking again and again, and what comes in is handled. */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
