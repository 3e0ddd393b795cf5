/** 「¥1,234.50」 of an amount in fen; whole yuan without decimals. */
export function yuanText(fen: number): string {
  const whole = Math.round(Math.abs(fen));
  const yuan = Math.trunc(whole / 100).toLocaleString('en-US');
  const rest = whole % 100;
  const cents = rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`;
  return `${fen < 0 ? '-' : ''}¥${yuan}${cents}`;
}

/** What one of several costs, to four decimals of a yuan at most: `¥22`, `¥0.125`. */
export const eachText = (fen: number, quantity: number): string =>
  quantity === 0 ? '—' : `¥${Math.round((fen * 100) / quantity) / 10_000}`;

/** Fen as a person would type it: `1100`, `2.5`. */
export const yuanOf = (fen: number): string => String(fen / 100);
