/** Which key of the platform shows which attachment of ours. Uploaded once, kept while the process lives. */
import type { Block, Card } from '../../../cards/card.ts';
import type { FeishuClient } from './client.ts';
import { uploadImage } from './files.ts';
import { inTime } from './in-time.ts';
import { named } from '../../reduced.ts';
import type { Log } from './log.ts';

/** Attachments whose keys are remembered. */
const REMEMBERED = 2_000;

/** Attachment → key of the platform. */
export type ImageKeys = ReadonlyMap<string, string>;

export type Images = {
  /** The keys of a card's pictures that can be had within `ms`; the others are shown as words. */
  readonly keysFor: (card: Card, ms: number) => Promise<ImageKeys>;
};

/** Reads an attachment of ours by its id. */
export type FetchAttachment = (file: string) => Promise<{ readonly bytes: Uint8Array } | undefined>;

export function createImages(client: FeishuClient, fetch: FetchAttachment, log: Log): Images {
  const known = new Map<string, Promise<string | undefined>>();
  const load = async (file: string): Promise<string | undefined> => {
    try {
      const attachment = await fetch(file);
      return attachment && (await uploadImage(client, attachment.bytes));
    } catch (error) {
      log('feishu.image-not-shown', { file, ...named(error) });
      return undefined;
    }
  };
  const keyOf = (file: string): Promise<string | undefined> => {
    const before = known.get(file);
    if (before) return before;
    const loading = load(file).then((key) => {
      if (key === undefined) known.delete(file);
      return key;
    });
    known.set(file, loading);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return loading;
  };
  return {
    async keysFor(card, ms) {
      const files = [...new Set(card.blocks.flatMap(pictureIn))];
      const keys = await Promise.all(
        files.map(async (file) => [file, await inTime(keyOf(file), ms)] as const),
      );
      return new Map(
        keys.flatMap(([file, key]) =>
          key === undefined || key === 'late' ? [] : [[file, key] as const],
        ),
      );
    },
  };
}

const pictureIn = (block: Block): readonly string[] =>
  block.block === 'image' ? [block.file] : [];
