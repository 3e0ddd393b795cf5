import { z } from 'zod';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { ItemAsked, Slots } from '../../language/meaning.ts';
import { numberAt } from '../../language/numbers.ts';
import { answerText } from '../fields/answers.ts';
import type { Field } from '../fields.ts';

/**
 * One line of a supply request. `name` is the catalogue's once it is matched; price and unit are those of the moment of
 * asking. `purchase`: not taken from stock, the office buys it. `known` false: nothing in the catalogue is near.
 */
export type Line = {
  readonly name: string;
  readonly quantity: number;
  readonly unit?: string | undefined;
  readonly price?: number | undefined;
  /** The catalogue's. */
  readonly category?: string | undefined;
  readonly known?: boolean | undefined;
  /** The name and unit in the person's own words, where the catalogue has others: the draft tells what was made of them. */
  readonly saidName?: string | undefined;
  readonly saidUnit?: string | undefined;
  readonly purchase?: boolean | undefined;
  /** The old one is brought for it. */
  readonly tradeIn?: boolean | undefined;
};

/** More kinds of things in one request are split by the person. */
const MOST_LINES = 50;

const line = z.object({
  name: z.string().min(1).max(60),
  quantity: z.number().positive().max(10_000),
  unit: z.string().max(10).optional(),
  price: z.number().nonnegative().optional(),
  category: z.string().max(60).optional(),
  known: z.boolean().optional(),
  saidName: z.string().max(60).optional(),
  saidUnit: z.string().max(10).optional(),
  purchase: z.boolean().optional(),
  tradeIn: z.boolean().optional(),
});

/** The things asked for, each with count and unit; on a card one line of text each: 「A4纸 2 包」. */
export const lines: Field<readonly Line[], true> = {
  label: words('物品', 'Items'),
  required: true,
  schema: z.array(line).min(1).max(MOST_LINES),
  hears: (slots) => spokenLines(slots),
  inputs: (name, value) => [
    {
      input: 'text',
      name,
      label: words('物品（每行一种，如「A4纸 2 包」）', 'Items, one a line, such as “A4纸 2 包”'),
      lines: 'many',
      required: true,
      longest: 1_000,
      ...(value ? { value: value.map(lineText).join('\n') } : {}),
    },
  ],
  reads: (name, answers) => {
    const answer = answerText(name, answers);
    if (answer === undefined) return undefined;
    const read = answer
      .split('\n')
      .filter((each) => each.trim() !== '')
      .map(readLine);
    if (read.length > MOST_LINES) {
      throw new Refusal(
        'form.lines',
        words(
          `一次最多 ${MOST_LINES} 种物品，请分开申领`,
          `At most ${MOST_LINES} items at a time; please split`,
        ),
      );
    }
    return read;
  },
  shows: (value) => value.map(lineText).join('；'),
  keeps: (value) => value.map((each) => ({ ...each, saidName: undefined, saidUnit: undefined })),
};

/** What they cost at the catalogue's prices, in fen; what is to be bought has no price yet and counts nothing. */
export const fenOf = (items: readonly Line[]): number =>
  Math.round(
    items.reduce((sum, { price, quantity }) => sum + Math.round((price ?? 0) * 100) * quantity, 0),
  );

/** 「A4纸 × 2 包」 */
export const lineText = (each: Line): string =>
  `${each.name} ${each.quantity}${each.unit ? ` ${each.unit}` : ''}${each.purchase ? '（采购）' : ''}`;

function spokenLines(slots: Slots): readonly Line[] | undefined {
  const value = slots['items'];
  if (!Array.isArray(value)) return undefined;
  const asked = value.filter((each): each is ItemAsked => typeof each === 'object');
  const found = asked.slice(0, MOST_LINES).map(({ name, qty, unit }) => ({
    name: name.slice(0, 60),
    quantity: qty ?? 1,
    ...(unit ? { unit } : {}),
  }));
  return found.length > 0 ? found : undefined;
}

/** Reads 「A4纸 2包」, 「2包A4纸」 or a bare name (then one). The count is the last number that a unit or the end follows. */
function readLine(text: string): Line {
  const said = text.replace('（采购）', '').trim();
  const purchase = text.includes('（采购）') ? { purchase: true } : {};
  const parts = said.split(/\s+/u);
  for (const [index, part] of parts.entries()) {
    if (index === 0) continue;
    const number = numberAt(part, 0);
    if (!number) continue;
    const unit = (part.slice(number.to) || parts.slice(index + 1).join('')).slice(0, 10);
    const name = parts.slice(0, index).join(' ');
    return {
      name: name.slice(0, 60),
      quantity: number.value,
      ...(unit ? { unit } : {}),
      ...purchase,
    };
  }
  const leading = numberAt(said, 0);
  if (leading && leading.to < said.length) {
    const rest = said.slice(leading.to).trim();
    return {
      name: rest.slice(1).trim().slice(0, 60) || rest,
      quantity: leading.value,
      unit: rest.slice(0, 1),
      ...purchase,
    };
  }
  return { name: said.slice(0, 60), quantity: 1, ...purchase };
}
