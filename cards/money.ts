/** 「¥1,234.50」 of an amount in fen; whole yuan without decimals. */
export const yuanText = (fen: number): string => {
  const yuan = (fen / 100).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return `¥${yuan.replace(/\.00$/, '')}`;
};
