/** What a journey may cost by the standard of whoever travels, and what it is taken to cost. Pure. */
import { type Words, words } from '../../../cards/words.ts';
import { hotelIn, type Rules, type TripStandard } from '../../settings/index.ts';
import type { Days } from '../spoken-times.ts';
import type { Leg } from './legs.ts';

/** What of a draft or a form counts for its standard. */
export type Journey = {
  readonly to?: readonly string[] | undefined;
  readonly days?: Days | undefined;
  readonly legs?: readonly Leg[] | undefined;
  readonly transport?: string | undefined;
  readonly lodging?: boolean | undefined;
  /** Yuan a night that were wished for. */
  readonly nightly?: number | undefined;
  readonly seat?: string | undefined;
  readonly companions?: readonly string[] | undefined;
};

/** Nights by city; a journey whose legs were not told spends them all in the first of its cities. */
export function nightsOf({ days, legs, to, lodging }: Journey): readonly {
  readonly city: string;
  readonly nights: number;
}[] {
  if (lodging === false || !days) return [];
  if (!legs || legs.length === 0) {
    const nights = daysBetween(days.from, days.to);
    return nights > 0 ? (to ?? []).slice(0, 1).map((city) => ({ city, nights })) : [];
  }
  return legs.flatMap(({ to: city, date }, index) => {
    const nights = daysBetween(date, legs[index + 1]?.date ?? days.to);
    return nights > 0 ? [{ city, nights }] : [];
  });
}

const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

/** What goes beyond the standard, a line each; empty when nothing does. */
export function beyond(
  { trips }: Rules,
  standard: TripStandard,
  journey: Journey,
): readonly Words[] {
  const { nightly, seat } = journey;
  const cities = journey.lodging === false ? [] : citiesOf(journey);
  const cheapest = cities.toSorted(
    (a, b) => hotelIn(trips, standard, a) - hotelIn(trips, standard, b),
  )[0];
  const allowed = cheapest === undefined ? undefined : hotelIn(trips, standard, cheapest);
  return [
    ...(nightly !== undefined && allowed !== undefined && nightly > allowed
      ? [
          words(
            `${cheapest}酒店每晚 ¥${nightly}，标准 ¥${allowed}`,
            `hotel in ${cheapest} ¥${nightly} a night, standard ¥${allowed}`,
          ),
        ]
      : []),
    ...(seat !== undefined && !standard.seats.includes(seat)
      ? [
          words(
            `${seat}，标准 ${standard.seats.join('、')}`,
            `${seat}, standard ${standard.seats.join(', ')}`,
          ),
        ]
      : []),
  ];
}

/** Cities where a night may be spent. */
const citiesOf = (journey: Journey): readonly string[] => {
  const nights = nightsOf(journey).map(({ city }) => city);
  return nights.length > 0 ? nights : (journey.to ?? []);
};

/** 「员工标准：上海酒店每晚 ¥450；二等座、经济舱」 */
export function allowance({ trips }: Rules, standard: TripStandard, journey: Journey): Words {
  const rates = [...new Set(citiesOf(journey))].map((city) => ({
    city,
    yuan: hotelIn(trips, standard, city),
  }));
  const hotels = journey.lodging === false ? [] : rates;
  const seats = standard.seats;
  return words(
    [
      `${standard.grade}标准：${hotels.map(({ city, yuan }) => `${city}酒店每晚 ¥${yuan}`).join('，')}`,
      seats.join('、'),
    ]
      .join(hotels.length > 0 ? '；' : '')
      .replace('：；', '：'),
    `Standard (${standard.grade}): ${[
      ...hotels.map(({ city, yuan }) => `hotel in ${city} ¥${yuan} a night`),
      seats.join(', '),
    ].join('; ')}`,
  );
}

/**
 * What a journey is taken to cost, yuan: nights at what was wished for or else at the standard, and a fare a leg, there and back when
 * no legs were told; for everybody who goes along.
 */
export function estimateOf({ trips }: Rules, standard: TripStandard, journey: Journey): number {
  const { nightly, legs, transport, companions } = journey;
  const hotel = nightsOf(journey).reduce(
    (sum, { city, nights }) => sum + nights * (nightly ?? hotelIn(trips, standard, city)),
    0,
  );
  const fare = (by: string | undefined): number => (by === undefined ? 0 : (trips.fares[by] ?? 0));
  const fares =
    legs && legs.length > 0
      ? legs.reduce((sum, each) => sum + fare(each.transport ?? transport), 0)
      : 2 * fare(transport);
  return Math.round((hotel + fares) * (1 + (companions?.length ?? 0)));
}
