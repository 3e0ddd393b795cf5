import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { clean } from '../../../../cards/clean.ts';
import type { Address } from '../../channel.ts';
import type { Simulator } from '../simulator.ts';

/** Input we cannot use: answered 4xx with this message. */
export class BadInput extends Error {
  override name = 'BadInput';
  readonly statusCode: number;
  constructor(message: string, statusCode = 400) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** Reads input by a schema; what does not fit is refused, naming the first place that is wrong. */
export function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new BadInput(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}

/** Another site's page open in the same browser must not act as our people. */
export async function sameOriginOnly(request: FastifyRequest): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, host } = request.headers;
  if (origin !== undefined && URL.parse(origin)?.host !== host)
    throw new BadInput('requests from other sites are refused', 403);
}

/** Where a person of the demo is reached; others are refused. */
export function addressOf(simulator: Simulator, person: string): Address {
  if (!simulator.demo.people.some((each) => each.id === person))
    throw new BadInput('person: nobody here has this id', 404);
  return { channel: 'simulator', id: person };
}

/** The page's own name for one attempt, so that a retry is not a second message. */
export const onceSchema = z.string().regex(/^[\w-]{8,64}$/);

/** The page's language. */
export const languageSchema = z.enum(['zh', 'en']).default('zh');

/** The longest text that a page sends, characters: more than the office reads of a request, so that its own answer to that can be seen. */
export const LONGEST = 10_000;

/** Text without what no keyboard makes and no database takes: NUL, half characters, and what nobody sees. */
export const typed = (text: string): string => clean(text, LONGEST, 'many');

/** The name of a message here. */
export const messageSchema = z.string().regex(/^sm_[0-9a-f]{18}$/);
