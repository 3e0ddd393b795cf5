/**
 * `npm run bench -- message`: from a sentence to the committed draft and the card that has arrived, the whole program behind the platform; beside Koishi's bot,
 * which says the sentence again and understands and keeps nothing, and the SDK's, which does the same. First processor time a message, then how long its person waits
 * at ten messages a second. The reader and the four sentences are those of the tests.
 */
import { kinds } from '../../src/requests/index.ts';
import type { Feishu } from '../../test/feishu-platform/index.ts';
import { type Line, ms, say, share, tell, times, wait } from './line.ts';
import { hasKoishi, NOT_INSTALLED, startPeer } from './peers.ts';
import type { Program } from './program.ts';
import { type Standing, stand } from './standing.ts';
import { staff } from './year/company.ts';

/** Messages before the figures are taken, and for them; the wait between two, ms: ours keeps the platform's own pace of 1,000 a minute, so nothing may be faster for long. */
const WARM = 300;
const WARM_MS = 66;
const COUNTED = 200;
const PACE_MS = 100;

const says = kinds.map((kind) => kind.example).filter((text) => !text.includes('报销'));

/** Which of the company's people says which sentence: nobody the same one twice, as that would be another conversation. */
let spoken = 0;
function next(): { readonly person: string; readonly text: string } {
  const place = spoken++;
  const person = staff[place % staff.length]?.id ?? '';
  const text = says[(place + Math.floor(place / staff.length)) % says.length] ?? '';
  return { person, text };
}

/** One sentence, until something of the program's has arrived in its person's chat. ms. */
async function answered(feishu: Feishu): Promise<number> {
  const { person, text } = next();
  const chat = feishu.privateChat(person).id;
  const before = feishu.calls.length;
  const began = performance.now();
  const saying = feishu.says(person, text);
  let from = before;
  await feishu.waitFor(() => {
    const { calls } = feishu;
    for (; from < calls.length; from++) if (goesTo(calls[from], person, chat)) return true;
    return false;
  }, 10_000);
  const took = performance.now() - began;
  await saying;
  return took;
}

/** Whether a call of the platform was a message that went to this person. */
function goesTo(call: Feishu['calls'][number] | undefined, person: string, chat: string): boolean {
  if (call?.method !== 'POST' || !call.path.includes('/im/v1/messages')) return false;
  const body = JSON.stringify(call.body);
  return body.includes(person) || body.includes(chat);
}

type Figures = {
  readonly cpu: number;
  readonly postgres: number;
  readonly p50: number;
  readonly p99: number;
};

async function measured({ feishu, postgresCpu }: Standing, { cpu }: Program): Promise<Figures> {
  const paced = async (count: number, every: number): Promise<readonly number[]> => {
    const waited: Promise<number>[] = [];
    for (let place = 0; place < count; place++) {
      waited.push(answered(feishu));
      await wait(every);
    }
    return Promise.all(waited);
  };
  await paced(WARM, WARM_MS);
  const before = { own: cpu(), postgres: postgresCpu() };
  const took = await paced(COUNTED, PACE_MS);
  return {
    cpu: (cpu() - before.own) / COUNTED,
    postgres: (postgresCpu() - before.postgres) / COUNTED,
    p50: share(took, 0.5),
    p99: share(took, 0.99),
  };
}

const standing = await stand();
const { feishu } = standing;
try {
  const ofPeer = async (name: 'koishi' | 'sdk'): Promise<Figures> => {
    const peer = await startPeer(name, standing.env);
    feishu.webhookUrl = peer.address;
    const figures = await measured(standing, peer);
    await peer.stop();
    spoken = 0;
    say(
      `${name}: CPU ${ms(figures.cpu)} a message, p50 ${ms(figures.p50)}, p99 ${ms(figures.p99)}`,
    );
    return figures;
  };
  const sdk = await ofPeer('sdk');
  const koishi = hasKoishi() ? await ofPeer('koishi') : undefined;
  const office = await standing.office();
  // They have met the office before: a greeting is a message more.
  await standing.db.updateTable('person').set({ greeted_at: Temporal.Now.instant() }).execute();
  const own = await measured(standing, office);
  await office.stop();
  say(
    `ours: CPU ${ms(own.cpu)} a message and ${ms(own.postgres)} of Postgres, p50 ${ms(own.p50)}, p99 ${ms(own.p99)}`,
  );
  const beside = (
    what: string,
    mine: number,
    theirs: number | undefined,
    most: number,
    more: { readonly ours?: string; readonly must?: string; readonly kept?: boolean } = {},
  ): Line => ({
    what,
    beside: theirs === undefined ? `Koishi ${NOT_INSTALLED}` : `Koishi echo ${ms(theirs)}`,
    ours: ms(mine) + (more.ours ?? ''),
    ratio: theirs === undefined ? '—' : times(mine / theirs),
    must: `≤ ${most.toFixed(1)}${more.must ?? ''}`,
    kept: theirs === undefined ? null : mine / theirs <= most && more.kept !== false,
  });
  tell(beside('whole message, CPU a message, ours alone', own.cpu, koishi?.cpu, 1));
  tell(
    beside('message to reply at 10 a second, p50', own.p50, koishi?.p50, 1.5, {
      ours: `, p99 ${ms(own.p99)}`,
      must: ' and p99 ≤ 30 ms',
      kept: own.p99 <= 30,
    }),
  );
  tell({
    what: 'message to reply at 10 a second, p50, beside the SDK',
    beside: `SDK echo ${ms(sdk.p50)}`,
    ours: ms(own.p50),
    ratio: times(own.p50 / sdk.p50),
    must: 'told',
    kept: null,
  });
} finally {
  await standing.stop();
}
