import type { TapReply, MessageEvent, ClockStep, ClockEvent } from '../protocol.ts';
import { setup } from './setup.ts';

/** The server did not answer, or could not do it. Nothing is known to be lost: try again. */
class Away extends Error {
  override name = 'Away';
}

/** What a tap sends: the wish of the button and the answers of its form. */
export type Tap = {
  readonly person: string;
  readonly message: string;
  readonly value: unknown;
  readonly answers: { readonly [name: string]: string | readonly string[] | boolean };
};

/** Writes to the office as a person, perhaps in reply to a message of it. `once` is the same for every try of the same message. */
export function sendMessage(
  person: string,
  text: string,
  pictures: readonly File[],
  once: string,
  repliesTo?: string,
): Promise<MessageEvent> {
  const form = new FormData();
  if (repliesTo !== undefined) form.set('repliesTo', repliesTo);
  for (const [name, value] of Object.entries({ person, text, once, language: setup.language }))
    form.set(name, value);
  for (const picture of pictures) form.append('files', picture);
  return post<MessageEvent>('/simulator/messages', form);
}

export const sendTap = (tap: Tap): Promise<TapReply> =>
  post<TapReply>('/simulator/taps', JSON.stringify({ ...tap, language: setup.language }));

/** Tells the office that a person opened their chat. */
export const sendOpening = (person: string): Promise<object> =>
  post<object>('/simulator/open', JSON.stringify({ person }));

export const moveClock = (forward: ClockStep): Promise<ClockEvent> =>
  post<ClockEvent>('/simulator/clock', JSON.stringify({ forward }));

export const resetOffice = (): Promise<object> => post<object>('/simulator/reset', '{}');

/** The answers are those of our own server, so they are taken at their word. */
async function post<T>(path: string, body: FormData | string): Promise<T> {
  const headers = typeof body === 'string' ? { 'content-type': 'application/json' } : undefined;
  const answer = await fetch(path, { method: 'POST', body, ...(headers && { headers }) }).catch(
    () => null,
  );
  if (!answer?.ok) throw new Away(`${path}: ${answer?.status ?? 'no answer'}`);
  const value: T = await answer.json();
  return value;
}

/** A name for one message. `crypto.randomUUID` is missing on plain http from another machine. */
export const newOnce = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');
