/** Sentences read again because somebody tapped what they meant, and what is learned from that. */
import { inLanguage } from '../../cards/words.ts';
import { readRequest } from '../filing/store.ts';
import { readAs, understand } from '../language/understand.ts';
import { kindNamed } from '../requests/index.ts';
import type { RequestKind, StoredForm } from '../requests/kind.ts';
import { isChangeable } from './own-requests.ts';
import { NOT_SERVED } from './commands.ts';
import { startChange } from './changing.ts';
import { drawDraft } from './draft-view.ts';
import { askingFor, type Draft, readDraft, saidIn } from './drafts.ts';
import { lastSaid, recall, remember } from './last-said.ts';
import { keepMisreading } from './misreadings.ts';
import type { Names } from './names.ts';
import { NOT_FOUND } from './outcomes.ts';
import { carryOutAs } from './piece.ts';
import { readingText } from './next-reading.ts';
import type { Talk } from './talk.ts';
import type { Tapped } from './tap.ts';

/** A guess was tapped: the sentence is read as that, and the misreading kept. */
export async function hearAs(
  talk: Talk,
  names: Names,
  said: string,
  intent: string,
): Promise<void> {
  const lexicon = await names.lexicon(talk.work.tx);
  const led = await carryOutAs(talk, lexicon, said, intent);
  if (led.as === undefined) return;
  const last = await recall(talk);
  const tried = last?.said === said ? last.tried : [];
  await remember(talk, { ...lastSaid(said, led), tried: [...tried, intent] });
  await keepMisreading(talk.work, {
    text: said,
    reading: readingText(understand(said, lexicon, talk.now)[0]?.readings ?? [], tried.at(-1)),
    correction: intent,
  });
}

/** Given to the office because we did not understand it. What we understood and do not do yet is no misreading. */
export async function noteNotUnderstood(talk: Talk, names: Names, said: string): Promise<void> {
  const readings = understand(said, await names.lexicon(talk.work.tx), talk.now)[0]?.readings ?? [];
  const [best] = readings;
  if (best && best.intent in NOT_SERVED) return;
  await keepMisreading(talk.work, {
    text: said,
    reading: readingText(readings, best?.intent),
    correction: '转给行政',
  });
}

/** 「是哪一张？」 for a change: its draft takes the place of the question. */
export async function tapChange(
  talk: Talk,
  names: Names,
  id: number,
  said: string,
): Promise<Tapped> {
  const request = await readRequest(talk.work.tx, id);
  if (!request || request.requester_id !== talk.person.id || !isChangeable(request, talk)) {
    return { toast: { look: 'error', text: NOT_FOUND } };
  }
  const lexicon = await names.lexicon(talk.work.tx);
  const reading = readAs(said, lexicon, talk.now, 'modify');
  const draft = await startChange(talk, request, reading.slots, said);
  await remember(talk, lastSaid(said, { as: 'modify', draft: draft.id }));
  return {
    card: await drawDraft(draft, askingFor(talk, request.id)),
    subject: { name: `draft:${draft.id}`, version: draft.version },
  };
}

/** A field that the sentence had filled and the person filled differently: one misreading a field. */
export async function noteEdited(talk: Talk, before: Draft): Promise<void> {
  const after = before.said === null ? undefined : await readDraft(talk.work.tx, before.id);
  if (!after || before.said === null) return;
  const kind = kindNamed(before.kind);
  const understood = saidIn(before);
  for (const field of Object.keys(kind.fields)) {
    const [old, now] = [understood[field], after.form[field]];
    if (old === undefined || now === undefined || isGuess(old)) continue;
    const [reading, correction] = [
      shown(kind, field, understood, talk),
      shown(kind, field, after.form, talk),
    ];
    if (reading === correction) continue;
    await keepMisreading(talk.work, {
      text: before.said,
      reading: `${kind.heardAs.intent} ${field}=${reading}`,
      correction,
    });
  }
}

/** What we had partly guessed (an hour nobody named) was not read out of the sentence. */
const isGuess = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'guessed' in value && value.guessed === true;

function shown(kind: RequestKind, field: string, form: StoredForm, talk: Talk): string {
  const declared = kind.fields[field];
  const parsed = declared?.schema.safeParse(form[field]);
  return declared && parsed?.success
    ? inLanguage(declared.shows(parsed.data, [], talk), 'zh')
    : JSON.stringify(form[field]);
}
