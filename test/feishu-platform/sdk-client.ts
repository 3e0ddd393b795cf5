/** The official SDK pointed at a stand-in, with a cache of its own: the SDK's default one is shared by all clients of a process. */
import { AppType, Client } from '@larksuiteoapi/node-sdk';
import type { Feishu } from './index.ts';
import { isObject } from './json.ts';

/** The SDK prints whole requests, tokens included; a test reads its errors instead. */
const unsaid = (): void => undefined;

/** A client of the app that the stand-in serves. It keeps a token for as long as the stand-in says. */
export function sdkClient(
  feishu: Pick<Feishu, 'appId' | 'appSecret' | 'baseUrl'>,
): Client & { readonly forgetToken: () => void } {
  const kept = new Map<unknown, unknown>();
  const client = new Client({
    appId: feishu.appId,
    appSecret: feishu.appSecret,
    appType: AppType.SelfBuild,
    domain: feishu.baseUrl,
    logger: { error: unsaid, warn: unsaid, info: unsaid, debug: unsaid, trace: unsaid },
    cache: {
      get: async (key) => kept.get(key),
      set: async (key, value) => {
        kept.set(key, value);
        return true;
      },
    },
  });
  return Object.assign(client, { forgetToken: () => kept.clear() });
}

/** What a refused call says: HTTP status, code, message and the headers about the rate. */
export type Refused = {
  readonly status: number;
  readonly code: number;
  readonly msg: string;
  readonly logId: string;
  readonly headers: Readonly<Record<string, unknown>>;
};

/** The refusal of a call that must be refused; throws when it went through. */
export async function refusal(call: Promise<unknown>): Promise<Refused> {
  const error: unknown = await call.then(
    (answer) => {
      throw new Error(`the call went through: ${JSON.stringify(answer)}`);
    },
    (reason: unknown) => reason,
  );
  const response = isObject(error) || error instanceof Error ? Reflect.get(error, 'response') : {};
  if (!isObject(response) || !isObject(response['data'])) throw error;
  const { code, msg, error: more } = response['data'];
  return {
    status: Number(response['status']),
    code: Number(code),
    msg: String(msg),
    logId: isObject(more) ? String(more['log_id']) : '',
    headers: isObject(response['headers']) ? response['headers'] : {},
  };
}
