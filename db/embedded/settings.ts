import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownedBy } from './account.ts';
import { dataOf, type Place } from './place.ts';

/** Where a running server can be reached: `host` is a folder with its socket, or an address. */
export type Address = { readonly host: string; readonly port: number };

/** Port number in the socket's name, and nowhere else. */
const SOCKET_PORT = 5432;

/** Bytes in the path of a socket: 107 on Linux (sun_path in unix(7), less the end mark), 103 on macOS; the smaller. */
const SOCKET_PATH_LIMIT = 103;

/** The socket's file name, which Postgres makes of the port. */
export const SOCKET = `.s.PGSQL.${SOCKET_PORT}`;

/**
 * Where a server of this place is to listen: in a private folder in its home, or, where that path is too long, in a new
 * one among the temporary files; on Windows, whose Postgres knows no private sockets, at a free port of the loopback.
 */
export async function newAddress(place: Place): Promise<Address> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() };
  const inside = join(place.home, 'socket');
  const fits = Buffer.byteLength(join(inside, SOCKET)) <= SOCKET_PATH_LIMIT;
  const folder = fits ? inside : mkdtempSync(join(tmpdir(), 'banshi-'));
  return { host: folder, port: SOCKET_PORT };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });

/** The folder of the socket, belonging to the server; one that somebody cleaned away is made again. */
function prepareSocketFolder(place: Place, address: Address): void {
  if (process.platform === 'win32') return;
  mkdirSync(address.host, { recursive: true });
  ownedBy(place.account, address.host, 0o700);
}

/** Writes the server's whole configuration; it is ours, and written anew at each start. */
export function writeSettings(place: Place, address: Address): void {
  prepareSocketFolder(place, address);
  const file = join(dataOf(place.home), 'postgresql.conf');
  const lines = Object.entries({
    ...where(place, address),
    ...size(place),
    ...log,
    ...zone,
    ...safety(place),
  });
  writeFileSync(file, lines.map(([name, value]) => `${name} = ${quoted(value)}\n`).join(''));
  ownedBy(place.account, file, 0o600);
}

type Settings = { readonly [name: string]: string };

const where = (place: Place, address: Address): Settings => {
  const port = String(address.port);
  if (process.platform === 'win32')
    return { listen_addresses: address.host, port, unix_socket_directories: '' };
  const folder = address.host.replace(place.home, () => place.seenHome);
  return {
    listen_addresses: '',
    port,
    unix_socket_directories: `"${folder.replaceAll('"', '""')}"`, // it is a list
    unix_socket_permissions: '0700',
  };
};

/** For a small machine; no parallel queries, since containers give little shared memory. */
const size = (place: Place): Settings => ({
  shared_buffers: '64MB',
  max_connections: String(place.maxConnections),
  max_parallel_workers_per_gather: '0',
  max_wal_size: '256MB',
});

/** Errors are ours to report, and their details hold what people wrote: the server logs its own affairs only. */
const log: Settings = {
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

const zone: Settings = { timezone: 'UTC', log_timezone: 'UTC', datestyle: 'iso, ymd' };

/** A commit is written before it is answered, and synced; the tests leave out only the syncing. */
const safety = (place: Place): Settings => ({
  fsync: place.durable ? 'on' : 'off',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  password_encryption: 'scram-sha-256',
});

const quoted = (value: string): string =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
