import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/language/fold.ts';

/** Any UTF-16 units, halves of pairs too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((units) => String.fromCharCode(...units));

describe('folding', () => {
  it('turns traditional characters into simplified ones', () => {
    expect(fold('請預訂後天週會的會議室，兩個鐘頭')).toBe('请预订后天周会的会议室,两个钟头');
  });

  it('turns full width into half width and leaves letter case alone', () => {
    expect(fold('１２：３０　Ａ４纸～ＯＫ')).toBe('12:30 A4纸~OK');
  });

  it('leaves what would change its length', () => {
    expect(fold('㈠½…℃')).toBe('㈠½…℃');
  });

  it('keeps every offset: the folded text is as long as the text', () => {
    fc.assert(fc.property(anyText, (text) => fold(text).length === text.length));
  });

  it('has nothing left to do the second time', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[訂會議室週禮拜點鐘A-Ｚ０-９：，。a-z]{0,30}$/u), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});
