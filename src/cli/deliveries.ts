import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import { inWork } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { keepAgain, type Untrue, untrue } from '../counterparts/dead.ts';
import { redrive, type Undelivered, undelivered } from '../delivery/dead.ts';
import { lanesHeld, releaseLanes } from '../delivery/held.ts';
import { reasonOf } from '../delivery/reasons.ts';
import { exit, line, say, UsageError } from './command.ts';
import { type Opened, withOffice } from './opened.ts';

const USAGE = 'deliveries [--dead] | deliveries redrive NUMBER…|all | deliveries release';

/**
 * `deliveries [--dead]`: messages that are due and not through, and what does not stand on the platform as it shall (`#c12`).
 * `deliveries redrive NUMBER…|all`: does what was given up again, as things are now.
 * `deliveries release`: lets go out what has waited since a restore.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { dead: { type: 'boolean', default: false } },
  });
  const [act, ...which] = positionals;
  if (act === undefined) return withOffice((opened) => list(opened, values.dead));
  if (act === 'release' && which.length === 0) return withOffice(release);
  if (act !== 'redrive' || which.length === 0) throw new UsageError(USAGE);
  const wanted = numbersIn(which);
  return withOffice((opened) => doAgain(opened, wanted));
}

/** Which of the two: messages by `#12`, counterparts by `#c12`. */
type Numbers = {
  readonly messages: readonly number[] | 'all';
  readonly counterparts: readonly number[] | 'all';
};

function numbersIn(which: readonly string[]): Numbers {
  if (which.length === 1 && which[0] === 'all') return { messages: 'all', counterparts: 'all' };
  const numbers = which.map((each) => {
    const told = /^#?(c?)(\d{1,15})$/.exec(each);
    if (!told) throw new UsageError(USAGE);
    return { counterpart: told[1] === 'c', number: Number(told[2]) };
  });
  const of = (counterpart: boolean): readonly number[] =>
    numbers.filter((each) => each.counterpart === counterpart).map(({ number }) => number);
  return { messages: of(false), counterparts: of(true) };
}

const STATES: { readonly [S in Undelivered['state']]: string } = {
  waiting: '等待重试',
  sending: '正在发送',
  unknown: '不知是否送达',
  dead: '没送到',
};
const SORTS: { readonly [S in Untrue['sort']]: string } = {
  event: '日程',
  task: '飞书任务',
  'task-list': '飞书任务清单',
  approval: '审批中心',
  'approval-form': '审批中心的审批类型',
};

async function list({ office, rules }: Opened, dead: boolean): Promise<number> {
  const only = dead ? 'dead' : undefined;
  const local = (at: Temporal.Instant): string =>
    at
      .toZonedDateTimeISO(rules.timeZone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' })
      .replace('T', ' ');
  const why = (code: string | null): string => (code === null ? '' : reasonOf(code).zh);
  const held = await lanesHeld(office.db);
  if (held !== undefined)
    say(
      words(
        `消息都停着（${held}）：确认后运行 deliveries release`,
        'no message goes out until deliveries release is run',
      ),
    );
  const found = await undelivered(office.db, office.clock.now(), only);
  for (const { seq, to, view, state, attempts, code, owedAt } of found) {
    const told = [`#${seq}`, local(owedAt), to, view, STATES[state], `${attempts} 次`, why(code)];
    line(told.join('\t').trimEnd());
  }
  const standing = await untrue(office.db, only);
  for (const { id, since, sort, about, state, tries, code } of standing) {
    const how = state === 'dead' ? '没做成' : STATES.waiting;
    const told = [`#c${id}`, local(since), SORTS[sort], about, how, `${tries} 次`, why(code)];
    line(told.join('\t').trimEnd());
  }
  const count = found.filter(({ state }) => state === 'dead').length;
  say(
    words(
      `${found.length} 条消息还没送到，其中 ${count} 条不再重试`,
      `${found.length} messages are not through, ${count} of them given up`,
    ),
  );
  const given = standing.filter(({ state }) => state === 'dead').length;
  if (standing.length > 0)
    say(
      words(
        `${standing.length} 项在平台上还没做成，其中 ${given} 项不再重试`,
        `${standing.length} things do not stand on the platform as they should, ${given} of them given up`,
      ),
    );
  return exit.ok;
}

async function release({ office }: Opened): Promise<number> {
  const held = await inWork(office, { actor: 'system', cause: 'cli:deliveries' }, releaseLanes);
  say(
    held
      ? words('消息开始发送：程序运行时几秒内发出', 'messages go out from now on')
      : words('消息没有停着', 'nothing was held'),
  );
  return held ? exit.ok : exit.finding;
}

async function doAgain({ office }: Opened, which: Numbers): Promise<number> {
  const again = await inWork(office, { actor: 'system' }, async (work) => {
    const numbers = await redrive(work, which.messages);
    const counterparts = await keepAgain(work, which.counterparts);
    if (numbers.length + counterparts.length > 0)
      await record(work, 'delivery.redriven', 'office', { after: { numbers, counterparts } });
    return { numbers, counterparts };
  });
  const count = again.numbers.length + again.counterparts.length;
  say(
    words(
      `${count} 条重新投递：按现在的情况重画，已经过去的不再发；程序运行时几秒内发出`,
      `${count} sent again, drawn as things are now; what is over is dropped`,
    ),
  );
  const missing = [
    ...left(which.messages, again.numbers).map((each) => `#${each}`),
    ...left(which.counterparts, again.counterparts).map((each) => `#c${each}`),
  ];
  if (missing.length === 0) return exit.ok;
  const told = missing.join('、');
  say(words(`${told} 不是没送到的消息，没有动`, `${told}: not given up, left alone`));
  return exit.finding;
}

const left = (asked: readonly number[] | 'all', done: readonly number[]): readonly number[] =>
  asked === 'all' ? [] : asked.filter((each) => !done.includes(each));
