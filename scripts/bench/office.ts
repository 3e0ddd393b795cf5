/**
 * `npm run bench -- office`, or without a name: how long the office takes, against floors measured in the same run on the same machine. Ratios are what
 * counts; absolute times only tell which machine it was.
 */
import { sql } from 'kysely';
import type { IncomingMessage, IncomingTap } from '../../src/channels/channel.ts';
import { heardAs } from '../../src/conversation/heard/index.ts';
import { cities } from '../../src/language/cities.ts';
import { understand } from '../../src/language/understand.ts';
import { kinds } from '../../src/requests/index.ts';
import { withOffice } from './demo-office.ts';

const ROUNDS = 300;

type Figures = { readonly p50: number; readonly p95: number };

async function measure(rounds: number, act: (round: number) => unknown): Promise<Figures> {
  for (let round = 0; round < 20; round++) await act(-1 - round);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await act(round);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

/** No two inputs are the same one, or the second would be met by its claim. */
let inputs = 0;

const message = (text: string): IncomingMessage => ({
  key: `bench:msg:${inputs++}`,
  from: { channel: 'simulator', id: 'ou_rd_1' },
  chat: 'bench',
  group: false,
  message: `bench_${inputs}`,
  text,
  files: [],
  sentAt: Temporal.Now.instant(),
});

const tap = (value: object): IncomingTap => ({
  key: `bench:tap:${inputs++}`,
  from: { channel: 'simulator', id: 'ou_rd_1' },
  value,
  answers: {},
});

function line(name: string, figures: Figures, floor: Figures): void {
  const ratio = (figures.p50 / floor.p50).toFixed(1).padStart(7);
  const [p50, p95] = [figures.p50, figures.p95].map((ms) => ms.toFixed(3).padStart(9));
  process.stdout.write(`${name.padEnd(52)}${p50}${p95}${ratio}\n`);
}

await withOffice(async (app) => {
  process.stdout.write(
    `${''.padEnd(52)}${'p50 ms'.padStart(9)}${'p95 ms'.padStart(9)}${'ratio'.padStart(7)}\n`,
  );
  const now = Temporal.Now.zonedDateTimeISO('Asia/Shanghai');
  const lexicon = {
    intents: [...kinds.map((kind) => kind.heardAs), ...heardAs],
    rooms: [],
    items: [],
    people: [],
    cities,
  };
  const said = kinds.map((kind) => kind.example);
  const text = said.join('');
  const scan = await measure(ROUNDS, () => Array.from(text.repeat(10)).length);
  line('floor: walk the characters of four sentences, ten times', scan, scan);
  line(
    'understand the four sentences',
    await measure(ROUNDS, () => said.map((each) => understand(each, lexicon, now))),
    scan,
  );

  const floor = await measure(ROUNDS, (round) =>
    app.db
      .transaction()
      .execute((tx) =>
        sql`insert into setting (name, value) values (${`bench-${round}`}, '1')`.execute(tx),
      ),
  );
  line('floor: a transaction that writes one row', floor, floor);
  line(
    'a message becomes a draft, recorded and queued',
    await measure(ROUNDS, (round) => app.desk.message(message(said[round & 3] ?? ''))),
    floor,
  );
  line(
    'a tap that opens a list',
    await measure(ROUNDS, () => app.desk.tap(tap({ v: 1, a: 'list', l: 'requests', f: 0 }))),
    floor,
  );
  line(
    'a message and its submission',
    await measure(ROUNDS / 3, async () => {
      await app.desk.message(message('3楼打印机卡纸了'));
      const draft = await app.db
        .selectFrom('draft')
        .select(['id', 'version'])
        .where('state', '=', 'open')
        .where('kind', '=', 'repair')
        .executeTakeFirstOrThrow();
      await app.desk.tap(tap({ v: 1, a: 'submit', d: draft.id, n: draft.version }));
    }),
    floor,
  );
});
