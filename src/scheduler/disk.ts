/**
 * Room on the disk. Postgres that finds none stops, also for reading, and needs room and somebody to start it: so we stop taking things in
 * while there is some left, say so once, and go on by ourselves when there is room again.
 */
import { statfs } from 'node:fs/promises';
import { words } from '../../cards/words.ts';
import { inWork, type Office } from '../../db/work.ts';
import { type Desk, OfficeUnavailable } from '../channels/channel.ts';
import type { Setup } from '../filing/move.ts';
import { reduced } from '../reduced.ts';
import { tellRole } from './tell-role.ts';

/** Bytes that are free, and their share of the disk. */
export type Room = { readonly bytes: number; readonly share: number };

export type DiskOptions = {
  /** Folders whose disks are looked at; the fullest counts. */
  readonly folders: readonly string[];
  /** Real disks unless told. Throws as `statfs` does. */
  readonly measure?: (folder: string) => Promise<Room>;
  /** Starts our own database again when it stopped; true when it had to. */
  readonly revive?: () => Promise<boolean>;
  readonly everyMs?: number;
};

export type DiskGuard = {
  /** Too little room to take anything in. */
  full(): boolean;
  stop(): void;
};

/** Below either, nothing more is taken in. */
const LEAST: Room = { bytes: 500 * 1024 * 1024, share: 0.05 };
const EVERY_MS = 10_000;

/** Looks at once and every ten seconds. One alarm for each time it gets full: a log line, and a sentence to the office manager. */
export async function guardDisk(
  { folders, measure = roomOn, revive, everyMs = EVERY_MS }: DiskOptions,
  around: {
    readonly office: Office;
    readonly setup: Setup;
    readonly log: (what: string, about: object) => void;
  },
): Promise<DiskGuard> {
  let full = false;
  const look = async (): Promise<void> => {
    const rooms = await Promise.all(folders.map(measure));
    const now = rooms.some(({ bytes, share }) => bytes < LEAST.bytes || share < LEAST.share);
    if (now && !full) {
      full = true;
      around.log('disk.full', {
        megabytes: rooms.map(({ bytes }) => Math.floor(bytes / 1024 ** 2)),
      });
      await alarm(around.office, around.setup);
    } else if (!now && full) {
      if (await revive?.()) around.log('database.revived', {});
      full = false;
      around.log('disk.room-again', {});
    } else if (!now && (await revive?.())) around.log('database.revived', {});
  };
  const safely = (): Promise<void> =>
    look().catch((error: unknown) => around.log('disk', { error: reduced(error) }));
  await safely();
  let turn = Promise.resolve();
  const timer = setInterval(() => void (turn = turn.then(safely)), everyMs);
  timer.unref();
  return { full: () => full, stop: () => clearInterval(timer) };
}

async function roomOn(folder: string): Promise<Room> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { bytes: bavail * bsize, share: bavail / Math.max(blocks, 1) };
}

const alarm = (office: Office, setup: Setup): Promise<void> =>
  inWork(office, { actor: 'system' }, (work) =>
    tellRole(work, setup, 'office-manager', {
      key: `disk-full:${work.now.toString()}`,
      text: words(
        '服务器磁盘快满了：先停收新的申请和点击，已收的照办。请管理员清理磁盘，腾出空间后自动恢复',
        'The server’s disk is nearly full: nothing new is taken in, what was taken in is done. Please have space freed; it goes on by itself',
      ),
    }),
  );

/** The desk while there is room; without, events come again later and taps are told the truth. */
export function whileThereIsRoom(desk: Desk, isFull: () => boolean): Desk {
  const first = async <T>(act: () => Promise<T>): Promise<T> => {
    if (isFull()) throw new OfficeUnavailable('the disk is full');
    return act();
  };
  return {
    ...desk,
    message: (incoming) => first(() => desk.message(incoming)),
    missed: (messages) => first(() => desk.missed(messages)),
    opened: (incoming) => first(() => desk.opened(incoming)),
    recalled: (incoming) => first(() => desk.recalled(incoming)),
    groupChanged: (change) => first(() => desk.groupChanged(change)),
    decided: (incoming) => first(() => desk.decided(incoming)),
    directoryChanged: (change) => first(() => desk.directoryChanged(change)),
    setAside: (incoming) => first(() => desk.setAside(incoming)),
    tap: async (incoming) => (isFull() ? FULL : desk.tap(incoming)),
  };
}

const FULL = {
  toast: {
    look: 'error',
    text: words(
      '没有记下：服务器磁盘满了，管理员已收到提醒，请稍后再点',
      'Nothing was recorded: the server’s disk is full, the administrator was told; please tap again later',
    ),
  },
} as const;
