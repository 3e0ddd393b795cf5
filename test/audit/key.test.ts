import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { auditKey, readAuditKey } from '../../src/audit/key.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'office-key-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

describe('the key of the record', () => {
  test('is made once, 32 random bytes that only we can read', () => {
    const data = join(folder(), 'data');
    expect(readAuditKey(data.replace(/data$/, ''))).toBeNull();
    const key = auditKey(data);
    expect(key.reveal()).toMatch(/^[0-9a-f]{64}$/);
    expect(auditKey(data).reveal()).toBe(key.reveal());
    expect(auditKey(folder()).reveal()).not.toBe(key.reveal());
    expect(statSync(join(data, 'audit.key')).mode & 0o777).toBe(0o600);
    expect(String(key)).toBe('[secret]');
  });

  test('a damaged file is refused in words that do not show it, and is left alone', () => {
    const data = folder();
    writeFileSync(join(data, 'audit.key'), 'abc123');
    expect(() => auditKey(data)).toThrow(/^DATA_DIR\/audit\.key: (?!.*abc123)/);
    expect(readFileSync(join(data, 'audit.key'), 'utf8')).toBe('abc123');
  });
});
