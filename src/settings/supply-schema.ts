import { z } from 'zod';
import { amount, keys, percentage, span, wallSpan, wholeNumber, wrong } from './file-values.ts';
import { type SupplyRules, usualSupplies as usual } from './supply-rules.ts';

/** `supplies: { quotes: 3, quotas: { 研发部: { A4纸: 20 } } }` */
export const supplies = () =>
  keys({
    leadTime: wallSpan().default(usual.leadTime),
    cover: wallSpan().default(usual.cover),
    quotes: wholeNumber(1, 10).default(usual.quotes),
    bargainAbove: percentage().default(usual.bargainAbove),
    shelve: span().default(usual.shelve),
    quotas: z
      .record(
        z.string(),
        z.record(z.string(), amount(), { error: wrong('一组物品和数量，如 { A4纸: 20 }') }),
        { error: wrong('一组部门和配额，如 { 研发部: { A4纸: 20 } }') },
      )
      .default({}),
    outlier: wholeNumber(2, 100).default(usual.outlier),
  }).default(usual) satisfies z.ZodType<SupplyRules>;
