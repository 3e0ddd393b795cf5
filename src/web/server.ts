import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify';
import type { Registry } from 'prom-client';
import type { LogLevel } from '../config.ts';
import { answerError, answerNotFound } from './answers.ts';
import { contentPolicy } from './content-policy.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { redactedPaths } from './redacted.ts';

export type ServerOptions = {
  readonly logLevel: LogLevel;
  /** Whether we can work now; asked at each `/ready`. */
  readonly ready: () => Promise<Readiness>;
  /** Figures for `/metrics`; the process's own are added to it. */
  readonly metrics: Registry;
  /** What is served: pages, the simulator. Each keeps its routes and hooks to itself. */
  readonly plugins: readonly FastifyPluginAsync[];
  /** What a chat platform's machines call: without the headers that tell browsers what to do, and each with an end to waiting of its own, which it must keep. */
  readonly callbacks?: readonly FastifyPluginAsync[];
  /** Addresses of proxies whose `X-Forwarded-*` we believe; none unless told. */
  readonly proxies?: readonly string[];
  /** Where log lines go instead of standard output. */
  readonly logTo?: { write(line: string): void };
};

/** Pages that do not exist, per address and minute: enough for a person who mistypes, too few to search for something. */
const UNKNOWN_PAGES = { max: 60, timeWindow: 60_000 };

/** No page takes longer, ms. */
const ANSWER_MS = 2_500;

/**
 * The web server's frame: limits on time and size (team's reliability notes §4.2; in milliseconds and bytes), security
 * headers, health, errors in plain words. Fastify needs the time limits in both places: the first alone leaves slow
 * bodies open for over a minute, the second alone is overwritten.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    bodyLimit: 256 * 1024,
    requestTimeout: 10_000,
    trustProxy: options.proxies ? [...options.proxies] : false,
    http: {
      requestTimeout: 10_000,
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 1024,
    },
    logger: {
      level: options.logLevel,
      redact: { paths: redactedPaths, censor: '[secret]' },
      ...(options.logTo && { stream: options.logTo }),
    },
    logController: new LogController({ disableRequestLogging: true }),
  });
  server.server.maxConnections = 1_000;
  for (const plugin of options.callbacks ?? []) await server.register(plugin);
  await server.register(pages(options));
  return server;
}

/** What browsers are served, with all that is for browsers. */
const pages =
  (options: ServerOptions): FastifyPluginAsync =>
  async (server) => {
    server.addHook('onRoute', (route) => void (route.handlerTimeout ??= ANSWER_MS));
    await server.register(helmet, contentPolicy);
    await server.register(rateLimit, { global: false });
    server.setErrorHandler(answerError);
    server.setNotFoundHandler({ preHandler: server.rateLimit(UNKNOWN_PAGES) }, answerNotFound);
    healthRoutes(server, options);
    for (const plugin of options.plugins) await server.register(plugin);
  };
