import { daysText } from '../../../cards/times.ts';
import type { Option } from '../../../cards/card.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { RepairRules } from '../../settings/repair-rules.ts';
import type { DraftOf } from '../fields.ts';
import type { Asking, Gap, Prepared } from '../kind.ts';
import { type Asset, assetNumbered, isInWarranty } from './assets.ts';
import { categoryFor, categoryOf, kept } from './categories.ts';
import type { RepairFields } from './form.ts';
import { type OpenTicket, sameTicket } from './open-tickets.ts';

type Draft = DraftOf<RepairFields>;

/**
 * Completes a report: what its asset tells, its category and how urgent it is by what was said, and whether somebody reported the
 * same thing already.
 */
export async function prepareRepair(draft: Draft, asking: Asking): Promise<Prepared<Draft>> {
  const asset = draft.asset === undefined ? undefined : await assetNumbered(asking.tx, draft.asset);
  const whole = withCategory(withAsset(draft, asset), asking.rules.repairs);
  const same = await sameAs(whole.form, asking);
  return {
    ...whole,
    options: { category: categoryOptions(asking.rules.repairs) },
    ...(draft.asset !== undefined && !asset ? { gaps: [unknownAsset(draft.asset)] } : {}),
    ...(asset ? { notes: [assetNote(asset, asking)] } : {}),
    ...(same ? offersOf(same, whole.form, asking) : {}),
  };
}

/** Place and thing are those of the register where the report does not say others. */
const withAsset = (draft: Draft, asset: Asset | undefined): Draft =>
  asset
    ? {
        ...draft,
        asset: asset.number,
        object: isNamed(draft.object, asset) ? asset.name : draft.object,
        place: draft.place ?? asset.place,
      }
    : draft;

/** What was heard as the thing is nothing but its number, or the word for such numbers. */
const isNamed = (object: string | undefined, { number }: Asset): boolean =>
  object === undefined ||
  object.toUpperCase().includes(number) ||
  number.includes(object.toUpperCase()) ||
  ['资产', '设备', '机器'].includes(object);

function withCategory(
  draft: Draft,
  rules: RepairRules,
): { readonly form: Draft; readonly guessed: readonly string[] } {
  const known =
    draft.category !== undefined && Object.hasOwn(rules.categories, draft.category.name)
      ? draft.category.name
      : undefined;
  const name = known ?? categoryFor(draft, rules);
  const urgency = draft.urgency ?? categoryOf(rules, name)?.priority ?? 'normal';
  return {
    form: { ...draft, urgency, category: kept(rules, name) },
    guessed: [
      ...(draft.urgency === undefined ? ['urgency'] : []),
      ...(known === undefined ? ['category'] : []),
    ],
  };
}

export const categoryOptions = ({ categories }: RepairRules): readonly Option[] =>
  Object.entries(categories).map(([name, { title }]) => ({ value: name, label: title }));

const unknownAsset = (number: string): Gap => ({
  field: 'asset',
  why: words(
    `台账里没有 ${number}，请核对标签，或清空后写清物品和地点`,
    `${number} is not in the register; check its label, or clear it and say what and where`,
  ),
});

/** 「资产 AST-0007：HP M428，保修到 2027年3月1日」 */
function assetNote(asset: Asset, { now }: Asking): Words {
  const model = asset.model ?? asset.name;
  const warranty = warrantyText(asset, now.toPlainDate());
  return words(
    `资产 ${asset.number}：${model}${warranty ? `，${warranty.zh}` : ''}`,
    `Asset ${asset.number}: ${model}${warranty ? `, ${warranty.en}` : ''}`,
  );
}

/** Until when its warranty holds or held; undefined when nobody knows. */
export function warrantyText(asset: Asset, today: Temporal.PlainDate): Words | undefined {
  const { warranty_until: until } = asset;
  const holds = isInWarranty(asset, today);
  if (until === null || holds === undefined) return undefined;
  const day = daysText(until, until, today);
  return holds
    ? words(`在保，到 ${day.zh}`, `in warranty until ${day.en}`)
    : words(`已过保（${day.zh}）`, `warranty ended ${day.en}`);
}

async function sameAs(draft: Draft, asking: Asking): Promise<OpenTicket | undefined> {
  const { object, place, asset } = draft;
  if (object === undefined || place === undefined || asking.changes !== undefined) return undefined;
  const broken = { object, place, ...(asset === undefined ? {} : { asset }) };
  return sameTicket(asking.tx, broken, draft.apart ?? []);
}

/** 「好像已有人报了：FIX-26-0007 3楼打印机，郑强处理中」, and what can be done about it. */
function offersOf(
  ticket: OpenTicket,
  draft: Draft,
  asking: Asking,
): Pick<Prepared<Draft>, 'warning' | 'offers'> {
  const { number, place, object, problem, taker } = ticket;
  const stands = taker
    ? words(`${taker}处理中`, `${taker} is on it`)
    : words('等待接单', 'not taken yet');
  const what = words(
    `${number} ${place}${object}（${problem}），${stands.zh}`,
    `${number} ${object} (${place}): ${problem}; ${stands.en}`,
  );
  const apart = {
    label: words('不是同一件', 'Not the same'),
    set: { apart: [...(draft.apart ?? []), ticket.id].slice(-MOST_APART) },
  };
  if (ticket.requester === asking.person)
    return {
      warning: words(`您已经报过：${what.zh}`, `You have reported it already: ${what.en}`),
      offers: [apart],
    };
  return {
    warning: words(
      `好像已有人报了：${what.zh}`,
      `Somebody seems to have reported it already: ${what.en}`,
    ),
    offers: [
      {
        label: words('我也遇到了', 'I have it too'),
        set: {},
        joins: ticket.id,
      },
      apart,
    ],
  };
}

/** As many as a form keeps. */
const MOST_APART = 20;
