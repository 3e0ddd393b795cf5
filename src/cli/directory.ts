import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import { inWork } from '../../db/work.ts';
import { acceptLeavers } from '../directory/reading.ts';
import { exit, say, UsageError } from './command.ts';
import { withOffice } from './opened.ts';

/** `directory accept`: the people whom the last reading would have made leavers have really left; the running program applies it. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  if (positionals.join(' ') !== 'accept') throw new UsageError('directory accept');
  return withOffice(async ({ office }) => {
    const leavers = await inWork(office, { actor: 'system' }, (work) =>
      acceptLeavers(work, 'feishu'),
    );
    if (leavers === 0) {
      say(words('没有被搁置的通讯录更新', 'no reading of the directory was refused'));
      return exit.finding;
    }
    say(
      words(
        `好的：程序几分钟内会再读一次通讯录，最多让 ${leavers} 人离职`,
        `the program reads the directory again within minutes and lets up to ${leavers} people go`,
      ),
    );
    return exit.ok;
  });
}
