import { describe, expect, test } from 'vitest';
import { cipherKey, decrypt, encrypt, legacySignature, signature } from './crypto.ts';

/** Check values from Feishu's documents and from the team's own vectors, held against the official SDK. */
const KEY = 'stand-in-encrypt-key-01';
const CHALLENGE =
  '{"challenge":"c-001","token":"stand-in-verify-token-01","type":"url_verification"}';
const CHALLENGE_BLOB =
  'AAECAwQFBgcICQoLDA0OD/w5urWpdEoD0IEjY46N6jz2NW0B9T79jNNgQglrBsASs7KfsW7JeKBzF3u1dtpYRYYJw9f6hZuP8B1Ii/pY6YDFEA7v6uvOH27f/kTEhxMcptbCrDp3c1/SRwuPFPA0Mg==';
const PUSH =
  '{"encrypt":"AAECAwQFBgcICQoLDA0OD0+xxfkc8z5ZMFYYsENRVQHwE0PnqYZkzY8szNDWVQqgmNIF7Smbh7rmppg19vRpI2lMzxUbUFPMXMLoZb1ZW89J3o6MxIWA1J0ixoSxwhD0sO90ngnvnhLn5+qhoxfa4oeonDfXK4Gnx9jVwmfmVoWE/DUfjAJwKn1tHF/yraFOH3TyYefz28OVwZLOBnKvTU6NBIHg46r7ulQSVtext0SyoK+itEUGrVl4e/71OvHMsKOx7Vr6Jl0lpR4oqpz1uFNSeY0aTiOnOHzXMRYFKafW8q3rV+fw4yFmKf/ysXOv39qUVEYxSFO/+/Z17DPCVtfkGw5URBGkwKYryIEclIdUVWwKXcIpC76yc1KH81hw"}';

describe('encryption', () => {
  test("the documents' check value decrypts", () => {
    const blob = 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=';
    expect(decrypt(blob, 'test key')).toBe('hello world');
  });

  test('key and blob come out as in the vectors', () => {
    expect(cipherKey(KEY).toString('hex')).toBe(
      'edf7fe0538cb13fd6cc97f80342cf62d824f3fa7f53408942f7d08a6a764f18a',
    );
    const iv = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
    expect(encrypt(CHALLENGE, KEY, iv)).toBe(CHALLENGE_BLOB);
  });

  test('every blob has an IV of its own and comes back whole', () => {
    const [one, two] = [encrypt('订会议室 📅', KEY), encrypt('订会议室 📅', KEY)];
    expect(one).not.toBe(two);
    expect(decrypt(two, KEY)).toBe('订会议室 📅');
  });

  test('another key does not open it', () => {
    const open = () => decrypt(CHALLENGE_BLOB, 'another key');
    expect(open).toThrow();
  });
});

describe('signature', () => {
  const seal = { timestamp: '1767225600', nonce: '4f2c9a17' };

  test('of an encrypted push', () => {
    expect(signature({ ...seal, secret: KEY }, Buffer.from(PUSH))).toBe(
      '2ad1f81bbdc058983cca6f97713ef80b5d855305290bbf385b4dd7557c1684bd',
    );
  });

  test('of the old card callback', () => {
    const body = Buffer.from('{"open_id":"ou_1","token":"c-1"}');
    expect(legacySignature({ ...seal, secret: 'stand-in-verify-token-01' }, body)).toBe(
      '6d60ce0224121fac110a8cb0929ea1078fb73b7d',
    );
  });

  test('hangs on every byte of the body', () => {
    const of = (body: string) => signature({ ...seal, secret: KEY }, Buffer.from(body));
    expect(of(PUSH.replace(':', ': '))).not.toBe(of(PUSH));
  });
});
