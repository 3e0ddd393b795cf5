import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import { inWork } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { redrive, type Undelivered, undelivered } from '../delivery/dead.ts';
import { reasonOf } from '../delivery/reasons.ts';
import { exit, line, say, UsageError } from './command.ts';
import { type Opened, withOffice } from './opened.ts';

const USAGE = 'deliveries [--dead] | deliveries redrive NUMBER…|all';

/** `deliveries [--dead]`: messages that are due and not through. `deliveries redrive NUMBER…|all`: sends dead ones again, as things are now. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { dead: { type: 'boolean', default: false } },
  });
  const [act, ...which] = positionals;
  if (act === undefined) return withOffice((opened) => list(opened, values.dead));
  if (act !== 'redrive' || which.length === 0) throw new UsageError(USAGE);
  const wanted = numbersIn(which);
  return withOffice((opened) => sendAgain(opened, wanted));
}

function numbersIn(which: readonly string[]): readonly number[] | 'all' {
  if (which.length === 1 && which[0] === 'all') return 'all';
  return which.map((each) => {
    const digits = /^#?(\d{1,15})$/.exec(each)?.[1];
    if (digits === undefined) throw new UsageError(USAGE);
    return Number(digits);
  });
}

const STATES: { readonly [S in Undelivered['state']]: string } = {
  waiting: '等待重试',
  sending: '正在发送',
  unknown: '不知是否送达',
  dead: '没送到',
};

async function list({ office, rules }: Opened, dead: boolean): Promise<number> {
  const found = await undelivered(office.db, office.clock.now(), dead ? 'dead' : undefined);
  for (const { seq, to, view, state, attempts, code, owedAt } of found) {
    const at = owedAt.toZonedDateTimeISO(rules.timeZone).toPlainDateTime();
    const since = at.toString({ smallestUnit: 'minute' }).replace('T', ' ');
    const why = code === null ? '' : reasonOf(code).zh;
    line([`#${seq}`, since, to, view, STATES[state], `${attempts} 次`, why].join('\t').trimEnd());
  }
  const count = found.filter(({ state }) => state === 'dead').length;
  say(
    words(
      `${found.length} 条消息还没送到，其中 ${count} 条不再重试`,
      `${found.length} messages are not through, ${count} of them given up`,
    ),
  );
  return exit.ok;
}

async function sendAgain({ office }: Opened, which: readonly number[] | 'all'): Promise<number> {
  const again = await inWork(office, { actor: 'system' }, async (work) => {
    const numbers = await redrive(work, which);
    if (numbers.length > 0)
      await record(work, 'delivery.redriven', 'office', { after: { numbers } });
    return numbers;
  });
  say(
    words(
      `${again.length} 条重新投递：按现在的情况重画，已经过去的不再发；程序运行时几秒内发出`,
      `${again.length} sent again, drawn as things are now; what is over is dropped`,
    ),
  );
  const missing = which === 'all' ? [] : which.filter((each) => !again.includes(each));
  if (missing.length === 0) return exit.ok;
  const told = missing.map((each) => `#${each}`).join('、');
  say(words(`${told} 不是没送到的消息，没有动`, `${told}: not given up, left alone`));
  return exit.finding;
}
