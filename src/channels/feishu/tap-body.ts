/** The body that answers a card callback (platform notes §4.1). */
import type { Card, Toast } from '../../../cards/card.ts';
import { inLanguage } from '../../../cards/words.ts';
import type { TapAnswer } from '../channel.ts';
import type { FeishuCard } from './card.ts';
import { cut } from './card/text.ts';

/** A toast is one line over the card, characters. */
const LONGEST_TOAST = 120;

/** `{}`, a toast, a card as an object, or both. */
export async function tapBody(
  { toast, card }: TapAnswer,
  draw: (card: Card) => Promise<FeishuCard>,
): Promise<object> {
  return {
    ...(toast && { toast: toastBody(toast) }),
    ...(card && { card: { type: 'raw', data: await draw(card) } }),
  };
}

function toastBody({ look, text }: Toast): object {
  const zh = cut(inLanguage(text, 'zh'), LONGEST_TOAST);
  const en = cut(inLanguage(text, 'en'), LONGEST_TOAST);
  return { type: look, content: zh, i18n: { zh_cn: zh, en_us: en } };
}
