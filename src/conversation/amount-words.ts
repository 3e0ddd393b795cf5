/** 「改成2盒」 while a draft for supplies is open: how many, without saying of what. */
import { z } from 'zod';
import { countIn } from '../supplies/said.ts';
import { openDrafts, reviseDraft, saidIn } from './drafts.ts';
import type { Led } from './last-said.ts';
import { answer, say, type Talk } from './talk.ts';

const AMOUNT =
  /^(?:那就|还是|数量)?(?:改成|改为|改到|换成|变成|减到|加到|要)\s*([\d.]{1,8}|[零一二两三四五六七八九十百半]{1,6})\s*([^\d\s]{0,2})吧?$/u;
/** A length of time or a number of people is no count of things. */
const OTHER = /^(?:人|位|名|点|小时|分钟|天|号|日|月|楼|层|元|块)/u;
const items = z.array(z.looseObject({ name: z.string(), quantity: z.number() }));

/** Undefined when no such draft is open, or it is about something else. */
export async function amountByWord(talk: Talk, said: string): Promise<Led | undefined> {
  const [, , unit = ''] = AMOUNT.exec(said) ?? ['', '', '人'];
  const [draft] = OTHER.test(unit) ? [] : await openDrafts(talk);
  const count = draft?.kind === 'supply' ? countIn(said) : undefined;
  if (!draft || !count || count.count <= 0) return undefined;
  const before = saidIn(draft);
  const { data: lines = [] } = items.safeParse(before['items']);
  const [only, another] = lines;
  if (!only) return undefined;
  if (another) {
    await say(
      talk,
      `有 ${lines.length} 种物品，请说改哪一种，例如「${only.name}改成${count.count}${count.unit}」`,
      `There are ${lines.length} items; please say which one`,
    );
    return { draft: draft.id };
  }
  const changed = { ...only, quantity: count.count, ...(unit === '' ? {} : { unit }) };
  const { draft: now } = await reviseDraft(talk, draft, { ...before, items: [changed] });
  await answer(talk, { view: 'draft', draft: now.id });
  return { draft: now.id, before };
}
