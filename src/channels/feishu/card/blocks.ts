/** Blocks people read: paragraphs, facts, tables, steps, pictures, folds. Few components each, as a card holds 200. */
import type {
  FactsBlock,
  FoldBlock,
  ImageBlock,
  StepLine,
  StepsBlock,
  StripBlock,
  StripCell,
  TableBlock,
  TextBlock,
} from '../../../../cards/card.ts';
import { MARKS, STEP_STATES } from '../../../../cards/plain.ts';
import { STRIP_SIGNS, stripParts } from '../../../../cards/strip.ts';
import { inLanguage, type Language, words } from '../../../../cards/words.ts';
import type { ImageKeys } from '../images.ts';
import type { Element } from './element.ts';
import { cut, markdown, plain, rich, type Say } from './text.ts';

const LOOKS = {
  normal: { text_size: 'normal' },
  quiet: { text_size: 'notation', text_color: 'grey' },
  strong: { text_size: 'heading' },
  warning: { text_size: 'normal', text_color: 'orange' },
} as const satisfies { readonly [look in NonNullable<TextBlock['look']>]: object };

export const textElement = ({ text, look }: TextBlock, first: Language): Element => ({
  tag: 'div',
  text: { ...plain(text, first), ...LOOKS[look ?? 'normal'] },
});

const MARK_COLORS = { guessed: 'orange', missing: 'red', changed: 'blue' } as const;

const colored = (color: string, text: string): string =>
  text === '' ? '' : `<font color='${color}'>${text}</font>`;

/** All facts in one component, a line each: the label in grey, the value, its mark in a word. */
export function factsElements({ facts }: FactsBlock, first: Language): readonly Element[] {
  if (facts.length === 0) return [];
  const line = (say: Say) => (fact: FactsBlock['facts'][number]) => {
    const mark = fact.mark && colored(MARK_COLORS[fact.mark], say(MARKS[fact.mark]));
    const label = colored('grey', markdown(say(fact.label, 60)));
    return [label, markdown(say(fact.value)), mark].filter(Boolean).join('　');
  };
  return [rich((say) => facts.map(line(say)).join('\n'), first)];
}

/** The sign before a step and its colour; the state is told by the sign, the colour only helps. */
const SIGNS: { readonly [state in StepLine['state']]: readonly [sign: string, color: string] } = {
  done: ['✓', 'green'],
  open: ['●', 'blue'],
  waiting: ['○', 'grey'],
  refused: ['✕', 'red'],
  skipped: ['–', 'grey'],
};

export function stepsElements({ steps }: StepsBlock, first: Language): readonly Element[] {
  if (steps.length === 0) return [];
  const line = (say: Say) => (step: StepLine) => {
    const [sign, color] = SIGNS[step.state];
    const title = `**${markdown(say(step.title, 100))}**`;
    const who = markdown(say(step.who, 200));
    const told = colored('grey', say(STEP_STATES[step.state]));
    const head = [`${colored(color, sign)} ${title}`, who, told].filter(Boolean).join('　');
    return step.note === undefined ? head : `${head}\n${colored('grey', markdown(say(step.note)))}`;
  };
  return [rich((say) => steps.map(line(say)).join('\n'), first)];
}

const CELL_COLORS: { readonly [cell in StripCell]: string } = {
  free: 'green',
  taken: 'red',
  mine: 'blue',
  past: 'grey',
};

/** All rows in one component: the name, its strip, and in grey the words that say the same. The signs are ours, so that they need no escaping. */
export function stripElements({ from, rows }: StripBlock, first: Language): readonly Element[] {
  if (rows.length === 0) return [];
  return [
    rich(
      (say, language) =>
        rows
          .map(({ name, cells, told }) => {
            const drawn = stripParts(from, cells).map((part) =>
              'hour' in part
                ? part.hour
                : colored(
                    CELL_COLORS[part.cell],
                    STRIP_SIGNS[part.cell][language].repeat(part.count),
                  ),
            );
            const title = `**${markdown(say(name, 100))}**`;
            return `${title}\n${drawn.join('')}\n${colored('grey', markdown(say(told, 300)))}`;
          })
          .join('\n'),
      first,
    ),
  ];
}

/** Rows shown at once; readers turn pages. */
const ROWS_A_PAGE = 10;
const MOST_COLUMNS = 50;

/** Tables know one language only, that of the reader the card is drawn for. */
export function tableElements(table: TableBlock, first: Language): readonly Element[] {
  const columns = table.columns.slice(0, MOST_COLUMNS);
  if (columns.length === 0 || table.rows.length === 0) return [];
  const say: Say = (text, most = 200) => cut(inLanguage(text, first), most);
  return [
    {
      tag: 'table',
      page_size: Math.min(ROWS_A_PAGE, table.rows.length),
      row_height: 'auto',
      columns: columns.map((column, index) => ({
        name: `c${index}`,
        display_name: say(column.label, 60),
        data_type: 'text',
        horizontal_align: column.align ?? 'left',
      })),
      rows: table.rows.map((row) =>
        Object.fromEntries(columns.map(({ key }, index) => [`c${index}`, say(row[key] ?? '')])),
      ),
    },
  ];
}

/** The picture, or a line that says there is one. */
export function imageElement({ file, alt }: ImageBlock, keys: ImageKeys, first: Language): Element {
  const key = keys.get(file);
  if (key !== undefined) return { tag: 'img', img_key: key, alt: plain(alt, first, 100) };
  const zh = inLanguage(alt, 'zh');
  const en = inLanguage(alt, 'en');
  const text = words(`图片：${zh}`, `Picture: ${en}`);
  return textElement({ block: 'text', look: 'quiet', text }, first);
}

export function foldElements(fold: FoldBlock, first: Language): readonly Element[] {
  const elements = fold.blocks.flatMap((block) => readingElements(block, first));
  if (elements.length === 0) return [];
  return [
    {
      tag: 'collapsible_panel',
      expanded: false,
      header: {
        title: plain(fold.title, first, 100),
        icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined', size: '16px 16px' },
        icon_position: 'follow_text',
        icon_expanded_angle: -180,
      },
      elements,
    },
  ];
}

function readingElements(
  block: TextBlock | FactsBlock | StepsBlock,
  first: Language,
): readonly Element[] {
  switch (block.block) {
    case 'text':
      return [textElement(block, first)];
    case 'facts':
      return factsElements(block, first);
    case 'steps':
      return stepsElements(block, first);
  }
}
