/** Opens what the program itself opens: configuration, rules, database, clock. */
import { type Db, openDatabase } from '../../db/database.ts';
import { useEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import type { Office } from '../../db/work.ts';
import { type Config, environment, readConfig } from '../config.ts';
import { kinds } from '../requests/index.ts';
import { readRules, type Rules } from '../settings/index.ts';
import { officeClock } from '../simulation/office-clock.ts';
import { exitCodes } from '../start-refusal.ts';
import { systemClock } from '../time/clock.ts';

/** Configuration or rules are wrong: all mistakes, one line each. The program itself would not start either. */
export class Misconfigured extends Error {
  override name = 'Misconfigured';
  readonly mistakes: readonly string[];
  readonly exitCode = exitCodes.configuration;
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

/** The configuration from the environment. Throws Misconfigured. */
export function configured(): Config {
  const read = readConfig(environment());
  if (!read.ok) throw new Misconfigured(read.mistakes);
  return read.config;
}

/** The office's rules. Throws Misconfigured. */
export async function ruled({ officeConfig }: Config): Promise<Rules> {
  const read = await readRules(officeConfig.path, {
    mustExist: officeConfig.required,
    kinds: kinds.map((kind) => kind.name),
  });
  if (!read.ok) throw new Misconfigured(read.mistakes);
  return read.rules;
}

/**
 * The database of this configuration, with no migration run: the administrator's, or our own, which is started for as long
 * as `act` takes when the program is not running now. Throws StartRefusal.
 */
export async function withDatabase<T>(config: Config, act: (db: Db) => Promise<T>): Promise<T> {
  const embedded = config.databaseUrl ? null : await useEmbedded(config.dataDir);
  try {
    const connectionString = config.databaseUrl ?? embedded?.connectionString;
    if (!connectionString) throw new Error('neither a database address nor our own database');
    const db = await openDatabase({ connectionString, max: 3 });
    try {
      return await act(db);
    } finally {
      await db.destroy();
    }
  } finally {
    await embedded?.stop();
  }
}

/** Everything a command about the office's data needs. `office.clock` is the simulator's, where that is on. */
export type Opened = {
  readonly config: Config;
  readonly rules: Rules;
  readonly office: Office;
};

/** Opens the office as the program does, tables brought up to date. Throws Misconfigured and StartRefusal. */
export async function withOffice<T>(act: (opened: Opened) => Promise<T>): Promise<T> {
  const config = configured();
  const rules = await ruled(config);
  return withDatabase(config, async (db) => {
    await migrate(db);
    const clock = config.simulator ? await officeClock(db, systemClock()) : systemClock();
    return act({ config, rules, office: { db, clock } });
  });
}
