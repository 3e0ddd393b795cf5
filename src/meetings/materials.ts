/** 会议材料: what is read before a meeting, each for a decision or for discussion. */
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { type Material, meetingOf } from './store.ts';
import { refresh } from './tell.ts';

export type Weight = 'decision' | 'discussion';

/** As many as a notice can show. */
export const MOST_MATERIALS = 20;

/** Adds a line, a link or a file to what is read before a meeting. Undefined when there are too many already. */
export async function addMaterial(
  work: Work,
  setup: Setup,
  material: {
    readonly request: number;
    readonly person: number;
    readonly name: string;
    readonly attachment?: number;
    readonly weight?: Weight;
  },
): Promise<Material | undefined> {
  const { count } = await work.tx
    .selectFrom('material')
    .select((q) => q.fn.countAll<number>().as('count'))
    .where('request_id', '=', material.request)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_MATERIALS) return undefined;
  const added = await work.tx
    .insertInto('material')
    .values({
      request_id: material.request,
      person_id: material.person,
      name: material.name,
      attachment_id: material.attachment ?? null,
      weight: material.weight ?? null,
      at: work.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(work, 'meeting.material', `request:${material.request}`, {
    after: { material: added.id },
  });
  await shown(work, setup, material.request);
  return added;
}

/** 决策项 or 讨论项, as its host or whoever brought it says. Undefined when it is not theirs to say. */
export async function weigh(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
  weight: Weight,
): Promise<Material | undefined> {
  const material = await work.tx
    .selectFrom('material')
    .innerJoin('request', 'request.id', 'material.request_id')
    .selectAll('material')
    .select('request.requester_id')
    .where('material.id', '=', id)
    .forUpdate('material')
    .executeTakeFirst();
  if (!material || (material.requester_id !== person && material.person_id !== person)) {
    await record(work, 'refused.material', `material:${id}`, { after: { person } });
    return undefined;
  }
  await work.tx.updateTable('material').set({ weight }).where('id', '=', id).execute();
  await shown(work, setup, material.request_id);
  return { ...material, weight };
}

/** The cards of the meeting, if there is one yet, show it. */
async function shown(work: Work, setup: Setup, request: number): Promise<void> {
  const meeting = await meetingOf(work.tx, request);
  if (meeting) await refresh(work, setup, meeting);
}
