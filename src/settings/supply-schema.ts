import { z } from 'zod';
import { leaders } from './approval-schema.ts';
import {
  amount,
  keys,
  named,
  oneOf,
  percentage,
  span,
  wallSpan,
  wholeNumber,
  wrong,
} from './file-values.ts';
import { type SupplyRules, usualSupplies as usual } from './supply-rules.ts';

/** `supplies: { quotes: 3, quotas: { 研发部: { A4纸: 20 } } }` */
export const supplies = (roles: readonly string[]) =>
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
    budget: keys({
      hold: oneOf(['hard', 'soft']).default(usual.budget.hold),
      per: oneOf(['month', 'quarter']).default(usual.budget.per),
      beyond: named([...new Set([...leaders, ...roles])]).default(usual.budget.beyond),
    }).default(usual.budget),
    tradeIn: keys({
      within: wallSpan().default(usual.tradeIn.within),
      due: wholeNumber(1, 1_000).default(usual.tradeIn.due),
      perItem: z
        .record(z.string(), due(), { error: wrong('一组物品，如 键盘: { within: 365d }') })
        .default({}),
    }).default(usual.tradeIn),
    writeOffAlone: amount().default(usual.writeOffAlone),
  }).default(usual) satisfies z.ZodType<SupplyRules>;

const due = () =>
  keys({
    within: wallSpan().optional(),
    due: wholeNumber(1, 1_000).optional(),
  }).transform(({ within, due: units }) => ({
    ...(within === undefined ? {} : { within }),
    ...(units === undefined ? {} : { due: units }),
  }));
