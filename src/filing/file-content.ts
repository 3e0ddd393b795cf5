/** What a file is, by its content and never by its name alone. Pure; what it reads is hostile until read. */
import { type Words, words } from '../../cards/words.ts';
import type { FileSort } from '../channels/channel.ts';
import { inflatedPart } from '../imports/inflated.ts';

/** The largest picture, which cards must be able to show, and the largest file, bytes. */
const IMAGE_BYTES = 10 * 1024 * 1024;
const FILE_BYTES = 20 * 1024 * 1024;
/** The list of parts of an Office document is small, bytes. */
const PARTS_BYTES = 1024 * 1024;

/** What people are told a file may be. */
export const FILES_TAKEN = {
  image: words(
    '照片（JPG、PNG、HEIC 等，10 MB 以内）',
    'photos (JPG, PNG, HEIC and the like; up to 10 MB)',
  ),
  file: words(
    '文件（PDF、OFD、Word、Excel、PPT、TXT、图片，20 MB 以内）',
    'files (PDF, OFD, Word, Excel, PowerPoint, TXT, pictures; up to 20 MB)',
  ),
} as const satisfies { readonly [sort in FileSort]: Words };

/** Why a file is not taken: too large, with macros (then it is a program), or nothing that an office needs. */
export type FileFault = 'size' | 'macros' | 'content';

/** What is wrong with a file; undefined when it is taken. */
export function faultOf(sort: FileSort, name: string, bytes: Uint8Array): FileFault | undefined {
  if (bytes.length > (sort === 'image' ? IMAGE_BYTES : FILE_BYTES)) return 'size';
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isPicture(content)) return undefined;
  if (sort === 'image' || !isDocument(name, content)) return 'content';
  return MACROS.some((part) => content.includes(part)) ? 'macros' : undefined;
}

/** First bytes of pictures, from their formats' specifications. SVG is left out: it can hold scripts. */
const PICTURES = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF87a', 'GIF89a', 'BM', 'II*\0', 'MM\0*'];
/** What stands in the bytes 4 to 12 of the photos of phones: HEIC and its kin. */
const PHONE_PICTURES = ['ftypheic', 'ftypheix', 'ftyphevc', 'ftypmif1', 'ftypmsf1'];

function isPicture(content: Buffer): boolean {
  const head = content.subarray(0, 12).toString('latin1');
  const isWebp = head.startsWith('RIFF') && head.endsWith('WEBP'); // four bytes of length between
  return (
    isWebp ||
    PICTURES.some((begins) => head.startsWith(begins)) ||
    PHONE_PICTURES.includes(head.slice(4))
  );
}

const isDocument = (name: string, content: Buffer): boolean =>
  content.subarray(0, 5).toString('latin1') === '%PDF-' ||
  isArchived(content) ||
  isOldOffice(content) ||
  isText(name, content);

/** .docx, .xlsx, .pptx are archives with a list of their parts, .ofd (invoices) one with its own table of contents. */
const isArchived = (content: Buffer): boolean =>
  content.subarray(0, 4).toString('latin1') === 'PK\x03\x04' &&
  ['[Content_Types].xml', 'OFD.xml'].some(
    (part) => inflatedPart(content, part, PARTS_BYTES) !== undefined,
  );

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** Streams of .doc, .xls, .ppt; an installer (.msi) is of the same format without them. */
const OLD_STREAMS = ['WordDocument', 'Workbook', 'PowerPoint Document'].map((stream) =>
  Buffer.from(stream, 'utf16le'),
);

const isOldOffice = (content: Buffer): boolean =>
  content.subarray(0, OLE.length).equals(OLE) &&
  OLD_STREAMS.some((stream) => content.includes(stream));

/** Where macros are kept: a part of the new format, a stream of the old one. Names of parts are never compressed. */
const MACROS = [Buffer.from('vbaProject.bin'), Buffer.from('_VBA_PROJECT', 'utf16le')];

/** A text says nothing of itself, so that here the name counts as well: a script is a text, too. */
function isText(name: string, content: Buffer): boolean {
  if (content.length === 0 || content.includes(0)) return false;
  return /\.(?:txt|md|markdown|csv)$/iu.test(name);
}
