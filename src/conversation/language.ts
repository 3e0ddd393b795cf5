import type { Language } from '../../cards/words.ts';
import type { Talk } from './talk.ts';

/** Fewer words than this (OK, A4, 好的) tell nothing about the language somebody speaks. A Chinese character counts as a word. */
const WHOLE = 3;

/** The language of a whole sentence; undefined when it is too short to tell, or half and half. Names and codes weigh one word. */
export function spokenLanguage(text: string): Language | undefined {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(
    /(?<![\p{L}\p{N}-])\p{Script=Latin}[\p{Script=Latin}'’]*(?![\p{Script=Latin}'’\p{N}-])/gu,
  );
  const words = latin?.length ?? 0;
  if (han + words < WHOLE || han === words) return undefined;
  return han > words ? 'zh' : 'en';
}

/** From a whole sentence in another language on, texts and cards for this person come in that language. */
export async function followLanguage({ work, person }: Talk, text: string): Promise<void> {
  const language = spokenLanguage(text);
  if (language === undefined || language === person.language) return;
  await work.tx.updateTable('person').set({ language }).where('id', '=', person.id).execute();
}
