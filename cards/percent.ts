/** So many of so many. */
export type Share = { readonly of: number; readonly counted: number };

/** In percent to one decimal, cut and not rounded: 89.96 % is not yet the goal of 90 %. Undefined when nothing was counted. */
export const percentOf = ({ of, counted }: Share): number | undefined =>
  counted === 0 ? undefined : Math.floor((of * 1_000) / counted) / 10;

/** 「97%」, or a dash when nothing was counted. */
export function percentText(share: Share): string {
  const percent = percentOf(share);
  return percent === undefined ? '—' : `${percent}%`;
}
