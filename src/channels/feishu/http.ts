/**
 * The way out: every call of the platform, the SDK's and ours, goes through here. An end to waiting, no redirects (one would
 * carry the app secret along), answers of bounded size, and every answer that is not code 0 thrown as a `CallFault`, whatever
 * its HTTP status.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { FormData, Pool } from 'undici';
import type { HttpInstance, HttpRequestOptions } from './sdk.ts';
import { CallFault, detailOf } from './faults.ts';
import { isObject, parseText } from './json.ts';
import type { QuotaHold } from './quota-hold.ts';
import type { JsonObject } from './json.ts';
import type { Log } from './log.ts';

/** The end of one call, ms; a whole operation may set an earlier one. */
const CALL_MS = 5_000;
/** The largest answer with JSON, and with a file, bytes (team's reliability notes §6.3 and §10). */
const JSON_BYTES = 2 * 1024 * 1024;
const FILE_BYTES = 20 * 1024 * 1024;

export type Http = HttpInstance & {
  /** Runs an operation of several calls that ends together within `ms`. */
  readonly within: <T>(ms: number, operation: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

type Options = HttpRequestOptions<unknown>;

/** Who watches the calls: `refusal` may keep one from being made, `note` is told of each that was. */
export type Watch = Pick<QuotaHold, 'refusal' | 'note'>;

/** When the operation ends that a call belongs to, at most `ms` from now. */
type Deadline = { readonly ms: number; readonly signal: AbortSignal };

/** When a call ends. Signals are dear: an operation that ends sooner by itself needs no other. */
function endOf(operation: Deadline | undefined): AbortSignal {
  if (operation === undefined) return AbortSignal.timeout(CALL_MS);
  if (operation.ms <= CALL_MS) return operation.signal;
  return AbortSignal.any([AbortSignal.timeout(CALL_MS), operation.signal]);
}

/** Calls of the platform at this address only. */
export function createHttp(baseUrl: string, log: Log, watch?: Watch): Http {
  const { origin } = new URL(baseUrl);
  const pool = new Pool(origin, { connections: 16, connect: { timeout: 3_000 } });
  const deadline = new AsyncLocalStorage<Deadline>();

  const call = async (options: Options): Promise<unknown> => {
    const signal = endOf(deadline.getStore());
    const url = new URL(options.url ?? '', baseUrl);
    const route = routeOf(url.pathname);
    const watched = `${methodOf(options.method)} ${route}`;
    const refusal = watch?.refusal(watched);
    if (refusal) throw refusal;
    const began = performance.now();
    try {
      if (url.origin !== origin) throw new CallFault({ reached: 'no', code: 'elsewhere', route });
      const answer = await exchange(pool, url, route, options, signal);
      watch?.note(watched, undefined);
      return answer;
    } catch (error) {
      const fault = error instanceof CallFault ? error : brokenFault(error, route);
      watch?.note(watched, fault);
      const { code, status, logId, detail } = fault;
      const ms = Math.round(performance.now() - began);
      log('feishu.call-failed', { route, code, status, logId, detail, ms });
      throw fault;
    }
  };
  return {
    ...methods(call),
    within: (ms, operation) => deadline.run({ ms, signal: AbortSignal.timeout(ms) }, operation),
    close: () => pool.close(),
  };
}

/** The SDK's interface, whose types promise whatever the caller asks for; ours are checked where they are read. */
function methods(call: (options: Options) => Promise<unknown>): HttpInstance {
  const bare =
    (method: string) =>
    async <T, R = T>(url: string, options?: HttpRequestOptions<unknown>): Promise<R> =>
      (await call({ ...options, url, method })) as R;
  const withBody =
    (method: string) =>
    async <T, R = T>(
      url: string,
      data?: unknown,
      options?: HttpRequestOptions<unknown>,
    ): Promise<R> =>
      (await call({ ...options, url, data, method })) as R;
  return {
    request: async <T, R = T>(options: HttpRequestOptions<unknown>): Promise<R> =>
      (await call(options)) as R,
    get: bare('GET'),
    delete: bare('DELETE'),
    head: bare('HEAD'),
    options: bare('OPTIONS'),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
  };
}

type Answer = { readonly status: number; readonly heads: JsonObject; readonly bytes: Buffer };

async function exchange(
  pool: Pool,
  url: URL,
  route: string,
  options: Options,
  signal: AbortSignal,
): Promise<unknown> {
  const wantsFile = options.responseType === 'arraybuffer';
  const { body, headers } = outgoing(options);
  const response = await pool.request({
    path: `${url.pathname}${queryOf(url, options.params)}`,
    method: methodOf(options.method),
    headers,
    body,
    signal,
  });
  const isJson = String(response.headers['content-type'] ?? '').includes('json');
  const most = wantsFile && !isJson ? FILE_BYTES : JSON_BYTES;
  const bytes = await bounded(response.body, most, route);
  const answer = { status: response.statusCode, heads: response.headers, bytes };
  if (wantsFile && !isJson && response.statusCode === 200) return bytes;
  return judged(answer, route);
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

function methodOf(method: string | undefined): (typeof METHODS)[number] {
  const upper = method?.toUpperCase();
  return METHODS.find((one) => one === upper) ?? 'GET';
}

/** Query parameters; a list repeats its name. */
function queryOf(url: URL, params: { readonly [name: string]: unknown } | undefined): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(params ?? {})) {
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (['string', 'number', 'boolean'].includes(typeof one))
        query.append(name, `${one as string}`);
    }
  }
  return query.size > 0 ? `?${query.toString()}` : '';
}

type Outgoing = {
  readonly body: string | FormData | null;
  readonly headers: { readonly [name: string]: string };
};

/** Body and headers as they go out: JSON, or a form when the SDK says so. GET has no body, though the SDK passes `{}`. */
function outgoing(options: Options): Outgoing {
  const entries = Object.entries(options.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  const { 'content-type': type, ...headers } = Object.fromEntries(entries);
  const given = options.data;
  if (methodOf(options.method) === 'GET' || !isObject(given)) return { body: null, headers };
  if (type?.startsWith('multipart/')) return { body: formOf(given), headers };
  const json = { ...headers, 'content-type': 'application/json; charset=utf-8' };
  return { body: JSON.stringify(given), headers: json };
}

function formOf(data: JsonObject): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(data)) {
    if (value instanceof Uint8Array) form.append(name, new Blob([new Uint8Array(value)]), name);
    else form.append(name, String(value));
  }
  return form;
}

async function bounded(
  body: AsyncIterable<Uint8Array>,
  most: number,
  route: string,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > most) throw new CallFault({ reached: 'unclear', code: 'too-large', route });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The answer when its code is 0, else the fault it tells. */
function judged({ status, heads, bytes }: Answer, route: string): unknown {
  const parsed = parseText(bytes.toString('utf8'));
  const body = parsed.ok && isObject(parsed.value) ? parsed.value : undefined;
  const code = body?.['code'];
  if (body === undefined || typeof code !== 'number') {
    const reached = status === 429 ? 'answered' : 'unclear';
    throw new CallFault({ reached, code: `http-${status}`, route, status, waitMs: waitOf(heads) });
  }
  if (code === 0 && status < 400) return body;
  throw new CallFault({
    reached: status >= 500 ? 'unclear' : 'answered',
    code: String(code),
    route,
    status,
    logId: logIdOf(heads, body),
    detail: typeof body['msg'] === 'string' ? detailOf(body['msg']) : undefined,
    waitMs: waitOf(heads),
  });
}

/** `x-ogw-ratelimit-reset` is in seconds; more than an hour is not believed. */
function waitOf(heads: JsonObject): number | undefined {
  const seconds = Number(heads['x-ogw-ratelimit-reset'] ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds, 3_600) * 1_000 : undefined;
}

function logIdOf(heads: JsonObject, body: JsonObject): string | undefined {
  const { error } = body;
  const told = isObject(error) ? error['log_id'] : heads['x-tt-logid'];
  return typeof told === 'string' && /^[\w-]{1,80}$/.test(told) ? told : undefined;
}

/** Failures before anything was written to the platform. Certificates and unknown hosts are told by these codes too. */
const NEVER_REACHED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/;

function brokenFault(error: unknown, route: string): CallFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'broken';
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  if (timedOut) return new CallFault({ reached: 'unclear', code: 'time-out', route });
  return new CallFault({ reached: NEVER_REACHED.test(code) ? 'no' : 'unclear', code, route });
}

/** The path with `:id` in place of ids, for logs. Names of the platform's own are short and lower case. */
const routeOf = (path: string): string =>
  path
    .split('/')
    .map((part) => (/^([a-z_-]{0,24}|v\d)$/.test(part) ? part : ':id'))
    .join('/');
