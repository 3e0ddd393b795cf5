/** What somebody who left still has in hand: it is moved, ended or given back before they are forgotten. */
import { sql } from 'kysely';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { about } from './rows.ts';

type Matter = {
  readonly table: string;
  readonly of: string;
  readonly says: (count: number) => Words;
};

const MATTERS: readonly Matter[] = [
  {
    table: 'task',
    of: "person_id = $ and state = 'open'",
    says: (n) =>
      words(
        `还有 ${n} 项待办在等 TA：请相关的人转交或撤回`,
        `${n} open tasks wait for them: transfer or withdraw them`,
      ),
  },
  {
    table: 'request',
    of: "requester_id = $ and closed_at is null and state not in ('rejected', 'withdrawn', 'cancelled', 'done')",
    says: (n) =>
      words(
        `还有 ${n} 张没结束的申请：请办结、驳回或取消`,
        `${n} of their requests are not closed: finish, reject or cancel them`,
      ),
  },
  {
    table: 'meeting',
    of: "host_id = $ and state = 'planned'",
    says: (n) =>
      words(
        `还主持着 ${n} 场没开完的会议：请取消，由别人重新预订`,
        `they host ${n} meetings ahead: cancel them, somebody else books anew`,
      ),
  },
  {
    table: 'trip',
    of: "person_id = $ and state = 'approved' and ends >= current_date",
    says: (n) =>
      words(
        `还有 ${n} 次没结束的出差：请取消`,
        `${n} trips are still ahead or under way: cancel them`,
      ),
  },
  {
    table: 'loan',
    of: "person_id = $ and state in ('asked', 'out', 'returning')",
    says: (n) =>
      words(`还有 ${n} 件借用没还：请先收回`, `${n} loans are out: take them back first`),
  },
  {
    table: 'asset',
    of: 'holder_id = $ and active',
    says: (n) =>
      words(
        `名下还有 ${n} 件资产：请在台账里改使用人再导入`,
        `${n} assets are still in their name: change the holder and import the register`,
      ),
  },
  {
    table: 'action_item',
    of: "owner_id = $ and state in ('draft', 'open', 'doing', 'postponed')",
    says: (n) =>
      words(
        `还有 ${n} 个行动项：请主持人改派`,
        `${n} action items are theirs: their hosts hand them to others`,
      ),
  },
  {
    table: 'minutes',
    of: "host_id = $ and state in ('asked', 'drafted')",
    says: (n) =>
      words(
        `还有 ${n} 份没完成的会议纪要：请确认或注明不需要`,
        `${n} minutes are not done: confirm or waive them`,
      ),
  },
  {
    table: 'round',
    of: "claimed_by = $ and state = 'open'",
    says: (n) =>
      words(
        `还有 ${n} 项例行工作在手：请别人接手`,
        `${n} rounds are in hand: somebody else takes them`,
      ),
  },
  {
    table: 'absence',
    of: 'delegate_id = $ and until > now()',
    says: (n) =>
      words(
        `还是 ${n} 位同事休假期间的代批人：请他们另选`,
        `they stand in for ${n} colleagues: have others named`,
      ),
  },
];

/** One sentence for each sort of what is open; none: nothing is. */
export async function openMatters(tx: Tx, person: number): Promise<readonly Words[]> {
  const open: Words[] = [];
  for (const { table, of, says } of MATTERS) {
    const { rows } = await sql<{ readonly count: number }>`
      select count(*)::int as count from ${sql.table(table)} where ${about(of, person)}`.execute(
      tx,
    );
    const count = rows[0]?.count ?? 0;
    if (count > 0) open.push(says(count));
  }
  return open;
}
