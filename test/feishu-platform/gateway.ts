/**
 * What every API call passes: log id, faults a test switched on, token, permission, rate limit, and the one shape in which
 * errors are told. Each call is written down, also one that got no answer.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Denial } from './denial.ts';
import type { Fault, Faults } from './faults.ts';
import { newId } from './ids.ts';
import { isObject, parseJson, textAt } from './json.ts';
import { apiLimits } from './rates.ts';
import type { Limit, Rates } from './rates.ts';
import type { Tokens } from './tokens.ts';

/** One call of an API. `at` is the stand-in's clock, `pace` real monotonic time, `ms` the time taken. Status 0: no answer. */
export type Call = {
  readonly at: number;
  readonly pace: number;
  readonly method: string;
  readonly path: string;
  /** The path with names in place of ids, `/open-apis/im/v1/messages/:message_id`. */
  readonly route: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body: unknown;
  readonly status: number;
  readonly code: number;
  readonly ms: number;
  readonly logId: string;
  readonly fault?: Fault;
};

/** A call as a handler sees it. `body` is the parsed JSON, `raw` the bytes. */
export type Asked = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly body: unknown;
  readonly raw: Buffer;
  readonly contentType: string;
};

/** An answer of 200: JSON, or bytes with their type. */
export type Answer =
  | { readonly json: object }
  | { readonly bytes: Buffer; readonly type: string; readonly name: string };

/** The usual answer: `data` under code 0. */
export const success = (data: object): Answer => ({ json: { code: 0, msg: 'success', data } });

/** `needs`: any one of these scopes; `open`: no token asked; `limits`: its own rate, else the usual one. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly needs?: readonly string[];
  readonly open?: true;
  readonly limits?: readonly Limit[];
  readonly answer: (asked: Asked) => Answer | Promise<Answer>;
};

/** The parts a gateway stands on. `clock` and `pace` in ms; `heard` is told each finished call. */
export type GatewayParts = {
  readonly clock: () => number;
  readonly pace: () => number;
  readonly tokens: Tokens;
  readonly rates: Rates;
  readonly faults: Faults;
  readonly scopes: ReadonlySet<string>;
  readonly closing: AbortSignal;
  readonly heard: (call: Call) => void;
};

/** Serves the routes on this server. */
export function openGateway(
  server: FastifyInstance,
  parts: GatewayParts,
  routes: readonly Route[],
): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => serve(parts, route, request, reply),
    });
  }
  server.setNotFoundHandler((request, reply) => {
    const refused = new Denial(99991201, 'no such API', { http: 404 });
    return serve(parts, undefined, request, reply, refused);
  });
}

type Outcome = {
  readonly status: number;
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer | string;
};

async function serve(
  parts: GatewayParts,
  route: Route | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  refused?: Denial,
): Promise<FastifyReply> {
  const began = { at: parts.clock(), pace: parts.pace(), logId: newId('2026') };
  const path = request.url.split('?')[0] ?? '';
  const asked = askedIn(request);
  const fault = parts.faults.take(`${request.method} ${path}`, textAt(asked.body, 'receive_id'));
  if (fault && 'late' in fault) {
    request.raw.socket.destroy();
    await fault.late;
  }
  const handled = mayHandle(fault)
    ? await outcomeOf(began.logId, async () => {
        if (refused || !route) throw refused ?? new Denial(99991201, 'no such API');
        return handle(parts, route, request, asked);
      })
    : undefined;
  const outcome = await spoiled(parts, fault, handled, began.logId);
  parts.heard({
    ...began,
    method: request.method,
    path,
    route: route?.path ?? path,
    query: asked.query,
    body: asked.body,
    status: outcome?.status ?? 0,
    code: outcome?.code ?? handled?.code ?? -1,
    ms: parts.pace() - began.pace,
    ...(fault && { fault }),
  });
  if (!outcome) {
    reply.hijack();
    if (fault && 'cut' in fault) request.raw.socket.destroy();
    return reply;
  }
  return reply
    .code(outcome.status)
    .headers({
      date: new Date(began.at).toUTCString(),
      'x-tt-logid': began.logId,
      ...outcome.headers,
    })
    .send(outcome.payload);
}

function askedIn(request: FastifyRequest): Asked {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const contentType = request.headers['content-type'] ?? '';
  return {
    params: request.params as Readonly<Record<string, string>>,
    query: request.query as Asked['query'],
    body: contentType.includes('json') ? parseJson(raw.toString('utf8')) : undefined,
    raw,
    contentType,
  };
}

async function handle(
  parts: GatewayParts,
  route: Route,
  request: FastifyRequest,
  asked: Asked,
): Promise<Answer> {
  if (route.open) return route.answer(asked);
  checkToken(parts.tokens, request.headers.authorization);
  checkScope(parts.scopes, route.needs ?? []);
  checkRate(parts.rates, `${route.method} ${route.path}`, route.limits ?? apiLimits);
  return route.answer(asked);
}

function checkToken(tokens: Tokens, header: string | undefined): void {
  const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
  if (token === undefined) throw new Denial(99991661, 'Missing access token for authorization');
  if (!/^[tu]-/.test(token)) throw new Denial(99991671, 'Invalid access token, must start with t-');
  if (!tokens.valid(token)) throw new Denial(99991663, 'Invalid access token for authorization');
}

function checkScope(scopes: ReadonlySet<string>, needs: readonly string[]): void {
  if (needs.length === 0 || needs.some((scope) => scopes.has(scope))) return;
  throw new Denial(
    99991672,
    `Access denied. One of the following scopes is required: ${needs.join(', ')}`,
  );
}

function checkRate(rates: Rates, api: string, limits: readonly Limit[]): void {
  const broken = rates.take(`api ${api}`, limits);
  if (!broken) return;
  throw tooFrequent(99991400, broken.limit.count, Math.ceil(broken.waitMs / 1_000));
}

/** A refusal by the gateway's limit, with the headers that say when to come again (seconds). */
function tooFrequent(code: number, count: number, seconds: number): Denial {
  return new Denial(code, 'request trigger frequency limit', {
    http: 429,
    headers: {
      'x-ogw-ratelimit-limit': String(count),
      'x-ogw-ratelimit-reset': String(seconds),
    },
  });
}

async function outcomeOf(logId: string, work: () => Promise<Answer>): Promise<Outcome> {
  try {
    const answer = await work();
    if ('json' in answer) return jsonOutcome(200, answer.json);
    const headers = {
      'content-type': answer.type,
      'content-disposition': `attachment; filename="${encodeURIComponent(answer.name)}"`,
    };
    return { status: 200, code: 0, headers, payload: answer.bytes };
  } catch (error) {
    if (error instanceof Denial) return deniedOutcome(error, logId);
    throw error;
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';

function jsonOutcome(status: number, json: object): Outcome {
  const code = isObject(json) && typeof json['code'] === 'number' ? json['code'] : 0;
  const headers = { 'content-type': JSON_TYPE };
  return { status, code, headers, payload: JSON.stringify(json) };
}

function deniedOutcome(denial: Denial, logId: string): Outcome {
  const violations = denial.fields.map((field) => ({ field, description: denial.message }));
  const error = {
    log_id: logId,
    ...(violations.length > 0 && { field_violations: violations }),
  };
  const told = jsonOutcome(denial.http, { code: denial.code, msg: denial.message, error });
  return { ...told, headers: { ...told.headers, ...denial.headers } };
}

const mayHandle = (fault: Fault | undefined): boolean =>
  !fault ||
  'slow' in fault ||
  'unreadable' in fault ||
  'late' in fault ||
  ('cut' in fault && fault.cut === 'after') ||
  ('silent' in fault && fault.silent === 'after');

/** What the caller gets to see of an outcome; `undefined`: nothing. */
async function spoiled(
  parts: GatewayParts,
  fault: Fault | undefined,
  handled: Outcome | undefined,
  logId: string,
): Promise<Outcome | undefined> {
  if (!fault) return handled;
  if ('answer' in fault) return deniedOutcome(faultDenial(fault), logId);
  if ('slow' in fault) {
    const waited = await pause(fault.slow, true, { signal: parts.closing }).catch(() => false);
    return waited ? handled : undefined;
  }
  if ('unreadable' in fault && handled) return { ...handled, payload: '<html>upstream</html>' };
  return undefined;
}

function faultDenial(fault: Extract<Fault, { answer: number }>): Denial {
  if (fault.answer === 429) {
    return tooFrequent(fault.code ?? 99991400, 50, fault.waitSeconds ?? 1);
  }
  return new Denial(fault.code ?? 2200, 'Internal Error', { http: fault.answer });
}
