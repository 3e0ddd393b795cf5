import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { verify } from '../../../src/channels/feishu/verify.ts';
import { legacySignature, signature } from '../../feishu-platform/crypto.ts';

const KEY = 'stand-in-encrypt-key-01';
const SIGNED_AT = 1_767_225_600;
const body = Buffer.from('{"encrypt":"AAEC你好"}');

/** Headers as the platform would send them; `change` bends them. */
function heads(change: { readonly [name: string]: string | undefined } = {}, key = KEY) {
  const timestamp = change['x-lark-request-timestamp'] ?? String(SIGNED_AT);
  const nonce = change['x-lark-request-nonce'] ?? '4f2c9a17';
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': signature({ timestamp, nonce, secret: key }, body),
    ...change,
  };
}

const after = (
  seconds: number,
  given: IncomingHttpHeaders = heads(),
  keys: readonly string[] = [KEY],
) => verify(given, body, keys, SIGNED_AT + seconds);

describe('the signature of a push', () => {
  it('passes the documented example, made with another program', () => {
    const blob =
      'AAECAwQFBgcICQoLDA0OD0+xxfkc8z5ZMFYYsENRVQHwE0PnqYZkzY8szNDWVQqgmNIF7Smbh7rmppg19vRpI2lMzxUbUFPMXMLoZb1ZW89J3o6MxIWA1J0ixoSxwhD0sO90ngnvnhLn5+qhoxfa4oeonDfXK4Gnx9jVwmfmVoWE/DUfjAJwKn1tHF/yraFOH3TyYefz28OVwZLOBnKvTU6NBIHg46r7ulQSVtext0SyoK+itEUGrVl4e/71OvHMsKOx7Vr6Jl0lpR4oqpz1uFNSeY0aTiOnOHzXMRYFKafW8q3rV+fw4yFmKf/ysXOv39qUVEYxSFO/+/Z17DPCVtfkGw5URBGkwKYryIEclIdUVWwKXcIpC76yc1KH81hw';
    const given = {
      'x-lark-request-timestamp': '1767225600',
      'x-lark-request-nonce': '4f2c9a17',
      'x-lark-signature': '2ad1f81bbdc058983cca6f97713ef80b5d855305290bbf385b4dd7557c1684bd',
    };
    const raw = Buffer.from(`{"encrypt":"${blob}"}`);
    expect(verify(given, raw, [KEY], SIGNED_AT)).toEqual({ ok: true, late: false, key: 0 });
  });

  it.each([
    ['at once', 0, { ok: true, late: false, key: 0 }],
    ['at the end of five minutes', 300, { ok: true, late: false, key: 0 }],
    ['late, as a repeated event may be', 301, { ok: true, late: true, key: 0 }],
    ['eight hours later', 8 * 3_600, { ok: true, late: true, key: 0 }],
    ['a second after eight hours', 8 * 3_600 + 1, { ok: false, reason: 'clock' }],
    ['stamped five minutes ahead', -300, { ok: true, late: false, key: 0 }],
    ['stamped further ahead', -301, { ok: false, reason: 'clock' }],
  ] as const)('counts for a while: %s', (_when, seconds, verdict) => {
    expect(after(seconds)).toEqual(verdict);
  });

  it('is refused over another body, even one that means the same', () => {
    const other = Buffer.from('{ "encrypt":"AAEC你好"}');
    expect(verify(heads(), other, [KEY], SIGNED_AT)).toEqual({ ok: false, reason: 'signature' });
  });

  it('is refused with another key, and passes with the key before while it is being changed', () => {
    expect(after(0, heads({}, 'another'))).toEqual({ ok: false, reason: 'signature' });
    expect(after(0, heads({}, 'old'), [KEY, 'old']).ok).toBe(true);
    expect(after(0, heads(), []).ok).toBe(false);
  });

  it('is refused when digits are moved between stamp and nonce, though the sum stays the same', () => {
    const right = heads()['x-lark-signature'];
    const moved = (stamp: string, nonce: string) =>
      after(0, {
        'x-lark-request-timestamp': stamp,
        'x-lark-request-nonce': nonce,
        'x-lark-signature': right,
      });
    expect(moved('17672256004', 'f2c9a17')).toEqual({ ok: false, reason: 'headers' });
    expect(moved('176722560', '04f2c9a17')).toEqual({ ok: false, reason: 'headers' });
  });

  it.each([
    ['no signature', { 'x-lark-signature': undefined }],
    ['an upper-case signature', { 'x-lark-signature': 'A'.repeat(64) }],
    ['a short signature', { 'x-lark-signature': 'ab12' }],
    [
      'the old SHA-1 one',
      {
        'x-lark-signature': legacySignature(
          { timestamp: String(SIGNED_AT), nonce: '4f2c9a17', secret: 'token' },
          body,
        ),
      },
    ],
    ['no stamp', { 'x-lark-request-timestamp': undefined }],
    ['a stamp in milliseconds', { 'x-lark-request-timestamp': '1767225600000' }],
    ['a stamp that is no number', { 'x-lark-request-timestamp': '1767225 00' }],
    ['an endless nonce', { 'x-lark-request-nonce': 'n'.repeat(129) }],
  ])('is refused with %s', (_what, change) => {
    expect(after(0, { ...heads(), ...change })).toEqual({ ok: false, reason: 'headers' });
  });
});
