/** What the store room answers: to taps, to who does not keep it; and what inputs of its cards hold. */
import type { Answers, Toast } from '../../cards/card.ts';
import { Refusal } from '../../cards/refusal.ts';
import { type Words, words } from '../../cards/words.ts';
import { record } from '../audit/record.ts';
import { answerText } from '../requests/fields/answers.ts';
import { isKeeper } from '../supplies/office.ts';
import { say, type Talk } from './talk.ts';
import type { Tapped } from './tap.ts';

export const ALREADY: Toast = {
  look: 'info',
  text: words('已经办过了', 'That was done already'),
};
export const done = (text: Words): Toast => ({ look: 'success', text });
export const gone: Tapped = {
  toast: { look: 'error', text: words('没有找到，或不归您办理', 'Not found, or not yours to do') },
};

/** The same for somebody whose it is not: noted in the record. */
export async function notTheirs({ work, person }: Talk): Promise<Tapped> {
  await record(work, 'refused.supplies', 'office', { after: { person: person.id } });
  return gone;
}

/** The number in an answer; undefined when nothing stands there. Refusal when it is none, or less than nothing. */
export function numberIn(answers: Answers, name: string, label: Words): number | undefined {
  const text = answerText(name, answers);
  if (text === undefined) return undefined;
  const value = Number(text.replaceAll(',', ''));
  if (Number.isFinite(value) && value >= 0 && value <= 10_000_000) return value;
  throw new Refusal(
    'form.number',
    words(`「${label.zh}」请填数字`, `“${label.en}” should be a number`),
  );
}

/** Whether the speaker keeps the store room; whoever does not is told. */
export async function keeps(talk: Talk): Promise<boolean> {
  const { work, setup, person } = talk;
  if (await isKeeper(work, setup.rules, person.id)) return true;
  await say(
    talk,
    '库存由行政管理。要领东西直接说要什么，例如「领2包A4纸」',
    'The office keeps the stock. To get things just say what, like “2 packs of A4 paper”',
  );
  return false;
}
