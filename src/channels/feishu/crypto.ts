import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';

/** Bytes of the random start value before the cipher text. */
const IV_BYTES = 16;

/**
 * Opens what the platform encrypted with this Encrypt Key: base64 of a 16-byte start value and AES-256-CBC text, the key
 * being the SHA-256 of the Encrypt Key (platform notes §1.3). `undefined` when it is damaged or was sealed with another key.
 */
export function decrypt(blob: string, encryptKey: string): Uint8Array | undefined {
  const bytes = Buffer.from(blob, 'base64');
  const sealed = bytes.subarray(IV_BYTES);
  if (sealed.length === 0 || sealed.length % IV_BYTES !== 0) return undefined;
  const start = bytes.subarray(0, IV_BYTES);
  const decipher = createDecipheriv('aes-256-cbc', keyOf(encryptKey), start);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  } catch {
    // Wrong padding is how another key or a damaged text shows; the caller decides what that means.
    return undefined;
  }
}

/** Seals a text as the platform does, for our own question whether our address answers. */
export function encrypt(text: string, encryptKey: string): string {
  const start = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-cbc', keyOf(encryptKey), start);
  return Buffer.concat([start, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** An app has one Encrypt Key, and two while it is being changed. */
const keys = new Map<string, Buffer>();
const MOST_KEYS = 8;

function keyOf(encryptKey: string): Buffer {
  const known = keys.get(encryptKey);
  if (known) return known;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = hash('sha256', encryptKey, 'buffer');
  keys.set(encryptKey, key);
  return key;
}
