/** Files and pictures: what the app uploaded, and what people sent along with a message. */
import { newId } from './ids.ts';

/** `message`: the message it came with; only through it can the app fetch it. Uploads of the app have none. */
export type StoredFile = {
  readonly key: string;
  readonly sort: 'image' | 'file';
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly message?: string;
};

export type Files = {
  readonly store: (file: Omit<StoredFile, 'key'>) => string;
  readonly find: (key: string) => StoredFile | undefined;
  /** True when the app itself uploaded it, so that it may send it. */
  readonly uploaded: (key: string, sort: StoredFile['sort']) => boolean;
};

export function createFiles(): Files {
  const files = new Map<string, StoredFile>();
  return {
    store(file) {
      const key = newId(file.sort === 'image' ? 'img_v3_' : 'file_v3_');
      files.set(key, { ...file, key });
      return key;
    },
    find: (key) => files.get(key),
    uploaded(key, sort) {
      const file = files.get(key);
      return file?.sort === sort && file.message === undefined;
    },
  };
}
