import { words } from '../../cards/words.ts';
import { record } from '../audit/record.ts';
import { answerCompanion, drawCompanion } from '../trips/companions.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';

/** The answers of somebody who is asked along. */
const ANSWERS: readonly string[] = ['go-along', 'stay-behind'];

/** What a button of a companion's card is about; undefined for any other. */
export const companionSubject = ({ a, o }: TapWish): string | undefined =>
  ANSWERS.includes(a) ? `companion:${o ?? ''}` : undefined;

/** 同行 or 不能去, by whoever was asked; undefined for any other button. */
export async function tapCompanion({ talk }: Tap, wanted: TapWish): Promise<Tapped | undefined> {
  if (!ANSWERS.includes(wanted.a)) return undefined;
  const { work, setup, person } = talk;
  const request = Number(wanted.o);
  const told = Number.isSafeInteger(request)
    ? await answerCompanion(work, setup, request, person.id, wanted.a === 'go-along', talk)
    : undefined;
  const drawn = told && (await drawCompanion(work.tx, request, person.id, talk));
  if (!told || !drawn) {
    await record(work, 'refused.companion', 'office', { after: { person: person.id } });
    return {
      toast: { look: 'error', text: words('没有邀请您同行', 'You were not asked along') },
    };
  }
  return {
    toast: { look: 'info', text: told },
    card: drawn.card,
    subject: { name: drawn.subject, version: drawn.version },
  };
}
