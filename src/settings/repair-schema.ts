/** The `repairs` of office.yaml: what is left out keeps its default, key by key, also within a category. */
import { z } from 'zod';
import { words } from '../../cards/words.ts';
import { name } from './approval-schema.ts';
import {
  amount,
  clock,
  keys,
  list,
  named,
  oneOf,
  span,
  wallSpan,
  wholeNumber,
  wrong,
} from './file-values.ts';
import { defaultRepairs, type RepairCategory, type RepairRules } from './repair-rules.ts';

/** The schema; roles are those of the same file. */
export function repairs(roles: readonly string[]) {
  const usual = defaultRepairs;
  return keys({
    categories: categories(roles).default(usual.categories),
    accept: span().default(usual.accept),
    photoAfter: z.boolean({ error: wrong('true 或 false') }).default(usual.photoAfter),
    major: keys({
      heard: list(name()).default(usual.major.heard),
      categories: list(name()).default(usual.major.categories),
      yuan: amount().default(usual.major.yuan),
      askAt: clock().default(usual.major.askAt),
      tellAt: clock().default(usual.major.tellAt),
    }).default(usual.major),
    lowRating: keys({
      stars: wholeNumber(0, 4).default(usual.lowRating.stars),
      within: span().default(usual.lowRating.within),
    }).default(usual.lowRating),
    repeated: keys({
      times: wholeNumber(2, 100).default(usual.repeated.times),
      days: wholeNumber(1, 730).default(usual.repeated.days),
    }).default(usual.repeated),
    vendorLink: wallSpan().default(usual.vendorLink),
  }).superRefine(onlyKnownCategories);
}

/** What makes a fault a major one by its category has to name one that there is. */
function onlyKnownCategories(given: RepairRules, ctx: z.RefinementCtx): void {
  for (const [place, category] of given.major.categories.entries()) {
    if (Object.hasOwn(given.categories, category)) continue;
    const message = `没有 “${category}” 这个分类；可用：${Object.keys(given.categories).join('、')}`;
    ctx.addIssue({ code: 'custom', message, path: ['major', 'categories', place] });
  }
}

/** `it: { role: it, respond: 1h }` changes what differs; `it: off` takes it away; a new name makes a new one. */
const categories = (roles: readonly string[]) =>
  z
    .record(z.string(), offOr(category(roles)), {
      error: wrong('一组报修分类，如 it: { role: it, respond: 4h }'),
    })
    .transform((given): RepairRules['categories'] => {
      const merged = new Map<string, RepairCategory>(Object.entries(defaultRepairs.categories));
      for (const [called, changes] of Object.entries(given)) {
        if (changes === null) merged.delete(called);
        else merged.set(called, completed(called, changes, merged.get(called)));
      }
      return Object.fromEntries(merged);
    })
    .refine((given) => Object.keys(given).length > 0, { error: '至少要留一个分类' });

const offOr = <T extends z.ZodType>(given: T) =>
  z.preprocess((input) => (input === 'off' ? null : input === null ? '' : input), given.nullable());

const category = (roles: readonly string[]) =>
  keys({
    title: name().optional(),
    titleEn: name().optional(),
    role: named(roles).optional(),
    respond: span().optional(),
    finish: span().optional(),
    priority: oneOf(['urgent', 'normal']).optional(),
    heard: list(name()).optional(),
  });

type Changes = z.infer<ReturnType<typeof category>>;

function completed(
  called: string,
  { title, titleEn, ...changes }: Changes,
  before: RepairCategory | undefined,
): RepairCategory {
  const zh = title ?? before?.title.zh ?? called;
  const en = titleEn ?? (title === undefined ? before?.title.en : undefined) ?? zh;
  const { respond = before?.respond, finish = before?.finish } = changes;
  return {
    title: words(zh, en),
    role: changes.role ?? before?.role ?? 'repair',
    priority: changes.priority ?? before?.priority ?? 'normal',
    heard: changes.heard ?? before?.heard ?? [],
    ...(respond === undefined ? {} : { respond }),
    ...(finish === undefined ? {} : { finish }),
  };
}
