/** The languages people write to the office in. */
export type Tongue = 'zh' | 'en';

const words = /[A-Za-z]{2,}(?:'[a-z]+)?/g;
const anyWord = /[A-Za-z]{2}/;
const ideographs = /[\u3400-\u9fff]/g;
/** Said by speakers of Chinese too, and telling nothing alone. */
const everywhere = /^(?:ok|okay|hi|hello|bye|yes|no|ppt|pdf|excel|word|wifi|vpn|oa|it|hr|nda)$/i;

/** Small words that hold English sentences together; a list of names and titles has none. */
const glue = /\b(?:a|an|the|for|to|at|my|please|on|in|with|from|is)\b/i;

/**
 * The language a message is written in. Names in the other script do not count against it: 订个meeting room is Chinese,
 * "book 珠峰 tomorrow at 3pm" is English. What says nothing (A4, 12:00, ok) is taken for Chinese.
 */
export function languageOf(text: string): Tongue {
  if (!anyWord.test(text)) return 'zh';
  const latin = (text.match(words) ?? []).filter(
    (word) => !/^[A-Z]{1,6}$/.test(word) || word.length > 5,
  );
  const telling = latin.filter((word) => !everywhere.test(word)).length;
  const han = text.match(ideographs)?.length ?? 0;
  if (han === 0) return telling > 0 ? 'en' : 'zh';
  return telling >= 3 && latin.length > han && glue.test(text) ? 'en' : 'zh';
}
