import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../secret.ts';
import { StartRefusal } from '../start-refusal.ts';

/** 32 random bytes, written as hex. */
const KEY = /^[0-9a-f]{64}$/;

/**
 * The key that seals the record: `DATA_DIR/audit.key`, readable by us only, made when there is none. It lives outside the
 * database so that who can write there cannot also make new seals. Throws StartRefusal (78) when the file is not a key.
 */
export function auditKey(dataDir: string): Secret {
  const found = readAuditKey(dataDir);
  if (found) return found;
  mkdirSync(dataDir, { recursive: true });
  try {
    const fresh = randomBytes(32).toString('hex');
    // `wx`: two programs that start together end up with the same key
    writeFileSync(fileIn(dataDir), `${fresh}\n`, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw unusable(dataDir, error);
  }
  return readAuditKey(dataDir) ?? auditKey(dataDir);
}

/** The same, null when there is none: who only verifies must not make one. */
export function readAuditKey(dataDir: string): Secret | null {
  const text = textIn(dataDir);
  if (text === null) return null;
  if (KEY.test(text.trim())) return new Secret(text.trim());
  throw new StartRefusal(
    `DATA_DIR/audit.key: 应为 64 位十六进制密钥；请放回原来的文件（新密钥验不了旧记录）`,
  );
}

function textIn(dataDir: string): string | null {
  try {
    return readFileSync(fileIn(dataDir), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw unusable(dataDir, error);
  }
}

const fileIn = (dataDir: string): string => join(dataDir, 'audit.key');

const unusable = (dataDir: string, error: unknown): StartRefusal =>
  new StartRefusal(`DATA_DIR: ${fileIn(dataDir)} 读写不了（${codeOf(error)}）`, 78, error);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
