/** What goes wrong with the platform in a day: a share of its calls, and the moments at which everything does. */
import type { Feishu } from '../../../test/feishu-platform/index.ts';

/** Shares of all calls: refused for being too many, and failed inside. */
const TOO_MANY = 0.01;
const FAILED = 0.005;

const SENDS = /^(POST|PATCH) \/open-apis\/im\/v1\/messages/;

export type Struck = { tooMany: number; failed: number; lostAnswers: number };

/** Keeps each share of the calls going wrong; to be called every minute. `lostAnswers`: the share of sends whose answer is lost after they took effect. */
export function createTrouble(
  feishu: Feishu,
  lostAnswers: number,
): {
  readonly strike: () => void;
  readonly struck: Struck;
} {
  const struck: Struck = { tooMany: 0, failed: 0, lostAnswers: 0 };
  const missing = (share: number, before: number): number =>
    Math.max(0, Math.round(feishu.calls.length * share) - before);
  return {
    struck,
    strike() {
      const tooMany = missing(TOO_MANY, struck.tooMany);
      const failed = missing(FAILED, struck.failed);
      const lost = missing(lostAnswers, struck.lostAnswers);
      if (tooMany > 0)
        feishu.fail({ answer: 429, waitSeconds: 1 }, { times: tooMany, only: SENDS });
      if (failed > 0) feishu.fail({ answer: 502 }, { times: failed, only: SENDS });
      if (lost > 0) feishu.fail({ cut: 'after' }, { times: lost, only: SENDS });
      struck.tooMany += tooMany;
      struck.failed += failed;
      struck.lostAnswers += lost;
    },
  };
}
