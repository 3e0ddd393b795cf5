/** What else is in the time of a request, for who decides about it: read when its card is drawn, and kept nowhere. */
import { dayRangeText } from '../../cards/times.ts';
import { STATE } from '../../cards/vocabulary.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed, kinds } from '../requests/index.ts';
import type { Engagement } from '../requests/kind.ts';
import { GIVEN_BACK } from './circumstances.ts';
import type { Request } from './store.ts';

/** A clash is told in words; of colleagues it is told only how many are away, not who and why. */
export type Clashes = { readonly told: readonly Words[]; readonly colleaguesAway: number };

type Time = Pick<Engagement, 'from' | 'until'>;

/** Nobody asks for a day further ahead: what was submitted earlier than this before it lies behind. */
const ASKED_AHEAD = { hours: 24 * 366 };

/**
 * What the requester has in the same time (other requests, days they said to be away on), earliest first; and, when the request takes
 * them out of the office, how many others of their department are away then.
 */
export async function clashesOf(tx: Tx, request: Request, at: Hearing): Promise<Clashes> {
  const engaged = engagementOf(request, at);
  if (!engaged) return { told: [], colleaguesAway: 0 };
  const others = [
    ...(await otherEngagements(tx, request, engaged, at)),
    ...(await absencesSaid(tx, request.requester_id, engaged, at)),
  ];
  return {
    told: others
      .toSorted((a, b) => Temporal.Instant.compare(a.from, b.from))
      .map(({ told }) => told),
    colleaguesAway: engaged.away ? await colleaguesAway(tx, request.requester_id, engaged) : 0,
  };
}

const engagementOf = (
  request: Pick<Request, 'kind' | 'number' | 'form'>,
  at: Hearing,
): Engagement | undefined => kindNamed(request.kind).engagement(request, at);

type Told = Time & { readonly told: Words };

/** All its times: what is again and again has many. */
const timesOf = (engaged: Engagement): readonly Time[] => engaged.again ?? [engaged];

async function otherEngagements(
  tx: Tx,
  request: Request,
  time: Engagement,
  at: Hearing,
): Promise<readonly Told[]> {
  const wanted = timesOf(time);
  const rows = await tx
    .selectFrom('request')
    .select(['kind', 'number', 'state', 'form'])
    .where('requester_id', '=', request.requester_id)
    .where('submitted_at', '>=', time.from.subtract(ASKED_AHEAD))
    .where('id', '!=', request.id)
    .where('state', 'not in', [...GIVEN_BACK])
    .where(
      'kind',
      'in',
      kinds.filter(({ engages }) => engages).map(({ name }) => name),
    )
    .execute();
  return rows.flatMap((other): readonly Told[] => {
    const engaged = engagementOf(other, at);
    if (!engaged || !timesOf(engaged).some((one) => wanted.some((each) => overlap(one, each))))
      return [];
    return [{ ...engaged, told: withState(engaged.told, other.state) }];
  });
}

/** Ends and beginnings may touch. */
const overlap = (one: Time, other: Time): boolean =>
  Temporal.Instant.compare(one.from, other.until) < 0 &&
  Temporal.Instant.compare(other.from, one.until) < 0;

/** What may still come to nothing says so. */
const withState = (told: Words, state: Request['state']): Words =>
  state === 'pending' || state === 'returned'
    ? words(
        `${told.zh}，${STATE[state].name.zh}`,
        `${told.en}, ${STATE[state].name.en.toLowerCase()}`,
      )
    : told;

/** Only what was said: an absence that follows from a trip is told by the trip. */
async function absencesSaid(
  tx: Tx,
  person: number,
  time: Time,
  { now }: Hearing,
): Promise<readonly Told[]> {
  const rows = await tx
    .selectFrom('absence')
    .select(['since', 'until'])
    .where('person_id', '=', person)
    .where('source', '=', 'said')
    .where('since', '<', time.until)
    .where('until', '>', time.from)
    .execute();
  const day = (instant: Temporal.Instant): string =>
    instant.toZonedDateTimeISO(now.timeZoneId).toPlainDate().toString();
  return rows.map(({ since, until }) => {
    const days = dayRangeText(day(since), day(until.subtract({ nanoseconds: 1 })), now);
    return {
      from: since,
      until,
      told: words(`同期已登记不在 ${days.zh}`, `noted as away, ${days.en}`),
    };
  });
}

async function colleaguesAway(tx: Tx, person: number, time: Time): Promise<number> {
  const { count } = await tx
    .selectFrom('absence')
    .innerJoin('person as colleague', 'colleague.id', 'absence.person_id')
    .innerJoin('person as requester', 'requester.department_id', 'colleague.department_id')
    .select((q) => q.fn.count<number>('colleague.id').distinct().as('count'))
    .where('requester.id', '=', person)
    .where('colleague.id', '!=', person)
    .where('colleague.active', '=', true)
    .where('since', '<', time.until)
    .where('until', '>', time.from)
    .executeTakeFirstOrThrow();
  return Number(count);
}
