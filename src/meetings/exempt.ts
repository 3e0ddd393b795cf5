/** Meetings that nobody is asked to check in to, by the office's rules: long ones, those in certain rooms, those of certain hosts. */
import type { Work } from '../../db/work.ts';
import { holdersOf, readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import { wallMinutes } from '../time/spans.ts';
import type { Meeting } from './store.ts';

/** Whether a meeting of that host is exempt. When it was booked is not asked here: see duesOf. */
export type IsExempt = (meeting: Pick<Meeting, 'starts_at' | 'ends_at' | 'place'>) => boolean;

/** What holds for the meetings of one host: asked once, however many dates they booked. */
export async function exemptionsOf(work: Work, setup: Setup, host: number): Promise<IsExempt> {
  const { checkIn, perRoom } = setup.rules.rooms;
  if (checkIn === null) return () => true;
  const { exempt, unlessLonger } = checkIn;
  const org =
    exempt.length > 0 ? await readOrganisation(work.tx, setup.rules.roles, work.now) : undefined;
  const isHost = org !== undefined && exempt.some((role) => holdersOf(org, role).includes(host));
  return ({ starts_at, ends_at, place }) =>
    isHost ||
    (Object.hasOwn(perRoom, place) && perRoom[place]?.checkIn === false) ||
    (unlessLonger !== null &&
      starts_at.until(ends_at).total('minutes') > wallMinutes(unlessLonger));
}
