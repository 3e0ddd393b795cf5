// A program of its own that starts the embedded database under its first argument and holds it until it is killed.
import { startEmbedded } from '../../db/embedded.ts';
import { StartRefusal } from '../../src/start-refusal.ts';

try {
  const server = await startEmbedded(process.argv[2] ?? '', { durable: false });
  console.log(`holding ${server.connectionString.reveal()}`);
  setInterval(() => undefined, 60_000); // stay alive
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error;
  console.log(`refused ${error.message}`);
  process.exitCode = error.exitCode;
}
