/** What can be seen without being anybody: the platform's clock, and whether our own address answers as the platform will ask it. */
import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import type { Secret } from '../../secret.ts';
import { encrypt } from './crypto.ts';
import { isObject, parseText } from './json.ts';

/** The end of waiting, ms. The platform itself waits one second for the answer to its challenge (platform notes §1.1). */
const PATIENCE_MS = 5_000;

/** Any address of the platform: without a token it refuses, and its answer carries the time all the same. */
const ANY_ROUTE = '/open-apis/bot/v3/info';

/** The platform's clock, to the second, and when it was read by ours; undefined when it does not answer or tells no time. */
export async function platformClock(
  baseUrl: string,
  now: () => Temporal.Instant,
): Promise<{ readonly theirs: Temporal.Instant; readonly ours: Temporal.Instant } | undefined> {
  try {
    const asked = now();
    const answer = await request(`${baseUrl}${ANY_ROUTE}`, signalled());
    const half = now().since(asked).total('milliseconds') / 2;
    await answer.body.dump();
    const told = new Date(String(answer.headers['date'])).getTime();
    if (Number.isNaN(told)) return undefined;
    return {
      theirs: Temporal.Instant.fromEpochMilliseconds(told),
      ours: asked.add({ milliseconds: Math.round(half) }),
    };
  } catch {
    // Whether the platform can be reached is told by the credentials' check.
    return undefined;
  }
}

/**
 * - ours: our program answered the challenge, in so many ms.
 * - refused: it is ours, but its keys are not these.
 * - other: something else answers there, with this status.
 * - silent: nothing answers; `code` is the system's name for why.
 */
export type AddressAnswer =
  | { readonly kind: 'ours'; readonly ms: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'other'; readonly status: number }
  | { readonly kind: 'silent'; readonly code: string };

/** Asks an address what the console asks when it is saved: an encrypted, unsigned challenge. No redirect is followed, as the platform follows none. */
export async function addressAnswers(
  url: string,
  keys: { readonly encryptKey: Secret; readonly verificationToken: Secret },
): Promise<AddressAnswer> {
  const challenge = randomUUID();
  const asked = { challenge, token: keys.verificationToken.reveal(), type: 'url_verification' };
  const body = JSON.stringify({
    encrypt: encrypt(JSON.stringify(asked), keys.encryptKey.reveal()),
  });
  const began = performance.now();
  try {
    const answer = await request(url, {
      ...signalled(),
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=utf-8' },
      body,
    });
    const said = parseText((await answer.body.text()).slice(0, 1_000));
    const ms = Math.round(performance.now() - began);
    if (answer.statusCode === 401) return { kind: 'refused' };
    const echoed = said.ok && isObject(said.value) && said.value['challenge'] === challenge;
    return answer.statusCode === 200 && echoed
      ? { kind: 'ours', ms }
      : { kind: 'other', status: answer.statusCode };
  } catch (error) {
    return { kind: 'silent', code: reasonOf(error) };
  }
}

const signalled = (): { readonly signal: AbortSignal } => ({
  signal: AbortSignal.timeout(PATIENCE_MS),
});

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'time-out';
  return error instanceof Error && 'code' in error ? String(error.code) : 'broken';
}
