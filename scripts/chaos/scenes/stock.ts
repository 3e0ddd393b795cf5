/** Fifty people want the last ten of a thing, and some give theirs back: never more than there is, at any moment. */
import { askers, RARE } from '../company.ts';
import { always, type Scene } from '../scene.ts';
import { insists, takesBack } from '../wishes.ts';

const PEOPLE = { short: 16, usual: 50, long: 50 };
const ROUNDS = { short: 1, usual: 3, long: 20 };
const THERE_ARE = 10;

export const scene: Scene = {
  name: 'stock',
  promises: ['P17'],
  faults: ['wanted at once', 'nothing left', 'given back'],
  async play(world) {
    const { sql, size, counts } = world;
    const broken: string[] = [];
    let watching = true;
    const watched = (async () => {
      let looks = 0;
      while (watching) {
        const wrong = await sql(
          `select i.name, i.on_hand, i.reserved from item i where i.on_hand < 0 or i.reserved < 0 or i.reserved > i.on_hand or i.on_hand <>
            (select coalesce(sum(on_hand_change), 0) from movement m where m.item_id = i.id)`,
        );
        looks++;
        broken.push(...wrong.map((row) => `at one moment: ${JSON.stringify(row)}`));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return looks;
    })();
    for (let round = 0; round < ROUNDS[size]; round++) {
      const people = askers.slice(round * 5, round * 5 + PEOPLE[size]);
      await sql(`update draft set state = 'cancelled' where state = 'open'`);
      for (const { id } of people) await world.says(id, `领1个${RARE}`);
      await world.settle();
      counts.add('wanted at once', people.length);
      const told = await Promise.all(people.map(({ id }) => insists(world, id, 'submit')));
      await world.settle();
      // Who was told that it takes longer sees on the card what came of it.
      const winners = await sql<{ id: string }>(
        `select a.external_id as id from request r join address a on a.person_id = r.requester_id where r.state not in ('withdrawn', 'cancelled')`,
      );
      const won = winners.length;
      counts.add('nothing left', told.length - won);
      for (const [place, each] of told.entries())
        if (each.startsWith('已提交') && !winners.some(({ id }) => id === people[place]?.id))
          broken.push(`${people[place]?.id ?? ''} was told 「${each}」 and has none`);
      if (won !== THERE_ARE) broken.push(`${won} people were given one of the last ${THERE_ARE}`);
      // All give theirs back, at once.
      const back = await Promise.all(winners.map(({ id }) => takesBack(world, id)));
      counts.add('given back', back.filter(Boolean).length);
      if (!back.every(Boolean)) broken.push('somebody could not give theirs back');
      await world.settle();
    }
    watching = false;
    return {
      figures: { rounds: ROUNDS[size], 'looked at the store': await watched },
      broken: [...broken, ...(await always(world))],
    };
  },
};
