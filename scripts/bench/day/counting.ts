/** What was promised on the day beside what came of it: nothing lost, nothing twice, and what it cost in calls. */
import { sql } from 'kysely';
import { isFree } from '../../../src/channels/feishu/calls.ts';
import { valuesOf } from '../../../test/office/feishu-client.ts';
import type { Done } from './people.ts';
import type { DayOffice } from './office.ts';
import type { Struck } from './trouble.ts';

/**
 * Prints the table. False when something was lost or happened twice. What is on the screens is taken down before `quiet` waits for the programs to
 * have noted it: their own clocks go on sending while we count.
 */
export async function counted(
  { apps: [{ db }], feishu, now }: DayOffice,
  done: Done,
  struck: Struck,
  quiet: () => Promise<void>,
  line: (text: string) => void,
): Promise<boolean> {
  const people = await db.selectFrom('address').select('external_id').execute();
  const there = people.flatMap(({ external_id: person }) =>
    feishu.inbox(person).filter(({ from }) => from === 'bot'),
  );
  await quiet();
  const broken: string[] = [];
  const must = (what: string, promised: number, kept: number, wrong: number): void => {
    line(
      `${what.padEnd(52)}${String(promised).padStart(9)}${String(kept).padStart(9)}${String(wrong).padStart(9)}`,
    );
    if (wrong !== 0 || kept !== promised) broken.push(what);
  };
  line(
    `${'promise'.padEnd(52)}${['promised', 'kept', 'wrong'].map((each) => each.padStart(9)).join('')}`,
  );

  const heard = await db
    .selectFrom('inbound')
    .select('key')
    .where('key', 'like', 'feishu:msg:%')
    .execute();
  const keys = new Set(heard.map(({ key }) => key));
  const taken = done.written.filter((id) => keys.has(`feishu:msg:${id}`)).length;
  must('messages of people taken in', done.written.length, taken, heard.length - taken);
  must(
    'events the platform gave up, or still repeats',
    0,
    0,
    feishu.lost.length + feishu.pending.length,
  );
  const { requests } = await db
    .selectFrom('request')
    .select((select) => select.fn.countAll<number>().as('requests'))
    .executeTakeFirstOrThrow();
  must('requests, as many as were submitted', done.submitted, Number(requests), 0);
  const { joined } = await db
    .selectFrom('audit')
    .select((select) => select.fn.countAll<number>().as('joined'))
    .where('act', '=', 'repair.joined')
    .executeTakeFirstOrThrow();
  must('second reports of one thing, gone along with the first', done.joined, Number(joined), 0);

  const deliveries = await db
    .selectFrom('delivery')
    .select(['state', 'platform_message'])
    .execute();
  const states = Map.groupBy(deliveries, ({ state }) => state);
  const sent = states.get('sent') ?? [];
  const { rows: late } = await sql`select 1 from delivery where state in ('waiting', 'sending')
    and due <= ${now()} and (quiet is null or quiet = 'go')`.execute(db);
  must(
    'messages owed and due, sent or over',
    0,
    0,
    late.length + (states.get('dead')?.length ?? 0),
  );
  const known = new Set(sent.flatMap((each) => each.platform_message ?? []));
  const strange = there.filter(({ messageId }) => !known.has(messageId));
  must(
    'messages on people’s screens that we know of, each once',
    there.length,
    there.length - strange.length,
    0,
  );
  for (const { text, messageId } of strange.slice(0, 5)) {
    const row = deliveries.find(({ platform_message }) => platform_message === messageId);
    line(
      `  not known as sent (${row?.state ?? 'no delivery'}): ${text.split('\n').slice(0, 3).join(' / ')}`,
    );
  }

  const open = await db
    .selectFrom('task as t')
    .leftJoin('shown_card as s', (on) =>
      on
        .onRef('s.person_id', '=', 't.person_id')
        .on('s.subject', '=', sql<string>`'request:' || t.request_id`),
    )
    .select(['t.request_id', 's.message'])
    .where('t.state', '=', 'open')
    .execute();
  const shown = open.filter(({ request_id: request, message }) =>
    valuesOf(message === null ? undefined : feishu.cardOf(message)).some(
      (each) => each['r'] === request,
    ),
  ).length;
  must('open steps whose people see a card to act on', open.length, shown, 0);

  told(line, done);
  const calls = feishu.calls.length;
  const free = feishu.calls.filter(({ method, route }) => isFree(`${method} ${route}`)).length;
  const routes = Map.groupBy(feishu.calls, ({ method, route }) => `${method} ${route}`);
  line(
    `calls of the platform: ${calls}, of which ${free} cost nothing; ${((calls - free) / done.submitted).toFixed(1)} a request`,
  );
  for (const [route, each] of [...routes].toSorted((a, b) => b[1].length - a[1].length).slice(0, 8))
    line(`  ${String(each.length).padStart(6)} ${route}`);
  const answers = Map.groupBy(
    feishu.calls.filter(({ code }) => code !== 0),
    ({ status, code }) => `${status}/${code}`,
  );
  line(
    `refused or cut: ${[...answers].map(([what, each]) => `${what} ${each.length}`).join(', ')} (struck: ${struck.tooMany} too many, ${struck.failed} failed, ${struck.lostAnswers} answers lost)`,
  );
  for (const what of broken) line(`NOT KEPT: ${what}`);
  return broken.length === 0;
}

function told(line: (text: string) => void, done: Done): void {
  const at = (list: readonly number[], share: number): string =>
    (list.toSorted((a, b) => a - b)[Math.floor(list.length * share)] ?? 0).toFixed(0);
  line(
    `written ${done.written.length}, submitted ${done.submitted}, joined ${done.joined}, acted ${done.acted}, tapped again ${done.tappedAgain}; not submitted: ${[...done.givenUp].map(([why, count]) => `${count} ${why}`).join('; ') || 'none'}`,
  );
  line(
    `reply on the screen p50 ${at(done.replyMs, 0.5)} ms, p99 ${at(done.replyMs, 0.99)} ms, ${done.late} later than 2 s; tap answered p50 ${at(done.tapMs, 0.5)} ms, p99 ${at(done.tapMs, 0.99)} ms`,
  );
}
