/** Requests that only look like the platform's: refused, recorded, nothing changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentOf, eventOf } from '../office/feishu-client.ts';
import type { JsonObject } from '../feishu-platform/json.ts';
import type { RawOptions } from '../feishu-platform/raw-pushes.ts';
import {
  type Attacked,
  newestEntry,
  openAttacked,
  refusalsSince,
  unchanged,
} from './attacks-office.ts';

let at: Attacked;
beforeAll(async () => {
  at = await openAttacked();
});
afterAll(() => at.office.stop());

describe('requests that are not the platform’s', () => {
  /** Pushes something a minute later, so that the refusal is told anew. Answers status, body, and what was recorded. */
  async function pushed(options: RawOptions, event: JsonObject = tap()) {
    at.office.later({ minutes: 1 });
    const seq = await newestEntry(at.office.app);
    let status = 0;
    let body = '';
    const refusals = await unchanged(at.office, async () => {
      const [outcome] = await at.office.feishu.pushes({ envelope: event }, options);
      if (outcome?.got !== 'answer') throw new Error(`no answer: ${JSON.stringify(outcome)}`);
      ({ status, body } = outcome);
      // Whoever forges does not wait for our database, so the entry comes after the answer.
      const noted = async () => (await refusalsSince(at.office.app, seq)).length;
      if (status === 401) await expect.poll(noted, { interval: 5 }).toBe(1);
    });
    return { status, body, reasons: refusals.map(({ after }) => after) };
  }
  /** The one tap that would count if it were the platform's: 李伟 agrees. */
  const tap = (): JsonObject =>
    contentOf(at.office.feishu, {
      person: '李伟',
      message: at.approve.message,
      value: at.approve.value,
    });
  const seconds = (ago: number): number =>
    Math.floor(at.office.app.now().epochMilliseconds / 1_000) - ago;
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
      ...eventOf(at.office.feishu, { person: '李伟', value: at.approve.value }),
      operator: {},
    };
    expect((await pushed({}, { ...content, event })).status).toBe(200);
    const kept = await at.office.app.db.selectFrom('set_aside').select('reason').execute();
    expect(kept.map(({ reason }) => reason)).toContain('shape: card.action.trigger');
  });

  test('other types, sizes and ways are not read', async () => {
    const statusOf = async (init: RequestInit): Promise<number> =>
      (await fetch(at.office.url, init)).status;
    await unchanged(at.office, async () => {
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
    at.office.later({ minutes: 1 });
    const seq = await newestEntry(at.office.app);
    await unchanged(at.office, async () => {
      const outcomes = await at.office.feishu.pushes(
        { envelope: tap() },
        { sign: 'wrong', repeat: 200, atOnce: true },
      );
      expect(new Set(outcomes.map((each) => each.got === 'answer' && each.status))).toEqual(
        new Set([401]),
      );
      const noted = async () => (await refusalsSince(at.office.app, seq)).length;
      await expect.poll(noted, { interval: 5 }).toBeGreaterThanOrEqual(6);
    });
    // A straggler of the test before, and six more should the minute turn meanwhile.
    expect((await refusalsSince(at.office.app, seq)).length).toBeLessThanOrEqual(13);
  });

  test('a tap that was overheard and sent again is the same tap: the same answer, and no second effect', async () => {
    const heard = at.office.feishu.sealed({ envelope: tap() });
    const first = await at.office.feishu.replays(heard);
    expect(first.got === 'answer' && first.body).toContain('已同意');
    await at.office.settle();
    await unchanged(at.office, async () => {
      const again = await at.office.feishu.replays(heard);
      expect(again.got === 'answer' && again.body).toContain('已同意');
    });
    at.office.later({ minutes: 6 });
    await unchanged(at.office, async () => {
      const later = await at.office.feishu.replays(heard);
      expect(later).toMatchObject({ got: 'answer', status: 401 });
    });
  });
});
