/** Files: what people sent is fetched by its key, pictures of ours are uploaded before a card can show them. */
import { DeliveryFault, type IncomingFile } from '../channel.ts';
import { type FeishuClient, pathId } from './client.ts';
import { CallFault, sorted } from './faults.ts';

/** Fetching a file may take longer than other calls, ms. */
const FETCH_MS = 20_000;
/** The largest picture the platform takes, bytes. */
const IMAGE_BYTES = 10 * 1024 * 1024;

const RESOURCE_ROUTE = '/open-apis/im/v1/messages/:id/resources/:id';
const IMAGE_ROUTE = '/open-apis/im/v1/images';

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
