/** Files: what people sent is fetched by its key, pictures of ours are uploaded before a card can show them. */
import { DeliveryFault, type IncomingFile, type OutgoingFile } from '../channel.ts';
import { type FeishuClient, pathId } from './client.ts';
import { CallFault, sorted } from './faults.ts';

/** A file may take longer than other calls, ms: fetching it, which nobody waits for, and uploading it, which holds up a person's messages. */
const FETCH_MS = 20_000;
const UPLOAD_MS = 15_000;
/** The largest picture the platform takes, bytes. */
const IMAGE_BYTES = 10 * 1024 * 1024;

const RESOURCE_ROUTE = '/open-apis/im/v1/messages/:id/resources/:id';
const IMAGE_ROUTE = '/open-apis/im/v1/images';
const FILE_ROUTE = '/open-apis/im/v1/files';

/** The bytes of a file that came with a message, at most 20 MB. Throws `DeliveryFault`, as a send does. */
export async function fetchFile(
  client: FeishuClient,
  file: IncomingFile,
): Promise<{ readonly bytes: Uint8Array; readonly name: string }> {
  try {
    const message = pathId(file.message, RESOURCE_ROUTE);
    const key = pathId(file.key, RESOURCE_ROUTE);
    const url = `/open-apis/im/v1/messages/${message}/resources/${key}`;
    const bytes: unknown = await client.call(
      (sdk) =>
        sdk.request({
          method: 'GET',
          url,
          params: { type: file.sort },
          responseType: 'arraybuffer',
        }),
      FETCH_MS,
    );
    if (bytes instanceof Uint8Array) return { bytes, name: file.name };
    throw new CallFault({ reached: 'unclear', code: 'unreadable', route: RESOURCE_ROUTE });
  } catch (error) {
    throw sorted(error, 'send');
  }
}

/** Uploads a picture; the key that cards show it by. Throws `DeliveryFault` for a picture that is too large, else `CallFault`. */
export async function uploadImage(client: FeishuClient, bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0 || bytes.length > IMAGE_BYTES) {
    throw new DeliveryFault('never', 'image-size', 'pictures have 1 byte to 10 MB');
  }
  const data = { image_type: 'message' as const, image: Buffer.from(bytes) };
  const answer = await client.call((sdk) => sdk.im.v1.image.create({ data }));
  if (answer?.image_key) return answer.image_key;
  throw new CallFault({ reached: 'unclear', code: 'unreadable', route: IMAGE_ROUTE });
}

/** The platform's name for what a file is, by the end of its name: which icon and preview it gets, no more. */
const FILE_TYPES: { readonly [ending: string]: 'pdf' | 'doc' | 'xls' | 'ppt' } = {
  pdf: 'pdf',
  doc: 'doc',
  docx: 'doc',
  xls: 'xls',
  xlsx: 'xls',
  ppt: 'ppt',
  pptx: 'ppt',
};

/** Uploads a file, at most 30 MB; the key that a message holds it by. Throws `CallFault`. */
export async function uploadFile(
  client: FeishuClient,
  { name, bytes }: OutgoingFile,
): Promise<string> {
  const ending = /\.([a-z]{3,4})$/iu.exec(name)?.[1]?.toLowerCase() ?? '';
  const data = {
    file_type: FILE_TYPES[ending] ?? ('stream' as const),
    file_name: name,
    file: Buffer.from(bytes),
  };
  const answer = await client.call((sdk) => sdk.im.v1.file.create({ data }), UPLOAD_MS);
  if (answer?.file_key) return answer.file_key;
  throw new CallFault({ reached: 'unclear', code: 'unreadable', route: FILE_ROUTE });
}
