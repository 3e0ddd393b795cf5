import { z } from 'zod';
import type { ModelConfig } from '../config.ts';

/**
 * The longest a message waits for a model, ms. The issue allows 2 s; the channels answer an event within 2.3 s with
 * everything that is to be done besides, so it is less.
 */
const MODEL_MS = 1_500;
/** The largest answer that is read, bytes. */
const MOST_BYTES = 100_000;
/** An answer is a few words a slot. */
const MOST_TOKENS = 400;

/** Why a model gave no usable answer; `status` when it answered at all. Never holds what was sent or answered. */
export class ModelFault extends Error {
  override name = 'ModelFault';
  readonly why: 'late' | 'away' | 'status' | 'too-large' | 'garbled';
  readonly status: number | undefined;

  constructor(why: ModelFault['why'], status?: number) {
    super(`the model: ${why}${status === undefined ? '' : ` ${status}`}`);
    this.why = why;
    this.status = status;
  }
}

/** `schema`: the engine holds its answer to the JSON schema; `json`: it only promises JSON, the schema is in the instructions. */
export type Mode = 'schema' | 'json';

export type Question = {
  readonly instructions: string;
  /** Already masked. */
  readonly sentence: string;
  readonly schema: object;
  readonly mode: Mode;
};

/** Asks once: one POST, no redirect followed (it would carry the key elsewhere), an end to waiting. Throws `ModelFault`. */
export async function askModel(config: ModelConfig, question: Question): Promise<unknown> {
  try {
    const response = await fetch(`${config.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${config.apiKey.reveal()}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(bodyOf(config.name, question)),
      redirect: 'error',
      signal: AbortSignal.timeout(MODEL_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new ModelFault('status', response.status);
    }
    return contentOf(await bounded(response));
  } catch (error) {
    if (error instanceof ModelFault) throw error;
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw new ModelFault(late ? 'late' : 'away');
  }
}

const bodyOf = (model: string, { instructions, sentence, schema, mode }: Question): object => ({
  model,
  temperature: 0,
  max_tokens: MOST_TOKENS,
  messages: [
    { role: 'system', content: instructions },
    // As JSON, so that where the sentence ends is not the sentence's to say.
    { role: 'user', content: JSON.stringify({ sentence }) },
  ],
  response_format:
    mode === 'schema'
      ? { type: 'json_schema', json_schema: { name: 'reading', strict: true, schema } }
      : { type: 'json_object' },
});

async function bounded(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MOST_BYTES) throw new ModelFault('too-large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

function contentOf(body: string): unknown {
  const answer = completion.safeParse(json(body));
  return json(answer.data?.choices[0]?.message.content ?? '');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ModelFault('garbled');
    throw error;
  }
}
