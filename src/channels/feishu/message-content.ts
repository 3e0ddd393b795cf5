/** The `content` of a received message, type by type (platform notes §3.1), as text and files. */
import { z } from 'zod';
import { type IncomingFile, LONGEST_TEXT, type MessageForm } from '../channel.ts';
import { clean } from '../../../cards/clean.ts';
import { isObject, parseText } from './json.ts';
import type { JsonObject } from './json.ts';

const LONGEST_NAME = 120;
/** Files of one message that are looked at. */
const MOST_FILES = 9;

export type Content = { readonly text: string; readonly files: readonly IncomingFile[] };

/** Types that are neither words nor files, by what they are to a reader; what is not listed is `other`. */
const FORMS: { readonly [type: string]: MessageForm } = {
  audio: 'voice',
  media: 'video',
  sticker: 'sticker',
  location: 'place',
  share_user: 'contact',
  share_chat: 'contact',
  folder: 'folder',
  interactive: 'card',
  merge_forward: 'forwarded',
};
const READ: ReadonlySet<string> = new Set(['text', 'post', 'image', 'file']);

/** What a message of this type is when we cannot read it; undefined for words, pictures and files. */
export const formOf = (type: string): MessageForm | undefined =>
  READ.has(type) ? undefined : (FORMS[type] ?? 'other');

/** What stands for a mention in the text: nothing for the bot and for everybody, the name for a person. */
export type MentionText = (placeholder: string) => string | undefined;

/** Reads the content of words, pictures and files. `undefined` when it is not what its type promises. */
export function contentOf(
  type: string,
  content: string,
  message: string,
  mention: MentionText,
): Content | undefined {
  const parsed = parseText(content);
  if (!parsed.ok || !isObject(parsed.value)) return undefined;
  const told = rawContent(type, parsed.value, message, mention);
  return told && { text: tidy(told.text), files: told.files.slice(0, MOST_FILES) };
}

const tidy = (text: string): string =>
  clean(text, LONGEST_TEXT, 'many').replaceAll(/ {2,}/g, ' ').trim();

function rawContent(
  type: string,
  content: JsonObject,
  message: string,
  mention: MentionText,
): Content | undefined {
  switch (type) {
    case 'text':
      return typeof content['text'] === 'string'
        ? { text: withMentions(content['text'], mention), files: [] }
        : undefined;
    case 'post':
      return postContent(content, message, mention);
    case 'image':
      return onlyFiles(image(content, message));
    case 'file':
      return onlyFiles(file(content, message));
    default:
      return undefined;
  }
}

const onlyFiles = (found: readonly IncomingFile[]): Content | undefined =>
  found.length > 0 ? { text: '', files: found } : undefined;

const withMentions = (text: string, mention: MentionText): string =>
  text.replaceAll(/@_(?:user_\d{1,4}|all)/g, (placeholder) => mention(placeholder) ?? placeholder);

/** Keys are put into addresses of the platform, unencoded. */
const key = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
const imageShape = z.object({ image_key: key });
const fileShape = z.object({ file_key: key, file_name: z.string().default('') });

function image(content: JsonObject, message: string): readonly IncomingFile[] {
  const parsed = imageShape.safeParse(content);
  if (!parsed.success) return [];
  return [{ key: parsed.data.image_key, message, name: 'image', sort: 'image' }];
}

function file(content: JsonObject, message: string): readonly IncomingFile[] {
  const parsed = fileShape.safeParse(content);
  if (!parsed.success) return [];
  const name = clean(parsed.data.file_name, LONGEST_NAME).trim() || 'file';
  return [{ key: parsed.data.file_key, message, name, sort: 'file' }];
}

/** A received post has no locale around it: a title and paragraphs of pieces. */
const postShape = z.object({
  title: z.string().default(''),
  content: z.array(z.array(z.record(z.string(), z.unknown()))),
});

function postContent(
  content: JsonObject,
  message: string,
  mention: MentionText,
): Content | undefined {
  const parsed = postShape.safeParse(content);
  if (!parsed.success) return undefined;
  const paragraphs = parsed.data.content.map((pieces) =>
    pieces.map((piece) => pieceText(piece, mention)).join(''),
  );
  const pieces = parsed.data.content.flat();
  return {
    text: [parsed.data.title, ...paragraphs].filter((line) => line.trim() !== '').join('\n'),
    files: pieces.flatMap((piece) => pieceFiles(piece, message)),
  };
}

function pieceText(piece: JsonObject, mention: MentionText): string {
  const { tag, text, user_id: placeholder, user_name: name } = piece;
  if (tag === 'at') {
    const told = typeof placeholder === 'string' ? mention(placeholder) : undefined;
    return told ?? (typeof name === 'string' ? name : '');
  }
  return typeof text === 'string' ? text : '';
}

function pieceFiles(piece: JsonObject, message: string): readonly IncomingFile[] {
  return piece['tag'] === 'img' ? image(piece, message) : [];
}
