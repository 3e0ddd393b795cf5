import { isArabicAt } from './figures.ts';

/** A stretch of 0–9 with what belongs to it. `value` null: too long to be an amount, or dotted like a version or a date. */
export type Arabic = { readonly value: number | null; readonly to: number };

/** More figures than these are a code, and would not fit a double exactly. */
export const mostFigures = 15;

function figuresTo(text: string, at: number): number {
  let to = at;
  while (isArabicAt(text, to)) to++;
  return to;
}

/** 1,200,000: groups of exactly three figures after one to three. */
function groupsTo(text: string, at: number, to: number): number {
  if (to - at > 3) return to;
  let end = to;
  while (text.charAt(end) === ',' && figuresTo(text, end + 1) === end + 4) end += 4;
  return end;
}

function fractionTo(text: string, at: number): number {
  return text.charAt(at) === '.' && isArabicAt(text, at + 1) ? figuresTo(text, at + 1) : at;
}

/** A whole number in Arabic figures, thousands separated or not; null when there is no figure at `at`. */
export function wholeAt(text: string, at: number): Arabic | null {
  if (!isArabicAt(text, at)) return null;
  const plain = figuresTo(text, at);
  const to = groupsTo(text, at, plain);
  const written = to === plain ? text.slice(at, plain) : text.slice(at, to).replaceAll(',', '');
  return { value: plain - at > mostFigures ? null : Number(written), to };
}

/** A number in Arabic figures with decimals (2.5, .5, 10,000.233); null when none begins at `at`. */
export function arabicAt(text: string, at: number): Arabic | null {
  const whole = wholeAt(text, at);
  const from = whole === null ? at : whole.to;
  const to = fractionTo(text, from);
  if (to === from) return whole;
  const more = fractionTo(text, to);
  if (more > to || whole?.value === null || to - at > mostFigures + 6)
    return { value: null, to: more };
  return { value: (whole?.value ?? 0) + Number(text.slice(from, to)), to };
}
