/** Texts on a Feishu card: plain where people's words appear, escaped where markup is needed. */
import { inLanguage, type Language, type Text } from '../../../../cards/words.ts';
import type { Element } from './element.ts';

/** The text in one language, shortened. */
export type Say = (text: Text, most?: number) => string;

/** A text in the platform's form: `content`, and the languages beside it where they differ. */
export type Said = {
  readonly content: string;
  readonly i18n_content?: { readonly zh_cn: string; readonly en_us: string };
};

/** The longest paragraph that is drawn, in characters; cards are for reading at a glance. */
const LONGEST = 4_000;

/** At most so many characters; an ellipsis stands for the rest. Never half a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

const sayIn =
  (language: Language): Say =>
  (text, most = LONGEST) =>
    cut(inLanguage(text, language), most);

/** Builds a text once in each language; `first` is what readers of any third language see. */
export function said(build: (say: Say, language: Language) => string, first: Language): Said {
  const zh = build(sayIn('zh'), 'zh');
  const en = build(sayIn('en'), 'en');
  const content = first === 'zh' ? zh : en;
  return zh === en ? { content } : { content, i18n_content: { zh_cn: zh, en_us: en } };
}

/** A `plain_text`: nothing in it is ever markup. */
export const plain = (text: Text, first: Language, most?: number): Element => ({
  tag: 'plain_text',
  ...said((say) => say(text, most), first),
});

/** A `markdown` component. What `build` puts in from people goes through `markdown`. */
export const rich = (
  build: (say: Say, language: Language) => string,
  first: Language,
): Element => ({
  tag: 'markdown',
  ...said(build, first),
});

/**
 * A text for markdown: all but letters, digits, emoji, spaces and plain punctuation is written as a character reference, so
 * that no mention, link or tag can come of it. An allow list, since the platform's markup grows. What could begin a list or
 * an indented block at the start of a line is escaped as well.
 */
export const markdown = (text: string): string =>
  text
    .replaceAll(NOT_PLAIN, reference)
    .replaceAll(/^[\p{Zs}]+/gmu, (spaces) => Array.from(spaces, reference).join(''))
    .replaceAll(/^(\d+)\./gm, '$1&#46;');

const NOT_PLAIN =
  /(?!\u200d|\ufe0f)[^\p{L}\p{M}\p{N}\p{Emoji_Presentation}\p{Zs}\n，。、；：？！“”‘’（）《》【】…—·%,.?]/gu;

const reference = (character: string): string => `&#${character.codePointAt(0) ?? 32};`;
