import type { Reading } from '../language/meaning.ts';

/**
 * Weather, music, knowledge: none of our business by words of its own. What speaks for `other` only by facts (`@what`) or
 * always says little, and 酒店 or 吃饭 may well be what a trip is for. Reasons are as the language module tells them: the needs
 * of a cue, with its weight behind.
 */
export const isSmallTalk = ({ intent, reasons }: Reading): boolean =>
  intent === 'other' &&
  reasons.some((each) => !/^(?:always|leisure|learned|[!@])/u.test(each) && !/-\d/u.test(each));

const THANKS =
  /^(?:好的|好|ok)?[，,\s]*(?:太)?(?:谢谢|多谢|感谢|谢了|辛苦了?|thanks|thank you|thx)[^?？]{0,6}$/iu;

/** Thanks are answered in two words, not with a card about what was not understood. */
export const isThanks = (text: string): boolean => THANKS.test(text.trim());
