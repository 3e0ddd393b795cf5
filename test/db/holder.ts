// A program of its own that starts the embedded database under its first argument and holds it until it is killed. With a second one it
// writes meanwhile, and says each number once it is committed.
import { startEmbedded } from '../../db/embedded.ts';
import { StartRefusal } from '../../src/start-refusal.ts';

try {
  const server = await startEmbedded(process.argv[2] ?? '', { durable: false });
  console.log(`holding ${server.connectionString.reveal()}`);
  if (process.argv[3] === undefined) setInterval(() => undefined, 60_000); // stay alive
  else await write(server.connectionString.reveal());
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error;
  console.log(`refused ${error.message}`);
  process.exitCode = error.exitCode;
}

async function write(connectionString: string): Promise<void> {
  const { default: pg } = await import('pg'); // who only holds starts without it
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined); // the server is killed as well
  await client.connect();
  await client.query(
    'create table if not exists written (n bigint primary key, pages text not null)',
  );
  const { rows } = await client.query('select coalesce(max(n), 0)::int as n from written');
  for (let n = Number(rows[0].n) + 1; ; n++) {
    await client.query('insert into written values ($1::bigint, repeat($1::bigint::text, 2000))', [
      n,
    ]);
    console.log(`committed ${n}`);
  }
}
