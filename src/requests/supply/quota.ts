/** Department quotas: told while somebody drafts, held at the approval. */
import { Refusal } from '../../../cards/refusal.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import { readOrganisation } from '../../directory/organisation.ts';
import type { Rules } from '../../settings/rules.ts';
import { quotaOf } from '../../settings/supply-rules.ts';
import { departmentsOf } from '../../workflow/routing.ts';
import { summed } from './fifo.ts';
import type { Line } from './lines.ts';

type Asked = {
  readonly person: number;
  readonly lines: readonly Line[];
  /** The request itself, where it is filed already: what it holds is not counted twice. */
  readonly request?: number | undefined;
};

/** What goes beyond a quota: 「研发部本月的A4纸配额是 20 包，已领 15 包，这次 10 包」. */
export async function overQuota(
  tx: Tx,
  rules: Rules,
  now: Temporal.Instant,
  { person, lines, request }: Asked,
): Promise<readonly Words[]> {
  if (Object.keys(rules.supplies.quotas).length === 0) return [];
  const org = await readOrganisation(tx, rules.roles, now);
  const own = departmentsOf(person, org);
  const told: Words[] = [];
  const things = Map.groupBy(
    lines.filter((line) => !line.purchase),
    ({ name }) => name,
  );
  for (const [name, same] of things) {
    const quantity = summed(same.map((line) => line.quantity));
    const unit = same[0]?.unit ?? '';
    const quota = quotaOf(rules.supplies, own, name);
    if (!quota) continue;
    const colleagues = [...org.people.keys()].filter((each) =>
      departmentsOf(each, org).includes(quota.department),
    );
    const taken = await takenOf(tx, { name, colleagues, request, since: monthOf(now, rules) });
    if (summed([taken, quantity]) <= quota.most) continue;
    told.push(
      words(
        `${quota.department}本月的「${name}」配额是 ${quota.most} ${unit}，已领 ${taken} ${unit}，这次 ${quantity} ${unit}，超出 ${summed([taken, quantity, -quota.most])} ${unit}`,
        `${quota.department} may take ${quota.most} of “${name}” this month; ${taken} are taken, this is ${quantity} more`,
      ),
    );
  }
  return told;
}

const monthOf = (now: Temporal.Instant, { timeZone }: Rules): Temporal.Instant =>
  now.toZonedDateTimeISO(timeZone).with({ day: 1 }).startOfDay().toInstant();

/**
 * Units that colleagues were promised since a moment and have not given back; what was handed over had been promised before. What is given
 * back of an earlier month's promises leaves no more for this month.
 */
async function takenOf(
  tx: Tx,
  of: {
    readonly name: string;
    readonly colleagues: readonly number[];
    readonly request: number | undefined;
    readonly since: Temporal.Instant;
  },
): Promise<number> {
  const rows = await tx
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .innerJoin('request', 'request.id', 'movement.request_id')
    .select((q) => q.fn.sum<number>('movement.reserved_change').as('taken'))
    .where('item.name', '=', of.name)
    .where('movement.sort', 'in', ['reserve', 'release'])
    .where('movement.at', '>=', of.since)
    .where('request.requester_id', 'in', [...of.colleagues])
    .where('request.id', '!=', of.request ?? 0)
    .groupBy('request.id')
    .execute();
  return summed(rows.map(({ taken }) => Math.max(0, taken)));
}

/** Refusal `supply.quota` when what is approved goes beyond a quota: it has to be made less, or the quota more. */
export async function holdQuota(
  tx: Tx,
  rules: Rules,
  now: Temporal.Instant,
  asked: Asked,
): Promise<void> {
  const [over] = await overQuota(tx, rules, now, asked);
  if (!over) return;
  throw new Refusal(
    'supply.quota',
    over,
    words(
      '请减少数量，或请行政主管调整配额（office.yaml 的 supplies.quotas）',
      'Please take fewer, or have the quota changed (supplies.quotas in office.yaml)',
    ),
  );
}
