/**
 * Programs are replaced one after the other by newer ones, which change the tables while the older go on; and by older ones again, after a newer only added to
 * the tables. Who writes and taps meanwhile notices nothing.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { inWork } from '../../../db/work.ts';
import { openDatabase } from '../../../db/database.ts';
import { ADDS, migrate } from '../../../db/migrate.ts';
import { migrations } from '../../../db/migrations/index.ts';
import { Secret } from '../../../src/secret.ts';
import { company, furnishForChaos } from '../company.ts';
import type { Nursery } from '../replicas.ts';
import { always, type Scene } from '../scene.ts';
import { wishes } from '../wishes.ts';
import type { World } from '../world.ts';

/** A quarter of them each time that all programs are replaced, or none. */
const CONVERSATIONS = { short: 24, usual: 120, long: 500 };
/** What is under way at a program that gets nothing new any more is over by then, ms. */
const DRAINED = 1_500;

export const scene: Scene = {
  name: 'upgrade',
  promises: ['P35'],
  faults: [
    'older program replaced by a newer',
    'migration beside an older program',
    'newer program replaced by an older',
  ],
  begins: 'with nothing',
  async play(world) {
    const { size, counts, sql, base } = world;
    const older = await base.old();
    try {
      await world.start(0, older);
      await world.start(1, older);
      await furnished(world);
      const broken: string[] = [];
      const seen = new Set<string>();
      const watched = watching(world, seen);
      const count = CONVERSATIONS[size] / 4;
      let first = 0;
      const talk = async (nursery?: Nursery, fault = ''): Promise<void> => {
        let place = 0;
        let replacing: Promise<void> | undefined;
        const trouble = {
          begin: () => {
            if (fault === '') return;
            counts.add(fault);
            replacing = replaced(world, place++, nursery);
          },
          end: () => replacing,
        };
        broken.push(...(await wishes(watched, { first, count }, trouble)).broken);
        first += count;
      };
      await talk();
      const before = await ran(world);
      await talk(undefined, 'older program replaced by a newer');
      const after = await ran(world);
      counts.add('migration beside an older program', after - before);

      // What a program of tomorrow would do, and then ours is the older one.
      await tomorrow(world.url);
      await talk();
      await talk(undefined, 'newer program replaced by an older');
      for (const replica of world.replicas)
        if (replica?.isAlive() !== true) broken.push('a program ended');
      for (const told of seen) broken.push(`somebody was told 「${told}」`);
      await world.settle(120);
      broken.push(...(await always(world)));
      const [row] = await sql<{ requests: number }>(
        'select count(*)::int as requests from request',
      );
      return {
        figures: {
          conversations: first,
          'of them became requests': row?.requests ?? 0,
          'migrations beside an older program': after - before,
          'errors that people saw': seen.size,
        },
        broken,
      };
    } finally {
      older.close();
    }
  },
};

/** It gets nothing new, ends, and another takes its place. */
async function replaced(world: World, place: number, nursery?: Nursery): Promise<void> {
  const { balancer, replicas } = world;
  balancer.targets = balancer.targets.filter((port) => port !== replicas[place]?.port);
  await pause(DRAINED);
  await world.kill(place);
  await world.start(place, nursery);
}

/** The same world; what people are told that is an error is kept in `seen`. */
const watching = (world: World, seen: Set<string>): World => ({
  ...world,
  async taps(...tap) {
    const tapped = await world.taps(...tap);
    if (tapped.error !== undefined || tapped.toast?.type === 'error')
      seen.add(tapped.toast?.content ?? String(tapped.error));
    return tapped;
  },
});

/** The older program has read the directory; rooms and the store come from where an administrator's imports come from. */
async function furnished({ sql, url, clock }: World): Promise<void> {
  const people = async (): Promise<number> =>
    (await sql<{ count: number }>('select count(*)::int as count from person'))[0]?.count ?? 0;
  for (let tries = 0; (await people()) < company.people.length; tries++) {
    if (tries === 300) throw new Error('the older program did not read the directory');
    await pause(100);
  }
  const db = await openDatabase({ connectionString: new Secret(url), max: 1 });
  const now = (): Temporal.Instant =>
    Temporal.Instant.fromEpochMilliseconds(Math.floor(clock.ms()));
  try {
    await inWork({ db, clock: { now } }, { actor: 'system' }, furnishForChaos);
  } finally {
    await db.destroy();
  }
}

async function ran({ sql }: World): Promise<number> {
  const [row] = await sql<{ count: number }>('select count(*)::int as count from kysely_migration');
  return row?.count ?? 0;
}

async function tomorrow(url: string): Promise<void> {
  const db = await openDatabase({ connectionString: new Secret(url), max: 1 });
  const up = async (on: Parameters<(typeof migrations)[string]['up']>[0]): Promise<void> => {
    await on.schema.alterTable('request').addColumn('tomorrow', 'integer').execute();
    await on.schema.createTable('tomorrow').addColumn('id', 'integer').execute();
  };
  try {
    await migrate(db, { ...migrations, [`9999-tomorrow${ADDS}`]: { up } });
  } finally {
    await db.destroy();
  }
}
