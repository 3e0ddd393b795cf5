import type { Tx } from '../../db/database.ts';
import { settingNamed } from '../../db/setting.ts';
import { cities } from '../language/cities.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { kinds } from '../requests/index.ts';
import { MEETING_ROOM } from '../settings/space-rules.ts';
import { heardAs } from './heard/index.ts';

/** The office's names, kept in memory and read again when rooms, items or people have changed (in any replica). */
export type Names = { lexicon(tx: Tx): Promise<Lexicon> };

const intents = [...kinds.map((kind) => kind.heardAs), ...heardAs];

/** Every person's message asks only whether names have changed: one short query by primary key. */
export function createNames(): Names {
  let known: { readonly since: string; readonly lexicon: Lexicon } | undefined;
  return {
    async lexicon(tx) {
      const since = (await settingNamed(tx, 'names-changed')) ?? '';
      if (known?.since !== since) known = { since, lexicon: await readNames(tx) };
      return known.lexicon;
    },
  };
}

async function readNames(tx: Tx): Promise<Lexicon> {
  const rooms = await tx
    .selectFrom('room')
    .select(['id', 'name', 'aliases', 'floor', 'sort'])
    .where('active', '=', true)
    .execute();
  const items = await tx
    .selectFrom('item')
    .select(['id', 'name', 'aliases'])
    .where('active', '=', true)
    .execute();
  const people = await tx
    .selectFrom('person')
    .leftJoin('department', 'department.id', 'person.department_id')
    .select(['person.id', 'person.name', 'person.name_en', 'department.name as department'])
    .where('person.active', '=', true)
    .execute();
  const named = rooms.map((each) => ({ ...each, id: String(each.id), hint: each.floor }));
  return {
    intents,
    rooms: named.filter(({ sort }) => sort === MEETING_ROOM),
    spaces: named.filter(({ sort }) => sort !== MEETING_ROOM),
    items: items.map((each) => ({ ...each, id: String(each.id) })),
    people: people.map((each) => ({
      id: String(each.id),
      name: each.name,
      ...(each.name_en ? { aliases: [each.name_en] } : {}),
      ...(each.department ? { hint: each.department } : {}),
    })),
    cities,
  };
}
