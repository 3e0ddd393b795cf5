/** The frames of the long connection: protobuf message `pbbp2.Frame`, and what of it either side reads. */
import protobuf from 'protobufjs/light.js';
import { isObject, listAt, textAt } from './json.ts';

/** `method`: 0 control, 1 data. `headers` by key. */
export type Frame = {
  readonly service: number;
  readonly method: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
};

const field = (type: string, id: number, rule?: 'required' | 'repeated') => ({
  type,
  id,
  ...(rule && { rule }),
});

const frameType = protobuf.Root.fromJSON({
  nested: {
    Header: {
      fields: { key: field('string', 1, 'required'), value: field('string', 2, 'required') },
    },
    Frame: {
      fields: {
        SeqID: field('uint64', 1, 'required'),
        LogID: field('uint64', 2, 'required'),
        service: field('int32', 3, 'required'),
        method: field('int32', 4, 'required'),
        headers: field('Header', 5, 'repeated'),
        payloadEncoding: field('string', 6),
        payloadType: field('string', 7),
        payload: field('bytes', 8),
        LogIDNew: field('string', 9),
      },
    },
  },
}).lookupType('Frame');

export function encodeFrame({ service, method, headers, payload }: Frame): Uint8Array {
  const pairs = Object.entries(headers).map(([key, value]) => ({ key, value }));
  const message = { SeqID: 1, LogID: 1, service, method, headers: pairs, payload };
  return frameType.encode(frameType.fromObject(message)).finish();
}

/** Throws on bytes that are no frame. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const frame: unknown = frameType.toObject(frameType.decode(bytes), { longs: Number });
  if (!isObject(frame)) throw new Error('no frame');
  const { payload } = frame;
  const headers = listAt(frame, 'headers').map((pair): [string, string] => [
    textAt(pair, 'key') ?? '',
    textAt(pair, 'value') ?? '',
  ]);
  return {
    service: Number(frame['service']),
    method: Number(frame['method']),
    headers: Object.fromEntries(headers),
    payload: Buffer.isBuffer(payload) ? payload : Buffer.alloc(0),
  };
}
