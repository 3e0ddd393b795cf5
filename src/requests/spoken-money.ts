/** 「553.5 CNY」, as an amount of money is understood, in yuan. */
export function yuanSaid(said: unknown): number | undefined {
  const yuan = typeof said === 'string' ? /^(\d+(?:\.\d+)?) CNY$/.exec(said)?.[1] : undefined;
  return yuan === undefined ? undefined : Number(yuan);
}
