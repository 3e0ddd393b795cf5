/** What a host adds to a booking after it was made: who takes part, what is talked about. */
import { type Words, words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { peopleById } from '../directory/people.ts';
import { annotate } from '../filing/annotate.ts';
import type { Setup } from '../filing/move.ts';
import type { Request } from '../filing/store.ts';
import type { Someone } from '../requests/fields/people.ts';
import { type LookedUp, lookUp, withDepartment } from '../requests/room/attendees.ts';
import { planOf } from './store.ts';

/** `set`: these and no others; `add`, `remove`: beside or without those there are. */
export type Invitation = {
  readonly how: 'set' | 'add' | 'remove';
  readonly names: readonly string[];
};

/** The attendees by name as they are found, with what is to be told about those who are not. */
export type Invited = { readonly request: Request; readonly told: Words };

/** Changes who takes part. Whose name several have, or nobody, is left out and told. Throws Refusal when it is too late. */
export async function invite(
  work: Work,
  setup: Setup,
  request: Request,
  by: { readonly person: number; readonly touched?: number },
  { how, names }: Invitation,
): Promise<Invited> {
  const there = planOf(request).attendees;
  const looked = await lookUp(work.tx, await settled(work, there, names), request.requester_id);
  const { found } = looked;
  const attendees =
    how === 'set'
      ? found
      : how === 'add'
        ? [...new Set([...there, ...found])]
        : there.filter((id) => !found.includes(id));
  const after = await annotate(work, setup, request.id, by, { attendees });
  const told = await toldOf(work, how, found, looked);
  return { request: after, told };
}

/** Of several people of one name, one who takes part already is meant without saying so. */
async function settled(
  work: Work,
  there: readonly number[],
  names: readonly string[],
): Promise<readonly Someone[]> {
  const people = await peopleById(work.tx, there);
  return names.map((name) => {
    const [only, another] = [...people.values()].filter((each) => each.name === name);
    return only && !another ? only.id : name;
  });
}

async function toldOf(
  work: Work,
  how: Invitation['how'],
  found: readonly number[],
  { several, unknown }: LookedUp,
): Promise<Words> {
  const people = await peopleById(work.tx, found);
  const names = found.map((id) => people.get(id)?.name ?? '').join('、');
  const done = how === 'remove' ? words('已去掉', 'Taken off') : words('参会人', 'Invited');
  const parts = [
    ...(names === '' ? [] : [words(`${done.zh}：${names}`, `${done.en}: ${names}`)]),
    ...several.map(({ name, people: bearers }) => {
      const told = bearers.map(withDepartment).join('、');
      return words(
        `${name}有 ${bearers.length} 位：${told}，请带上部门再说一遍`,
        `${name} is the name of ${bearers.length}: ${told}; please add the department`,
      );
    }),
    ...(unknown.length === 0
      ? []
      : [
          words(
            `通讯录里没有：${unknown.join('、')}，没有加入`,
            `Not in the directory, left out: ${unknown.join(', ')}`,
          ),
        ]),
  ];
  if (parts.length === 0) return words('没有变化', 'Nothing changed');
  return words(parts.map(({ zh }) => zh).join('。'), parts.map(({ en }) => en).join('. '));
}
