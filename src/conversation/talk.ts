import type { Work } from '../../db/work.ts';
import { type Owed, oweTo, type View } from '../delivery/owe.ts';
import type { Address } from '../channels/channel.ts';
import type { Person } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import type { Hearing } from '../requests/fields.ts';
import type { About, MinutesCard } from './about.ts';

/** One thing said or tapped: who, where, and the moment of it in the office's zone. */
export type Talk = Hearing & {
  readonly work: Work;
  readonly setup: Setup;
  readonly person: Person;
  readonly address: Address;
  readonly chat: string;
  /** The platform's id of what was said; none for a tap. */
  readonly message?: string;
  /** Said in a group: the message there, and all that it says. Its answers are cards in the private chat all the same. */
  readonly group?: { readonly message: string; readonly said: string };
  /** What the message shows that was replied to, when somebody answered a card of ours. */
  readonly about?: About;
  /** The same, when it was a card of minutes or of action items. */
  readonly onMinutes?: MinutesCard;
  /** Counts the answers of this talk, so that each has its own business key. */
  readonly answers: { count: number };
};

/** Owes the person who speaks a new message now. */
export async function answer(talk: Talk, view: View): Promise<void> {
  talk.answers.count += 1;
  const owed: Owed = {
    what: `answer:${talk.work.cause ?? 'none'}:${talk.answers.count}`,
    view,
    attention: true,
    priority: 0,
  };
  await oweTo(talk.work, talk.setup.jobs, { address: talk.address, person: talk.person.id }, owed);
}

/** Owes the person who speaks one sentence. */
export const say = (talk: Talk, zh: string, en: string): Promise<void> =>
  answer(talk, { view: 'notice', text: { zh, en } });

/** The moment of speaking in the office's zone. */
export const hearingAt = (instant: Temporal.Instant, zone: string): Hearing => ({
  now: instant.toZonedDateTimeISO(zone),
});
