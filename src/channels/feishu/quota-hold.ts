/**
 * When the month's quota is used up, every further call is refused until the 1st, or until the tenant buys more. Each message
 * that is owed would ask again and again; so one call asks now and then, and the others are refused here.
 */
import { isFree } from './calls.ts';
import { CallFault, QUOTA_CODE } from './faults.ts';

/** How long nothing is asked after a refusal, ms: at most four calls an hour, and a bought quota shows within 15 minutes. */
const HOLD_MS = 15 * 60_000;
/** How long the one call that asks is waited for before another may, ms. */
const ASKING_MS = 30_000;

export type QuotaHold = {
  /** The refusal of a call that is not to be made now; `undefined`: make it. */
  readonly refusal: (route: string) => CallFault | undefined;
  /** What came of a call that was made. */
  readonly note: (route: string, fault: CallFault | undefined) => void;
};

/** By the machine's clock: when it was set back meanwhile, the hold is over. */
export function createQuotaHold(now: () => Temporal.Instant): QuotaHold {
  let until: Temporal.Instant | undefined;
  const holdFor = (milliseconds: number): void => {
    until = now().add({ milliseconds });
  };
  return {
    refusal(route) {
      if (until === undefined || isFree(route)) return undefined;
      const left = now().until(until).total('milliseconds');
      if (left > 0 && left <= HOLD_MS) return usedUp(route, Math.ceil(left));
      holdFor(ASKING_MS);
      return undefined;
    },
    note(route, fault) {
      if (fault?.code === QUOTA_CODE) holdFor(HOLD_MS);
      else if (!isFree(route) && fault === undefined) until = undefined;
    },
  };
}

const usedUp = (route: string, waitMs: number): CallFault =>
  new CallFault({ reached: 'answered', code: QUOTA_CODE, status: 429, route, waitMs });
