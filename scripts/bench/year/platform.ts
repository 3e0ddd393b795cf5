import { sql } from 'kysely';
import type { Db } from '../../../db/database.ts';
import { type Channel, DeliveryFault } from '../../../src/channels/channel.ts';
import { company } from './company.ts';

/** Where the platform keeps what it was sent: a key twice is one message, as Feishu does it within an hour. */
export const createPlatform = (db: Db): Promise<unknown> =>
  sql`create table if not exists bench_platform
    (key text primary key, address text not null, at timestamptz not null, tries int not null)`.execute(
    db,
  );

/** One in so many sends ends without an answer: half of those had arrived. */
const LOST_ONE_IN = 200;

/** A platform that keeps what it is sent at once, whatever becomes of the sender, and now and then gives no answer. */
export function platform(db: Db, now: () => Temporal.Instant): Channel {
  let sends = 0;
  return {
    name: 'simulator',
    async send(to, _what, key) {
      sends++;
      const lost = sends % LOST_ONE_IN === 0;
      if (!lost || sends % (2 * LOST_ONE_IN) === 0)
        await sql`insert into bench_platform (key, address, at, tries) values (${key}, ${to.id}, ${now()}, 1)
          on conflict (key) do update set tries = bench_platform.tries + 1`.execute(db);
      if (lost) throw new DeliveryFault('ambiguous', 'timeout', 'the answer got lost');
      return { message: key };
    },
    update: () => Promise.resolve(),
    directory: () => Promise.resolve(company),
    fetchFile: () => Promise.reject(new DeliveryFault('never', 'no-files', 'no files here')),
  };
}
