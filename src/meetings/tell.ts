/** Messages about a meeting: cards by reference, drawn when they are sent. */
import { peopleShowing } from '../delivery/shown.ts';
import type { Work } from '../../db/work.ts';
import { owe } from '../delivery/owe.ts';
import { peopleById } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { readRequest } from '../filing/store.ts';
import { oweCard } from '../filing/tell.ts';
import { holdersOf, readOrganisation } from '../directory/organisation.ts';
import type { Meeting } from './store.ts';
import { isBefore, isSoon, notAtNight, type Preparation } from './times.ts';

/** What somebody was told before, when it is another now. */
export type Was = { readonly from: string; readonly to: string; readonly place: string };

/** Tells causes apart: what a person did, or the moment of a tick. */
export const causeOf = (work: Work): string => work.cause ?? work.now.toString();

/**
 * Owes the card of a meeting as a new message. `what` makes it once a person. With `revision` it is sent only while the meeting
 * stands as it did then, and not after the beginning; what tells that it does not take place is worth knowing until the end.
 * It waits out the night, unless the meeting begins before or it is `urgent`.
 */
export async function oweMeeting(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  person: number,
  card: {
    readonly what: string;
    readonly revision?: number;
    readonly was?: Was;
    readonly urgent?: boolean;
    /** Not before then. */
    readonly from?: Temporal.Instant;
  },
): Promise<void> {
  // Who has left meanwhile is not written to.
  if ((await peopleById(work.tx, [person])).get(person)?.active !== true) return;
  const { what, urgent, from = work.now, ...about } = card;
  const due = urgent ? from : notAtNight(from, meeting.starts_at, setup.rules);
  // Another room while people are on their way, or in the old one: worth knowing as long as it goes on.
  const late = urgent || card.revision === undefined || !isBefore(due, meeting.starts_at);
  await owe(work, setup.jobs, person, meeting.channel, {
    what: `meeting:${meeting.id}:${what}:p${person}`,
    view: { view: 'meeting', meeting: meeting.id, ...about },
    attention: true,
    priority: 3,
    due,
    notAfter: late ? meeting.ends_at : meeting.starts_at,
    breaksQuiet: urgent === true || isSoon(due, meeting.starts_at),
  });
}

/** The living cards of who may lengthen or end it, one each: of the meeting, or of the booking for a host who has no other. */
export async function offerReshaping(work: Work, setup: Setup, meeting: Meeting): Promise<void> {
  const showing = await peopleShowing(work.tx, `meeting:${meeting.id}`);
  const { host_id: host, checked_in_by: there } = meeting;
  await showAgain(
    work,
    setup,
    meeting,
    showing.filter((person) => person === host || person === there),
  );
  if (!showing.includes(host)) await refreshBooking(work, setup, meeting);
}

/** Everybody's card of a meeting, and the booking's card of its host, is brought up to date in place. */
export async function refresh(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  without: readonly number[] = [],
): Promise<void> {
  const showing = await peopleShowing(work.tx, `meeting:${meeting.id}`);
  await showAgain(
    work,
    setup,
    meeting,
    showing.filter((person) => !without.includes(person)),
  );
  await refreshBooking(work, setup, meeting);
}

async function showAgain(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  people: readonly number[],
): Promise<void> {
  for (const person of people)
    await owe(work, setup.jobs, person, meeting.channel, {
      what: `meeting:${meeting.id}:quiet:${causeOf(work)}:p${person}`,
      view: { view: 'meeting', meeting: meeting.id },
      attention: false,
      priority: 6,
    });
}

/** The host's card of the booking shows who comes and what is prepared. */
export async function refreshBooking(work: Work, setup: Setup, meeting: Meeting): Promise<void> {
  const request = await readRequest(work.tx, meeting.request_id);
  if (request)
    await oweCard(work, setup, request, meeting.host_id, 'quiet', `:meeting:${causeOf(work)}`);
}

/** Owes the card of a preparation to the office: to everybody there as a new message, or in place to who has it. */
export async function owePreparation(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  sort: Preparation,
  occasion: { readonly what: string; readonly attention: boolean },
): Promise<void> {
  const subject = `preparation:${meeting.id}:${sort}`;
  const office = occasion.attention
    ? await officePeople(work, setup)
    : await peopleShowing(work.tx, subject);
  for (const person of office) {
    await owe(work, setup.jobs, person, meeting.channel, {
      what: `${subject}:${occasion.what}:p${person}`,
      view: { view: 'preparation', meeting: meeting.id, sort },
      attention: occasion.attention,
      priority: occasion.attention ? 3 : 6,
      // What is done afterwards can wait, and does not end with the meeting.
      ...(occasion.attention && sort !== 'restore'
        ? { notAfter: meeting.ends_at, breaksQuiet: isSoon(work.now, meeting.starts_at) }
        : {}),
    });
  }
}

/** The people of the office who are here now. */
export async function officePeople(work: Work, setup: Setup): Promise<readonly number[]> {
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  return holdersOf(org, 'office');
}
