import { randomBytes } from 'node:crypto';
import type { Db } from '../../../db/database.ts';
import type { SimulatorFile } from '../../../db/tables.ts';

/** A picture as it is kept and shown. */
export type Picture = {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly type: string;
};

/** First bytes of the pictures a browser shows, from their formats' specifications. SVG is left out: it can hold scripts. */
const SIGNATURES: readonly { readonly type: string; readonly begins: string }[] = [
  { type: 'image/png', begins: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', begins: '\xff\xd8\xff' },
  { type: 'image/gif', begins: 'GIF87a' },
  { type: 'image/gif', begins: 'GIF89a' },
];

/** What sort of picture this is, by its content and never by its name; undefined for anything else. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp'; // four bytes of length between
  return SIGNATURES.find((signature) => head.startsWith(signature.begins))?.type;
}

/** Keeps a picture under a name of our own (`sf_…`). */
export async function keepPicture(
  db: Db,
  person: string,
  picture: Picture,
  at: Temporal.Instant,
): Promise<SimulatorFile> {
  const id = `sf_${randomBytes(9).toString('hex')}`;
  const name = picture.name.toWellFormed().replaceAll(/\p{C}/gu, '').slice(0, 100) || 'picture';
  await db
    .insertInto('simulator_file')
    .values({ id, person, name, type: picture.type, bytes: picture.bytes, at })
    .execute();
  return { id, name };
}

/** A picture by its own id, or by the number of the office's attachment that was made of it. */
export async function findPicture(db: Db, id: string): Promise<Picture | undefined> {
  const own = /^\d{1,15}$/.test(id) ? await ofAttachment(db, Number(id)) : id;
  if (own === undefined) return undefined;
  return db
    .selectFrom('simulator_file')
    .select(['bytes', 'name', 'type'])
    .where('id', '=', own)
    .executeTakeFirst();
}

async function ofAttachment(db: Db, id: number): Promise<string | undefined> {
  const attachment = await db
    .selectFrom('attachment')
    .select('file_key')
    .where('id', '=', id)
    .where('channel', '=', 'simulator')
    .executeTakeFirst();
  return attachment?.file_key;
}
