/** The official SDK's client with our own way out, token and log. */
import {
  AppType,
  type Cache,
  Client,
  CTenantAccessToken,
  type Logger,
  LoggerLevel,
} from './sdk.ts';
import type { Secret } from '../../secret.ts';
import type { Calls } from './calls.ts';
import { CallFault, isTokenFault } from './faults.ts';
import { createHttp } from './http.ts';
import { named } from '../../reduced.ts';
import type { Log } from './log.ts';
import { createQuotaHold } from './quota-hold.ts';
import { createTokens } from './token.ts';

export type ClientOptions = {
  readonly appId: string;
  readonly appSecret: Secret;
  readonly baseUrl: string;
  readonly now: () => Temporal.Instant;
  readonly log: Log;
  /** Counts the calls, for the month's quota. */
  readonly calls?: Pick<Calls, 'add'>;
};

export type FeishuClient = {
  /**
   * Calls the platform, ending within `ms` (5 s). A token that is refused is asked for anew and the call made once more.
   * Throws `CallFault`.
   */
  readonly call: <T>(what: (sdk: Client) => Promise<T>, ms?: number) => Promise<T>;
  /** Asks for the token without calling anything. */
  readonly token: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The end of a call with all its parts, ms. */
const CALL_MS = 5_000;

export function createClient(options: ClientOptions): FeishuClient {
  const { appId, appSecret, baseUrl, now, log, calls } = options;
  const pace = (): number => performance.now();
  const hold = createQuotaHold(now);
  const http = createHttp(baseUrl, log, {
    refusal: hold.refusal,
    note: (route, fault) => {
      hold.note(route, fault);
      if (fault?.reached !== 'no') calls?.add(route);
    },
  });
  const tokens = createTokens({ http, baseUrl, appId, appSecret, pace });
  const sdk = new Client({
    appId,
    // The SDK insists on a secret, but never uses it: the token comes from our cache.
    appSecret: 'kept elsewhere',
    appType: AppType.SelfBuild,
    domain: baseUrl,
    loggerLevel: LoggerLevel.error,
    logger: loggerTo(log),
    httpInstance: http,
    cache: tokenCache(() => tokens.current()),
  });
  return {
    call: (what, ms = CALL_MS) =>
      http.within(ms, async () => {
        const token = await tokens.current();
        try {
          return await what(sdk);
        } catch (error) {
          if (!isTokenFault(error)) throw error;
          tokens.drop(token);
          return what(sdk);
        }
      }),
    token: async () => {
      await http.within(CALL_MS, () => tokens.current());
    },
    close: () => http.close(),
  };
}

/** The SDK asks its cache for the token before every call; ours asks the platform when it must. */
const tokenCache = (token: () => Promise<string>): Cache => ({
  get: async (key) => (key === CTenantAccessToken ? token() : undefined),
  set: async () => true,
});

/** The SDK's log lines carry whole requests; calls are logged where they are made, and of the rest only the sort is kept. */
function loggerTo(log: Log): Logger {
  const quiet = (): void => undefined;
  const note = (...parts: readonly unknown[]): void => {
    const [first] = parts.flat(2);
    if (first instanceof CallFault) return;
    log('feishu.sdk', named(first));
  };
  return { error: note, warn: quiet, info: quiet, debug: quiet, trace: quiet };
}

/** Ids go into paths unencoded, so `../` in one would call another method of the platform. */
export function pathId(id: string, route: string): string {
  if (/^[A-Za-z0-9_-]{1,128}$/.test(id)) return id;
  throw new CallFault({ reached: 'answered', code: 'malformed-id', route, status: 400 });
}
