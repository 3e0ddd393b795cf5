/** Characters that cannot be seen or that turn the direction of text: controls, zero-width, bidi. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether a text holds what nobody can see. */
export const hasUnseen = (text: string): boolean => UNSEEN.test(text);

/**
 * What a name looks like: two names with the same look cannot be told apart on a card or in speech (full and half width,
 * upper and lower case, blanks).
 */
export const lookOf = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
