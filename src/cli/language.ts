import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import { writeTable } from '../exports/table.ts';
import { exit, line, say, UsageError } from './command.ts';
import { Stop } from '../stop.ts';
import { addAlias, type Aliased } from './language-alias.ts';
import { misreadings, REVIEW } from './language-review.ts';
import { withOffice } from './opened.ts';

const USAGE = 'language review [--format csv] | language alias room|item NAME ALIAS';

/** `language review`: what was misread. `language alias`: one more name for a room or a thing, in one step. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: 'string' } },
  });
  const [what, ...rest] = positionals;
  if (what === 'review' && rest.length === 0) return review(values.format);
  if (what === 'alias' && values.format === undefined) return alias(rest);
  throw new UsageError(USAGE);
}

async function review(format: string | undefined): Promise<number> {
  if (format !== undefined && format !== 'csv') {
    throw new UsageError(`--format: 应为 csv，不是 “${format}”`);
  }
  const rows = await withOffice(misreadings);
  if (format === 'csv') {
    process.stdout.write(await writeTable(REVIEW, rows, 'csv'));
    return exit.ok;
  }
  for (const row of rows) {
    line(`${row.时间}  「${row.原话}」`);
    line(`    理解为 ${row.理解为}`);
    line(`    应为 ${row.应为 || '（没有再说）'}`);
  }
  say(words(`共 ${rows.length} 条`, `${rows.length} in all`));
  return exit.ok;
}

async function alias([sort, name, added, ...more]: readonly string[]): Promise<number> {
  if ((sort !== 'room' && sort !== 'item') || !name || !added || more.length > 0) {
    throw new UsageError(USAGE);
  }
  const done: Aliased = await withOffice(({ office }) => addAlias(office, sort, name, added));
  if (!done.ok) throw new Stop(done.says);
  if (!done.changed) {
    say(words(`“${name}” 已有这个叫法`, 'it is called so already'));
    return exit.ok;
  }
  say(words(`已加：“${added}” 就是 “${name}”`, 'added'));
  return exit.ok;
}
