/**
 * `npm run bench -- broadcast [--seconds 100]`: a message to each of 20,000 people (a digest, reminders), all due at once; how many go out in that time, beside what the platform
 * lets through (50 a second and 1,000 a minute; the stand-in counts both and refuses more). All of them would take twenty minutes: the rate with all
 * of them waiting is what is measured, and whether memory stays.
 */
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { tell, times, wait } from './line.ts';
import { stand } from './standing.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { seconds: { type: 'string', default: '100' } },
});
const SECONDS = Number(values.seconds);
const PEOPLE = 20_000;
/** What the platform takes from an app in that time: 1,000 at once, then as many a minute. */
const LIMIT = 1_000 * Math.max(1, SECONDS / 60);

const standing = await stand({ rates: 'enforced' });
const { feishu, db } = standing;
try {
  const office = await standing.office();
  // They came after the directory was read.
  for (let place = 0; place < PEOPLE; place++)
    feishu.addPerson({
      name: `同事${place}`,
      openId: `ou_many_${place}`,
      department: ['od_company'],
    });
  await sql`with added as (
      insert into person (name, active, language, greeted_at)
      select '同事' || n, true, 'zh', now() from generate_series(0, ${PEOPLE - 1}::int) n
      on conflict do nothing returning id, name)
    insert into address (channel, external_id, person_id)
    select 'feishu', 'ou_many_' || substr(name, 3), id from added
    on conflict do nothing`.execute(db);
  await wait(3_000);
  const already = feishu.calls.length;
  const memory = office.memory();
  await sql`insert into delivery (id, what, lane, person_id, channel, address, view, attention, priority, state, due, created_at)
    select gen_random_uuid(), 'bench-' || external_id, 'feishu:' || external_id, person_id, channel, external_id,
      '{"view":"notice","text":{"zh":"今天下午两点消防演练，请按楼层集合","en":"Fire drill at two"}}', true, 6, 'waiting', now(), now()
    from address where external_id like 'ou_many_%'`.execute(db);
  const cpu = office.cpu();
  await wait(SECONDS * 1_000);
  const sends = feishu.calls
    .slice(already)
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/im/v1/messages'));
  const sent = sends.filter(({ code }) => code === 0).length;
  const after = office.memory();
  const perMessage = (office.cpu() - cpu) / sent;
  await office.stop();
  tell({
    what: `${PEOPLE.toLocaleString('en-US')} reminders waiting, sent in ${SECONDS} s`,
    beside: `the platform lets ${LIMIT.toFixed(0)} through`,
    ours: `${sent} sent, ${sends.length - sent} refused, CPU ${perMessage.toFixed(1)} ms each, memory ${memory.toFixed(0)} → ${after.toFixed(0)} MB`,
    ratio: times(sent / LIMIT),
    must: '≥ 0.95, memory + 30 MB at most',
    kept: sent / LIMIT >= 0.95 && after - memory <= 30,
  });
} finally {
  await standing.stop();
}
