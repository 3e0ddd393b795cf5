import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../db/embedded.ts';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { Secret } from '../../src/secret.ts';
import { readRules } from '../../src/settings/index.ts';
import type { Rules } from '../../src/settings/rules.ts';
import { unlimited } from '../../test/office/unlimited.ts';

/** The demo company with a database of its own, for as long as `act` takes. `by` changes its rules. */
export async function withOffice(
  act: (app: App) => Promise<void>,
  by: (rules: Rules) => Rules = (rules) => rules,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'office-bench-'));
  const embedded = await startEmbedded(folder);
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', SIMULATOR: 'on' });
  const rules = await readRules('office.yaml', { mustExist: true });
  if (!config.ok || !rules.ok) throw new Error('the demo office is misconfigured');
  const app = await createApp({
    config: config.config,
    rules: by({ ...rules.rules, limits: unlimited }),
    connectionString: embedded.connectionString,
    auditKey: new Secret('00'.repeat(32)),
  });
  try {
    await act(app);
  } finally {
    await app.stop();
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
