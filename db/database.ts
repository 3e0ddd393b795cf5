import {
  Kysely,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import type { Secret } from '../src/secret.ts';
import { checkServer } from './checks.ts';
import { isStale } from './sqlstate.ts';
import { type Named, type StatementNames, statementNames } from './statements.ts';
import type { Tables } from './tables.ts';
import { refusalOf } from './unreachable.ts';
import { toParameter, valueTypes } from './values.ts';

/** The database, as all of the program uses it. `destroy()` closes its connections. */
export type Db = Kysely<Tables>;

/** A running transaction of it. */
export type Tx = Transaction<Tables>;

export type DatabaseOptions = {
  /** `postgres://…`; the embedded server gives one too. */
  readonly connectionString: Secret;
  /** Connections at most. 12 keeps two replicas and the job workers inside the embedded server's 40. */
  readonly max?: number;
  /** Told of connections that broke while nobody waited for them; the pool replaces them by itself. */
  readonly onConnectionError?: (error: Error) => void;
};

/**
 * Settings of every pool of ours; times in milliseconds. Each wait has an end: a statement 5 s, a lock 1.5 s, an idle
 * transaction 10 s, a new connection 2 s. Job workers use them as well.
 */
const poolSettings = (options: DatabaseOptions): pg.PoolConfig => ({
  connectionString: options.connectionString.reveal(),
  max: options.max ?? 12,
  connectionTimeoutMillis: 2_000,
  keepAlive: true,
  application_name: 'banshi',
  statement_timeout: 5_000,
  lock_timeout: 1_500,
  idle_in_transaction_session_timeout: 10_000,
  // What begins a transaction travels with its first statement.
  pipeline: true,
  types: valueTypes,
});

/**
 * Connects and checks that the server suits us (version, encoding, btree_gist).
 * Throws StartRefusal: exit code 69 while the server cannot be reached, 78 for what a person must mend.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Db> {
  const pool = openPool(options);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withParameters(pool) }) });
  try {
    await checkServer(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw refusalOf(error, options.connectionString);
  }
}

/** A pool that outlives a restart of the server: both listeners are needed, or a cut connection ends the process. */
function openPool(options: DatabaseOptions): pg.Pool {
  const note = options.onConnectionError ?? (() => undefined);
  let pool: pg.Pool;
  try {
    pool = new pg.Pool(poolSettings(options));
  } catch (error) {
    throw refusalOf(error, options.connectionString);
  }
  pool.on('error', note);
  pool.on('connect', (client) => client.on('error', note));
  return pool;
}

/** The pool as Kysely uses it, with each parameter written as Postgres reads it, and what is asked again and again prepared. */
function withParameters(pool: pg.Pool): PostgresPool {
  const statements = statementNames();
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const mapped = (client: pg.PoolClient): PostgresPoolClient => {
    const wrapped = known.get(client) ?? withMappedQuery(client, statements);
    known.set(client, wrapped); // Kysely remembers its connections by this object
    return wrapped;
  };
  return {
    options: pool.options,
    connect: async () => mapped(await pool.connect()),
    end: () => pool.end(),
  };
}

/** What `pg` offers besides what Kysely asks of it: a statement with the name under which it stays prepared. */
type Preparing = {
  query<R>(
    statement: Named & { readonly values: readonly unknown[] },
  ): Promise<PostgresQueryResult<R>>;
};

/**
 * What only marks a place in a transaction, and whose answer nobody reads: it is sent together with the statement after it, in one write, which saves a way to the
 * server and back. Should it fail, so does that one.
 */
const GOES_ALONG = /^(?:begin|savepoint \w+|release savepoint \w+)$/;

/** Sends what `act` asks in one write. */
function together<T>(client: pg.PoolClient, act: () => T): T {
  if (!(client instanceof pg.Client)) return act();
  const { stream } = client.connection;
  stream.cork();
  try {
    return act();
  } finally {
    stream.uncork();
  }
}

function withMappedQuery(client: pg.PoolClient, statements: StatementNames): PostgresPoolClient {
  const plain: PostgresPoolClient = client;
  const preparing: Preparing = client;
  let before: string[] = [];
  async function asked<R>(
    text: string,
    parameters: ReadonlyArray<unknown>,
  ): Promise<PostgresQueryResult<R>> {
    if (GOES_ALONG.test(text)) {
      before.push(text);
      return { command: 'SELECT', rowCount: 0, rows: [] };
    }
    const first = before;
    before = [];
    const ask = (): Promise<PostgresQueryResult<R>> =>
      preparing.query<R>({ ...statements.name(text), values: parameters.map(toParameter) });
    try {
      if (first.length === 0) return await ask();
      const [answer, ...along] = together(client, () => {
        const marks = first.map((one) => client.query(one));
        return [ask(), ...marks] as const;
      });
      await Promise.all([...along, answer]);
      return await answer;
    } catch (error) {
      // The same work is done again, and meets no plan of old.
      if (isStale(error)) statements.renew();
      throw error;
    }
  }
  function query<R>(
    text: string,
    parameters: ReadonlyArray<unknown>,
  ): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query<R>(what: string | PostgresCursor<R>, parameters: ReadonlyArray<unknown> = []) {
    return typeof what === 'string' ? asked<R>(what, parameters) : plain.query(what);
  }
  return { query, release: (destroy) => client.release(destroy) };
}
