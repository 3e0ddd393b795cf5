import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { inLanguage, type Language } from '../../../../cards/words.ts';
import type { Desk, TapAnswer } from '../../channel.ts';
import { drawMessage } from '../draw.ts';
import type { MessageEvent, TapReply } from '../protocol.ts';
import { chatOf, type Simulator } from '../simulator.ts';
import { isShownTo, replaceCard } from '../store.ts';
import {
  addressOf,
  BadInput,
  languageSchema,
  LONGEST,
  messageSchema,
  read,
  typed,
} from './input.ts';

const text = z.string().max(LONGEST).transform(typed);

const tapSchema = z.object({
  person: z.string(),
  message: messageSchema,
  value: z.unknown(),
  answers: z
    .record(z.string(), z.union([text, z.array(text).max(200), z.boolean()]))
    .default(() => ({})),
  language: languageSchema,
});

/** `POST /simulator/taps`: a person taps a button. The card of the answer replaces the one that was tapped. */
export function tapRoutes(server: FastifyInstance, simulator: Simulator, desk: Desk): void {
  server.post('/simulator/taps', { handlerTimeout: 10_000 }, async (request): Promise<TapReply> => {
    const tap = read(tapSchema, request.body);
    const from = addressOf(simulator, tap.person);
    if (!(await isShownTo(simulator.db, tap.message, tap.person)))
      throw new BadInput('message: this person has no such card', 404);
    const answer = await desk.tap({
      key: `sim:tap:${randomUUID()}`,
      from,
      chat: chatOf(from.id),
      message: tap.message,
      value: tap.value,
      answers: tap.answers,
    });
    const message = await redraw(simulator, tap.message, answer, tap.language);
    return { ...toastOf(answer, tap.language), ...(message && { message }) };
  });
}

async function redraw(
  simulator: Simulator,
  id: string,
  answer: TapAnswer,
  language: Language,
): Promise<MessageEvent | undefined> {
  if (!answer.card) return undefined;
  const message = await replaceCard(simulator.db, id, answer.card, simulator.clock.now());
  if (!message) return undefined;
  simulator.hub.publish({ what: 'message', message });
  return drawMessage(message, { language, zone: simulator.zone });
}

const toastOf = ({ toast }: TapAnswer, language: Language): Pick<TapReply, 'toast'> =>
  toast ? { toast: { look: toast.look, text: inLanguage(toast.text, language) } } : {};
