/**
 * The events of a story in any order: a recall before its message, somebody leaves before they moved, a message before its writer joined a
 * group. Each order ends as the right one does.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../../../test/feishu-platform/json.ts';
import { shuffled } from '../../../test/feishu-platform/push.ts';
import { askers } from '../company.ts';
import { always, type Scene } from '../scene.ts';
import type { World } from '../world.ts';

const ORDERS = { short: 3, usual: 10, long: 1_000 };
/** People of one story; five do the same thing. */
const PEOPLE = 15;

export const scene: Scene = {
  name: 'stories',
  promises: ['P2'],
  faults: ['recall before its message', 'leaver before their move', 'event out of order'],
  async play(world) {
    const { size, sql, by, counts, feishu } = world;
    const broken: string[] = [];
    const orders = Math.min(ORDERS[size], Math.floor((askers.length - PEOPLE) / PEOPLE));
    for (let order = 0; order < orders; order++) {
      const people = askers.slice(order * PEOPLE, (order + 1) * PEOPLE).map(({ id }) => id);
      const told = await story(world, people);
      const mixed = shuffled([...told, ...told], by.next);
      count(world, told, mixed);
      for (const envelope of mixed) {
        for (let tries = 0; tries < 50; tries++) {
          const [outcome] = await feishu.pushes({ envelope });
          if (outcome?.got === 'answer' && outcome.status === 200) break;
          await pause(100);
        }
      }
      await world.settle();
      // A reading of the directory that was wished for is made, at most every three minutes.
      world.clock.forward({ minutes: 4 });
      for (const replica of world.replicas) await replica?.order('tick');
      await world.settle();
      const [row] = await sql<{ wishes: number; recalled: number; gone: number }>(
        `select count(*) filter (where d.state = 'open' and a.external_id = any($1))::int as wishes,
           count(*) filter (where d.state = 'open' and a.external_id = any($2))::int as recalled,
           (select count(*)::int from person p join address q on q.person_id = p.id where q.external_id = any($3) and p.active) as gone
         from draft d join address a on a.person_id = d.person_id`,
        [people.slice(0, 5), people.slice(5, 10), people.slice(10, 15)],
      );
      if (row?.wishes !== 5) broken.push(`order ${order}: ${row?.wishes} of 5 wishes are drafts`);
      if (row?.recalled !== 0)
        broken.push(`order ${order}: ${row?.recalled} of 5 recalled wishes are still drafts`);
      if (row?.gone !== 0) broken.push(`order ${order}: ${row?.gone} of 5 who left may still act`);
    }
    counts.add('event out of order', orders);
    void counts;
    return {
      figures: { orders, 'events of each': 25 },
      broken: [...broken, ...(await always(world))],
    };
  },
};

/** Five wish, five wish and recall it, five move and then leave: what the platform has to tell, in the order in which it happened. */
async function story(
  { feishu, clock, writes }: World,
  people: readonly string[],
): Promise<readonly JsonObject[]> {
  const { webhookUrl } = feishu;
  feishu.webhookUrl = undefined;
  const before = new Set(feishu.pending.map(({ eventId }) => eventId));
  for (const id of people.slice(0, 5)) await writes(id, '领4个笔记本');
  for (const id of people.slice(5, 10)) {
    const { said } = await writes(id, '领5个笔记本');
    await feishu.recalls(id, said.id);
  }
  for (const id of people.slice(10, 15)) {
    await feishu.moves(id, { title: '高级经理' });
    clock.forward({ seconds: 20 });
    await feishu.leaves(id);
  }
  feishu.webhookUrl = webhookUrl;
  return feishu.pending
    .filter(({ eventId }) => !before.has(eventId))
    .map(({ envelope }) => envelope);
}

/** How often what belongs behind came first. */
function count({ counts }: World, told: readonly JsonObject[], mixed: readonly JsonObject[]): void {
  const typeOf = (envelope: JsonObject): string => JSON.stringify(envelope);
  for (const [place, envelope] of told.entries()) {
    const after = told[place + 1];
    if (!after || mixed.indexOf(after) > mixed.indexOf(envelope)) continue;
    if (typeOf(after).includes('im.message.recalled_v1')) counts.add('recall before its message');
    if (typeOf(after).includes('contact.user.deleted_v3')) counts.add('leaver before their move');
  }
}
