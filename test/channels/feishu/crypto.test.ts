import { describe, expect, it } from 'vitest';
import { decrypt } from '../../../src/channels/feishu/crypto.ts';
import { encrypt } from '../../feishu-platform/crypto.ts';

const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && new TextDecoder().decode(bytes);

describe('what the platform encrypted', () => {
  it("opens the vendor's own check value", () => {
    const blob = 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=';
    expect(textOf(decrypt(blob, 'test key'))).toBe('hello world');
  });

  it('opens a challenge sealed with a known key and start value', () => {
    const blob =
      'AAECAwQFBgcICQoLDA0OD/w5urWpdEoD0IEjY46N6jz2NW0B9T79jNNgQglrBsASs7KfsW7JeKBzF3u1dtpYRYYJw9f6hZuP8B1Ii/pY6YDFEA7v6uvOH27f/kTEhxMcptbCrDp3c1/SRwuPFPA0Mg==';
    expect(textOf(decrypt(blob, 'stand-in-encrypt-key-01'))).toBe(
      '{"challenge":"c-001","token":"stand-in-verify-token-01","type":"url_verification"}',
    );
  });

  it.each(['', 'x', 'AAAA', 'P37w+VZImNgPEO1RBhJ6Rg==', '!!!', 'P37w+VZImNgPEO1RBhJ6RtKl7n6z'])(
    'has nothing for the damaged text “%s”',
    (blob) => {
      expect(decrypt(blob, 'test key')).toBeUndefined();
    },
  );

  it('does not open with another key', () => {
    const blob = encrypt('你好', 'old key', Buffer.alloc(16));
    expect(textOf(decrypt(blob, 'old key'))).toBe('你好');
    expect(textOf(decrypt(blob, 'new key'))).not.toBe('你好');
  });
});
