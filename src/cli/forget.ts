import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import { inWork } from '../../db/work.ts';
import { forget } from '../privacy/forget.ts';
import { exit, line, say, UsageError } from './command.ts';
import { withOffice } from './opened.ts';
import { personMeant } from './person-meant.ts';

/** `forget PERSON`: somebody who has left and owes nothing any more; what stays is told in docs/privacy.md. It cannot be undone. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [said, ...more] = positionals;
  if (said === undefined || more.length > 0) throw new UsageError('forget PERSON');
  return withOffice(({ office }) =>
    inWork(office, { actor: 'system', cause: 'cli:forget' }, async (work) => {
      const { id } = await personMeant(work.tx, said);
      const done = await forget(work, id);
      if (!done.forgotten) {
        say(words(`#${id} 现在还不能清除：`, `#${id} cannot be forgotten yet:`));
        for (const { zh, en } of done.why) line(`  - ${zh} | ${en}`);
        return exit.finding;
      }
      say(
        words(
          `已清除：现在只叫「已离职员工 #${id}」，删了 ${done.rows} 行；数字、金额和操作记录照旧`,
          `forgotten: only 已离职员工 #${id} is left, ${done.rows} rows went; figures and the record stay`,
        ),
      );
      if (done.nameStays)
        say(
          words(
            '还有人叫这个名字，别人写的话里的这个名字没有改',
            'somebody else bears the name, so it stays in what others wrote',
          ),
        );
      say(
        words(
          '以前的备份里还有，随备份一起到期；飞书里的消息请在飞书处理',
          'older backups still have it until they expire; messages in Feishu are kept by Feishu',
        ),
      );
      return exit.ok;
    }),
  );
}
