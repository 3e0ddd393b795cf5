import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SimulatorFile } from '../../../../db/tables.ts';
import type { Address, Desk, IncomingMessage } from '../../channel.ts';
import { drawMessage } from '../draw.ts';
import { keepPicture, type Picture, pictureType } from '../files.ts';
import { chatOf, type Simulator } from '../simulator.ts';
import { findByKey, keepMessage, type SimulatorMessage } from '../store.ts';
import {
  addressOf,
  BadInput,
  languageSchema,
  LONGEST,
  messageSchema,
  onceSchema,
  read,
  typed,
} from './input.ts';

const fieldsSchema = z.object({
  person: z.string(),
  text: z.string().max(LONGEST).transform(typed).default(''),
  once: onceSchema.optional(),
  /** The message of the office that is answered. */
  repliesTo: messageSchema.optional(),
  language: languageSchema,
});
type Fields = z.output<typeof fieldsSchema>;

/** `POST /simulator/messages`: a person writes, as JSON or as a form with pictures. Answers the message as it was kept. */
export function messageRoutes(server: FastifyInstance, simulator: Simulator, desk: Desk): void {
  server.post('/simulator/messages', { handlerTimeout: 10_000 }, async (request) => {
    const { fields, pictures } = await readMessage(request);
    const from = addressOf(simulator, fields.person);
    if (!fields.text.trim() && pictures.length === 0) throw new BadInput('text: empty');
    const message = await keep(simulator, fields, pictures);
    await desk.message(incoming(message, from));
    return drawMessage(message, { language: fields.language, zone: simulator.zone });
  });
}

/** Kept before the office hears of it: when the office is away, a retry with the same `once` finds it again. */
async function keep(
  simulator: Simulator,
  fields: Fields,
  pictures: readonly Picture[],
): Promise<SimulatorMessage> {
  const { db, clock, hub } = simulator;
  const key = `in:${fields.person}:${fields.once ?? randomUUID()}`;
  const earlier = await findByKey(db, key);
  if (earlier) return earlier;
  const at = clock.now();
  const files: SimulatorFile[] = [];
  for (const picture of pictures) files.push(await keepPicture(db, fields.person, picture, at));
  const kept = await keepMessage(db, {
    key,
    person: fields.person,
    direction: 'in',
    body: { text: fields.text, files, repliesTo: fields.repliesTo },
    at,
  });
  if (!kept.repeated) hub.publish({ what: 'message', message: kept.message });
  return kept.message;
}

function incoming(message: SimulatorMessage, from: Address): IncomingMessage {
  const { text, files, repliesTo } =
    'text' in message.body ? message.body : { text: '', files: [], repliesTo: undefined };
  return {
    key: `sim:msg:${message.id}`,
    from,
    chat: chatOf(from.id),
    group: false,
    message: message.id,
    text,
    files: files.map((file) => ({
      key: file.id,
      message: message.id,
      name: file.name,
      sort: 'image',
    })),
    ...(repliesTo === undefined ? {} : { repliesTo }),
    sentAt: message.created_at,
  };
}

type Read = { readonly fields: Fields; readonly pictures: readonly Picture[] };

/** As JSON or as a form. A form that breaks off, or is none, is the mistake of whoever sent it; limits say so themselves. */
async function readMessage(request: FastifyRequest): Promise<Read> {
  if (!request.isMultipart()) return { fields: read(fieldsSchema, request.body), pictures: [] };
  try {
    return await readForm(request);
  } catch (error) {
    throw error instanceof Error && 'statusCode' in error ? error : new BadInput('form: broken');
  }
}

async function readForm(request: FastifyRequest): Promise<Read> {
  const fields = new Map<string, unknown>();
  const pictures: Picture[] = [];
  for await (const part of request.parts()) {
    if (part.type === 'field') fields.set(part.fieldname, part.value);
    else pictures.push(pictureOf(await part.toBuffer(), part.filename));
  }
  return { fields: read(fieldsSchema, Object.fromEntries(fields)), pictures };
}

function pictureOf(bytes: Uint8Array, name: string): Picture {
  const type = pictureType(bytes);
  if (type === undefined) throw new BadInput('files: only PNG, JPEG, GIF and WebP pictures', 415);
  return { bytes, name, type };
}
