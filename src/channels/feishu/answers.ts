/** What a person filled into a card's form → our answers (platform notes §3.3 and §5.5). */
import type { Answers } from '../../../cards/card.ts';
import { clean } from '../../../cards/clean.ts';
import type { JsonObject } from './json.ts';

/** Inputs of one form that are read, choices of one input, and the longest text, in graphemes. */
const MOST_INPUTS = 60;
const MOST_CHOICES = 200;
const LONGEST_TEXT = 2_000;

/** A picker's value: day, time, or both, with the offset of the person's device behind it. */
const PICKED = /^(?:(\d{4}-\d\d-\d\d) )?(?:(\d\d:\d\d) )?([+-])(\d\d):?(\d\d)$/;

/** The separator between a form's name and an input's, where the input's name alone is not unique in the card. */
export const NAME_SEPARATOR = '-';

/** How pickers are read: the office's zone, and what each moment input showed when the card was drawn. */
export type PickerContext = { readonly zone: string; readonly shown: JsonObject };

/**
 * Reads `form_value`. Empty inputs are left out. A moment comes in the wall time of the person's device: one that was changed
 * is converted to the office's zone, one that was left as it was drawn stays what it was.
 */
export function answersOf(form: JsonObject, context: PickerContext): Answers {
  const read = Object.entries(form)
    .slice(0, MOST_INPUTS)
    .flatMap(([name, value]) => {
      const answer = answerOf(name, value, context);
      return answer === undefined ? [] : [[inputName(name), answer] as const];
    });
  return Object.fromEntries(read);
}

const inputName = (name: string): string => clean(name.split(NAME_SEPARATOR).at(-1) ?? name, 64);

function answerOf(
  name: string,
  value: unknown,
  context: PickerContext,
): Answers[string] | undefined {
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return choices(value as readonly unknown[]);
  if (typeof value !== 'string') return undefined;
  const text = clean(value, LONGEST_TEXT, 'many').trim();
  if (text === '') return undefined;
  return picked(text, context.shown[name], context.zone) ?? text;
}

function choices(values: readonly unknown[]): readonly string[] | undefined {
  const texts = values.filter((one) => typeof one === 'string').slice(0, MOST_CHOICES);
  return texts.length > 0 ? texts.map((text) => clean(text, LONGEST_TEXT)) : undefined;
}

/** The answer of a picker; `undefined` when the text is none. */
function picked(text: string, shown: unknown, zone: string): string | undefined {
  const [, day, time, sign, hours, minutes] = PICKED.exec(text) ?? [];
  if (sign === undefined) return undefined;
  if (day === undefined || time === undefined) return day ?? time;
  const wall = `${day}T${time}`;
  return shown === wall ? wall : (inZone(`${wall}${sign}${hours}:${minutes}`, zone) ?? wall);
}

/** A moment with its offset as wall time in the office's zone; `undefined` for a day or hour that does not exist. */
function inZone(moment: string, zone: string): string | undefined {
  try {
    const local = Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDateTime();
    return local.toString({ smallestUnit: 'minute' });
  } catch {
    // No client sends such a thing; the office's own check of the answer refuses it in words.
    return undefined;
  }
}
