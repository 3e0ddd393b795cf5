import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFeishu } from './index.ts';
import type { Feishu } from './index.ts';
import { cardOfElements, plain } from './sample-cards.ts';
import { refusal, sdkClient } from './sdk-client.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

let feishu: Feishu;
let client: ReturnType<typeof sdkClient>;
let folder: string;

beforeEach(async () => {
  feishu = await createFeishu({ pace: () => 0 });
  client = sdkClient(feishu);
  folder = mkdtempSync(join(tmpdir(), 'feishu-files-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await feishu.close();
});

/** A file on disk as a stream: only so does the SDK name it in the form. */
function onDisk(name: string, bytes: Buffer) {
  writeFileSync(join(folder, name), bytes);
  return createReadStream(join(folder, name));
}

const upload = (bytes: Buffer) =>
  client.im.image.create({ data: { image_type: 'message', image: onDisk('a.png', bytes) } });

const sendCard = (card: object) =>
  client.im.message.create({
    params: { receive_id_type: 'open_id' },
    data: {
      receive_id: feishu.addPerson({ name: '张三' }),
      msg_type: 'interactive',
      content: JSON.stringify(card),
    },
  });

test('an uploaded picture can stand on a card, one of nobody cannot', async () => {
  const uploaded = await upload(PNG);
  expect(uploaded?.image_key).toMatch(/^img_v3_/);
  const card = (img_key: string) => cardOfElements({ tag: 'img', img_key, alt: plain('漏水处') });
  await expect(sendCard(card(uploaded?.image_key ?? ''))).resolves.toMatchObject({ code: 0 });
  const refused = await refusal(sendCard(card('img_v3_nobodys')));
  expect(refused.msg).toContain('ErrCode: 200570');
});

test('what is no picture is refused', async () => {
  expect(await refusal(upload(Buffer.from('%PDF-1.7')))).toMatchObject({ code: 234011 });
});

test('a file is sent by its key', async () => {
  const file = onDisk('list.pdf', Buffer.from('%PDF-1.7'));
  const data = { file_type: 'pdf' as const, file_name: '清单.pdf', file };
  const uploaded = await client.im.file.create({ data });
  const zhang = feishu.addPerson({ name: '张三' });
  const send = (file_key: string) =>
    client.im.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: zhang, msg_type: 'file', content: JSON.stringify({ file_key }) },
    });
  await expect(send(uploaded?.file_key ?? '')).resolves.toMatchObject({ code: 0 });
  expect(await refusal(send('file_v3_nobodys'))).toMatchObject({ code: 230017 });
});

test('bytes without a file name in the form are refused, as the platform does with a Buffer', async () => {
  const bare = client.im.image.create({ data: { image_type: 'message', image: PNG } });
  expect(await refusal(bare)).toMatchObject({ status: 400, code: 234001 });
});
