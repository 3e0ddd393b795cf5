/** Making a card smaller, never to nothing: long lists end with how many more there are, long texts with an ellipsis. */
import type {
  Block,
  Card,
  FactsBlock,
  FormBlock,
  Input,
  StepsBlock,
  TableBlock,
  TextBlock,
} from '../../../../cards/card.ts';
import { inLanguage, type Text, type Words, words } from '../../../../cards/words.ts';
import { cut } from './text.ts';

/** How much of everything stays: characters of a text, items of a list, options of a choice, blocks, buttons, inputs. */
export type Measure = {
  readonly text: number;
  readonly items: number;
  readonly options: number;
  readonly blocks: number;
  readonly buttons: number;
  readonly inputs: number;
};

/** From hardly shortened to what fits in any case. */
export const measures: readonly Measure[] = [
  { text: 2_000, items: 50, options: 120, blocks: 60, buttons: 30, inputs: 30 },
  { text: 1_000, items: 25, options: 60, blocks: 30, buttons: 20, inputs: 24 },
  { text: 500, items: 15, options: 30, blocks: 20, buttons: 12, inputs: 20 },
  { text: 200, items: 10, options: 15, blocks: 12, buttons: 8, inputs: 16 },
  { text: 100, items: 6, options: 8, blocks: 8, buttons: 6, inputs: 12 },
  { text: 60, items: 3, options: 5, blocks: 4, buttons: 3, inputs: 8 },
];

const more = (count: number): Words => words(`还有 ${count} 项`, `${count} more`);

/** A line that says how many more there are; none where there are no more. */
export const leftOut = (count: number): readonly TextBlock[] =>
  count > 0 ? [{ block: 'text', look: 'quiet', text: more(count) }] : [];

/** The card within the measure. Forms, and the last row of buttons, stay whatever else goes. */
export function shorten(card: Card, measure: Measure): Card {
  const lastButtons = card.blocks.findLastIndex((block) => block.block === 'buttons');
  const stays = (block: Block, index: number): boolean =>
    index < measure.blocks || block.block === 'form' || index === lastButtons;
  const dropped = card.blocks.filter((block, index) => !stays(block, index)).length;
  const head = card.blocks.slice(0, measure.blocks);
  const tail = card.blocks.filter((block, index) => index >= measure.blocks && stays(block, index));
  const short = (block: Block): readonly Block[] => shortBlock(block, measure);
  return { ...card, blocks: [...head.flatMap(short), ...leftOut(dropped), ...tail.flatMap(short)] };
}

/** What is left of a card that is too big in any measure: its forms and its last buttons, so that it can still be acted on. */
export function bare(card: Card): Card {
  const smallest = measures.at(-1);
  const last = card.blocks.findLast(({ block }) => block === 'buttons');
  const blocks = card.blocks.filter((block) => block.block === 'form' || block === last);
  const short = smallest ? blocks.flatMap((block) => shortBlock(block, smallest)) : blocks;
  return { ...card, blocks: [LEFT_OUT, ...short] };
}

/** The card of which nothing fits but its head. */
export const headOnly = (card: Card): Card => ({ ...card, blocks: [LEFT_OUT] });

const LEFT_OUT: TextBlock = {
  block: 'text',
  look: 'quiet',
  text: words(
    '内容太长，这里放不下，可以打字问我',
    'There is too much to show here; ask me about it in words',
  ),
};

const shortText = (text: Text, most: number): Text =>
  typeof text === 'string'
    ? cut(text, most)
    : words(cut(inLanguage(text, 'zh'), most), cut(inLanguage(text, 'en'), most));

function shortBlock(block: Block, measure: Measure): readonly Block[] {
  switch (block.block) {
    case 'table':
      return shortTable(block, measure);
    case 'buttons': {
      const { buttons } = block;
      const kept = buttons.slice(0, measure.buttons);
      return [{ ...block, buttons: kept }, ...leftOut(buttons.length - kept.length)];
    }
    case 'form':
      return shortForm(block, measure);
    case 'fold':
      return [{ ...block, blocks: block.blocks.flatMap((inner) => shortReading(inner, measure)) }];
    case 'strip': {
      const rows = block.rows.slice(0, measure.items).map((row) => ({
        ...row,
        name: shortText(row.name, measure.text),
        told: shortText(row.told, measure.text),
      }));
      return [{ ...block, rows }, ...leftOut(block.rows.length - rows.length)];
    }
    case 'image':
    case 'chart':
    case 'line':
      return [block];
    case 'text':
    case 'facts':
    case 'steps':
      return shortReading(block, measure);
  }
}

type Reading = TextBlock | FactsBlock | StepsBlock;

function shortReading(block: Reading, measure: Measure): readonly Reading[] {
  switch (block.block) {
    case 'text':
      return [{ ...block, text: shortText(block.text, measure.text) }];
    case 'facts': {
      const kept = block.facts.slice(0, measure.items).map((fact) => ({
        ...fact,
        value: shortText(fact.value, measure.text),
      }));
      return [{ ...block, facts: kept }, ...leftOut(block.facts.length - kept.length)];
    }
    case 'steps': {
      const kept = block.steps.slice(0, measure.items).map(({ note: remark, ...step }) => ({
        ...step,
        ...(remark !== undefined && { note: shortText(remark, measure.text) }),
      }));
      return [{ ...block, steps: kept }, ...leftOut(block.steps.length - kept.length)];
    }
  }
}

function shortTable(table: TableBlock, measure: Measure): readonly Block[] {
  const kept = table.rows
    .slice(0, measure.items)
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, cell]) => [key, shortText(cell, measure.text)]),
      ),
    );
  return [{ ...table, rows: kept }, ...leftOut(table.rows.length - kept.length)];
}

function shortForm(form: FormBlock, measure: Measure): readonly Block[] {
  const inputs = form.inputs.slice(0, measure.inputs).map((input) => shortInput(input, measure));
  const buttons = form.buttons.slice(0, measure.buttons);
  return [{ ...form, inputs, buttons }, ...leftOut(form.inputs.length - inputs.length)];
}

/** A choice with fewer options: those chosen stay among them, and the hint says that there are more. */
function shortInput(input: Input, measure: Measure): Input {
  if (input.input !== 'select' && input.input !== 'choices') return input;
  const { options } = input;
  if (options.length <= measure.options) return input;
  const chosen = input.input === 'select' ? [input.value] : (input.values ?? []);
  const isChosen = ({ value }: { readonly value: string }): boolean => chosen.includes(value);
  const others = options.filter((option) => !isChosen(option));
  const kept = [...options.filter(isChosen), ...others].slice(0, measure.options);
  const count = options.length - kept.length;
  return { ...input, options: kept, hint: unlisted(count) };
}

const unlisted = (count: number): Words =>
  words(
    `还有 ${count} 项没列出，可以直接打字告诉我`,
    `${count} more not listed; you can tell me in words`,
  );
