/** Our card → a card of the platform, JSON 2.0. Pure, and never too big: what does not fit is shortened and says so. */
import type { Block, Card, CardColor } from '../../../cards/card.ts';
import type { Language } from '../../../cards/words.ts';
import {
  factsElements,
  foldElements,
  imageElement,
  stepsElements,
  stripElements,
  tableElements,
  textElement,
} from './card/blocks.ts';
import { chartElements } from './card/chart.ts';
import { buttonElement, rowElements } from './card/buttons.ts';
import { type Element, type FeishuCard, fits } from './card/element.ts';
import { createNaming, formElements, type Naming } from './card/form.ts';
import { bare, headOnly, leftOut, measures, shorten } from './card/shorten.ts';
import { plain, said } from './card/text.ts';
import type { ImageKeys } from './images.ts';

export type { FeishuCard } from './card/element.ts';

/** The platform's most tags in a header, and most tables and charts in a card. */
const MOST_TAGS = 3;
const MOST_TABLES = 5;
const MOST_CHARTS = 5;

const noImages: ImageKeys = new Map();

/**
 * Draws a card. Both languages go along; `language` is used where the platform knows only one (tables). Pictures without a
 * key in `images` become a line of text.
 */
export function drawCard(
  card: Card,
  language: Language = 'zh',
  images: ImageKeys = noImages,
): FeishuCard {
  const whole = draw(card, language, images);
  if (fits(whole)) return whole;
  for (const measure of measures) {
    const shorter = draw(shorten(card, measure), language, images);
    if (fits(shorter)) return shorter;
  }
  const acting = draw(bare(card), language, images);
  return fits(acting) ? acting : draw(headOnly(card), language, images);
}

function draw(card: Card, first: Language, images: ImageKeys): FeishuCard {
  const naming = createNaming();
  return {
    schema: '2.0',
    config: { update_multi: true, summary: said((say) => say(card.preview, 120), first) },
    header: header(card, first),
    body: {
      elements: withinCounts(card.blocks).flatMap((block) =>
        blockElements(block, first, images, naming),
      ),
    },
  };
}

/** Tags have another name for grey than headers. */
const tagColor = (color: CardColor): string => (color === 'grey' ? 'neutral' : color);

function header(card: Card, first: Language): FeishuCard['header'] {
  const tags = (card.tags ?? []).slice(0, MOST_TAGS).map(({ text, color }) => ({
    tag: 'text_tag',
    text: plain(text, first, 20),
    color: tagColor(color),
  }));
  return {
    template: card.color,
    title: plain(card.title, first, 120),
    ...(card.subtitle !== undefined && { subtitle: plain(card.subtitle, first, 120) }),
    ...(tags.length > 0 && { text_tag_list: tags }),
  };
}

/** The first tables and charts; a chart more is told in words, of tables it is said how many there are. */
function withinCounts(blocks: readonly Block[]): readonly Block[] {
  const tables = blocks.filter(({ block }) => block === 'table');
  const charts = blocks.filter(({ block }) => block === 'chart');
  const kept = new Set([...tables.slice(0, MOST_TABLES), ...charts.slice(0, MOST_CHARTS)]);
  const within = blocks.flatMap((block): readonly Block[] => {
    if (block.block === 'chart' && !kept.has(block)) return [{ block: 'text', text: block.alt }];
    return block.block === 'table' && !kept.has(block) ? [] : [block];
  });
  return [...within, ...leftOut(tables.length - MOST_TABLES)];
}

function blockElements(
  block: Block,
  first: Language,
  images: ImageKeys,
  naming: Naming,
): readonly Element[] {
  switch (block.block) {
    case 'text':
      return [textElement(block, first)];
    case 'facts':
      return factsElements(block, first);
    case 'table':
      return tableElements(block, first);
    case 'steps':
      return stepsElements(block, first);
    case 'image':
      return [imageElement(block, images, first)];
    case 'chart':
      return chartElements(block, first);
    case 'strip':
      return stripElements(block, first);
    case 'fold':
      return foldElements(block, first);
    case 'buttons':
      return rowElements(block.buttons.map((button) => buttonElement(button, first)));
    case 'form':
      return formElements(block, first, naming);
    case 'line':
      return [{ tag: 'hr' }];
  }
}
