/** What is said about rooms booked again and again: 「每周一上午10点到11点到年底订10人会议室」, and until when, asked for by its draft. */
import type { Lexicon } from '../language/lexicon.ts';
import { understand } from '../language/understand.ts';
import type { RequestKind, StoredForm } from '../requests/kind.ts';
import { kindNamed } from '../requests/index.ts';
import { clocksOf, periodOn, ruleOf, seriesField, seriesFrom } from '../requests/room/series.ts';
import { boundIn, type HeardSeries, isOnlyBound, seriesIn } from '../requests/room/series-heard.ts';
import type { Period } from '../requests/spoken-times.ts';
import { printRule } from '../time/series.ts';
import { type Draft, openDrafts, reviseDraft, saidIn, startDraft } from './drafts.ts';
import type { Led } from './last-said.ts';
import { SURE } from './sure.ts';
import { answer, type Talk } from './talk.ts';

/** When nobody says the hour, as for a single meeting; marked as a guess. */
const USUAL = { from: '10:00', to: '11:00' };

/** The form of a room, with the series that its sentence asks for. Other kinds are left as they are. */
export function withSeries(
  talk: Talk,
  kind: RequestKind,
  form: StoredForm,
  said: string,
): StoredForm {
  const heard = kind.name === 'room' ? seriesIn(said, talk.now) : undefined;
  return heard ? { ...form, ...repeated(talk, heard) } : form;
}

function repeated(
  { now }: Talk,
  heard: HeardSeries,
): { readonly when: Period; readonly series: ReturnType<typeof seriesFrom> } {
  const series = seriesFrom(heard, now);
  const from = heard.from ?? USUAL.from;
  const to = heard.to ?? (heard.from === undefined ? USUAL.to : anHourLater(from));
  const period = periodOn(series.start, { from, to }, now.timeZoneId);
  const guessed = heard.from === undefined || heard.to === undefined ? { guessed: true } : {};
  return {
    series,
    when: { from: period.from.toString(), to: period.to.toString(), ...guessed },
  };
}

const anHourLater = (clock: string): string =>
  Temporal.PlainTime.from(clock).add({ hours: 1 }).toString({ smallestUnit: 'minute' });

/** Does what a sentence says about a series as such; undefined for any other sentence. */
export async function seriesByWord(
  talk: Talk,
  text: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  const heard = seriesIn(text, talk.now);
  if (!heard && !isOnlyBound(text)) return undefined;
  const draft = (await openDrafts(talk)).find((each) => each.kind === 'room');
  if (!heard) return draft && boundOf(talk, draft, text);
  if (isElse(talk, text, lexicon)) return undefined;
  if (draft && draft.changes_request_id === null) return amended(talk, draft, heard);
  // Hours, or until when, tell a booking from small talk about every day.
  if (heard.from === undefined || (heard.until === undefined && heard.count === undefined))
    return undefined;
  const kind = kindNamed('room');
  const fresh = await startDraft(talk, kind, withSeries(talk, kind, {}, text), { said: text });
  await answer(talk, { view: 'draft', draft: fresh.id });
  return { as: kind.heardAs.intent, draft: fresh.id };
}

/** A sentence that is surely read as something of its own, a new room too. */
const isElse = (talk: Talk, text: string, lexicon: Lexicon): boolean =>
  understand(text, lexicon, talk.now).some(({ readings: [best] }) =>
    best ? best.intent !== 'other' && best.intent !== 'modify' && best.confidence >= SURE : false,
  );

/** 每两周, said while the draft is open: that is its rule now. */
async function amended(talk: Talk, draft: Draft, heard: HeardSeries): Promise<Led> {
  const before = saidIn(draft);
  const old = seriesField.schema.safeParse(before['series']);
  const rule = old.success ? ruleOf(old.data) : undefined;
  const bound =
    heard.until === undefined && heard.count === undefined && rule
      ? { until: rule.until, count: rule.count }
      : {};
  const whole: HeardSeries = { ...heard, ...hoursOf(talk, before, heard), ...defined(bound) };
  return revised(talk, draft, { ...before, ...repeated(talk, whole) });
}

/** The hours of the draft stay where the sentence names none. */
function hoursOf(
  { now }: Talk,
  form: StoredForm,
  heard: HeardSeries,
): { readonly from?: string; readonly to?: string } {
  const when = kindNamed('room').fields['when']?.schema.safeParse(form['when']);
  if (heard.from !== undefined || !when?.success || !isPeriod(when.data)) return {};
  return clocksOf(when.data, now.timeZoneId);
}

const isPeriod = (value: unknown): value is Period =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

const defined = (bound: {
  readonly until?: string | undefined;
  readonly count?: number | undefined;
}): { readonly until?: string; readonly count?: number } => ({
  ...(bound.until === undefined ? {} : { until: bound.until }),
  ...(bound.count === undefined ? {} : { count: bound.count }),
});

/** 「到年底」, 「共8次」 while the draft of a series is open. */
async function boundOf(talk: Talk, draft: Draft, text: string): Promise<Led | undefined> {
  const before = saidIn(draft);
  const series = seriesField.schema.safeParse(before['series']);
  if (!series.success || series.data.edit) return undefined;
  const bound = boundIn(text, talk.now);
  if (bound.until === undefined && bound.count === undefined) return undefined;
  const rule = { ...ruleOf(series.data), until: undefined, count: undefined, ...bound };
  const next = { rule: printRule(rule), start: series.data.start };
  return revised(talk, draft, { ...before, series: next });
}

async function revised(talk: Talk, draft: Draft, form: StoredForm): Promise<Led> {
  const { draft: now } = await reviseDraft(talk, draft, form);
  await answer(talk, { view: 'draft', draft: now.id });
  return { draft: now.id, before: saidIn(draft) };
}
