import type { RequestKind } from './kind.ts';
import { expense } from './expense/index.ts';
import { repair } from './repair/index.ts';
import { room } from './room/index.ts';
import { space } from './room/space/index.ts';
import { supply } from './supply/index.ts';
import { trip } from './trip/index.ts';

/** Every request kind, by hand. A new one is a folder and a line here; test/contracts/kinds.test.ts checks it. */
export const kinds: readonly RequestKind[] = [room, supply, trip, repair, expense, space];

/** The kind of a stored request; an unknown name is a fault of ours (a kind was taken out while its requests live). */
export function kindNamed(name: string): RequestKind {
  const kind = kinds.find((each) => each.name === name);
  if (!kind) throw new Error(`unknown request kind ${name}`);
  return kind;
}
