/** On the evening before a leg its traveller hears when it goes and what is booked; when nothing is, the office hears it too. */
import { inLanguage, type Words, words } from '../../cards/words.ts';
import type { Office, Work } from '../../db/work.ts';
import { nameOf } from '../directory/people.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice, oweNoticeToRole } from '../filing/notices.ts';
import type { Request } from '../filing/store.ts';
import { transportText } from '../requests/trip/form.ts';
import { wayText } from '../requests/trip/legs.ts';
import { journeyIn, waysOf } from '../requests/trip/ways.ts';
import { companionsOf } from './companions.ts';
import { eachJourney } from './due.ts';
import { bookingOf, isBooked } from './follow.ts';

export const remindTravellers = (office: Office, setup: Setup): Promise<void> =>
  eachJourney(office, setup, setup.rules.trips.remindAt, {
    due: (trips, today) => {
      const tomorrow = after(today);
      return trips
        .where('starts', '<=', tomorrow)
        .where('ends', '>=', tomorrow)
        .where((at) => at.or([at('reminded', 'is', null), at('reminded', '<', tomorrow)]));
    },
    mark: (today) => ({ reminded: after(today) }),
    act: (work, request, today) => remind(work, setup, request, after(today).toString()),
  });

const after = (day: Temporal.PlainDate): Temporal.PlainDate => day.add({ days: 1 });

/** The ways of one day; who is back on the day they go hears only how they go. */
function waysOn(request: Request, day: string): readonly Words[] {
  const journey = journeyIn(request);
  const ways = waysOf(journey).filter(({ date }) => date === day);
  return (journey.legs ? ways : ways.slice(0, 1)).map(({ from, to, transport }) => {
    const [way, by] = [
      from === undefined ? words(to, to) : wayText({ from, to }),
      transportText(transport),
    ];
    return words(`${way.zh} ${inLanguage(by, 'zh')}`, `${way.en} ${inLanguage(by, 'en')}`);
  });
}

async function remind(work: Work, setup: Setup, request: Request, day: string): Promise<void> {
  const ways = waysOn(request, day);
  if (ways.length === 0) return;
  const booking = bookingOf(request);
  // What was booked for a journey that has changed since is to be booked anew.
  const booked = isBooked(request);
  const companions = await companionsOf(work.tx, request.id);
  const along = companions.filter(({ state }) => state === 'confirmed');
  const text = words(
    `明天出行 ${request.number}：${ways.map(({ zh }) => zh).join('；')}。${booked ? booking.zh : '票还没有订好，已提醒行政'}`,
    `Tomorrow, ${request.number}: ${ways.map(({ en }) => en).join('; ')}. ${booked ? booking.en : 'Not booked yet; the office has been told'}`,
  );
  for (const person of [request.requester_id, ...along.map(({ person_id: id }) => id)])
    await oweNotice(
      work,
      setup.jobs,
      person,
      { key: `trip-departs:${request.id}:${day}`, text },
      request.channel,
    );
  if (booked) return;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const name = await nameOf(work.tx, request.requester_id);
  await oweNoticeToRole(
    work,
    setup.jobs,
    org,
    'office',
    {
      key: `trip-unbooked:${request.id}:${day}`,
      text: words(
        `${name}明天出行，${request.number} 还没有订票`,
        `${name} travels tomorrow and ${request.number} is not booked`,
      ),
    },
    request.channel,
  );
}
