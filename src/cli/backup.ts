import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import { inWork } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { systemClock } from '../time/clock.ts';
import { writeBackup } from '../backup/write.ts';
import { exit, line, say, UsageError } from './command.ts';
import { withOffice } from './opened.ts';

/** `backup FILE`: the whole state, of our own database or of the administrator's, while the program runs or not. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('backup FILE');
  return withOffice(async ({ office, config }) => {
    const { tables, head } = await writeBackup(office.db, file, systemClock().now());
    const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
    await inWork(office, { actor: 'system', cause: 'cli:backup' }, (work) =>
      record(work, 'backup.made', 'office', { after: { rows, head } }),
    );
    const count = Object.keys(tables).length;
    say(words(`已备份到 ${file}：${count} 张表，${rows} 行`, `${count} tables, ${rows} rows`));
    line(`封条 head ${head.place}:${head.hash || '-'}`);
    say(
      words(
        `另请保存 ${config.dataDir}/audit.key，没有它验不了操作记录；上传的文件也在那里`,
        'keep audit.key as well: without it the record cannot be verified; uploaded files are there too',
      ),
    );
    return exit.ok;
  });
}
