import { clean } from '../../cards/clean.ts';
import { type Words, words } from '../../cards/words.ts';
import { LONGEST_WHY } from '../../cards/write-off.ts';
import { answerText } from '../requests/fields/answers.ts';
import { isKeeper } from '../supplies/office.ts';
import { drawWriteOff } from '../supplies/write-off-view.ts';
import {
  agreeToWriteOff,
  confirmWriteOff,
  dropWriteOff,
  readWriteOff,
  type WriteOff,
} from '../supplies/writing-off.ts';
import { ALREADY, done, gone, notTheirs } from './stock-answers.ts';
import type { Tap, Tapped } from './tap.ts';

const TOLD: { readonly [state in WriteOff['state']]: Words } = {
  draft: words('还没有报废', 'Not written off yet'),
  agreeing: words('已请另一位行政同意', 'Somebody else of the office is asked'),
  done: words('已报废出账', 'Written off'),
  dropped: words('没有报废，库存没有变', 'Not written off; stock did not change'),
};

/** A tap on something to be written off, by who keeps the store room. */
export async function onWriteOff(tap: Tap, act: string, id: number): Promise<Tapped> {
  const { work, setup, person } = tap.talk;
  const before = await readWriteOff(work.tx, id);
  if (!before) return gone;
  if (!(await isKeeper(work, setup.rules, person.id))) return notTheirs(tap.talk);
  const now = await acted(tap, act, id);
  if (!now) return gone;
  return {
    card: await drawWriteOff(work.tx, now, person.id, setup.rules),
    subject: { name: `off:${id}`, version: now.version },
    toast: now.version === before.version ? ALREADY : done(TOLD[now.state]),
  };
}

async function acted(
  { talk: { work, setup, person }, incoming }: Tap,
  act: string,
  id: number,
): Promise<WriteOff | undefined> {
  switch (act) {
    case 'off-confirm': {
      const why = clean(answerText('why', incoming.answers) ?? '', LONGEST_WHY);
      return confirmWriteOff(work, setup, person.id, id, why);
    }
    case 'off-agree':
    case 'off-refuse':
      return agreeToWriteOff(work, setup, person.id, id, act === 'off-agree');
    case 'off-drop':
      return dropWriteOff(work, person.id, id);
    default:
      return undefined;
  }
}
