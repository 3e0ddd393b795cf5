import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { NumberValue, TimeValue } from '../language/meaning.ts';
import { findNumbers } from '../language/numbers.ts';
import { sentenceOf } from '../language/sentence.ts';
import { findTimes } from '../language/times.ts';
import { understand } from '../language/understand.ts';
import { systemClock } from '../time/clock.ts';
import { exit, line } from './command.ts';
import { nameless, toNlu } from './understand.ts';

/** A message as the test data has it. Without `reference` it is said now; without `zone`, in Shanghai; without `task` everything is answered. */
const message = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  reference: z.string().optional(),
  zone: z.string().default('Asia/Shanghai'),
  task: z.enum(['time', 'number', 'intent']).optional(),
});
type Message = z.output<typeof message>;

/**
 * `understand`: a JSON line a message in, a JSON line a message out, in the same order: intent, confidence, slots, and in
 * `expected` the time (or, for messages without a reference, the number) that the text says. A line that cannot be read is
 * answered with `error`, and the exit code is 1.
 */
export async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  let code: number = exit.ok;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (text.trim() === '') continue;
    const answer = answerTo(text);
    if ('error' in answer) code = exit.finding;
    line(JSON.stringify(answer));
  }
  return code;
}

/** The answer to one line, before it is written as JSON. */
export function answerTo(text: string): object {
  try {
    return understood(message.parse(JSON.parse(text)));
  } catch (error) {
    if (error instanceof SyntaxError) return { error: 'not JSON' };
    if (error instanceof z.ZodError) return { error: 'not a message: {"text": "…"}' };
    if (error instanceof RangeError) return { error: 'reference or zone cannot be read' };
    throw error;
  }
}

function understood(said: Message): object {
  const now = momentOf(said);
  return {
    ...(said.id === undefined ? {} : { id: said.id }),
    ...(said.task === undefined || said.task === 'intent'
      ? toNlu(understand(said.text, nameless, now))
      : {}),
    ...(said.task === 'intent' ? {} : { expected: expectedOf(said, now) }),
  };
}

function momentOf({ reference, zone }: Message): Temporal.ZonedDateTime {
  if (reference === undefined) return systemClock().now().toZonedDateTimeISO(zone);
  return Temporal.PlainDateTime.from(reference).toZonedDateTime(zone);
}

type Value = TimeValue | NumberValue | { readonly type: 'none' };

/** Amounts are not said at any moment: the rows of the test data about numbers have no reference. */
function expectedOf({ text, reference, task }: Message, now: Temporal.ZonedDateTime): Value {
  const sentence = sentenceOf(text, nameless, now);
  const time = (): Value | undefined =>
    (sentence.tongue === 'en' ? sentence.times() : findTimes(text, now))[0]?.value;
  const asksNumber = task === 'number' || (task === undefined && reference === undefined);
  const found = asksNumber
    ? (amountIn(sentence.tongue === 'en' ? sentence.said : text) ?? time())
    : time();
  return found ?? { type: 'none' };
}

/** Of several amounts, money: 15位股东…每股1.95港元 speaks of a price. */
function amountIn(text: string): NumberValue | undefined {
  const found = findNumbers(text).map(({ value }) => value);
  return found.find(({ type }) => type === 'money') ?? found[0];
}
