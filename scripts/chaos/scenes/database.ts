/**
 * The database is away, hangs, is slow, loses connections in mid-transaction, loses the answers to commits, and is killed: nobody is told
 * what is not so, nothing is half, and all goes on by itself.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { always, at, onThisMachine, type Scene } from '../scene.ts';
import { type Trouble, wishes, type Wished } from '../wishes.ts';
import type { World } from '../world.ts';

const PEOPLE = { short: 4, usual: 16, long: 100 };
const AWAY_MS = { short: 2_000, usual: 6_000, long: 30_000 };
const SERVER_KILLS = { short: 1, usual: 2, long: 5 };
const CUT_EVERY_MS = 200;

export const scene: Scene = {
  name: 'database',
  promises: ['P8', 'P20'],
  faults: [
    'database away',
    'database hangs',
    'database slow',
    'backend cut',
    'answer to a commit lost',
    'server killed',
  ],
  async play(world) {
    const { database, counts, size, sql } = world;
    const broken: string[] = [];
    const figures: Record<string, number | string> = {};
    let first = 0;
    const during = async (what: string, trouble: Trouble): Promise<Wished> => {
      const wished = await wishes(world, { first, count: PEOPLE[size] }, trouble);
      first += PEOPLE[size];
      broken.push(...wished.broken.map((each) => `${what}: ${each}`));
      return wished;
    };

    const away = await during('away', {
      begin: async () => {
        counts.add('database away');
        await database.refuse(true);
      },
      end: () => database.refuse(false),
    });
    figures['away: 503 p100 ms'] = at(away.refusedMs, 1);
    figures['away: tap p100 ms'] = at(away.tapMs, 1);
    if (away.takenMs.length > 0)
      broken.push(`away: ${away.takenMs.length} events were answered 200`);
    if (at(away.refusedMs, 1) > onThisMachine(1_000))
      broken.push('away: an event waited longer than 1 s for its 503');
    if (at(away.tapMs, 1) > onThisMachine(2_000)) broken.push('away: a tap waited longer than 2 s');
    figures['ready follows ms'] = await readiness(world, broken);

    const hung = await during('hangs', {
      begin: () => {
        counts.add('database hangs');
        database.hang(true);
      },
      end: () => database.hang(false),
    });
    figures['hangs: event p100 ms'] = at([...hung.refusedMs, ...hung.takenMs], 1);
    figures['hangs: tap p100 ms'] = at(hung.tapMs, 1);
    if (at([...hung.refusedMs, ...hung.takenMs], 1) >= 3_000)
      broken.push('hangs: an event was not answered in the 3 s of the platform');

    await during('slow', {
      begin: () => {
        database.throttle = 20_000;
        database.decide = () => {
          counts.add('database slow');
          return { wait: 5 };
        };
      },
      end: () => {
        database.throttle = 0;
        database.decide = () => 'pass';
      },
    });

    let cutting = false;
    await during('backends cut', {
      begin: () => {
        cutting = true;
        void (async () => {
          while (cutting) {
            const cut = await sql<{ pg_terminate_backend: boolean }>(
              `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'banshi%'
                order by state <> 'idle in transaction', random() limit 1`,
            );
            counts.add('backend cut', cut.length);
            await pause(CUT_EVERY_MS);
          }
        })();
      },
      end: () => void (cutting = false),
    });

    await during('commit lost', {
      begin: () => {
        let commits = 0;
        database.decide = ({ text, by }) => {
          if (by !== 'banshi' || text !== 'commit' || commits++ % 2 === 1) return 'pass';
          return { cut: 'after', struck: () => counts.add('answer to a commit lost') };
        };
      },
      end: () => void (database.decide = () => 'pass'),
    });

    for (let kill = 0; kill < SERVER_KILLS[size]; kill++)
      await during('server killed', {
        begin: async () => {
          await killServer(world);
          counts.add('server killed');
          void pause(300).then(() => world.base.revive());
        },
        end: async () => {
          await world.base.revive();
          await connected(world);
        },
      });
    return { figures, broken: [...broken, ...(await always(world))] };
  },
};

/** Ends the server as a power cut would; its children go with it. */
async function killServer({ sql }: World): Promise<void> {
  const [row] = await sql<{ pid: string }>(
    `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
  );
  process.kill(Number(row?.pid), 'SIGKILL');
}

/** Until the database answers again. */
async function connected({ sql }: World): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const there = await sql(`select 1`).then(
      () => true,
      () => false,
    );
    if (there) return;
    await pause(100);
  }
}

/** The database goes and comes back: how long `/ready` of both programs takes to say so, the longer of the two ways, ms. */
async function readiness(world: World, broken: string[]): Promise<number> {
  const follows = async (status: number): Promise<number> => {
    const began = performance.now();
    for (;;) {
      const answers = await Promise.all(
        world.replicas.map((each) =>
          fetch(`http://127.0.0.1:${each?.port ?? 0}/ready`).then(({ status: got }) => got),
        ),
      );
      const ms = performance.now() - began;
      if (answers.every((each) => each === status)) return ms;
      if (ms > onThisMachine(5_000)) {
        broken.push(`/ready did not say ${status} within 5 s`);
        return ms;
      }
      await pause(100);
    }
  };
  // The clock of the run has run ahead: a tick that is three minutes old is a reason not to be ready.
  await Promise.all(world.replicas.map(async (each) => each?.order('tick')));
  await follows(200);
  await world.database.refuse(true);
  const gone = await follows(503);
  await pause(AWAY_MS[world.size]);
  await world.database.refuse(false);
  return Math.round(Math.max(gone, await follows(200)));
}
