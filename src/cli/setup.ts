/** `setup feishu`: what is pasted and clicked in the developer console, the variables into `.env`, then the doctor's look at the platform. */
import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import { type Config, environment, type FeishuTransport, readConfig } from '../config.ts';
import { exit, line, say, UsageError } from './command.ts';
import { Stop } from '../stop.ts';
import { platform } from './doctor/feishu.ts';
import { tell } from './doctor/finding.ts';
import { Misconfigured } from './opened.ts';
import { ask } from './setup/ask.ts';
import { type Values, variablesIn, writeVariables } from './setup/env-file.ts';
import { guide, type Known } from './setup/guide.ts';

const FILE = '.env';
const TEMPLATE = '.env.example';

/** Exit code 1: something is missing or wrong. Throws UsageError, Misconfigured, and Stop when `.env` says otherwise. */
export async function run(args: readonly string[]): Promise<number> {
  const asked = askedFor(args);
  const around = environment();
  const transport = asked.transport ?? filled(around['FEISHU_TRANSPORT']) ?? 'webhook';
  const known: Known = {
    // Another value is a mistake, and told as one when all is read
    transport: transport === 'websocket' ? transport : 'webhook',
    baseUrl: filled(around['FEISHU_BASE_URL']) ?? 'https://open.feishu.cn',
    appId: filled(around['FEISHU_APP_ID']),
    publicUrl: filled(around['PUBLIC_URL'])?.replace(/\/+$/, ''),
  };
  for (const each of guide(known)) {
    if ('paste' in each) line(each.paste);
    else say(each);
  }

  const values = await valuesFor(transport, around);
  if (asked.write || values.typed) await keep(values.all, asked.replace, values.typed);
  if (values.missing.length > 0) {
    say(
      words(
        `还没有 ${values.missing.join('、')}：填入 .env（或环境变量）后再运行一次，会接着检查`,
        `not there yet: ${values.missing.join(', ')}; put them into .env or the environment and run this again`,
      ),
    );
    return exit.finding;
  }
  const read = readConfig({ ...around, ...values.all });
  if (!read.ok) throw new Misconfigured(read.mistakes);
  return checked(read.config);
}

type Asked = {
  readonly write: boolean;
  readonly replace: boolean;
  readonly transport: FeishuTransport | undefined;
};

function askedFor(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      write: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      transport: { type: 'string' },
    },
  });
  const { write, replace, transport } = values;
  if (positionals.length !== 1 || positionals[0] !== 'feishu')
    throw new UsageError('setup 后面写 feishu | setup takes feishu');
  if (transport !== undefined && transport !== 'webhook' && transport !== 'websocket')
    throw new UsageError('--transport 是 webhook 或 websocket | either webhook or websocket');
  return { write: write || replace, replace, transport };
}

const filled = (value: string | undefined): string | undefined => value?.trim() || undefined;

/** `all`: what is known now; `typed`: somebody just typed some of it; `missing`: what is still needed. */
type Given = { readonly all: Values; readonly typed: boolean; readonly missing: readonly string[] };

/** What the program needs for this transport: from the environment and `.env`, and at a terminal by asking for the rest. */
async function valuesFor(
  transport: string,
  around: { readonly [name: string]: string | undefined },
): Promise<Given> {
  const names = ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', ...(transport === 'websocket' ? [] : KEYS)];
  // Another platform than the usual one, such as Lark, is the program's as well
  const baseUrl = filled(around['FEISHU_BASE_URL']);
  const all: { [name: string]: string } = {
    FEISHU_TRANSPORT: transport,
    ...(baseUrl !== undefined && { FEISHU_BASE_URL: baseUrl }),
  };
  const atTerminal = process.stdin.isTTY && process.stdout.isTTY;
  let typed = false;
  for (const name of names) {
    const there = filled(around[name]);
    const value = there ?? (atTerminal ? await askFor(name) : '');
    if (value) all[name] = value;
    if (value && there === undefined) typed = true;
  }
  return { all, typed, missing: names.filter((name) => !all[name]) };
}

const KEYS = ['FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN'];

const askFor = (name: string): Promise<string> =>
  ask(
    { input: process.stdin, output: process.stdout },
    name === 'FEISHU_APP_ID'
      ? `${name}（回车跳过 | Enter skips）：`
      : `${name}（不显示，回车跳过 | not shown, Enter skips）：`,
    { hidden: name !== 'FEISHU_APP_ID' },
  );

/** Puts the values into `.env`. What it says otherwise is replaced only when that was asked for or agreed to. */
async function keep(values: Values, replace: boolean, atTerminal: boolean): Promise<void> {
  const before = variablesIn(FILE);
  const other = Object.entries(values)
    .filter(([name, value]) => filled(before[name]) !== undefined && before[name] !== value)
    .map(([name]) => name);
  if (other.length > 0 && !replace && !(atTerminal && (await agreed(other))))
    throw new Stop(
      `.env 里已有另外的 ${other.join('、')}，没有改动；要覆盖请加 --replace | .env has other values there; nothing was written, --replace overwrites them`,
    );
  writeVariables(FILE, TEMPLATE, values);
  say(
    words(
      `已写入 .env：${Object.keys(values).join('、')}（只有属主可读）`,
      'written into .env, readable by its owner only',
    ),
  );
}

async function agreed(names: readonly string[]): Promise<boolean> {
  const question = `.env 里已有另外的 ${names.join('、')}，覆盖吗 | overwrite them? (y/N)`;
  return /^y(es)?$/i.test(await ask({ input: process.stdin, output: process.stdout }, question));
}

async function checked(config: Config): Promise<number> {
  let errors = 0;
  for (const finding of await platform(config)) {
    tell(finding);
    if (finding.level === 'error') errors++;
  }
  line('');
  say(
    errors > 0
      ? words(
          `${errors} 处要改；改好、发布版本后再运行一次`,
          `${errors} to mend, then run this again`,
        )
      : words(
          '看得到的都对了；给机器人发一句“帮助”，再运行 doctor 看事件和点击是否来过',
          'all that can be seen is well; write to the bot, then run doctor to see whether events and taps came',
        ),
  );
  return errors > 0 ? exit.finding : exit.ok;
}
