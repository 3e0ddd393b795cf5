/**
 * Taps that come in frames of the type `card`: the SDK passes over them without a word and without an answer, and the person
 * sees an error. They may come while the app's callbacks are still set up the old way (platform notes §2), so they are counted.
 *
 * The SDK shows frames to nobody; the connection behind its client is looked at here, and nowhere else. Should a new version
 * of it keep that elsewhere, taps in such frames are no longer counted, and nothing else changes.
 */
import { EventEmitter } from 'node:events';
import type { WSClient } from './sdk.ts';
import { z } from 'zod';

/** The header `type: card` in the frame's own encoding: both members as length and text. Never in JSON, which escapes 0x0a. */
const CARD_HEADER = Buffer.from('\n\x04type\x12\x04card', 'latin1');

const inside = z.object({ wsInstance: z.instanceof(EventEmitter) });

/** Calls `seen` for each such frame of an open connection. False when the connection was not found. */
export function watchCardFrames(client: WSClient, seen: () => void): boolean {
  const found = inside.safeParse(Reflect.get(client, 'wsConfig'));
  if (!found.success) return false;
  found.data.wsInstance.on('message', (frame: unknown) => {
    if (Buffer.isBuffer(frame) && frame.includes(CARD_HEADER)) seen();
  });
  return true;
}
