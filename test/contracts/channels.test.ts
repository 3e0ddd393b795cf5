/** What every channel promises, asked of each: a message arrives, once; a card changes in place; faults have their names. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Card } from '../../cards/card.ts';
import { words } from '../../cards/words.ts';
import { demoCompany } from '../../db/demo.ts';
import { openDatabase } from '../../db/database.ts';
import { type Channel, DeliveryFault, type IncomingFile } from '../../src/channels/channel.ts';
import { createFeishuChannel } from '../../src/channels/feishu/index.ts';
import { drawMessage } from '../../src/channels/simulator/draw.ts';
import { keepPicture } from '../../src/channels/simulator/files.ts';
import { createSimulatorChannel } from '../../src/channels/simulator/index.ts';
import { Secret } from '../../src/secret.ts';
import { freshDatabase } from '../office/database.ts';
import { ONE_PIXEL, runningFrom, settle } from '../office/feishu-office.ts';
import { TUESDAY } from '../office/office.ts';
import { createFeishu } from '../feishu-platform/index.ts';
import { rich, wordsOnIt } from './channels-card.ts';

/** A channel with its platform: what a person sees there, and a picture they sent. */
type Standing = {
  readonly channel: Channel;
  /** Texts of all that was sent to a person, as it looks now, oldest first. */
  readonly sees: (person: string) => Promise<readonly string[]>;
  readonly sendsPicture: (person: string) => Promise<IncomingFile>;
  /** Everybody who works there. */
  readonly staff: readonly string[];
  /** An address that is well formed and nobody's. */
  readonly nobody: string;
  /** A message that does not exist. */
  readonly noMessage: string;
  readonly close: () => Promise<void>;
};

/** What people read of a page: without tags and the time beside it, escaped signs as they look. */
const read = (html: string): string =>
  html
    .replace(/<p class="foot">.*<\/p>/s, '')
    .replace(/<img[^>]* alt="([^"]*)"/g, '$1<i ')
    .replace(/<[^>]*>/g, '\n')
    .replace(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\s*\n\s*/g, '\n')
    .trim();

async function simulator(): Promise<Standing> {
  const database = await freshDatabase();
  const db = await openDatabase({ connectionString: database.connectionString });
  const clock = runningFrom(TUESDAY);
  const channel = createSimulatorChannel({
    db,
    clock,
    demo: demoCompany,
    examples: [],
    zone: 'Asia/Shanghai',
    onClock: async () => undefined,
    onReset: async () => undefined,
  });
  return {
    channel,
    staff: demoCompany.people.map(({ id }) => id),
    nobody: 'ou_nobody',
    noMessage: 'sm_unknown',
    async sees(person) {
      const rows = await db
        .selectFrom('simulator_message')
        .selectAll()
        .where('person', '=', person)
        .orderBy('place')
        .execute();
      return rows.map((row) =>
        read(drawMessage(row, { language: 'zh', zone: 'Asia/Shanghai' }).html),
      );
    },
    async sendsPicture(person) {
      const picture = { bytes: ONE_PIXEL, name: 'jam.png', type: 'image/png' };
      const { id, name } = await keepPicture(db, person, picture, clock.now());
      return { key: id, message: 'sm_1', name, sort: 'image' };
    },
    async close() {
      await db.destroy();
      await database.drop();
    },
  };
}

async function feishu(): Promise<Standing> {
  const platform = await createFeishu({ rates: 'off' });
  settle(platform);
  // More than two of the platform's pages in one department.
  const crowd = Array.from({ length: 120 }, (_, at) =>
    platform.addPerson({ name: `同事${at}`, department: 'od_sales', leader: 'ou_sales_lead' }),
  );
  const channel = await createFeishuChannel({
    appId: platform.appId,
    appSecret: new Secret(platform.appSecret),
    encryptKey: new Secret(platform.encryptKey),
    verificationToken: new Secret(platform.verificationToken),
    baseUrl: platform.baseUrl,
    now: () => TUESDAY,
    log: () => undefined,
  });
  return {
    channel,
    staff: [...demoCompany.people.map(({ id }) => id), ...crowd],
    nobody: 'ou_nobody',
    noMessage: 'om_unknown',
    sees: async (person) =>
      platform
        .inbox(person)
        .filter(({ from }) => from === 'bot')
        .map(({ text }) => text),
    async sendsPicture(person) {
      const { messageId } = await platform.says(person, '', { image: ONE_PIXEL, hold: true });
      const content: unknown = platform.pending.at(-1)?.envelope['event'];
      const key = /img_v3_[A-Za-z0-9_-]+/.exec(JSON.stringify(content))?.[0] ?? '';
      return { key, message: messageId, name: 'jam.png', sort: 'image' };
    },
    async close() {
      await channel.close();
      await platform.close();
    },
  };
}

const small = (title: string): Card => ({
  title,
  color: 'green',
  preview: title,
  blocks: [{ block: 'text', text: `${title}的正文` }],
});

async function faultOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'no fault';
  } catch (error) {
    if (!(error instanceof DeliveryFault)) throw error;
    return error.outcome;
  }
}

describe.each([
  ['the simulator', simulator],
  ['Feishu', feishu],
])('%s', (_name, open) => {
  let at: Standing;
  beforeAll(async () => {
    at = await open();
  });
  afterAll(() => at.close());
  const to = (id: string) => ({ channel: at.channel.name, id });

  test('sends a sentence, in the language asked for', async () => {
    const { message } = await at.channel.send(
      to('ou_rd_1'),
      { text: words('收到', 'Got it') },
      'k-text',
      'zh',
    );
    expect(message).not.toBe('');
    expect(await at.sees('ou_rd_1')).toEqual(['收到']);
  });

  test('a sentence with signs of markup is shown, not obeyed', async () => {
    await at.channel.send(
      to('ou_rd_2'),
      { text: words('<at user_id="all">大家</at> **粗**', 'x') },
      'k-markup',
      'zh',
    );
    const [shown] = await at.sees('ou_rd_2');
    expect(shown?.replace('＜', '<').replace('＜', '<')).toBe('<at user_id="all">大家</at> **粗**');
  });

  test('sends a card with every sort of block; each word of it arrives', async () => {
    await at.channel.send(to('ou_rd_3'), { card: rich }, 'k-rich', 'zh');
    const [shown] = await at.sees('ou_rd_3');
    for (const said of wordsOnIt) expect(shown).toContain(said);
  });

  test('the same key is the same message, also when both come at once', async () => {
    const send = (text: string) =>
      at.channel.send(to('ou_rd_lead'), { text: words(text, text) }, 'k-once', 'zh');
    const first = await send('第一次');
    const [second, third] = await Promise.all([send('第二次'), send('第三次')]);
    expect([second?.message, third?.message]).toEqual([first.message, first.message]);
    expect(await at.sees('ou_rd_lead')).toEqual(['第一次']);
  });

  test('changes a card in place; the last picture stays', async () => {
    const { message } = await at.channel.send(
      to('ou_sales_1'),
      { card: small('草稿') },
      'k-update',
      'zh',
    );
    await at.channel.update(message, small('待审批'), 'zh');
    await at.channel.update(message, small('已通过'), 'zh');
    await at.channel.update(message, small('已通过'), 'zh');
    const shown = await at.sees('ou_sales_1');
    expect(shown).toHaveLength(1);
    expect(shown[0]).toContain('已通过的正文');
    expect(shown[0]).not.toContain('草稿');
  });

  test('a message that is not there is gone', async () => {
    expect(await faultOf(at.channel.update(at.noMessage, small('x'), 'zh'))).toBe('gone');
  });

  test('nobody’s address is out of reach', async () => {
    const sent = at.channel.send(
      to(at.nobody),
      { text: words('在吗', 'there?') },
      'k-nobody',
      'zh',
    );
    expect(await faultOf(sent)).toBe('unreachable');
  });

  test('reads the whole directory: everybody, with leader and department', async () => {
    const { people, departments } = await at.channel.directory();
    expect(people.map(({ id }) => id).toSorted()).toEqual(at.staff.toSorted());
    expect(departments.map(({ name }) => name).toSorted()).toEqual(
      demoCompany.departments.map(({ name }) => name).toSorted(),
    );
    const chen = people.find(({ id }) => id === 'ou_rd_1');
    expect(chen).toEqual(demoCompany.people.find(({ id }) => id === 'ou_rd_1'));
    const rd = departments.find(({ id }) => id === 'od_rd');
    expect(rd).toEqual({ id: 'od_rd', name: '研发部', parent: 'od_company', leader: 'ou_rd_lead' });
  });

  test('fetches a picture that somebody sent, byte for byte', async () => {
    const file = await at.sendsPicture('ou_rd_1');
    const { bytes, name } = await at.channel.fetchFile(file);
    expect(Buffer.from(bytes).equals(Buffer.from(ONE_PIXEL))).toBe(true);
    expect(name).toBe('jam.png');
  });

  test('a file that is not there will never be had', async () => {
    const file: IncomingFile = {
      key: 'img_v3_none',
      message: at.noMessage,
      name: 'x',
      sort: 'image',
    };
    expect(await faultOf(at.channel.fetchFile(file))).toBe('never');
  });
});
