import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { words } from '../../../cards/words.ts';
import { demoCompany } from '../../../db/demo.ts';
import { DeliveryFault } from '../../../src/channels/channel.ts';
import { approvalCard, EMPLOYEE, MANAGER } from '../../pages/desk.ts';
import { openOffice, type TestOffice } from '../../pages/office.ts';
import { listen } from './listen.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

const keptMessage = z.object({ id: z.string() });
const clockShown = z.object({ now: z.number() });
const tapReply = z.object({ message: z.object({ html: z.string() }) });

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const at = (id: string) => ({ channel: 'simulator', id }) as const;
const card = { card: approvalCard };
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${office.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const says = (person: string, text: string, once: string) =>
  post('/simulator/messages', { person, text, once });

const uploads = (bytes: Uint8Array<ArrayBuffer>, name: string, once?: string) => {
  const form = new FormData();
  if (once) form.set('once', once);
  form.set('person', EMPLOYEE);
  form.set('text', '打印机坏了');
  form.append('files', new Blob([bytes]), name);
  return fetch(`${office.url}/simulator/messages`, { method: 'POST', body: form });
};

describe('what no page sends', () => {
  test('a broken form, a card that cannot be, a stream that is only asked for its head', async () => {
    const sent = async (path: string, init: RequestInit) =>
      (await fetch(`${office.url}${path}`, init)).status;
    const form = 'multipart/form-data; boundary=x';
    for (const [type, body] of [
      [form, '--x\r\nContent-Disposition: form-data; name="person"\r\n\r\nou_gm'],
      [form, 'nothing of a form'],
      ['multipart/form-data', '--x--'],
    ] as const)
      expect(
        await sent('/simulator/messages', {
          method: 'POST',
          body,
          headers: { 'content-type': type },
        }),
      ).toBe(400);
    const tap = { person: EMPLOYEE, message: 'sm_\0', value: {}, answers: {} };
    expect((await post('/simulator/taps', tap)).status).toBe(400);
    expect(await sent('/simulator/stream', { method: 'HEAD' })).toBe(404);
  });

  test('what nobody sees in a text is not kept', async () => {
    const kept = await says(EMPLOYEE, '订会\u202e议\u200b室\0', 'hidden-characters');
    expect(await kept.text()).toContain('订会议室');
  });
});

describe('sending', () => {
  test('the same key is the same message, seen once', async () => {
    const page = await listen(office.url, 'ou_gm');
    const first = await office.channel.send(at('ou_gm'), card, 'once-1', 'zh');
    const again = await office.channel.send(at('ou_gm'), card, 'once-1', 'zh');
    await office.channel.send(at('ou_gm'), { text: words('完', 'End') }, 'once-2', 'zh');
    expect(again).toEqual(first);
    const shown = await page.until((events) => events.some((event) => event.html?.includes('完')));
    expect(shown.filter((event) => event.id === first.message)).toHaveLength(1);
    page.close();
  });

  test('a stranger can never be reached, and what is not there can not be updated', async () => {
    const outcome = async (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'done',
        (error: unknown) => (error instanceof DeliveryFault ? error.outcome : error),
      );
    expect(await outcome(office.channel.send(at('ou_nobody'), card, 'k', 'zh'))).toBe(
      'unreachable',
    );
    expect(await outcome(office.channel.update('sm_nothing', approvalCard, 'zh'))).toBe('gone');
    const said = keptMessage.parse(await (await says(EMPLOYEE, '你好', 'mine-mine-1')).json());
    expect(await outcome(office.channel.update(said.id, approvalCard, 'zh'))).toBe('gone');
  });

  test('the directory is the demo company', async () => {
    expect(await office.channel.directory()).toBe(demoCompany);
  });
});

describe('coming in', () => {
  test('a message tried twice under one name is one message with one key', async () => {
    const before = office.diary.messages.length;
    const first = keptMessage.parse(
      await (await says('ou_rd_2', '领两包A4纸', 'try-try-1')).json(),
    );
    const again = keptMessage.parse(
      await (await says('ou_rd_2', '领两包A4纸', 'try-try-1')).json(),
    );
    expect(again.id).toBe(first.id);
    const heard = office.diary.messages.slice(before);
    expect(heard.map((each) => each.key)).toEqual([`sim:msg:${first.id}`, `sim:msg:${first.id}`]);
    expect(heard[0]).toMatchObject({
      text: '领两包A4纸',
      group: false,
      chat: 'sim_ou_rd_2',
      files: [],
    });
    expect(heard[0]?.from).toEqual({ channel: 'simulator', id: 'ou_rd_2' });
  });

  test('a picture goes along, is found by its key, and is known by its content', async () => {
    expect((await uploads(PNG, '打印机.png')).status).toBe(200);
    const [file] = office.diary.messages.at(-1)?.files ?? [];
    expect(file).toMatchObject({ name: '打印机.png', sort: 'image' });
    if (!file) throw new Error('no file came along');
    const fetched = await office.channel.fetchFile(file);
    expect(Buffer.from(fetched.bytes).equals(PNG)).toBe(true);
    const shown = await fetch(`${office.url}/simulator/files/${file.key}`);
    expect(shown.headers.get('content-type')).toBe('image/png');
    const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    expect((await uploads(script, 'harmless.png')).status).toBe(415);
  });

  test('a picture tried twice is kept once, and one above 10 MB not at all', async () => {
    const kept = () => office.db.selectFrom('simulator_file').select('id').execute();
    const before = (await kept()).length;
    await uploads(PNG, 'a.png', 'pic-pic-1');
    await uploads(PNG, 'a.png', 'pic-pic-1');
    expect(await kept()).toHaveLength(before + 1);
    const large = Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)]);
    expect((await uploads(large, 'b.png')).status).toBe(413);
    expect(await kept()).toHaveLength(before + 1);
  });

  test('an attachment of the office shows the picture it was made of', async () => {
    await uploads(PNG, 'a.png');
    const file = office.diary.messages.at(-1)?.files[0]?.key ?? '';
    const { id: person_id } = await office.db
      .insertInto('person')
      .values({ name: '陈晨', active: true, language: 'zh' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const attached = await office.db
      .insertInto('attachment')
      .values({
        person_id,
        channel: 'simulator',
        chat: 'sim_ou_rd_1',
        message: 'sm_1',
        file_key: file,
        name: 'a.png',
        sort: 'image',
        at: Temporal.Instant.from('2026-11-21T15:00:00+08:00'),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const shown = await fetch(`${office.url}/simulator/files/${attached.id}`);
    expect(Buffer.from(await shown.arrayBuffer()).equals(PNG)).toBe(true);
    expect((await fetch(`${office.url}/simulator/files/99999`)).status).toBe(404);
  });

  test('letters that no database takes are taken out before anything is kept', async () => {
    expect((await says(EMPLOYEE, 'a\0b\ud800', 'odd-odd-1')).status).toBe(200);
    expect(office.diary.messages.at(-1)?.text).toBe('ab\ufffd');
  });

  test('each tap is a tap of its own, with what the form says', async () => {
    const { message } = await office.channel.send(at('ou_finance'), card, 'tapped', 'zh');
    const tap = {
      person: 'ou_finance',
      message,
      value: { v: 1, a: 'reject' },
      answers: { comment: '太贵', with: ['a'], ok: true },
    };
    const before = office.diary.taps.length;
    expect(await (await post('/simulator/taps', tap)).json()).toEqual({
      toast: { look: 'info', text: '知道了' },
    });
    await post('/simulator/taps', tap);
    const taps = office.diary.taps.slice(before);
    expect(taps[0]).toMatchObject({ message, value: tap.value, answers: tap.answers });
    expect(new Set(taps.map((each) => each.key)).size).toBe(2);
    expect(taps[0]?.key).toMatch(/^sim:tap:[0-9a-f-]{36}$/);
  });

  test("nobody taps a card in somebody else's chat", async () => {
    const { message } = await office.channel.send(at(MANAGER), card, 'theirs', 'zh');
    const before = office.diary.taps.length;
    const answer = await post('/simulator/taps', { person: 'ou_sales_1', message, value: {} });
    expect(answer.status).toBe(404);
    expect(office.diary.taps).toHaveLength(before);
  });

  test('a page of another site cannot act as our people', async () => {
    const body = { person: EMPLOYEE, text: '订会议室', once: 'evil-evil-1' };
    const before = office.diary.messages.length;
    expect(
      (await post('/simulator/messages', body, { origin: 'https://evil.example' })).status,
    ).toBe(403);
    expect(office.diary.messages).toHaveLength(before);
    expect((await post('/simulator/messages', body, { origin: office.url })).status).toBe(200);
  });

  test.each([
    ['blanks only', { person: EMPLOYEE, text: '   ' }, 400],
    ['a text without end', { person: EMPLOYEE, text: 'x'.repeat(10_001) }, 400],
    ['nobody', { text: '你好' }, 400],
    ['somebody unknown', { person: 'ou_nobody', text: '你好' }, 404],
  ])('a message of %s is refused', async (_, body, status) => {
    expect((await post('/simulator/messages', body)).status).toBe(status);
  });
});

describe('the stream', () => {
  test("brings one's own chat, and of others only that something is there", async () => {
    const page = await listen(office.url, 'ou_marketing_1');
    const { message: other } = await office.channel.send(at('ou_marketing_2'), card, 's-1', 'zh');
    const { message: own } = await office.channel.send(at('ou_marketing_1'), card, 's-2', 'zh');
    const events = await page.until((all) => all.some((event) => event.id === own));
    expect(
      events.some((event) => event.event === 'news' && event.person === 'ou_marketing_2'),
    ).toBe(true);
    expect(events.some((event) => event.id === other)).toBe(false);
    page.close();
  });

  test('begins with what was missed: messages sent and cards changed meanwhile', async () => {
    const { message } = await office.channel.send(at('ou_sales_2'), card, 'm-1', 'zh');
    const page = await listen(office.url, 'ou_sales_2');
    const seen = await page.until((all) => all.some((event) => event.id === message));
    page.close();
    await office.channel.update(message, { ...approvalCard, title: '改过的卡片' }, 'zh');
    const last = Math.max(...seen.map((event) => event.change ?? 0));
    const back = await listen(office.url, 'ou_sales_2', { 'last-event-id': String(last) });
    const missed = await back.until((all) =>
      all.some((event) => event.id === message && (event.change ?? 0) > last),
    );
    expect(missed.at(-1)?.html ?? missed.map((event) => event.html).join('')).toContain(
      '改过的卡片',
    );
    back.close();
  });

  test('an answered tap changes the card on every page', async () => {
    const { message } = await office.channel.send(at('ou_director'), card, 'a-1', 'zh');
    const page = await listen(office.url, 'ou_director');
    await page.until((all) => all.some((event) => event.id === message));
    const tap = { person: 'ou_director', message, value: { v: 1, a: 'submit' }, language: 'en' };
    const reply = tapReply.parse(await (await post('/simulator/taps', tap)).json());
    expect(reply.message.html).toContain('Waiting');
    const events = await page.until((all) =>
      all.some((event) => event.html?.includes('TRIP-26-0042</h3>')),
    );
    expect(events.filter((event) => event.id === message)).toHaveLength(2);
    page.close();
  });

  test('tells the time when it is moved, and that everything was forgotten', async () => {
    const page = await listen(office.url, 'ou_office_2');
    await office.channel.send(at('ou_office_2'), card, 'r-1', 'zh');
    const before = clockShown.parse(await (await fetch(`${office.url}/simulator/clock`)).json());
    const moved = clockShown.parse(
      await (await post('/simulator/clock', { forward: '1h' })).json(),
    );
    expect(moved.now - before.now).toBe(3_600_000);
    expect(office.steps).toEqual(['1h']);
    expect((await post('/simulator/clock', { forward: '-1h' })).status).toBe(400);
    await post('/simulator/reset', {});
    const events = await page.until((all) => all.some((event) => event.event === 'reset'));
    expect(events.some((event) => event.event === 'clock' && event.now === moved.now)).toBe(true);
    expect(office.resets()).toBe(1);
    const after = await listen(office.url, 'ou_office_2');
    const left = await after.until((all) => all.some((event) => event.event === 'clock'));
    expect(left.filter((event) => event.event === 'message')).toEqual([]);
    page.close();
    after.close();
  });
});

test('the scripts of the page have no types left, and what they import is served', async () => {
  const main = await (await fetch(`${office.url}/simulator/browser/main.ts`)).text();
  expect(main).not.toMatch(/: Panes|import type/);
  for (const [, file] of main.matchAll(/from '\.\/([^']+)'/g)) {
    const script = await fetch(`${office.url}/simulator/browser/${file}`);
    expect(script.headers.get('content-type')).toContain('text/javascript');
  }
});

test('a page left open does not keep the server from stopping', async () => {
  const page = await listen(office.url, EMPLOYEE);
  await office.restart(() => page.ended);
});
