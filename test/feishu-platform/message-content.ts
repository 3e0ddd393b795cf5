/** What may stand in `content`, type by type, when the app sends a message. */
import { validateCard } from './card-rules.ts';
import type { CardFault, KnownToPlatform } from './card-rules.ts';
import type { Mention } from './chats.ts';
import { Denial, badParameter } from './denial.ts';
import { isObject, parseObject, textAt } from './json.ts';
import type { JsonObject } from './json.ts';

/** A text message's longest content in bytes. */
const TEXT_BYTES = 150 * 1024;
/** The longest card or post in bytes; "30 KB" taken at its smallest reading. */
const RICH_BYTES = 30_000;

/** A content that passed: the parsed card when it is one, and who is mentioned in a text. */
export type Content = { readonly card?: JsonObject; readonly mentions: readonly Mention[] };

/** Checks a content; throws the platform's refusal. `nameOf` knows the tenant's people. */
export function checkContent(
  type: string,
  content: string,
  known: KnownToPlatform,
  nameOf: (openId: string) => string | undefined,
): Content {
  const parsed = parseObject(content);
  if (!parsed && type !== 'interactive')
    throw badParameter('content is not a string in json format');
  switch (type) {
    case 'text':
      return checkText(content, parsed, nameOf);
    case 'post':
      return checkPost(content, parsed);
    case 'image':
      return checkKey(known.image, textAt(parsed, 'image_key'));
    case 'file':
      return checkKey(known.file, textAt(parsed, 'file_key'));
    case 'interactive':
      return { card: checkedCard(content, known), mentions: [] };
    default:
      throw badParameter(`msg_type ${type} is not served here`);
  }
}

function checkText(
  content: string,
  parsed: JsonObject | undefined,
  nameOf: (openId: string) => string | undefined,
): Content {
  const text = textAt(parsed, 'text');
  if (text === undefined) throw badParameter('text message needs a text');
  if (text === '') throw badParameter('message content is empty');
  if (Buffer.byteLength(content) > TEXT_BYTES) throw tooLong();
  return { mentions: mentionsIn(text, nameOf) };
}

function mentionsIn(
  text: string,
  nameOf: (openId: string) => string | undefined,
): readonly Mention[] {
  const ids = [...text.matchAll(/<at user_id="([^"]+)"/g)].map((hit) => hit[1] ?? '');
  return ids.flatMap((openId, index) => {
    const name = nameOf(openId);
    return name === undefined ? [] : [{ key: `@_user_${index + 1}`, openId, name }];
  });
}

function checkPost(content: string, parsed: JsonObject | undefined): Content {
  if (Buffer.byteLength(content) > RICH_BYTES) throw tooLong();
  const languages = Object.entries(parsed ?? {});
  const shaped = ([locale, post]: [string, unknown]): boolean =>
    /^[a-z]{2}_[a-z]{2}$/.test(locale) && isObject(post) && Array.isArray(post['content']);
  if (languages.length === 0 || !languages.every(shaped)) {
    throw badParameter('a post is wrapped in a locale, each with a content');
  }
  return { mentions: [] };
}

function checkKey(uploaded: KnownToPlatform['image'], key: string | undefined): Content {
  if (key === undefined) throw badParameter('the key is missing');
  if (uploaded && !uploaded(key)) {
    throw new Denial(230017, 'Bot is NOT the owner of the resource.');
  }
  return { mentions: [] };
}

const tooLong = (): Denial =>
  new Denial(230025, 'The length of the message content reaches its limit.');

/** The card in this JSON text; throws 230025 or 230099 with the first fault's sub code and path. */
export function checkedCard(content: string, known: KnownToPlatform): JsonObject {
  if (Buffer.byteLength(content) > RICH_BYTES) throw tooLong();
  const card = parseObject(content);
  if (!card) throw refusedCard({ code: 200621, path: 'ROOT', message: 'parse card json err' });
  const [first] = validateCard(card, known);
  if (first) throw refusedCard(first);
  return card;
}

/** 230099 in the platform's words. */
export function refusedCard(fault: CardFault): Denial {
  if (fault.code === 230025) return tooLong();
  const value = fault.value === undefined ? '' : `; ErrorValue: ${fault.value}`;
  return new Denial(
    230099,
    `Failed to create card content, ext=ErrCode: ${fault.code}; ErrPath: ${fault.path}; ErrMsg: ${fault.message}${value};`,
  );
}
