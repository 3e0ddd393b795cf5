import type { Db } from '../../db/database.ts';
import { keepSetting, settingNamed } from '../../db/setting.ts';
import type { ClockStep } from '../channels/simulator/protocol.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import { type Clock, movableClock, type MovableClock } from '../time/clock.ts';
import { addWorkingDays } from '../time/working-time.ts';

const NAME = 'simulator-clock';

/** The simulated office's clock: as far ahead as it was left. */
export async function officeClock(db: Db, base: Clock): Promise<MovableClock> {
  const ahead = await settingNamed(db, NAME);
  return movableClock(ahead ? Temporal.Duration.from(ahead) : new Temporal.Duration(), base);
}

/** Keeps how far ahead it is, so that a restart does not turn the office's time back. */
export const saveOffset = (db: Db, clock: MovableClock): Promise<void> =>
  keepSetting(db, NAME, clock.offset().toString());

/** How far a step of the clock control goes from `now`. */
export function forwardBy(
  step: ClockStep,
  now: Temporal.Instant,
  calendar: WorkingCalendar,
): Temporal.Duration {
  switch (step) {
    case '15m':
      return Temporal.Duration.from({ minutes: 15 });
    case '1h':
      return Temporal.Duration.from({ hours: 1 });
    case '4h':
      return Temporal.Duration.from({ hours: 4 });
    case '1d':
      return Temporal.Duration.from({ hours: 24 });
    case 'to 09:00 next workday': {
      const today = now.toZonedDateTimeISO(calendar.zone).toPlainDate();
      const day = addWorkingDays(today, 1, calendar);
      const nine = day.toZonedDateTime({ timeZone: calendar.zone, plainTime: '09:00' });
      return now.until(nine.toInstant());
    }
    default:
      return step satisfies never;
  }
}
