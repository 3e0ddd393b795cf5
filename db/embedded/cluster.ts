import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from '../../src/secret.ts';
import { StartRefusal } from '../../src/start-refusal.ts';
import { ownedBy } from './account.ts';
import { dataOf, type Place, run } from './place.ts';

/** The one role of the embedded server, its owner. */
export const ROLE = 'banshi';

/**
 * Makes the data folder if there is none, and refuses one of another major version. It is made under another name and
 * renamed when whole, so a crash in the middle leaves nothing that looks finished.
 */
export async function ensureCluster(place: Place, password: Secret): Promise<void> {
  const data = dataOf(place.home);
  if (existsSync(data)) return checkVersion(place);
  const fresh = join(place.home, 'data.new');
  const passwordFile = join(place.home, 'password.new');
  await rm(fresh, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  writeFileSync(passwordFile, password.reveal(), { mode: 0o600 });
  ownedBy(place.account, passwordFile, 0o600);
  const made = await run(place, 'initdb', initdbArguments(place));
  await rm(passwordFile, { force: true });
  if (made.code !== 0)
    throw new StartRefusal(`内置数据库建不起来（initdb）：${lastLine(made.said)}`);
  writeFileSync(versionFile(place), `${place.binaries.major}\n`);
  await rename(fresh, data);
}

const initdbArguments = (place: Place): readonly string[] => [
  `--pgdata=${place.seenHome}/data.new`,
  `--username=${ROLE}`,
  `--pwfile=${place.seenHome}/password.new`,
  '--auth=scram-sha-256',
  '--data-checksums',
  '--encoding=UTF8',
  ...(process.platform === 'linux'
    ? ['--locale=C.UTF-8']
    : ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']),
  ...(place.durable ? [] : ['--no-sync']),
];

/** The major version is kept beside the data, where people see it. */
const versionFile = (place: Place): string => join(place.home, 'version');

function checkVersion(place: Place): void {
  const file = join(dataOf(place.home), 'PG_VERSION'); // Postgres' own word, should ours be lost
  const found = readFileSync(existsSync(versionFile(place)) ? versionFile(place) : file, 'utf8');
  if (found.trim() === place.binaries.major) return;
  throw new StartRefusal(
    `内置数据库的数据是 PostgreSQL ${found.trim()} 的，本程序带的是 ${place.binaries.major}：` +
      '请用旧版程序 npm run office -- backup，换空的 DATA_DIR，再用新版 restore',
  );
}

/** The server's password: random, made once, kept in `DATA_DIR/postgres.password`, readable by us only. */
export function passwordIn(dataDir: string, isNew: boolean): Secret {
  const file = join(dataDir, 'postgres.password');
  if (existsSync(file)) return new Secret(readFileSync(file, 'utf8').trim());
  if (!isNew)
    throw new StartRefusal(
      `内置数据库的密码文件 ${file} 不见了：请放回它，或从备份恢复到空的 DATA_DIR`,
    );
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600, flush: true });
  return new Secret(password);
}

/** The last line a program said, which is where Postgres' programs put the reason. */
export const lastLine = (said: string): string =>
  said.split('\n').findLast((line) => line.trim()) ?? '';
