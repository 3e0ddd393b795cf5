/** The administrator's command line: `npm run office -- <command>`. */
import '../compile-cache.ts';
import { exit } from './command.ts';
import { codeOf } from '../stop.ts';
import { obey } from './commands.ts';

// A reader that has seen enough (| head) is no fault
process.stdout.on('error', (error) => {
  if (codeOf(error) !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? exit.ok);
});
process.exitCode = await obey(process.argv.slice(2));
