/**
 * The rules of card JSON 2.0, as strict as the documents read and a little stricter where they are silent: what the platform
 * would hide without a word (a fourth tag in the header, `required` outside a form) is a fault here, as it is a mistake of ours.
 * Cards of JSON 1.0 are refused whole.
 */
import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';
import {
  anyText,
  both,
  either,
  flag,
  listOf,
  matching,
  oneOf,
  shape,
  when,
  whole,
} from './card-rules/checks.ts';
import type { Check } from './card-rules/checks.ts';
import { component } from './card-rules/components.ts';
import { codes, fault } from './card-rules/fault.ts';
import type { CardFault } from './card-rules/fault.ts';
import {
  addresses,
  byLanguage,
  eachLanguage,
  edges,
  everywhere,
  icon,
  languageList,
  layout,
  namedSize,
  rgba,
  tagColor,
  template,
} from './card-rules/looks.ts';
import { structureFaults } from './card-rules/structure.ts';
import { plainText, richText } from './card-rules/texts.ts';
import type { KnownToPlatform, Surroundings } from './card-rules/texts.ts';

export type { CardFault } from './card-rules/fault.ts';
export type { KnownToPlatform } from './card-rules/texts.ts';

/** The largest card as JSON in UTF-8; "30 KB" taken at its smallest reading. */
const MOST_BYTES = 30_000;

/**
 * Everything that is wrong with a card; empty when the platform would take it. The empty card `{}` is legal. `known` lets ids
 * of people and keys of pictures be checked too.
 */
export function validateCard(card: unknown, known: KnownToPlatform = {}): readonly CardFault[] {
  if (!isObject(card)) return [fault(codes.shape, [], 'a card is an object', card ?? null)];
  if (Object.keys(card).length === 0) return [];
  const bytes = Buffer.byteLength(JSON.stringify(card));
  const size = bytes > MOST_BYTES ? [fault(codes.tooBig, [], 'the card is too big', bytes)] : [];
  return [...size, ...topLevel(surroundings(card, known))(card, []), ...structureFaults(card)];
}

function surroundings(card: JsonObject, known: KnownToPlatform): Surroundings {
  const config = isObject(card['config']) ? card['config'] : {};
  const style = isObject(config['style']) ? config['style'] : {};
  const names = (member: string): ReadonlySet<string> =>
    new Set(Object.keys(isObject(style[member]) ? style[member] : {}));
  return { textSizes: names('text_size'), colors: names('color'), known };
}

const topLevel = (around: Surroundings): Check =>
  shape(
    {
      schema: oneOf('2.0'),
      config,
      card_link: cardLink,
      header: header(around),
      body: shape({ ...layout, elements: listOf(component(around)) }, ['elements']),
    },
    ['schema'],
  );

const deviceSizes = shape({ default: namedSize, pc: namedSize, mobile: namedSize });
const lightAndDark = shape({ light_mode: rgba, dark_mode: rgba });

const mapOf =
  (check: Check): Check =>
  (value, at) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, one]) => check(one, [...at, name]))
      : [fault(codes.shape, at, 'expected an object', value)];

const config = shape({
  update_multi: when((value) => value === true, 'a card of schema 2.0 is always shared'),
  enable_forward: flag,
  enable_forward_interaction: flag,
  width_mode: oneOf('default', 'compact', 'fill'),
  summary: shape({ content: anyText, i18n_content: byLanguage }),
  locales: languageList,
  use_custom_translation: flag,
  streaming_mode: flag,
  streaming_config: shape({
    print_frequency_ms: mapOf(whole(1, 10_000)),
    print_step: mapOf(whole(1, 10_000)),
    print_strategy: oneOf('fast', 'delay'),
  }),
  style: shape({ text_size: mapOf(deviceSizes), color: mapOf(lightAndDark) }),
});

/** Either one address for all, or one for each kind of device. */
const cardLink = both(
  shape(addresses('url')),
  when((value) => {
    if (!isObject(value)) return false;
    return Boolean(value['url'] ?? (value['pc_url'] && value['ios_url'] && value['android_url']));
  }, 'needs url, or all of pc_url, ios_url and android_url'),
);

function header(around: Surroundings): Check {
  const tag = shape(
    {
      tag: oneOf('text_tag'),
      element_id: everywhere['element_id'] ?? anyText,
      text: plainText(around),
      color: tagColor,
    },
    ['tag', 'text'],
  );
  return shape(
    {
      title: richText(around),
      subtitle: richText(around),
      text_tag_list: listOf(tag, 3),
      i18n_text_tag_list: eachLanguage(listOf(tag, 3)),
      template,
      icon: icon(around.colors),
      padding: either(edges(0, 99), matching(/^$/, 'expected px')),
    },
    ['title'],
  );
}
