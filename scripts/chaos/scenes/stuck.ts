/** A program dies with a message in its hands, a call never ends, one message cannot be drawn: each is taken up, ends, or is set aside, and nobody else waits for it. */
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { askers } from '../company.ts';
import { answered } from '../crowd.ts';
import type { ApiCall } from '../platform-proxy.ts';
import { always, at, onThisMachine, type Scene } from '../scene.ts';
import type { World } from '../world.ts';

const OTHERS = { short: 8, usual: 40, long: 200 };
/** What a dead program had in its hands is taken up within this, seconds. */
const TAKEN_UP = 60;
/** Who is told of what could not be sent. */
const OFFICE_MANAGER = 'ou_office_manager';
/** A call ends after 5 s; then it is tried again within a second or two. */
const HUNG_ENDS = 10;

const isSendTo = ({ method, path, to }: ApiCall, person: string): boolean =>
  method === 'POST' && path === '/open-apis/im/v1/messages' && to === person;

export const scene: Scene = {
  name: 'stuck',
  promises: ['P23'],
  faults: ['program killed with a message in its hands', 'call that never ends', 'poison'],
  async play(world) {
    const { size, counts, sql } = world;
    const [victim, waiter] = askers;
    const others = askers.slice(2, 2 + OTHERS[size]);
    const broken: string[] = [];
    const calm = await answered(world, others);

    const poison = await poisoned(world, waiter?.id ?? '');
    counts.add('poison');
    const { over } = await hangs(world, waiter?.id ?? '');
    counts.add('call that never ends');
    const hanging = await answered(world, others);
    const hung = await over;
    const { takenUp } = await dies(world, victim?.id ?? '');
    counts.add('program killed with a message in its hands');
    const stormy = await answered(world, others);
    const seconds = await takenUp;
    await world.start(0);
    if (seconds > TAKEN_UP) broken.push(`what a dead program left was taken up after ${seconds} s`);
    if (hung > onThisMachine(HUNG_ENDS)) broken.push(`a hung call was over after ${hung} s`);
    const [before, beside, during] = [at(calm, 0.95), at(hanging, 0.95), at(stormy, 0.95)];
    // The promise is ten in a hundred on a machine of one's own; what is caught here is that others wait for what is stuck.
    for (const waited of [beside, during])
      if (waited > before * 2 + 300)
        broken.push(`others waited ${waited} ms instead of ${before} ms`);

    broken.push(...(await setAside(world, poison)));
    await world.settle(120);
    broken.push(...(await always(world)));
    const [row] = await sql<{ state: string; attempts: number }>(
      'select state, attempts from delivery where id = $1',
      [poison],
    );
    if (row?.state !== 'sent') broken.push(`the poison is ${row?.state} after it was sent again`);
    return {
      figures: {
        'others p95 ms before': before,
        'others p95 ms beside a hung call': beside,
        'others p95 ms beside a dead program': during,
        'taken up after s': Math.round(seconds * 10) / 10,
        'hung call over after s': Math.round(hung * 10) / 10,
      },
      broken,
    };
  },
};

/** A message to somebody that cannot be drawn; its id. */
async function poisoned({ sql, clock }: World, person: string): Promise<string> {
  const [row] = await sql<{ id: string }>(
    `insert into delivery (id, what, lane, person_id, channel, address, view, attention, priority, state, due, created_at)
      select gen_random_uuid(), 'poison', 'feishu:' || external_id, person_id, 'feishu', external_id, '{"view":"request","request":"none"}', true, 3, 'waiting', $2, $2
      from address where external_id = $1 and channel = 'feishu' returning id`,
    [person, new Date(clock.ms())],
  );
  return row?.id ?? '';
}

/** A reply to somebody is on its way and its call never ends; `over`: seconds until they have it all the same. */
async function hangs(
  { platform, says, feishu, clock }: World,
  person: string,
): Promise<{ readonly over: Promise<number> }> {
  const replies = (): number => feishu.inbox(person).filter(({ from }) => from === 'bot').length;
  const before = replies();
  const begun = Promise.withResolvers<void>();
  let hung = false;
  platform.decide = (call) => {
    if (hung || !isSendTo(call, person)) return 'pass';
    hung = true;
    begun.resolve();
    return { silent: 'before' };
  };
  const began = clock.ms();
  await says(person, '签字笔还有多少');
  await begun.promise;
  const over = feishu.waitFor(() => replies() > before, 60_000);
  return { over: over.then(() => (clock.ms() - began) / 1_000) };
}

/** The first program is killed while it sends somebody's reply; seconds until they have it. */
async function dies(world: World, person: string): Promise<{ readonly takenUp: Promise<number> }> {
  const { platform, says, feishu, clock, balancer, replicas, kill } = world;
  const before = feishu.inbox(person).filter(({ from }) => from === 'bot').length;
  const sending = Promise.withResolvers<void>();
  let struck = false;
  platform.decide = (call) => {
    if (struck || !isSendTo(call, person)) return 'pass';
    struck = true;
    return { hold: 'before', struck: sending.resolve };
  };
  const { targets } = balancer;
  balancer.targets = targets.filter((port) => port === replicas[0]?.port);
  // The other would send it as well, and then nothing of it died.
  replicas[1]?.signal('SIGSTOP');
  const said = says(person, '签字笔还有多少');
  await sending.promise;
  const began = clock.ms();
  await kill(0);
  replicas[1]?.signal('SIGCONT');
  await said;
  const takenUp = feishu
    .waitFor(
      () => feishu.inbox(person).filter(({ from }) => from === 'bot').length > before,
      90_000,
    )
    .then(() => (clock.ms() - began) / 1_000);
  return { takenUp };
}

/** After a day of tries the poison is set aside and told; what was wrong is mended, and it is sent again by hand. */
async function setAside(world: World, poison: string): Promise<readonly string[]> {
  const { sql, clock, feishu, base, url } = world;
  const broken: string[] = [];
  const state = async () =>
    (
      await sql<{ state: string; attempts: number }>(
        'select state, attempts from delivery where id = $1',
        [poison],
      )
    )[0];
  // Its lane may still be held by what the dead program had in its hands.
  const until = performance.now() + TAKEN_UP * 1_000;
  let early = await state();
  while ((early?.attempts ?? 0) < 2 && performance.now() < until) {
    await pause(200);
    early = await state();
  }
  if (early?.state !== 'waiting' || early.attempts < 2)
    broken.push(`the poison is ${early?.state} after ${early?.attempts} tries`);
  clock.forward({ hours: 25 });
  await world.settle(120);
  if ((await state())?.state !== 'dead') broken.push('the poison was never set aside');
  if (!feishu.inbox(OFFICE_MANAGER).some(({ text }) => text.includes('没送到')))
    broken.push('the office was not told of the poison');
  await sql(`update delivery set view = '{"view":"help","first":false}' where id = $1`, [poison]);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/cli/office.ts', 'deliveries', 'redrive', 'all'],
    { env: { ...process.env, DATABASE_URL: url, DATA_DIR: base.folder }, encoding: 'utf8' },
  );
  if (status !== 0) broken.push(`redriving by hand failed: ${stdout}${stderr}`);
  return broken;
}
