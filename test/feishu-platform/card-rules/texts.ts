/** Texts in a card: plain, or with markup that can mention people. */
import { isObject } from '../json.ts';
import { either, oneOf, shape, whole } from './checks.ts';
import type { Check } from './checks.ts';
import { codes, fault } from './fault.ts';
import type { CardFault, Path } from './fault.ts';
import { align, byLanguage, color, icon, textSize } from './looks.ts';

/** What the platform knows beyond the card itself; what is left out is not checked. */
export type KnownToPlatform = {
  readonly person?: (id: string) => boolean;
  readonly image?: (key: string) => boolean;
  readonly file?: (key: string) => boolean;
};

/** What a check may need of the whole card: its own sizes and colours, and the platform. */
export type Surroundings = {
  readonly textSizes: ReadonlySet<string>;
  readonly colors: ReadonlySet<string>;
  readonly known: KnownToPlatform;
};

const length = (text: string): number => Array.from(text).length;

/** A `plain_text` of at most so many characters, in every language. */
export const plainText =
  (around: Surroundings, most = Number.MAX_SAFE_INTEGER): Check =>
  (value, at) => [
    ...shape(
      {
        tag: oneOf('plain_text'),
        content: shortText(most),
        i18n_content: byLanguage,
        ...textLooks(around),
      },
      ['tag', 'content'],
    )(value, at),
    ...tooLongTranslations(value, at, most),
  ];

const shortText =
  (most: number): Check =>
  (value, at) => {
    if (typeof value !== 'string') return [fault(codes.shape, at, 'expected a text', value)];
    return length(value) > most
      ? [fault(codes.shape, at, `text is longer than ${most} characters`, length(value))]
      : [];
  };

function tooLongTranslations(value: unknown, at: Path, most: number): readonly CardFault[] {
  const translations = isObject(value) ? value['i18n_content'] : undefined;
  if (!isObject(translations)) return [];
  return Object.entries(translations).flatMap(([locale, text]) =>
    shortText(most)(text, [...at, 'i18n_content', locale]),
  );
}

const textLooks = (around: Surroundings) => ({
  text_size: textSize(around.textSizes),
  text_color: color(around.colors),
  text_align: align,
  lines: whole(1, 100),
});

/** A `plain_text` or a `lark_md`. */
export const richText = (around: Surroundings): Check =>
  either(
    plainText(around),
    shape(
      {
        tag: oneOf('lark_md'),
        content: markup(around.known),
        i18n_content: markupByLanguage(around.known),
        ...textLooks(around),
      },
      ['tag', 'content'],
    ),
  );

/** The fields of a `markdown` component. */
export const markdownFields = (around: Surroundings) => ({
  content: markup(around.known),
  i18n_content: markupByLanguage(around.known),
  text_size: textSize(around.textSizes),
  text_align: align,
  icon: icon(around.colors),
});

/** The title of a collapsible panel: plain or markdown. */
export const panelTitle = (around: Surroundings): Check =>
  either(
    plainText(around),
    shape({ tag: oneOf('markdown'), ...markdownFields(around), ...textLooks(around) }, [
      'tag',
      'content',
    ]),
  );

const MOST_TABLES = 4;

/** A text with markup: people it mentions exist, and it holds at most four tables. */
const markup =
  (known: KnownToPlatform): Check =>
  (value, at) => {
    if (typeof value !== 'string') return [fault(codes.shape, at, 'expected a text', value)];
    return [
      ...unknownPeople(value, at, known),
      ...tooManyTables(value, at),
      ...wrongTags(value, at),
      ...removedLinks(value, at),
    ];
  };

const markupByLanguage =
  (known: KnownToPlatform): Check =>
  (value, at) => [
    ...byLanguage(value, at),
    ...Object.entries(isObject(value) ? value : {}).flatMap(([locale, text]) =>
      markup(known)(text, [...at, locale]),
    ),
  ];

/** Ids in `<at id=…>`, `<at ids=a,b>` and `<person id='…'>`. */
function unknownPeople(text: string, at: Path, known: KnownToPlatform): readonly CardFault[] {
  const { person } = known;
  if (!person) return [];
  const tags = [...text.matchAll(/<(?:at|person)\s+ids?\s*=\s*['"]?([^'"\s>]+)/g)];
  return tags
    .flatMap((hit) => (hit[1] ?? '').split(','))
    .filter((id) => id !== 'all' && !person(id))
    .map((id) => fault(codes.invalidPerson, at, 'invalid user resource', id));
}

/** The tags that markup knows; HTML it does not. */
const TAGS = new Set([
  'a',
  'at',
  'br',
  'font',
  'hr',
  'link',
  'local_datetime',
  'number_tag',
  'person',
  'raw',
  'text_tag',
]);
/** Those that stand alone or are closed in themselves. */
const ALONE = new Set(['br', 'hr', 'link', 'local_datetime', 'person']);

/** Tags nobody knows, tags that are not closed, and what the known ones must say. */
function wrongTags(text: string, at: Path): readonly CardFault[] {
  const open: string[] = [];
  const wrong: CardFault[] = [];
  for (const [tag, closing, name = '', rest = ''] of text.matchAll(
    /<(\/?)([A-Za-z][\w-]*)([^<>]*)>/g,
  )) {
    const tell = (what: string): void => void wrong.push(fault(codes.shape, at, what, tag));
    if (!TAGS.has(name)) tell('markup knows no such tag');
    else if (closing === '') {
      const missing = MEMBERS[name]?.test(rest) === false;
      if (missing) tell('the tag lacks what it must say');
      if (!ALONE.has(name) && !rest.endsWith('/')) open.push(name);
    } else if (!ALONE.has(name) && open.pop() !== name) tell('the tag closes nothing');
  }
  return [...wrong, ...open.map((name) => fault(codes.shape, at, 'a tag is not closed', name))];
}

/** What a tag must say. */
const MEMBERS: Readonly<Record<string, RegExp>> = {
  a: /\shref\s*=\s*['"]?(?:https?|lark|applink):\/\//,
  at: /\s(?:ids?|email)\s*=/,
  font: /\scolor\s*=\s*['"]?[a-z]/,
  link: /\surl\s*=/,
  local_datetime: /\smillisecond\s*=\s*['"]?\d{12,13}['"]?(?:\s|$|\/)/,
  person: /\sid\s*=/,
};

/** `[text]($urlVal)` of cards 1.0. */
const removedLinks = (text: string, at: Path): readonly CardFault[] =>
  /\]\(\$\w/.test(text)
    ? [fault(codes.removedTag, at, 'links to variables are gone in schema V2', text)]
    : [];

function tooManyTables(text: string, at: Path): readonly CardFault[] {
  const rules = text.match(/^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|.*$/gm) ?? [];
  return rules.length > MOST_TABLES
    ? [fault(codes.shape, at, 'more than 4 tables in one markdown', rules.length)]
    : [];
}
