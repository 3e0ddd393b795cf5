/** 以旧换新: for some things the old one is brought. Who does not bring it, and takes more than one person's due, says why. */
import { Refusal } from '../../../cards/refusal.ts';
import { enumerated, type Words, words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { Rules } from '../../settings/rules.ts';
import { tradeInDue } from '../../settings/supply-rules.ts';
import { spanText, wallMinutes } from '../../time/spans.ts';
import type { Fields } from '../fields.ts';
import { text, yesNo } from '../fields/plain.ts';
import type { StoredForm } from '../kind.ts';
import { summed } from './fifo.ts';
import type { Line } from './lines.ts';

/** Whether the old one came back, and why not. */
export type OldOne = { readonly back: boolean; readonly why?: string };

/** The things of these lines for which an old one is brought, each once; what the office buys first is nobody's old one yet. */
export const tradeInsOf = (lines: readonly Line[]): readonly string[] => [
  ...new Set(lines.flatMap((line) => (line.tradeIn && !line.purchase ? [line.name] : []))),
];

/** 「领取时请带旧的硒鼓来换」 */
export function bringText(names: readonly string[]): Words {
  const all = enumerated(names);
  return words(`领取时请带旧的${all.zh}来换`, `Bring the old ${all.en} when you pick it up`);
}

/** What goes beyond a person's due: 「硒鼓每人 30 天 1 个，您有 1 个没交回旧件，这次 1 个；多领请写原因」. */
export async function beyondDue(
  tx: Tx,
  rules: Rules,
  now: Temporal.Instant,
  asked: {
    readonly person: number;
    readonly lines: readonly Line[];
    readonly request?: number | undefined;
  },
): Promise<readonly Words[]> {
  const told: Words[] = [];
  for (const name of tradeInsOf(asked.lines)) {
    const same = asked.lines.filter((line) => line.name === name && !line.purchase);
    const quantity = summed(same.map((line) => line.quantity));
    const { within, due } = tradeInDue(rules.supplies, name);
    const since = now.subtract({ minutes: wallMinutes(within) });
    const out = await withoutOldOne(tx, { name, since, ...asked });
    if (summed([out, quantity]) <= due) continue;
    const unit = same[0]?.unit ?? '';
    const span = spanText(within);
    told.push(
      words(
        `「${name}」每人 ${span.zh}内 ${due} ${unit}，您有 ${out} ${unit}没交回旧件，这次 ${quantity} ${unit}；多领请写原因`,
        `“${name}”: ${due} a person in ${span.en}; ${out} of yours without the old one, ${quantity} now; more needs a reason`,
      ),
    );
  }
  return told;
}

/** Units that a person was promised since a moment and for which no old one came back, yet or at all. */
async function withoutOldOne(
  tx: Tx,
  of: {
    readonly name: string;
    readonly person: number;
    readonly request?: number | undefined;
    readonly since: Temporal.Instant;
  },
): Promise<number> {
  const rows = await tx
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .innerJoin('request', 'request.id', 'movement.request_id')
    .select((q) => q.fn.sum<number>('movement.reserved_change').as('promised'))
    .where('item.name', '=', of.name)
    .where('movement.sort', 'in', ['reserve', 'release'])
    .where('request.requester_id', '=', of.person)
    .where('request.submitted_at', '>=', of.since)
    .where('request.id', '!=', of.request ?? 0)
    .where((q) =>
      // A hand-over that was taken back is there twice, the second time the other way.
      q(
        q
          .selectFrom('movement as back')
          .select((sum) =>
            sum.fn.coalesce(sum.fn.sum<number>('back.on_hand_change'), sum.lit(0)).as('came'),
          )
          .whereRef('back.request_id', '=', 'movement.request_id')
          .whereRef('back.item_id', '=', 'movement.item_id')
          .where('back.old_back', '=', true),
        '=',
        0,
      ),
    )
    .groupBy('request.id')
    .execute();
  return summed(rows.map(({ promised }) => promised));
}

/** What the office ticks as it hands these things over. */
export const oldOnes = (names: readonly string[]): Fields => ({
  ...Object.fromEntries(
    names.map((name, place) => [
      `old${place + 1}`,
      yesNo({
        label: words(`旧件已收回：${name}`, `The old one is here: ${name}`),
        required: false,
      }),
    ]),
  ),
  oldWhy: text({
    label: words('没收回旧件的原因', 'Why the old one is not here'),
    required: false,
    longest: 100,
  }),
});

/**
 * What was ticked for each of these things. Refusal `supply.old-one` when one is neither ticked nor explained: nothing is handed over then.
 */
export function oldOnesIn(
  names: readonly string[],
  outcome: StoredForm,
): ReadonlyMap<string, OldOne> {
  const said = outcome['oldWhy'];
  const why = typeof said === 'string' ? said : undefined;
  const found = names.map((name, place) => ({ name, back: outcome[`old${place + 1}`] === true }));
  const missing = found.flatMap(({ name, back }) => (back ? [] : [name]));
  if (missing.length > 0 && why === undefined) {
    const all = enumerated(missing);
    throw new Refusal(
      'supply.old-one',
      words(`旧的${all.zh}还没有收回`, `The old ${all.en} is not here yet`),
      words(
        '请在发放卡片上勾「旧件已收回」，没有收回的写明原因',
        'Please tick that it is here on the card, or write why it is not',
      ),
    );
  }
  return new Map(
    found.map(({ name, back }) => [name, { back, ...(back || why === undefined ? {} : { why }) }]),
  );
}
