/**
 * The points of a flow at which a program can be killed or cut off: each statement and each call of the platform, told by what it is and the
 * how manieth of its kind, since what runs side by side has no order. The proxies see them all; the program knows nothing of it.
 */
import type { Fate } from './fate.ts';
import type { World } from './world.ts';

/** Right `before` it is forwarded, or right `after` it took effect and before its answer is seen. */
export type Point = {
  readonly what: string;
  readonly nth: number;
  readonly when: 'before' | 'after';
};

export const nameOf = ({ what, nth, when }: Point): string =>
  `${when} ${what.slice(0, 90)} #${nth}`;

/** A statement or call as a point names it: values and ids left out. */
const statement = (text: string): string => `sql ${text.replaceAll(/\s+/g, ' ').trim()}`;
const call = (method: string, path: string): string =>
  `api ${method} ${path.replaceAll(/o[mcu]_[\w-]+/g, ':id')}`;

/** Our queue's own connections are left alone: a job only wakes somebody up. */
const isOurs = (by: string): boolean => by === 'banshi';

/** Lists the points of what happens while `flow` runs. What only ends a transaction has an `after` of its own, and so has each call. */
export async function pointsOf(world: World, flow: () => Promise<void>): Promise<readonly Point[]> {
  const seen = new Map<string, number>();
  const points: Point[] = [];
  const note = (what: string, both: boolean): void => {
    const nth = (seen.get(what) ?? 0) + 1;
    seen.set(what, nth);
    points.push({ what, nth, when: 'before' });
    // After one statement is before the next, but for the last: then the answer to a commit is lost.
    if (both) points.push({ what, nth, when: 'after' });
  };
  world.database.decide = ({ text, by }) => {
    if (isOurs(by)) note(statement(text), /^(commit|rollback)$/i.test(text.trim()));
    return 'pass';
  };
  world.platform.decide = ({ method, path }) => {
    note(call(method, path), true);
    return 'pass';
  };
  await flow();
  passAll(world);
  return points;
}

export const passAll = ({ database, platform }: World): void => {
  database.decide = () => 'pass';
  platform.decide = () => 'pass';
};

/** From now on, until it is reached, `fate` meets what passes this point. Resolves to whether it was reached within `ms`. */
export function reach(
  world: World,
  point: Point,
  sort: 'hold' | 'cut',
  ms: number,
): { readonly reached: Promise<boolean> } {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  let times = 0;
  const fate = (what: string): Fate => {
    if (what !== point.what || ++times !== point.nth) return 'pass';
    const struck = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    return sort === 'hold' ? { hold: point.when, struck } : { cut: point.when, struck };
  };
  world.database.decide = ({ text, by }) => (isOurs(by) ? fate(statement(text)) : 'pass');
  world.platform.decide = ({ method, path }) => fate(call(method, path));
  return { reached: promise };
}
