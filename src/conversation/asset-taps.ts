/** Taps on the cards of an asset check. What a button is about stands in `l`: `assets:3`, the asset in `f`. */
import { type Words, words } from '../../cards/words.ts';
import { isKeeper } from '../supplies/office.ts';
import {
  answerCheck,
  askAgain,
  type AssetCheck,
  beginCheck,
  readCheck,
} from '../supplies/holders.ts';
import { drawCheck, drawChecks } from '../supplies/held-view.ts';
import { ALREADY, done, gone, notTheirs } from './stock-answers.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';

const ABOUT = /^assets:(new|[1-9]\d{0,14})$/;

/** A tap on one of their cards; undefined when it is none of theirs. */
export async function tapAssets(tap: Tap, wanted: TapWish): Promise<Tapped | undefined> {
  const about = ABOUT.exec(wanted.l ?? '')?.[1];
  if (about === undefined) return undefined;
  const { work, setup, person } = tap.talk;
  const check = about === 'new' ? undefined : await readCheck(work.tx, Number(about));
  if (wanted.a === 'asset-begin' || wanted.a === 'asset-again') {
    if (!(await isKeeper(work, setup.rules, person.id))) return notTheirs(tap.talk);
    return wanted.a === 'asset-begin' ? begun(tap) : again(tap, check);
  }
  return check ? said(tap, wanted, check) : gone;
}

async function begun({ talk: { work, setup, person } }: Tap): Promise<Tapped> {
  const check = await readCheck(work.tx, await beginCheck(work, setup, person.id));
  if (!check) return gone;
  return { card: await drawChecks(work.tx, check), toast: done(words('已发出', 'Sent')) };
}

async function again(
  { talk: { work, setup, person } }: Tap,
  check: AssetCheck | undefined,
): Promise<Tapped> {
  const asked = check && (await askAgain(work, setup, person.id, check.id));
  if (!check || asked === undefined) return gone;
  return {
    card: await drawChecks(work.tx, check),
    toast: done(words(`已再问 ${asked} 位`, `${asked} were asked again`)),
  };
}

const TOLD: { readonly [a: string]: { readonly answer: 'here' | 'gone'; readonly text: Words } } = {
  'asset-all': { answer: 'here', text: words('都记为在用', 'Noted: you have them') },
  'asset-here': { answer: 'here', text: words('已记为在用', 'Noted: you have it') },
  'asset-gone': {
    answer: 'gone',
    text: words('已记为不在您这，行政会跟进', 'Noted; the office will follow it up'),
  },
};

async function said(
  { talk: { work, setup, person } }: Tap,
  { a, f }: TapWish,
  check: AssetCheck,
): Promise<Tapped> {
  const told = TOLD[a];
  const asset = a === 'asset-all' ? 'rest' : f;
  if (!told || asset === undefined) return gone;
  const { answer } = told;
  const now = await answerCheck(work, setup, person.id, { check: check.id, asset, answer });
  const card = now && (await drawCheck(work.tx, now, person.id));
  if (!now || !card) return gone;
  return { card, toast: check.ended_at === null ? done(told.text) : ALREADY };
}
