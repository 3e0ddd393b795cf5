import type { Tx } from '../../db/database.ts';
import { peopleCalled, type Whom } from '../privacy/whom.ts';
import { UsageError } from './command.ts';
import { Stop } from '../stop.ts';

/** The one person that an argument means. Throws Stop when it means several, with how to tell them apart, and UsageError when nobody. */
export async function personMeant(tx: Tx, said: string): Promise<Whom> {
  const [found, ...others] = await peopleCalled(tx, said);
  if (!found)
    throw new UsageError(
      `没有 “${said}” 这个人（也没有这种导出）；可以写姓名、邮箱、工号、平台账号或 #编号 | there is no such person`,
    );
  if (others.length === 0) return found;
  const each = [found, ...others].map(
    ({ id, name, department, email, active }) =>
      `  #${id} ${name} ${department ?? ''} ${email ?? ''}${active ? '' : '（已离职）'}`,
  );
  throw new Stop(
    `有 ${each.length} 个 “${said}”，请改写 #编号 | there are several, say which by #:\n${each.join('\n')}`,
  );
}
