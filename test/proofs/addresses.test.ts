/** P46: every connection that is opened in this process is watched, while people send addresses in every form there is. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openStandIn, type StandIn } from '../model/stand-in.ts';
import { idIn } from '../office/feishu-client.ts';
import { type FeishuOffice, ONE_PIXEL, openFeishuOffice } from '../office/feishu-office.ts';

const OPENED = 'net.client.socket';

let office: FeishuOffice;
let model: StandIn;
/** Ports that were gone to on this machine, and hosts anywhere else. */
const gone = new Set<string>();
/** Stands at the addresses that people send, and sends on whoever comes. */
const bait = createServer((request, response) => {
  gone.add(`bait ${request.url}`);
  response.writeHead(302, { location: '/further' }).end();
});

const watch = (message: unknown): void => {
  const { socket } = message as { readonly socket: Socket };
  socket.on('lookup', (_error, _address, _family, host: string) => gone.add(`host ${host}`));
  socket.on('connectionAttempt', (ip: string, port: number) => gone.add(`${ip}:${port}`));
};

beforeAll(async () => {
  await new Promise<void>((resolve) => bait.listen(0, '127.0.0.1', resolve));
  model = await openStandIn();
  subscribe(OPENED, watch);
  office = await openFeishuOffice({ transport: 'webhook', env: model.env });
});
afterAll(async () => {
  unsubscribe(OPENED, watch);
  await office.stop();
  await model.close();
  await new Promise((resolve) => bait.close(resolve));
});

const portOf = (url: string | undefined): string => new URL(url ?? '').port;

test('whatever addresses stand in messages, names, files and forms: connections go to the database, the platform and the model', async () => {
  const { port } = bait.address() as AddressInfo;
  const ADDRESSES = [
    `http://127.0.0.1:${port}/plain`,
    `http://localhost:${port}/name`,
    `http://[::ffff:127.0.0.1]:${port}/six`,
    `http://2130706433:${port}/number`,
    `http://user:word@127.0.0.1:${port}/user`,
    `https://127.0.0.1:${port}/tls`,
    `//127.0.0.1:${port}/bare`,
    'https://planted.invalid/host',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    `data:text/html,<img src=http://127.0.0.1:${port}/data>`,
    `lark://client/x?url=http://127.0.0.1:${port}/deep`,
    `[点这里](http://127.0.0.1:${port}/link) ![x](http://127.0.0.1:${port}/image)`,
  ];
  office.feishu.changePerson(idIn('林晓'), { name: ADDRESSES[0] ?? '' });
  for (const [turn, address] of ADDRESSES.entries()) {
    const [person, words] = [
      ['王磊', `报修：3楼打印机坏了，看 ${address}`],
      ['林晓', address],
      ['陈晨', `下周二到周四去上海出差，坐高铁，见 ${address} 的客户`],
    ][turn % 3] as [string, string];
    await office.says(person, words);
  }
  await office.taps('陈晨', '提交');
  await office.taps('李伟', '驳回', { comment: ADDRESSES.slice(0, 4).join(' ') });
  await office.feishu.says(idIn('陈晨'), '', { image: ONE_PIXEL });
  await office.feishu.says(idIn('陈晨'), '', {
    file: { name: `http://127.0.0.1:${port}/file.html`, bytes: Buffer.from(ADDRESSES.join('\n')) },
  });
  await office.tick();
  const { port: database } = new URL(inject('postgres').url);
  const ours = new Map([
    [portOf(office.url), 'the office'],
    [portOf(office.feishu.baseUrl), 'the platform'],
    [portOf(model.env['LLM_BASE_URL']), 'the model'],
    [database === '' ? '5432' : database, 'the database'],
  ]);
  const where = [...gone].map((place) =>
    // The tests' own server listens on a socket of the file system.
    /\/\.s\.PGSQL\.\d+:undefined$/.test(place)
      ? 'the database'
      : (ours.get(/^127\.0\.0\.1:(\d+)$/.exec(place)?.[1] ?? '') ?? place),
  );
  // Names that are looked up: only of those four.
  const elsewhere = where.filter(
    (place) => ![...ours.values(), 'host 127.0.0.1', 'host localhost'].includes(place),
  );
  expect(elsewhere).toEqual([]);
  expect(where).toEqual(expect.arrayContaining(['the office', 'the platform', 'the model']));
}, 120_000);
