/**
 * How Feishu seals and signs what it pushes, written from its documents and apart from our own receiving code, so that the
 * two can be held against each other.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** The AES-256 key of an Encrypt Key: SHA-256 of its UTF-8 bytes. */
export const cipherKey = (encryptKey: string): Buffer =>
  createHash('sha256').update(encryptKey, 'utf8').digest();

/** AES-256-CBC with PKCS#7; base64 of the 16-byte IV followed by the ciphertext. */
export function encrypt(plain: string, encryptKey: string, iv: Buffer = randomBytes(16)): string {
  const cipher = createCipheriv('aes-256-cbc', cipherKey(encryptKey), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

/** The way back; throws when the key is another one or the blob is damaged. */
export function decrypt(blob: string, encryptKey: string): string {
  const bytes = Buffer.from(blob, 'base64');
  const decipher = createDecipheriv(
    'aes-256-cbc',
    cipherKey(encryptKey),
    new Uint8Array(bytes.subarray(0, 16)),
  );
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
}

/** What goes into a signature besides the body. `timestamp` is in seconds, as text; `secret` the Encrypt Key. */
export type Seal = { readonly timestamp: string; readonly nonce: string; readonly secret: string };

/** `X-Lark-Signature`: plain SHA-256 (no HMAC) over the raw, still encrypted bytes. */
export const signature = (seal: Seal, body: Buffer): string =>
  createHash('sha256')
    .update(seal.timestamp + seal.nonce + seal.secret, 'utf8')
    .update(body)
    .digest('hex');

/** The old card callback's signature: SHA-1, and the secret is the Verification Token. */
export const legacySignature = (seal: Seal, body: Buffer): string =>
  createHash('sha1')
    .update(seal.timestamp + seal.nonce + seal.secret, 'utf8')
    .update(body)
    .digest('hex');
