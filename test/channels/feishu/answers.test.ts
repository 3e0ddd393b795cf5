import { describe, expect, it } from 'vitest';
import { answersOf } from '../../../src/channels/feishu/answers.ts';

const read = (form: { readonly [name: string]: unknown }, shown = {}) =>
  answersOf(form, { zone: 'Asia/Shanghai', shown });

describe('what was filled into a form', () => {
  it('comes by name: texts, choices, yes or no', () => {
    expect(read({ note: '投影\n白板', who: ['ou_a', 'ou_b'], agree: false })).toEqual({
      note: '投影\n白板',
      who: ['ou_a', 'ou_b'],
      agree: false,
    });
  });

  it('leaves out what was left empty', () => {
    expect(read({ note: '', who: [], room: '  ' })).toEqual({});
  });

  it('reads days and hours as they were picked', () => {
    expect(read({ day: '2026-01-05 +0800', at: '09:30 +0800' })).toEqual({
      day: '2026-01-05',
      at: '09:30',
    });
  });

  it("reads a moment picked in another zone as the office's time", () => {
    const form = { here: '2026-01-05 09:30 +0800', tokyo: '2026-01-05 00:30 +0900' };
    expect(read(form)).toEqual({ here: '2026-01-05T09:30', tokyo: '2026-01-04T23:30' });
  });

  it('keeps a moment that was left as the card showed it, wherever its reader is', () => {
    const form = { start: '2026-01-05 09:30 +0900', end: '2026-01-05 10:30 +0900' };
    expect(read(form, { start: '2026-01-05T09:30', end: '2026-01-05T11:30' })).toEqual({
      start: '2026-01-05T09:30',
      end: '2026-01-05T09:30',
    });
  });

  it('finds the input again whose name had to be made unique', () => {
    expect(read({ 'work-comment': '好' })).toEqual({ comment: '好' });
  });

  it('drops what no form gives, and signs that nobody sees', () => {
    expect(read({ a: { nested: 1 }, b: 7, c: null, d: 'x\u0000\u202ey', e: [1, 'z'] })).toEqual({
      d: 'xy',
      e: ['z'],
    });
  });

  it('is an object without surprises whatever the names are', () => {
    const got = read(
      JSON.parse('{"__proto__":"x","constructor":"y"}') as { [name: string]: unknown },
    );
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
  });
});
