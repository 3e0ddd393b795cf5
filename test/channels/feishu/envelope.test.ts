import { describe, expect, it } from 'vitest';
import { open } from '../../../src/channels/feishu/envelope.ts';
import { encrypt } from '../../feishu-platform/crypto.ts';
import { type Attack, envelope, type Event, seal } from '../../feishu-platform/push.ts';

const keys = {
  appId: 'cli_a1b2c3d4e5f60718',
  tenantKey: '2f3a4b5c6d7e8f90',
  encryptKey: 'stand-in-encrypt-key-01',
  verificationToken: 'stand-in-verify-token-01',
};
const NOW = 1_767_225_600;
const secrets = {
  appId: keys.appId,
  encryptKeys: [keys.encryptKey],
  verificationToken: keys.verificationToken,
};
const message = { type: 'im.message.receive_v1', event: { any: 'thing' }, eventId: 'e1' };
const tap = { type: 'card.action.trigger', event: { any: 'thing' }, eventId: 'e2' };

/** What becomes of a push that arrives `later` seconds after it was signed. */
function opening(content: { readonly [member: string]: unknown }, attack: Attack = {}, later = 0) {
  const { body, headers } = seal(keys, content, NOW, attack);
  const isOurs = (tenant: string): boolean => tenant === keys.tenantKey;
  return open({ heads: headers, raw: body }, secrets, NOW + later, isOurs);
}
const wrapped = (event: Event = message, attack: Attack = {}) =>
  envelope(keys, event, `${NOW}000`, attack);
const challenge = {
  type: 'url_verification',
  token: keys.verificationToken,
  challenge: 'c-001',
};

describe('an event', () => {
  it('comes out of its envelope with id and type', () => {
    expect(opening(wrapped())).toEqual({
      kind: 'event',
      event: {
        id: 'e1',
        type: 'im.message.receive_v1',
        event: { any: 'thing' },
        late: false,
        happened: NOW * 1_000,
      },
    });
  });

  it('comes out of an envelope of the old kind with the id of the envelope, not the one inside', () => {
    const old = {
      uuid: 'u-1',
      token: keys.verificationToken,
      type: 'event_callback',
      ts: '1767225600.1',
      event: {
        type: 'approval_instance',
        app_id: keys.appId,
        tenant_key: keys.tenantKey,
        uuid: 'x',
      },
    };
    expect(opening(old)).toMatchObject({
      kind: 'event',
      event: { id: 'u-1', type: 'approval_instance' },
    });
  });

  it('may be hours late, a tap may not', () => {
    expect(opening(wrapped(), {}, 7 * 3_600)).toMatchObject({
      kind: 'event',
      event: { late: true },
    });
    expect(opening(wrapped(tap), {}, 301)).toEqual({ kind: 'refused', reason: 'stale-tap' });
    expect(opening(wrapped(tap), {}, 299)).toMatchObject({ kind: 'event' });
  });
});

describe('while the Encrypt Key is being changed', () => {
  const open_ = (attack: Attack, content = wrapped()) => {
    const { body, headers } = seal(keys, content, NOW, attack);
    const both = { ...secrets, encryptKeys: ['the new key', keys.encryptKey] };
    return open({ heads: headers, raw: body }, both, NOW, () => true);
  };

  it('both keys open events and challenges, a third one does not', () => {
    expect(open_({})).toMatchObject({ kind: 'event' });
    expect(open_({ key: 'the new key' })).toMatchObject({ kind: 'event' });
    expect(open_({ key: 'a third' })).toMatchObject({ kind: 'refused' });
    expect(open_({ sign: false }, challenge)).toMatchObject({ kind: 'challenge' });
    expect(open_({ sign: false, key: 'the new key' }, challenge)).toMatchObject({
      kind: 'challenge',
    });
  });
});

describe('a forgery', () => {
  it.each<readonly [string, Attack, string]>([
    ['without a signature', { sign: false }, 'headers'],
    ['with the signature of another body', { sign: 'wrong' }, 'signature'],
    ['with the old signature', { sign: 'legacy' }, 'headers'],
    ['sealed with another key', { key: 'mine' }, 'signature'],
    ['in plain text, though signed', { encrypt: false }, 'plain'],
    ['with a field beside the encrypted one', { beside: { schema: '2.0' } }, 'plain'],
    [
      'with a prototype beside it',
      { format: (body) => body.replace('{', '{"__proto__":{},') },
      'plain',
    ],
    [
      'reformatted after signing',
      { tamper: (body) => Buffer.from(`${body.toString()} `) },
      'signature',
    ],
  ])('is refused %s', (_how, attack, reason) => {
    expect(opening(wrapped(), attack)).toEqual({ kind: 'refused', reason });
  });

  it.each<readonly [string, Attack, string]>([
    ['another Verification Token', { token: 'guessed' }, 'token'],
    ['another app', { appId: 'cli_0000000000000000' }, 'app'],
    ['another tenant', { tenantKey: 'elsewhere' }, 'tenant'],
  ])('is refused when the envelope names %s', (_what, attack, reason) => {
    expect(opening(wrapped(message, attack))).toEqual({ kind: 'refused', reason });
  });

  it('is refused with nothing but a challenge that names another token', () => {
    expect(opening({ ...challenge, token: 'guessed' }, { sign: false })).toEqual({
      kind: 'refused',
      reason: 'challenge',
    });
  });

  it('is refused with a challenge in plain text', () => {
    expect(opening(challenge, { sign: false, encrypt: false })).toMatchObject({ kind: 'refused' });
  });

  it('cannot use the challenge to bring in an event without a signature', () => {
    expect(opening({ ...wrapped(), type: 'event_callback' }, { sign: false })).toMatchObject({
      kind: 'refused',
    });
  });
});

describe("the console's challenge", () => {
  it('is answered without a signature when it is encrypted and names our token', () => {
    expect(opening(challenge, { sign: false })).toEqual({ kind: 'challenge', challenge: 'c-001' });
  });

  it('is not echoed when it is long', () => {
    const long = { ...challenge, challenge: 'c'.repeat(257) };
    expect(opening(long, { sign: false })).toMatchObject({ kind: 'refused' });
  });
});

describe('signed nonsense', () => {
  const sealedRaw = (body: string) => {
    const attack: Attack = { format: () => body };
    return opening({}, attack);
  };
  const sealedInside = (plain: Buffer | string) =>
    sealedRaw(JSON.stringify({ encrypt: encryptBytes(plain) }));
  const encryptBytes = (plain: Buffer | string): string =>
    encrypt(typeof plain === 'string' ? plain : plain.toString('latin1'), keys.encryptKey);

  it.each([
    ['no JSON', 'hello', 'json'],
    ['half a JSON', '{"encrypt":"', 'json'],
    ['nested too deep', `{"encrypt":${'['.repeat(40)}${']'.repeat(40)}}`, 'depth'],
    ['with too many members', `[${'1,'.repeat(3_000)}1]`, 'members'],
    ['whose encrypted text is none', '{"encrypt":7}', 'encryption'],
    [
      'sealed with something else',
      `{"encrypt":"${encrypt('{}', 'other', Buffer.alloc(16))}"}`,
      'encryption',
    ],
  ])('is kept with its reason: %s', (_what, body, reason) => {
    expect(sealedRaw(body)).toMatchObject({ kind: 'nonsense', reason });
  });

  it('is kept with its reason when it is wrong inside', () => {
    expect(sealedInside('{"schema":"2.0"}')).toMatchObject({
      kind: 'nonsense',
      reason: 'envelope',
    });
    expect(sealedInside(`${'['.repeat(33)}${']'.repeat(33)}`)).toMatchObject({ reason: 'depth' });
    expect(sealedInside('null')).toMatchObject({ kind: 'nonsense', reason: 'envelope' });
  });

  it('has one key however often it comes, and a body that a database can hold', () => {
    const first = sealedInside('{"a":"\0\ud800"}');
    const again = sealedInside('{"a":"\0\ud800"}');
    if (first.kind !== 'nonsense' || again.kind !== 'nonsense') throw new Error('not nonsense');
    expect(first.key).toMatch(/^feishu:odd:[0-9a-f]{32}$/);
    expect(first.body).not.toContain('\0');
    expect(first.body.isWellFormed()).toBe(true);
  });

  it('counts brackets inside texts as text', () => {
    const deep: Event = { ...message, event: { text: '[{"'.repeat(100) } };
    expect(opening(wrapped(deep))).toMatchObject({ kind: 'event' });
  });
});
