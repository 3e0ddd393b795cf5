/** The whole program on a database of its own, and people who talk to it: tests read like the office. */
import { stripText } from '../../cards/strip.ts';
import { inLanguage, type Language } from '../../cards/words.ts';
import type { Block, Button, Card } from '../../cards/card.ts';
import { demoCompany } from '../../db/demo.ts';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import { type Environment, readConfig } from '../../src/config.ts';
import { readRules, type Rules } from '../../src/settings/index.ts';
import { Secret } from '../../src/secret.ts';
import type { Clock } from '../../src/time/clock.ts';
import { demoDatabase, freshDatabase } from './database.ts';
import { TUESDAY } from './tuesday.ts';
import { unlimited } from './unlimited.ts';

export { TUESDAY } from './tuesday.ts';

/** The answer to a tap, in Chinese. */
export type Reply = { readonly toast: string | undefined; readonly status: number };

export type TestOffice = {
  readonly app: App;
  /** A person writes; resolves when everything it set off has arrived. */
  says(person: string, text: string): Promise<void>;
  /** A person replies to the newest card of theirs that has this on it. */
  replies(person: string, to: string, text: string): Promise<void>;
  /** A person sends a picture without a word. */
  sends(person: string, picture: string): Promise<void>;
  /** A person taps the newest button of that label among their cards, with what they filled in. */
  taps(
    person: string,
    label: string,
    answers?: { [name: string]: string | string[] | boolean },
  ): Promise<Reply>;
  /** A person says what they ask for and submits its draft. */
  submits(person: string, text: string): Promise<void>;
  /** Posts a tap with a value of the test's own: what no card would send. */
  forges(person: string, value: unknown, answers?: object): Promise<Reply>;
  opens(person: string): Promise<void>;
  /** All that a person sees, oldest first: sentences, and cards as text, in the language they were written to in. */
  sees(person: string): Promise<readonly string[]>;
  /** The newest thing a person sees. */
  last(person: string): Promise<string>;
  /** The newest card of a person. */
  card(person: string): Promise<Card>;
  /** The first person who holds a role, by id. */
  roleHolder(role: string): string;
  /** Moves the office's clock. */
  later(step: '15m' | '1h' | '4h' | '1d'): Promise<void>;
  settle(): Promise<void>;
  stop(): Promise<void>;
};

/** Opens the demo office with the rules of its office.yaml, changed as the test wants. */
export async function openOffice(
  options: {
    readonly rules?: (rules: Rules) => Rules;
    readonly start?: Temporal.Instant;
    /** Recurring work comes by the clock; without this only what the story itself sets off. */
    readonly rounds?: boolean;
    /** More variables of the surroundings. */
    readonly env?: Environment;
    /** Disks that are looked at, and where backups go. */
    readonly disk?: AppOptions['disk'];
    readonly backupFolder?: string;
    /** A clock of the test's own, which may jump. */
    readonly clock?: Clock;
    /** A database that is there already, and stays. */
    readonly connectionString?: Secret;
  } = {},
): Promise<TestOffice> {
  // What the company's store room began with is dated by the clock.
  const database = options.connectionString
    ? { connectionString: options.connectionString, drop: () => Promise.resolve() }
    : await (options.start || options.clock ? freshDatabase() : demoDatabase());
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    SIMULATOR: 'on',
    ...options.env,
  });
  const rules = await readRules(new URL('../../office.yaml', import.meta.url).pathname, {
    mustExist: true,
  });
  if (!config.ok || !rules.ok) throw new Error('the demo office is misconfigured');
  const kept: Rules = {
    ...rules.rules,
    limits: unlimited,
    ...(options.rounds ? {} : { rounds: 'off' }),
  };
  const start = options.start ?? TUESDAY;
  const opened = performance.now();
  const clock = options.clock ?? {
    now: () => start.add({ microseconds: Math.round((performance.now() - opened) * 1_000) }),
  };
  const app = await createApp({
    config: config.config,
    rules: options.rules ? options.rules(kept) : kept,
    connectionString: database.connectionString,
    auditKey: new Secret('00'.repeat(32)),
    clock,
    ...(options.disk && { disk: options.disk }),
    ...(options.backupFolder !== undefined && { backupFolder: options.backupFolder }),
  });
  const office = people(app);
  return {
    ...office,
    app,
    roleHolder: (role) => rules.rules.roles[role]?.[0] ?? '',
    async stop() {
      await app.stop();
      await database.drop();
    },
  };
}

function people(app: App): Omit<TestOffice, 'app' | 'stop' | 'roleHolder'> {
  const settle = (): Promise<void> => settled(app);
  const post = async (url: string, body: object): Promise<{ status: number; body: unknown }> => {
    const response = await app.server.inject({ method: 'POST', url, payload: body });
    await settle();
    return { status: response.statusCode, body: response.json() };
  };
  const tap = async (
    person: string,
    message: string,
    value: unknown,
    answers: object,
  ): Promise<Reply> => {
    const { status, body } = await post('/simulator/taps', {
      person: idOf(person),
      message,
      value,
      answers,
    });
    return { status, toast: toastIn(body) };
  };
  return {
    settle,
    async says(person, text) {
      const { status, body } = await post('/simulator/messages', { person: idOf(person), text });
      if (status !== 200)
        throw new Error(`「${text}」 was answered ${status}: ${JSON.stringify(body)}`);
    },
    async replies(person, to, text) {
      const cards = await cardsOf(app, person);
      const quoted = cards.findLast(({ card }) => cardText(card).includes(to));
      if (!quoted) throw new Error(`${person} sees no card with 「${to}」`);
      const message = { person: idOf(person), text, repliesTo: quoted.id };
      const { status } = await post('/simulator/messages', message);
      if (status !== 200) throw new Error(`the reply 「${text}」 was answered ${status}`);
    },
    async sends(person, picture) {
      const form = new FormData();
      form.set('person', idOf(person));
      form.set('files', new File([ONE_PIXEL], picture, { type: 'image/png' }));
      const encoded = new Response(form);
      const response = await app.server.inject({
        method: 'POST',
        url: '/simulator/messages',
        headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
        payload: Buffer.from(await encoded.arrayBuffer()),
      });
      if (response.statusCode !== 200)
        throw new Error(`the picture was answered ${response.statusCode}: ${response.body}`);
      await settle();
    },
    async opens(person) {
      await post('/simulator/open', { person: idOf(person) });
    },
    async taps(person, label, answers = {}) {
      for (const { id, card } of (await cardsOf(app, person)).toReversed()) {
        const button = buttonsOf(card).find((each) =>
          inLanguage(each.label, 'zh').startsWith(label),
        );
        if (button) return tap(person, id, button.value, answers);
      }
      throw new Error(
        `${person} sees no button 「${label}」, but:\n${(await seen(app, person)).join('\n---\n')}`,
      );
    },
    async submits(person, text) {
      await this.says(person, text);
      const { toast } = await this.taps(person, '提交');
      if (toast?.includes('已提交') !== true)
        throw new Error(`「${text}」 was not submitted: ${toast ?? 'no answer'}`);
    },
    async forges(person, value, answers = {}) {
      const [newest] = (await cardsOf(app, person)).toReversed();
      if (!newest) throw new Error(`${person} has no card to tap`);
      return tap(person, newest.id, value, answers);
    },
    sees: (person) => seen(app, person),
    last: async (person) => (await seen(app, person)).at(-1) ?? '',
    async card(person) {
      const newest = (await cardsOf(app, person)).at(-1);
      if (!newest) throw new Error(`${person} has no card`);
      return newest.card;
    },
    async later(step) {
      await post('/simulator/clock', { forward: step });
    },
  };
}

/** People are named as in the demo company; the two 刘洋 by their departments: 刘洋@研发部. */
export function idOf(person: string): string {
  const [name, department] = person.split('@');
  const unit = demoCompany.departments.find((each) => each.name === department)?.id;
  const found = demoCompany.people.filter(
    (each) =>
      (each.name === name || each.id === name) && (!unit || each.departments.includes(unit)),
  );
  const [only, another] = found;
  if (!only || another) throw new Error(`no one person called ${person}`);
  return only.id;
}

/** The smallest picture there is: one transparent pixel. */
const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** Two hundred people at once have some thousand cards to get. */
const PATIENCE_MS = 30_000;

/** Waits until nothing that is due is left to be sent. The deliverer wakes itself; here it is only watched. */
export async function settled(app: App): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    await app.deliver();
    const row = await app.db
      .selectFrom('delivery')
      .select('id')
      .where('state', 'in', ['waiting', 'sending'])
      .where('due', '<=', app.now().add({ seconds: 2 }))
      .executeTakeFirst();
    if (!row) return;
    if (performance.now() > until) throw new Error('messages are still waiting to be sent');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function cardsOf(app: App, person: string): Promise<readonly { id: string; card: Card }[]> {
  const rows = await app.db
    .selectFrom('simulator_message')
    .select(['id', 'body'])
    .where('person', '=', idOf(person))
    .orderBy('place')
    .execute();
  return rows.flatMap(({ id, body }) => ('card' in body ? [{ id, card: body.card }] : []));
}

async function seen(app: App, person: string): Promise<readonly string[]> {
  const rows = await app.db
    .selectFrom('simulator_message')
    .select('body')
    .where('person', '=', idOf(person))
    .where('direction', '=', 'out')
    .orderBy('place')
    .execute();
  return rows.map(({ body }) => {
    if ('card' in body) return cardText(body.card, body.language);
    return 'words' in body ? body.words[body.language ?? 'zh'] : body.text;
  });
}

/** Everything on a card, one line a thing, as a reader of that language sees it. */
export function cardText(card: Card, language: Language = 'zh'): string {
  const say = (text: Parameters<typeof inLanguage>[0]): string => inLanguage(text, language);
  const lines = (block: Block): readonly string[] => {
    switch (block.block) {
      case 'text':
        return [say(block.text)];
      case 'facts':
        return block.facts.map(
          (fact) =>
            `${say(fact.label)}：${say(fact.value)}${fact.mark === 'guessed' ? '（推测）' : ''}`,
        );
      case 'table':
        return block.rows.map((row) =>
          block.columns.map((column) => say(row[column.key] ?? '')).join(' | '),
        );
      case 'steps':
        return block.steps.map((step) => `${say(step.title)} [${step.state}] ${say(step.who)}`);
      case 'image':
        return [`[图片 ${say(block.alt)}]`];
      case 'chart':
        return [say(block.alt)];
      case 'strip':
        return block.rows.map(
          ({ name, cells, told }) =>
            `${say(name)} ${stripText(block, cells, language)} ${say(told)}`,
        );
      case 'fold':
        return [say(block.title), ...block.blocks.flatMap(lines)];
      case 'buttons':
        return [block.buttons.map((button) => `[${say(button.label)}]`).join(' ')];
      case 'form':
        return [
          ...block.inputs.map((input) => `<${input.name}> ${say(input.label)}`),
          block.buttons.map((button) => `[${say(button.label)}]`).join(' '),
        ];
      case 'line':
        return [];
      default:
        return block satisfies never;
    }
  };
  const tags = (card.tags ?? []).map((tag) => `#${say(tag.text)}`).join(' ');
  return [`${say(card.title)} ${tags}`, ...card.blocks.flatMap(lines)].join('\n');
}

export const buttonsOf = (card: Card): readonly Button[] =>
  card.blocks.flatMap((block) =>
    block.block === 'buttons' || block.block === 'form' ? block.buttons : [],
  );

function toastIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('toast' in body)) return undefined;
  const { toast } = body;
  return typeof toast === 'object' && toast !== null && 'text' in toast
    ? String(toast.text)
    : undefined;
}
