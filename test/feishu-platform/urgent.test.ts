import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFeishu } from './index.ts';
import type { Feishu } from './index.ts';
import { refusal, sdkClient } from './sdk-client.ts';

let feishu: Feishu;
let client: ReturnType<typeof sdkClient>;
let zhang: string;
let message: string;

beforeEach(async () => {
  feishu = await createFeishu();
  client = sdkClient(feishu);
  zhang = feishu.addPerson({ name: '张三' });
  const sent = await client.im.message.create({
    params: { receive_id_type: 'open_id' },
    data: { receive_id: zhang, msg_type: 'text', content: '{"text":"漏水"}' },
  });
  message = sent.data?.message_id ?? '';
});
afterEach(() => feishu.close());

const buzz = (people: readonly string[], about = message) =>
  client.im.message.urgentApp({
    path: { message_id: about },
    params: { user_id_type: 'open_id' },
    data: { user_id_list: [...people] },
  });

test('rings who is in the chat, and tells who is not', async () => {
  const li = feishu.addPerson({ name: '李四' });
  expect((await buzz([zhang, li])).data?.invalid_user_id_list).toEqual([li]);
  expect(feishu.person(zhang).unreadUrgent).toBe(1);
  expect(feishu.person(li).unreadUrgent).toBe(0);
});

test('refuses when it would ring nobody, somebody rung too often, or about what is not ours', async () => {
  expect(await refusal(buzz([feishu.addPerson({ name: '李四' })]))).toMatchObject({ code: 230001 });
  expect(await refusal(buzz([]))).toMatchObject({ code: 99992402 });
  expect(await refusal(buzz([zhang], 'om_unknown'))).toMatchObject({ code: 99992354 });
  const { messageId } = await feishu.says(zhang, '在吗');
  expect(await refusal(buzz([zhang], messageId))).toMatchObject({ code: 230012 });
  feishu.changePerson(zhang, { unreadUrgent: 200 });
  expect(await refusal(buzz([zhang]))).toMatchObject({ code: 230023 });
});

test('needs its scope', async () => {
  feishu.scopes.delete('im:message.urgent');
  expect(await refusal(buzz([zhang]))).toMatchObject({ code: 99991672 });
});
