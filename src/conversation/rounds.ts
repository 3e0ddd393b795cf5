/** Recurring work in the chat: what is said about it, what is tapped on its cards, how it is drawn. */
import { z } from 'zod';
import type { Button, Card } from '../../cards/card.ts';
import { movedCard } from '../../cards/request.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Drawn } from '../delivery/delivery.ts';
import type { Person } from '../directory/people.ts';
import type { Hearing } from '../requests/fields.ts';
import { type Acted, claimRound, completeRound, rectify } from '../rounds/act.ts';
import { readRectification, readRound, type Rectification, type Round } from '../rounds/store.ts';
import { titleOf } from '../rounds/texts.ts';
import { countWaiting, drawRectification, drawRound, drawToday, drawYear } from '../rounds/view.ts';
import type { Rules } from '../settings/rules.ts';
import type { Led } from './last-said.ts';
import { answer, type Talk } from './talk.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';
import { undoShown } from './undo.ts';

/** Their cards, as they stand in a delivery. `open`: only while it is still to be done. */
export const roundViews = [
  z.object({ view: z.literal('round'), id: z.number(), open: z.boolean().optional() }),
  z.object({ view: z.literal('rectification'), id: z.number(), open: z.boolean().optional() }),
  z.object({ view: z.literal('rounds-today') }),
  z.object({ view: z.literal('rounds-year') }),
] as const;
export type RoundView = z.infer<(typeof roundViews)[number]>;

/** Whether a view is one of them. */
export const isRoundView = (view: { readonly view: string }): view is RoundView =>
  ['round', 'rectification', 'rounds-today', 'rounds-year'].includes(view.view);

/** Draws one of them for a person. Null when there is nothing to show any more: a reminder for what is over is never sent. */
export async function drawRoundView(
  tx: Tx,
  view: RoundView,
  reader: Person,
  rules: Rules,
  at: Hearing,
): Promise<Drawn | null> {
  const { language } = reader;
  switch (view.view) {
    case 'rounds-today':
      return { send: { card: await drawToday(tx, reader, rules, at, { first: 0 }) }, language };
    case 'rounds-year':
      return { send: { card: drawYear(rules, at, undefined) }, language };
    case 'round': {
      const row = await readRound(tx, view.id);
      if (!row || (view.open && row.state !== 'open')) return null;
      const card = await drawRound(tx, row, reader.id, rules, at);
      return card
        ? { send: { card }, subject: `round:${row.id}`, version: row.version, language }
        : null;
    }
    case 'rectification': {
      const row = await readRectification(tx, view.id);
      if (!row || (view.open && row.state !== 'open')) return null;
      const card = await drawRectification(tx, row, reader.id, rules, at);
      const subject = `rectification:${row.id}`;
      return card ? { send: { card }, subject, version: row.version, language } : null;
    }
    default:
      return view satisfies never;
  }
}

/** The old card of what is now shown further down. */
export async function drawMovedRound(
  tx: Tx,
  sort: 'round' | 'rectification',
  id: number,
): Promise<Card | undefined> {
  const found = sort === 'rectification' ? await readRectification(tx, id) : undefined;
  const round = await readRound(tx, found?.round_id ?? id);
  if (!round) return undefined;
  const title = titleOf(round.name);
  return movedCard(found ? words(`整改（${title.zh}）`, `To put right (${title.en})`) : title);
}

const TODAY =
  /^(?:请问|查一下|看一下|看看|查看)?(?:我)?(?:今天|今日|当天|现在)?(?:还)?(?:有)?(?:哪些|什么|啥)?(?:要做的)?(?:巡检|巡檢|例行工作|例行检查|例行任务|检查任务|整改(?:项|清单)?)(?:任务|工作)?(?:没做|要做|没完成|有哪些|是什么)?(?:吗|呢)?[?？。!！]?$/u;
const YEAR =
  /^(?:请问|查一下|看一下|看看|查看|打开)?(?:行政日历|行政日曆|行政年历|年度计划|年度計劃|年度工作计划|行政工作计划|年度日程|例行工作日历|office calendar|year plan)(?:是什么|有哪些)?[?？。!！]?$/iu;
const TODAY_EN = /^(?:what|which) (?:rounds|inspections|recurring work)\b.*\b(?:today|now)\b.*$/iu;

/** 「今天有哪些巡检」, 「行政日历」: answered at once; nothing is changed by saying so. */
export async function roundsByWord(talk: Talk, text: string): Promise<Led | undefined> {
  const said = text.trim();
  const view = YEAR.test(said)
    ? 'rounds-year'
    : TODAY.test(said) || TODAY_EN.test(said)
      ? 'rounds-today'
      : undefined;
  if (!view) return undefined;
  await answer(talk, { view });
  return {};
}

/** 我的待办 tells of recurring work too, which has lists and cards of its own: one line with the way there. */
export async function withRounds(
  card: Card,
  { tx, person, rules, now }: { tx: Tx; person: number; rules: Rules; now: Temporal.Instant },
): Promise<Card> {
  const count = await countWaiting(tx, person, rules, now);
  if (count === 0) return card;
  const label = words(`例行工作和整改 ${count} 项`, `Recurring work: ${count}`);
  const open: Button = { label, look: 'plain', value: { v: 1, a: 'rounds-today', f: 0 } };
  return { ...card, blocks: [...card.blocks, { block: 'buttons', buttons: [open] }] };
}

/** What a button of theirs is about: `round:12`, `rectification:5`. */
export const roundSubject = ({ l }: TapWish): string | undefined =>
  /^(?:round|rectification):[1-9]\d{0,14}$/.test(l ?? '') ? l : undefined;

/** A tap on one of their cards or lists; undefined when it is none of theirs. */
export async function tapRound(tap: Tap, wanted: TapWish): Promise<Tapped | undefined> {
  const { talk } = tap;
  const { rules } = talk.setup;
  if (wanted.a === 'rounds-year') return { card: drawYear(rules, talk, placeOf(wanted.f)) };
  if (wanted.a === 'rounds-today') {
    const page = { first: wanted.f ?? 0, seen: wanted.n };
    return { card: await drawToday(talk.work.tx, talk.person, rules, talk, page) };
  }
  const subject = roundSubject(wanted);
  if (!subject) return undefined;
  const [sort, number] = subject.split(':');
  const about = { id: Number(number), version: wanted.n };
  return sort === 'round' ? onRound(tap, wanted.a, about) : onRectification(tap, wanted.a, about);
}

type About = { readonly id: number; readonly version: number | undefined };

/** A month that a button may name: within some years of now; else this month. */
const placeOf = (place: number | undefined): number | undefined =>
  place !== undefined && place >= 12 * 2000 && place < 12 * 2200 ? place : undefined;

async function onRound(tap: Tap, act: string, about: About): Promise<Tapped | undefined> {
  const { talk, incoming } = tap;
  const { work, setup, person } = talk;
  const draw = (row: Round, remark?: Words): Promise<Card | undefined> =>
    drawRound(work.tx, row, person.id, setup.rules, talk, {
      answers: incoming.answers,
      ...(remark ? { remark } : {}),
    });
  switch (act) {
    case 'round-show':
      return shown('round', await readRound(work.tx, about.id), draw);
    case 'round-claim':
      return acted('round', await claimRound(work, setup, person.id, about), draw);
    case 'round-done': {
      const outcome = await completeRound(work, setup, person.id, about, incoming.answers);
      return acted('round', outcome, draw);
    }
    case 'round-undo': {
      const { toast } = await undoShown(talk, `round:${about.id}`, about.version);
      const row = await readRound(work.tx, about.id);
      return { ...(await shown('round', row, (each) => draw(each))), toast };
    }
    default:
      return undefined;
  }
}

async function onRectification(tap: Tap, act: string, about: About): Promise<Tapped | undefined> {
  const { talk, incoming } = tap;
  const { work, setup, person } = talk;
  const draw = (row: Rectification, remark?: Words): Promise<Card | undefined> =>
    drawRectification(work.tx, row, person.id, setup.rules, talk, {
      answers: incoming.answers,
      ...(remark ? { remark } : {}),
    });
  switch (act) {
    case 'round-show':
      return shown('rectification', await readRectification(work.tx, about.id), draw);
    case 'rectified': {
      const outcome = await rectify(work, setup, person.id, about, incoming.answers);
      return acted('rectification', outcome, draw);
    }
    default:
      return undefined;
  }
}

const NOT_YOURS: Tapped = {
  toast: {
    look: 'error',
    text: words(
      '这项工作不在您的职责里，没有记下',
      'This work is not among your duties; nothing was noted',
    ),
  },
};

type Draw<T> = (row: T, remark?: Words) => Promise<Card | undefined>;
type Row = { readonly id: number; readonly version: number };

async function shown<T extends Row>(
  sort: string,
  row: T | undefined,
  draw: Draw<T>,
): Promise<Tapped> {
  const card = row && (await draw(row));
  if (!row || !card) return NOT_YOURS;
  return { card, subject: { name: `${sort}:${row.id}`, version: row.version } };
}

async function acted<T extends Row>(
  sort: string,
  outcome: Acted<T>,
  draw: Draw<T>,
): Promise<Tapped> {
  if (!outcome) return NOT_YOURS;
  const { row, done, text } = outcome;
  const tapped = await shown(sort, row, (each) => draw(each, done ? undefined : text));
  return { ...tapped, toast: { look: done ? 'success' : 'warning', text } };
}
