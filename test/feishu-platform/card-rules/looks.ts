/** Sizes, spaces, colours, icons, languages: what many parts of a card share. */
import { anyText, both, either, listOf, matching, oneOf, shape, when } from './checks.ts';
import type { Check, Fields } from './checks.ts';

/** The languages a text can carry beside its `content`. */
const locales = [
  'zh_cn',
  'en_us',
  'ja_jp',
  'zh_hk',
  'zh_tw',
  'id_id',
  'vi_vn',
  'th_th',
  'pt_br',
  'es_es',
  'ko_kr',
  'de_de',
  'fr_fr',
  'it_it',
  'ru_ru',
  'ms_my',
] as const;

/** Something per language. */
export const eachLanguage = (check: Check): Check =>
  shape(Object.fromEntries(locales.map((one) => [one, check])));

/** A text per language. */
export const byLanguage: Check = eachLanguage(anyText);

const hues = [
  'neutral',
  'blue',
  'wathet',
  'turquoise',
  'lime',
  'orange',
  'violet',
  'indigo',
  'green',
  'yellow',
  'red',
  'purple',
  'carmine',
  'grey',
] as const;

/** Colours of a header. */
export const template = oneOf(
  'default',
  ...hues.filter((hue) => hue !== 'neutral' && hue !== 'lime'),
);

/** Colours of a header's tag. */
export const tagColor = oneOf(...hues.filter((hue) => hue !== 'grey'));

const shade = new RegExp(`^(default|white|bg-white|(${hues.join('|')})(-\\d{2,3})?)$`);

/** A colour of text, border or ground: a hue, with a shade if wished, or one defined in `config.style.color`. */
export const color = (own: ReadonlySet<string>): Check =>
  either(
    matching(shade, 'expected a colour'),
    (value, at) => rgba(value, at),
    when((value) => own.has(String(value)), 'expected a colour'),
  );

const sizes = [
  'heading-0',
  'heading-1',
  'heading-2',
  'heading-3',
  'heading-4',
  'heading',
  'normal',
  'notation',
  'xxxx-large',
  'xxx-large',
  'xx-large',
  'x-large',
  'large',
  'medium',
  'small',
  'x-small',
] as const;

/** A text size of the platform's own. */
export const namedSize = oneOf(...sizes);

/** `rgba(5,157,178,0.5)` */
export const rgba = matching(/^rgba\(\d{1,3}, ?\d{1,3}, ?\d{1,3}, ?[\d.]+\)$/, 'expected a colour');

/** A text size: a name, or one defined in `config.style.text_size`. */
export const textSize = (own: ReadonlySet<string>): Check =>
  either(
    namedSize,
    when((value) => own.has(String(value)), 'expected a text size'),
  );

const pixels =
  (from: number, to: number) =>
  (part: string): boolean => {
    const count = /^(-?\d+)px$/.exec(part)?.[1];
    return count !== undefined && Number(count) >= from && Number(count) <= to;
  };

/** One length in px within a range. */
export const px = (from: number, to: number): Check =>
  when(
    (value) => typeof value === 'string' && pixels(from, to)(value),
    `expected ${from}px to ${to}px`,
  );

/** One, two or four lengths (top and sides as in CSS). */
export const edges = (from: number, to: number): Check =>
  when((value) => {
    const parts = typeof value === 'string' ? value.trim().split(/ +/) : [];
    return [1, 2, 4].includes(parts.length) && parts.every(pixels(from, to));
  }, `expected one, two or four lengths from ${from}px to ${to}px`);

/** Space between the parts of a container. */
export const spacing = either(oneOf('small', 'medium', 'large', 'extra_large'), px(0, 99));

export const align = oneOf('left', 'center', 'right');
export const verticalAlign = oneOf('top', 'center', 'bottom');
const direction = oneOf('vertical', 'horizontal');

/** Layout of a container. */
export const layout: Fields = {
  direction,
  padding: edges(0, 99),
  horizontal_spacing: spacing,
  vertical_spacing: spacing,
  horizontal_align: align,
  vertical_align: verticalAlign,
};

/** What every component may carry. */
export const everywhere: Fields = {
  tag: anyText,
  element_id: matching(
    /^[A-Za-z]\w{0,19}$/,
    'element_id starts with a letter and has at most 20 letters, digits and _',
  ),
  margin: edges(-99, 99),
};

/** `standard_icon` with its token, or a picture of one's own. */
export const icon =
  (own: ReadonlySet<string>): Check =>
  (value, at) => {
    const standard = { tag: oneOf('standard_icon'), token: anyText, color: color(own) };
    const custom = { tag: oneOf('custom_icon'), img_key: anyText };
    return either(shape(standard, ['tag', 'token']), shape(custom, ['tag', 'img_key']))(value, at);
  };

/** An address people are sent to: web, or the client's own links. */
const address = matching(/^(https?|lark|applink):\/\/\S+$/, 'expected an http(s) address');

/** An address that may stay empty. */
const addressIfAny = either(oneOf(''), address);

/** Addresses per kind of device under these names. */
export const addresses = (first: string): Fields => ({
  [first]: addressIfAny,
  pc_url: addressIfAny,
  ios_url: addressIfAny,
  android_url: addressIfAny,
});

/** Several languages by name. */
export const languageList = both(listOf(oneOf(...locales)));
