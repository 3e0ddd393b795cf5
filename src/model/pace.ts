/**
 * How often the model is asked. Kept in memory: a restart begins anew, and two processes have a pace each; it bounds cost
 * and what leaves the house, nothing else hangs on it.
 */
const MINUTE_MS = 60_000;
const OFFICE_PER_MINUTE = 20;
const PERSON_PER_MINUTE = 3;
/** After so many failures one after the other the model is left alone for a minute: nobody waits for one that is away. */
const FAILURES = 3;

/** The simulator's clock can be set back: what is ahead of it does not count. */
const within = (ms: number): boolean => ms >= 0 && ms < MINUTE_MS;

export type Pace = {
  /** Whether `person` may ask at `now` (ms of the office's clock); if so it is counted. */
  readonly take: (person: number, now: number) => boolean;
  readonly went: (how: 'well' | 'wrong', now: number) => void;
};

/** The pace of one office. */
export function createPace(): Pace {
  let asked: readonly { readonly person: number; readonly at: number }[] = [];
  let failures = 0;
  let restsUntil = -Infinity;
  return {
    take(person, now) {
      asked = asked.filter(({ at }) => within(now - at));
      const own = asked.filter((each) => each.person === person);
      if (
        within(restsUntil - now) ||
        asked.length >= OFFICE_PER_MINUTE ||
        own.length >= PERSON_PER_MINUTE
      )
        return false;
      asked = [...asked, { person, at: now }];
      return true;
    },
    went(how, now) {
      failures = how === 'well' ? 0 : failures + 1;
      if (failures >= FAILURES) restsUntil = now + MINUTE_MS - 1;
      if (failures >= FAILURES) failures = 0;
    },
  };
}
