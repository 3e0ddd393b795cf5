/**
 * The app's token: one request at a time however many calls wait for it, renewed in time, dropped when the platform says it
 * is no longer good. The SDK would ask once per parallel call and never drop it.
 */
import { z } from 'zod';
import type { Secret } from '../../secret.ts';
import type { HttpInstance } from './sdk.ts';
import { CallFault } from './faults.ts';

/** With less than 30 min left the platform hands out a new token beside the old one (platform notes §7.1); ms. */
const RENEW_MS = 25 * 60_000;
/** With less than this left a token is not used any more, ms. */
const LAST_MS = 60_000;

export type Tokens = {
  readonly current: () => Promise<string>;
  /** This token was refused; the next `current` asks for another unless that happened already. */
  readonly drop: (token: string) => void;
};

export type TokenParts = {
  readonly http: Pick<HttpInstance, 'post'>;
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: Secret;
  /** A clock that only runs forward, ms: the machine's date may be set while a token lives. */
  readonly pace: () => number;
};

type Held = { readonly token: string; readonly until: number; readonly life: number };

const ROUTE = '/open-apis/auth/v3/tenant_access_token/internal';
const answerShape = z.object({
  tenant_access_token: z.string().min(1),
  /** Seconds. */
  expire: z.number().nonnegative(),
});

export function createTokens(parts: TokenParts): Tokens {
  let held: Held | undefined;
  let asking: Promise<Held> | undefined;

  const ask = async (): Promise<Held> => {
    const body = { app_id: parts.appId, app_secret: parts.appSecret.reveal() };
    const asked = parts.pace();
    const answer = answerShape.safeParse(await parts.http.post(`${parts.baseUrl}${ROUTE}`, body));
    if (!answer.success)
      throw new CallFault({ reached: 'no', code: 'token-unreadable', route: ROUTE });
    const life = answer.data.expire * 1_000;
    return { token: answer.data.tenant_access_token, until: asked + life, life };
  };
  const renewed = (): Promise<Held> => {
    asking ??= ask()
      .then((got) => (held = got))
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  return {
    async current() {
      const left = held ? held.until - parts.pace() : 0;
      if (held && left > Math.min(RENEW_MS, held.life / 2)) return held.token;
      const before = held;
      try {
        return (await renewed()).token;
      } catch (error) {
        // The old one is good for a little while yet; the next call tries again.
        if (before && before === held && left > LAST_MS) return before.token;
        throw notSent(error);
      }
    },
    drop(token) {
      if (held?.token === token) held = undefined;
    },
  };
}

/** Whatever went wrong with the token, the call that wanted it was never made. */
function notSent(error: unknown): unknown {
  if (!(error instanceof CallFault) || error.reached !== 'unclear') return error;
  const { code, status, logId, route } = error;
  return new CallFault({ reached: 'no', code, status, logId, route });
}
