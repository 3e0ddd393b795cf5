import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Html } from '../../cards/markup.ts';
import { Refusal } from '../../cards/refusal.ts';
import { type Language, type Words, words } from '../../cards/words.ts';
import { OfficeUnavailable } from '../channels/channel.ts';
import { reduced } from '../reduced.ts';
import { errorPage } from './error-page.ts';

/** An answer to what went wrong: what, why, what next. Never the message of an error of ours. */
export type Trouble = {
  readonly status: number;
  readonly what: Words;
  readonly why: Words;
  readonly next: Words;
};

const AGAIN = words('请稍后再试一次。', 'Please try again in a moment.');

const unavailable: Trouble = {
  status: 503,
  what: words('现在没能处理', 'Could not be handled now'),
  why: words('办公室暂时不可用，什么都没有记下。', 'The office is away; nothing was recorded.'),
  next: AGAIN,
};

const broken: Trouble = {
  status: 500,
  what: words('出错了', 'Something went wrong'),
  why: words('这是程序的问题，不是您的操作。', 'This is our fault, not yours.'),
  next: words(
    '请再试一次；仍然不行，请把下面的编号告诉管理员。',
    'Try again; if it fails again, give the number below to the administrator.',
  ),
};

const unknown: Trouble = {
  status: 404,
  what: words('没有这个页面', 'No such page'),
  why: words(
    '地址可能写错了，或者页面已经搬走。',
    'The address may be mistyped, or the page moved.',
  ),
  next: words('请检查地址，或回到首页。', 'Check the address, or go to the start page.'),
};

/** Reasons by status for requests that are not right; the rest are told 400's. */
const NOT_RIGHT: ReadonlyMap<number, Words> = new Map([
  [403, words('不允许从这里操作。', 'This is not allowed from here.')],
  [404, words('找不到所指的内容。', 'What it names is not there.')],
  [413, words('内容太大。', 'It is too large.')],
  [415, words('这种格式不收。', 'This format is not accepted.')],
  [429, words('请求太频繁。', 'Too many requests.')],
]);

/** Answers a failed request: refusals and what people sent wrong say so, all else is ours and is logged. */
export function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const trouble = troubleOf(error);
  if (trouble.status >= 500) request.log.error({ fault: reduced(error) }, 'request failed');
  return answer(trouble, request, reply);
}

/** Answers an address that nobody serves. */
export const answerNotFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  answer(unknown, request, reply);

function troubleOf(error: FastifyError | Error): Trouble {
  if (error instanceof OfficeUnavailable) return unavailable;
  if (error instanceof Refusal) return refusal(error);
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status === 503) return unavailable;
  return status >= 400 && status < 500 ? notRight(status) : broken;
}

const refusal = (error: Refusal): Trouble => ({
  status: 409,
  what: words('没有办成', 'Not done'),
  why: error.what,
  next: error.next ?? AGAIN,
});

const notRight = (status: number): Trouble => ({
  status,
  what: words('请求有误', 'The request is not right'),
  why:
    NOT_RIGHT.get(status) ?? words('内容不完整或格式不对。', 'Something is missing or malformed.'),
  next: words('请检查后再试。', 'Please check it and try again.'),
});

/** JSON unless a page was asked for. */
function answer(trouble: Trouble, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, what, why, next } = trouble;
  reply.code(status).header('cache-control', 'no-store');
  if (request.headers.accept?.includes('text/html'))
    return reply
      .type('text/html; charset=utf-8')
      .send(errorPage(trouble, languageOf(request), request.id).html);
  return reply.send({ error: { status, what, why, next, request: request.id } });
}

/** The language that somebody reads whom we do not know: by their browser. */
export const languageOf = (request: FastifyRequest): Language =>
  /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh';

/** A page for whoever is not in the chat. Nobody keeps it: its address may be a secret. */
export const sendOutside = (reply: FastifyReply, page: Html): FastifyReply =>
  reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .send(page.html);
