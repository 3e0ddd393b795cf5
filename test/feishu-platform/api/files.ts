/** Uploads of the app, and fetching what people sent. */
import type { Chats } from '../chats.ts';
import { Denial } from '../denial.ts';
import type { Files, StoredFile } from '../files.ts';
import { success } from '../gateway.ts';
import type { Answer, Asked, Route } from '../gateway.ts';
import { mayRead, mayUpload } from '../scopes.ts';
import { queryOne } from './asking.ts';

const IMAGE_BYTES = 10 * 1024 * 1024;
const FILE_BYTES = 30 * 1024 * 1024;
const IMAGE_TYPES = ['message', 'avatar'];
const FILE_TYPES = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];

export function fileRoutes(files: Files, chats: Chats): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/open-apis/im/v1/images',
      needs: mayUpload,
      answer: (asked) => uploadImage(files, asked),
    },
    {
      method: 'POST',
      path: '/open-apis/im/v1/files',
      needs: mayUpload,
      answer: (asked) => uploadFile(files, asked),
    },
    {
      method: 'GET',
      path: '/open-apis/im/v1/images/:key',
      needs: mayUpload,
      answer: (asked) => ownUpload(files, asked, 'image'),
    },
    {
      method: 'GET',
      path: '/open-apis/im/v1/files/:key',
      needs: mayUpload,
      answer: (asked) => ownUpload(files, asked, 'file'),
    },
    {
      method: 'GET',
      path: '/open-apis/im/v1/messages/:message_id/resources/:file_key',
      needs: mayRead,
      answer: (asked) => resource(files, chats, asked),
    },
  ];
}

async function uploadImage(files: Files, asked: Asked): Promise<Answer> {
  const form = await formOf(asked);
  checkType(form, 'image_type', IMAGE_TYPES);
  const { bytes, name } = await part(form, 'image', IMAGE_BYTES);
  const type = imageType(bytes);
  if (!type) throw new Denial(234011, "Can't recognize the image format.");
  return success({ image_key: files.store({ sort: 'image', name, type, bytes }) });
}

async function uploadFile(files: Files, asked: Asked): Promise<Answer> {
  const form = await formOf(asked);
  checkType(form, 'file_type', FILE_TYPES);
  const name = form.get('file_name');
  if (typeof name !== 'string' || name === '') throw badForm('file_name');
  const { bytes } = await part(form, 'file', FILE_BYTES);
  const type = 'application/octet-stream';
  return success({ file_key: files.store({ sort: 'file', name, type, bytes }) });
}

async function formOf(asked: Asked): Promise<FormData> {
  try {
    const headers = { 'content-type': asked.contentType };
    return await new Response(new Uint8Array(asked.raw), { headers }).formData();
  } catch (cause) {
    throw new Denial(234001, `Invalid request param: no multipart form (${String(cause)})`);
  }
}

function checkType(form: FormData, field: string, types: readonly string[]): void {
  const type = form.get(field);
  if (typeof type !== 'string' || !types.includes(type)) throw badForm(field);
}

const badForm = (field: string): Denial => new Denial(234001, `Invalid request param: ${field}`);

/** A part without `filename=` is a text to the platform, whatever its bytes (larksuite/node-sdk#44). */
async function part(
  form: FormData,
  field: string,
  most: number,
): Promise<{ readonly bytes: Buffer; readonly name: string }> {
  const value = form.get(field);
  if (!(value instanceof Blob)) throw badForm(field);
  const bytes = Buffer.from(await value.arrayBuffer());
  if (bytes.length === 0) throw new Denial(234010, "File's size can't be 0.");
  if (bytes.length > most) throw new Denial(234006, 'The file size exceed the max value.');
  return { bytes, name: value instanceof File ? value.name : field };
}

/** By the first bytes, as nobody may trust a name: PNG, JPEG, GIF, WEBP, BMP. */
export function imageType(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 12).toString('latin1');
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(start)) return 'image/gif';
  if (/^RIFF.{4}WEBP/s.test(start)) return 'image/webp';
  return start.startsWith('BM') ? 'image/bmp' : undefined;
}

function ownUpload(files: Files, asked: Asked, sort: StoredFile['sort']): Answer {
  const key = asked.params['key'] ?? '';
  if (!files.uploaded(key, sort)) throw new Denial(234008, 'The app is not the resource sender.');
  return contentOf(files.find(key));
}

/** Bytes that came with a message: only with the right message, the right sort, and in a chat with the bot. */
function resource(files: Files, chats: Chats, asked: Asked): Answer {
  const message = chats.message(asked.params['message_id'] ?? '');
  if (!message) throw new Denial(99992354, 'The message_id does not exist.');
  const type = queryOne(asked, 'type');
  if (type !== 'image' && type !== 'file') throw badForm('type');
  const chat = chats.chat(message.chat);
  if (chat?.kind === 'group' && !chat.hasBot) throw new Denial(234004, 'App not in chat.');
  if (message.card) throw new Denial(234043, 'Unsupported message type.');
  const file = files.find(asked.params['file_key'] ?? '');
  if (file?.message !== message.id || file.sort !== type) {
    throw new Denial(234003, 'File not in msg.');
  }
  return contentOf(file);
}

function contentOf(file: StoredFile | undefined): Answer {
  if (!file) throw new Denial(234003, 'File not in msg.');
  return { bytes: file.bytes, type: file.type, name: file.name };
}
