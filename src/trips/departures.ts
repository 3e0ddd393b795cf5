/** On the evening before a leg its traveller hears when it goes and what is booked; when nothing is, the office hears it too. */
import { z } from 'zod';
import { words } from '../../cards/words.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { nameOf } from '../directory/people.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice, oweNoticeToRole } from '../filing/notices.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { minutesOfClock } from '../time/hours.ts';
import { bookingOf } from './follow.ts';
import { companionsOf } from './companions.ts';

/** Journeys looked at in one tick; the rest comes with the next. */
const AT_ONCE = 100;

export async function remindTravellers(office: Office, setup: Setup): Promise<void> {
  const { rules } = setup;
  const now = office.clock.now().toZonedDateTimeISO(rules.timeZone);
  if (now.hour * 60 + now.minute < (minutesOfClock(rules.trips.remindAt) ?? 0)) return;
  const tomorrow = now.toPlainDate().add({ days: 1 });
  for (let count = 0; count < AT_ONCE; count++)
    if (!(await inWork(office, { actor: 'system' }, (work) => remindOne(work, setup, tomorrow))))
      return;
}

async function remindOne(work: Work, setup: Setup, tomorrow: Temporal.PlainDate): Promise<boolean> {
  const trip = await work.tx
    .selectFrom('trip')
    .select('request_id')
    .where('state', '=', 'approved')
    .where('starts', '<=', tomorrow)
    .where('ends', '>=', tomorrow)
    .where((at) => at.or([at('reminded', 'is', null), at('reminded', '<', tomorrow)]))
    .orderBy('request_id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!trip) return false;
  await work.tx
    .updateTable('trip')
    .set({ reminded: tomorrow })
    .where('request_id', '=', trip.request_id)
    .execute();
  const request = await readRequest(work.tx, trip.request_id);
  if (request) await remind(work, setup, request, tomorrow.toString());
  return true;
}

const form = z.object({
  to: z.array(z.string()),
  days: z.object({ from: z.string(), to: z.string() }),
  from: z.string().optional(),
  transport: z.string(),
  legs: z
    .array(
      z.object({
        to: z.string(),
        date: z.string(),
        from: z.string().optional(),
        transport: z.string().optional(),
      }),
    )
    .optional(),
});

/** The ways of one day; a journey there and back goes on its first day and comes back on its last. */
function waysOn(stored: Request['form'], day: string): readonly string[] {
  const { legs, days, to, from, transport } = form.parse(stored);
  const way = (a: string | undefined, b: string, by: string | undefined): string =>
    `${a === undefined ? '' : `${a} → `}${b} ${by ?? transport}`;
  if (legs)
    return legs
      .filter(({ date }) => date === day)
      .map((leg) => way(leg.from, leg.to, leg.transport));
  return [
    ...(days.from === day ? [way(from, to.join('、'), transport)] : []),
    ...(days.to === day && days.to !== days.from
      ? [way(to.at(-1), from ?? '返程', transport)]
      : []),
  ];
}

async function remind(work: Work, setup: Setup, request: Request, day: string): Promise<void> {
  const ways = waysOn(request.form, day);
  if (ways.length === 0) return;
  const booking = bookingOf(request);
  const booked = booking.zh !== '';
  const companions = await companionsOf(work.tx, request.id);
  const along = companions.filter(({ state }) => state === 'confirmed');
  const text = words(
    `明天出行 ${request.number}：${ways.join('；')}。${booked ? booking.zh : '票还没有订好，已提醒行政'}`,
    `Tomorrow, ${request.number}: ${ways.join('; ')}. ${booked ? booking.en : 'Not booked yet; the office has been told'}`,
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
