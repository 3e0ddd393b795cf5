import { type Words, words } from '../../cards/words.ts';
import { actOnLoan, type Loan, type LoanAct, readLoan } from '../supplies/loans.ts';
import { drawLoan } from '../supplies/loan-view.ts';
import { ALREADY, done, gone, notTheirs } from './stock-answers.ts';
import type { Tap, Tapped } from './tap.ts';

const ACTS: { readonly [act: string]: LoanAct } = {
  'loan-ask': 'ask',
  'loan-drop': 'drop',
  'loan-hand': 'hand',
  'loan-back': 'back',
  'loan-got': 'got',
  'loan-missing': 'missing',
};

const TOLD: { readonly [state in Loan['state']]: Words } = {
  draft: words('还没有借', 'Not asked for yet'),
  asked: words('已告诉行政，请去领取', 'The office is told; please pick it up'),
  out: words('已借出', 'Lent'),
  returning: words('已告诉行政，等确认收到', 'The office is told and will confirm'),
  returned: words('已收回', 'It is back'),
  dropped: words('好的，不借了', 'All right, dropped'),
};

/** A tap on a loan: by its borrower, or who keeps the store room. */
export async function onLoan({ talk }: Tap, a: string, id: number): Promise<Tapped> {
  const { work, setup, person } = talk;
  const before = await readLoan(work.tx, id);
  const act = ACTS[a];
  if (!before || !act) return gone;
  if (!(await drawLoan(work.tx, before, person.id, setup.rules, talk))) return notTheirs(talk);
  const now = await actOnLoan(work, setup, person.id, id, act);
  const card = now && (await drawLoan(work.tx, now, person.id, setup.rules, talk));
  if (!now || !card) return gone;
  return {
    card,
    subject: { name: `loan:${id}`, version: now.version },
    toast: now.version === before.version ? ALREADY : done(TOLD[now.state]),
  };
}
