/** Tenant access tokens: one while it is fresh, a new one in its last 30 minutes, none of them after a revocation. */
import { newId } from './ids.ts';

/** Below this many seconds left, a new token is made; the old one stays valid to its end. */
const RENEW_BELOW_SECONDS = 30 * 60;

export type Tokens = {
  /** A token and the seconds it has left. */
  readonly issue: () => { readonly token: string; readonly expire: number };
  readonly valid: (token: string) => boolean;
  /** All tokens die now, as after a reset of the secret. */
  readonly revoke: () => void;
};

/** `clock` in ms; `seconds` is the life of a new token (the platform's: 7200). */
export function createTokens(clock: () => number, seconds: number): Tokens {
  let ends = new Map<string, number>();
  const left = (end: number): number => Math.floor((end - clock()) / 1_000);
  return {
    issue() {
      const fresh = [...ends].find(([, end]) => left(end) >= RENEW_BELOW_SECONDS);
      if (fresh) return { token: fresh[0], expire: left(fresh[1]) };
      const token = newId('t-');
      ends.set(token, clock() + seconds * 1_000);
      return { token, expire: seconds };
    },
    valid: (token) => left(ends.get(token) ?? 0) > 0,
    revoke: () => {
      ends = new Map();
    },
  };
}
