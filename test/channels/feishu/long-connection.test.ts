/** The long connection by itself: what comes over it reaches the desk, and what the desk says goes back. */
import { availableParallelism, loadavg } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../cards/card.ts';
import { words } from '../../../cards/words.ts';
import { OfficeUnavailable } from '../../../src/channels/channel.ts';
import { createSetting, type Setting, type SettingOptions } from './setting.ts';

let setting: Setting;
let li: string;
const open = async (options: SettingOptions = {}): Promise<Setting> => {
  setting = await createSetting({ rates: 'off', transport: 'websocket', ...options });
  li = setting.feishu.addPerson({ name: '李四' });
  return setting;
};
afterEach(() => setting.close());

const request: Card = {
  title: words('出差', 'Trip'),
  color: 'orange',
  preview: words('待审批', 'Waiting'),
  blocks: [
    {
      block: 'buttons',
      buttons: [
        { label: words('同意', 'Approve'), look: 'primary', value: { v: 1, a: 'approve', r: 42 } },
      ],
    },
  ],
};
const sendRequest = async (key: string): Promise<string> =>
  (await setting.channel.send(setting.to(li), { card: request }, key, 'zh')).message;

const linesOf = (what: string): readonly object[] =>
  setting.lines.filter((line) => line.what === what).map(({ about }) => about);

describe('an event', () => {
  it('reaches the office whole, and is acknowledged with an object after the office has it', async () => {
    const { feishu, heard, channel } = await open();
    const said = await feishu.says(li, '订明天下午的会议室');
    expect(said.answers).toMatchObject([{ status: 200, body: '{}' }]);
    expect(heard.messages).toMatchObject([
      { key: `feishu:msg:${said.messageId}`, from: { id: li }, text: '订明天下午的会议室' },
    ]);
    expect(channel.connected()).toBe(true);
    expect(feishu.connections.faults).toEqual([]);
  });

  it('in many frames, in any order, is one event', async () => {
    const { feishu, heard } = await open();
    feishu.connections.fragment = 37;
    const text = '订会议室，'.repeat(200);
    const said = await feishu.says(li, text);
    expect(said.answers).toMatchObject([{ status: 200 }]);
    expect(heard.messages.map((message) => message.text)).toEqual([text]);
  });

  it('that the office could not keep is not acknowledged, and comes again', async () => {
    const { feishu, heard, behaviour } = await open();
    behaviour.message = () => Promise.reject(new OfficeUnavailable());
    const said = await feishu.says(li, '你好');
    expect(said.answers).toMatchObject([{ status: 500 }]);
    expect(feishu.pending).toHaveLength(1);
    behaviour.message = async () => undefined;
    expect(await feishu.redeliver()).toMatchObject([{ status: 200 }]);
    expect(heard.messages.map(({ key }) => key)).toEqual(
      Array(2).fill(`feishu:msg:${said.messageId}`),
    );
  });

  it('of another app or tenant is refused and counted', async () => {
    const { feishu, heard } = await open();
    await feishu.says(li, '你好');
    const event = { type: 'im.message.receive_v1', event: {} };
    const outcomes = [
      ...(await feishu.pushes(event, { appId: 'cli_0000000000000000' })),
      ...(await feishu.pushes(event, { tenantKey: 'another' })),
    ];
    expect(outcomes).toMatchObject([{ status: 500 }, { status: 500 }]);
    expect(heard.refused).toEqual(['app', 'tenant']);
    expect(heard.messages).toHaveLength(1);
  });

  it('without a Verification Token, and one that is no event at all, are taken', async () => {
    const { feishu, heard } = await open();
    const event = { type: 'contact.department.updated_v3', event: { object: {} } };
    const outcomes = [
      ...(await feishu.pushes(event, { token: '' })),
      ...(await feishu.pushes({ envelope: { hello: 'world' } })),
    ];
    expect(outcomes).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(heard.setAside).toMatchObject([{ reason: 'envelope', body: '{"hello":"world"}' }]);
  });
});

describe('a tap', () => {
  it('is answered with toast and card, and one without either with an empty object', async () => {
    const { feishu, behaviour } = await open();
    behaviour.tap = async () => ({
      toast: { look: 'success', text: words('已同意', 'Approved') },
      card: { ...request, color: 'green' },
    });
    const message = await sendRequest('k1');
    const tapped = await feishu.taps(li, message, { button: '同意' });
    expect(tapped).toMatchObject({ status: 200, toast: { content: '已同意' } });
    expect(tapped.card).toMatchObject({ header: { template: 'green' } });
    behaviour.tap = async () => ({});
    expect(await feishu.taps(li, message, { button: '同意' })).toMatchObject({ body: '{}' });
  });

  it('in a frame of the type card is not answered, but counted', async () => {
    const { feishu, heard, channel } = await open({ deadlineMs: 200 });
    feishu.connections.cardFrames = true;
    const tapped = await feishu.taps(li, await sendRequest('k1'), { button: '同意' });
    expect(tapped.error).toBe(200340);
    expect(heard.taps).toEqual([]);
    expect(channel.counts()).toMatchObject({ 'card-frame': 1 });
    expect(linesOf('feishu.frames-unseen')).toEqual([]);
  });
});

describe('the connection', () => {
  it('is not opened by a configuration that would make it ping without a pause', async () => {
    const { feishu, channel } = await open();
    const { config } = feishu.connections;
    feishu.connections.config = { ...config, PingInterval: 0 };
    feishu.connections.drop();
    await expect.poll(() => linesOf('feishu.not-connected'), { timeout: 5_000 }).not.toEqual([]);
    expect(linesOf('feishu.not-connected')[0]).toMatchObject({ code: 'unreadable' });
    feishu.connections.config = config;
    await expect.poll(() => channel.connected(), { timeout: 5_000 }).toBe(true);
  });

  it('is opened again within a second or so after it was cut', async () => {
    const { feishu, heard, channel } = await open();
    const began = performance.now();
    feishu.connections.drop();
    const said = feishu.says(li, '断线时说的话');
    await feishu.waitFor(() => feishu.connections.open() === 1);
    const ms = Math.round(performance.now() - began);
    console.log(`a cut connection was open again after ${ms} ms`);
    // A second at most is waited; connecting takes longer while others use the machine.
    const slow = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
    expect(ms).toBeLessThan(1_000 + 500 * slow);
    expect((await said).answers).toMatchObject([{ got: 'nothing' }]);
    expect(await feishu.redeliver()).toMatchObject([{ status: 200 }]);
    expect(heard.messages.map(({ text }) => text)).toEqual(['断线时说的话']);
    expect(channel.counts()).toMatchObject({ connected: 2, disconnected: 1 });
  });

  it('with a wrong secret is told plainly, without the secret, and tried again', async () => {
    const { channel } = await open({ appSecret: 'canary-secret' });
    await expect
      .poll(() => linesOf('feishu.not-connected').length, { timeout: 5_000 })
      .toBeGreaterThan(1);
    expect(channel.connected()).toBe(false);
    expect(linesOf('feishu.not-connected')[0]).toMatchObject({
      code: '514',
      why: 'FEISHU_APP_ID and FEISHU_APP_SECRET are not accepted',
    });
    expect(JSON.stringify(setting.lines)).not.toContain('canary-secret');
  });

  it('is had as soon as the platform has room for one more', async () => {
    const { feishu, channel } = await open();
    feishu.connections.refusal = 1_000_040_350;
    feishu.connections.drop();
    await expect.poll(() => linesOf('feishu.not-connected'), { timeout: 5_000 }).not.toEqual([]);
    expect(linesOf('feishu.not-connected')[0]).toMatchObject({ code: '1000040350' });
    feishu.connections.refusal = undefined;
    await expect.poll(() => channel.connected(), { timeout: 5_000 }).toBe(true);
  });

  it('ends only after what is in hand is answered', async () => {
    const { feishu, behaviour } = await open();
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    behaviour.message = () => {
      begin();
      return promise;
    };
    const said = feishu.says(li, '关机前的最后一句');
    await begun;
    const closed = setting.stopServer();
    for (const _ of Array(50)) await turn(); // the stop is well under way
    resolve();
    await closed;
    expect((await said).answers).toMatchObject([{ status: 200 }]);
    await feishu.waitFor(() => feishu.connections.open() === 0);
    expect(await feishu.says(li, '没人了')).toMatchObject({ answers: [{ why: 'unconnected' }] });
  });

  it('says nowhere with what ticket it was opened', async () => {
    const { feishu } = await open();
    feishu.connections.drop();
    await feishu.waitFor(() => feishu.connections.open() === 1);
    expect(JSON.stringify(setting.lines)).not.toMatch(/ticket|access_key|ws:/);
  });
});
