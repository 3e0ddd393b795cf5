/** Going through the components of a card, outermost first, in the order people see them. */
import { isObject, listAt, textAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { step } from './fault.ts';
import type { Path } from './fault.ts';

/** A component, the way to it, and the components around it, outermost first. */
export type Place = {
  readonly component: JsonObject;
  readonly tag: string;
  readonly at: Path;
  readonly around: readonly JsonObject[];
};

/** All components of a card's body, columns included. */
export function places(card: unknown): readonly Place[] {
  const body = isObject(card) ? card['body'] : undefined;
  return listAt(body, 'elements').flatMap((one, index) =>
    inside(one, ['body', 'elements', step(index, one)], []),
  );
}

function inside(value: unknown, at: Path, around: readonly JsonObject[]): readonly Place[] {
  if (!isObject(value)) return [];
  const here: Place = { component: value, tag: textAt(value, 'tag') ?? '', at, around };
  const below = (['columns', 'elements'] as const).flatMap((member) =>
    here.tag === 'table'
      ? []
      : listAt(value, member).flatMap((one, index) =>
          inside(one, [...at, member, step(index, one)], [...around, value]),
        ),
  );
  return [here, ...below];
}

/** The form a component stands in. */
export const formAround = (place: Place): JsonObject | undefined =>
  place.around.find((one) => one['tag'] === 'form');

/** How many objects with a `tag` the card has, texts included. */
export function countTags(value: unknown): number {
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).reduce<number>((sum, one) => sum + countTags(one), 0);
  }
  if (!isObject(value)) return 0;
  const own = typeof value['tag'] === 'string' ? 1 : 0;
  return Object.values(value).reduce<number>((sum, member) => sum + countTags(member), own);
}
