/** The `approvals` of office.yaml: tiers, first fit wins. */
import { z } from 'zod';
import { amount, keys, list, mistakesIn, named } from './file-values.ts';
import type { ApprovalStepRule, Condition, Tier } from './rules.ts';

/** Voices that are not roles: the requester's leader, and the head of the requester's department. */
export const leaders: readonly string[] = ['manager', 'department-head'];

/** The tiers of one kind, from the smallest to the one without a bound. */
export const tiers = (roles: readonly string[]) =>
  list(tier(roles), '至少要有一档，如 { by: [manager] }').superRefine((given, ctx) => {
    for (const { place, says } of unreachable(given)) {
      ctx.addIssue({ code: 'custom', message: says, path: [place], input: given });
    }
  });

const tier = (roles: readonly string[]) =>
  keys({
    upTo: amount().optional(),
    when: condition().optional(),
    by: list(step(roles)),
  }).transform(({ upTo, when, by }): Tier => ({
    ...(upTo === undefined ? {} : { upTo }),
    ...(when === undefined ? {} : { when }),
    by,
  }));

/** `{ department: [市场部] }`, `{ city: [香港, 新加坡] }`, `{ overBudget: true }`; all that is named must hold. */
const condition = () =>
  keys({
    department: names('部门'),
    city: names('城市'),
    category: names('分类'),
    transport: names('交通方式'),
    overBudget: yesOrNo(),
    overStandard: yesOrNo(),
  })
    .refine((given) => Object.values(given).some((value) => value !== undefined), {
      error: '至少要写一个条件，如 { department: [市场部] }；写了几个就要都满足',
    })
    .transform((given): Condition => {
      const named = Object.entries(given).filter(([, value]) => value !== undefined);
      return Object.fromEntries(named);
    });

const names = (what: string) => list(name(), `至少要写一个${what}`).optional();
const yesOrNo = () => z.boolean({ error: '应为 true 或 false' }).optional();

export const name = () => z.string({ error: '应为名称' }).trim().min(1, { error: '不能为空' });

/**
 * A tier that is not above the one before it would never be asked; above the last bound nobody would be asked. Tiers with a
 * condition are exceptions among the others and are not compared.
 */
function unreachable(given: readonly Tier[]): readonly { place: number; says: string }[] {
  const plain = given.flatMap(({ upTo = Infinity, when }, place) =>
    when ? [] : [{ upTo, place }],
  );
  const last = plain.at(-1);
  const open = plain.findIndex(({ upTo }) => upTo === Infinity);
  const hidden = given.flatMap(({ when }, place) =>
    when && open >= 0 && place > (plain[open]?.place ?? 0)
      ? [{ place, says: '永远轮不到这一档；有 when 的档要写在不设上限的档前面' }]
      : [],
  );
  const wrong = plain.flatMap(({ upTo, place }, index) => {
    const before = plain[index - 1];
    return before && upTo <= before.upTo
      ? [{ place, says: '永远轮不到这一档；各档的 upTo 应从小到大，不设上限的放在最后' }]
      : [];
  });
  if (wrong.length > 0 || hidden.length > 0) return [...wrong, ...hidden];
  if (last === undefined)
    return [
      {
        place: given.length - 1,
        says: '最后要有一档不带 when 和 upTo；否则其余的申请没有规则可依',
      },
    ];
  return last.upTo !== Infinity
    ? [{ place: last.place, says: `最后一档不应有 upTo；否则超过 ${last.upTo} 的申请没有规则可依` }]
    : [];
}

/** `manager`, a role, `{ all: […] }` (会签) or `{ any: […] }` (或签). */
function step(roles: readonly string[]) {
  const voice = named([...new Set([...leaders, ...roles])]);
  const single = voice.transform((name): ApprovalStepRule => ({ needs: 'any', voices: [name] }));
  const several = joint(list(voice, '至少要写一个角色'));
  return z.unknown().transform((input, ctx): ApprovalStepRule => {
    const read = (typeof input === 'object' && input !== null ? several : single).safeParse(input);
    if (read.success) return read.data;
    // A union of the two would only say that neither fits
    for (const { path, says, spot } of mistakesIn(read.error)) {
      ctx.addIssue({ code: 'custom', message: says, path: [...path], params: { spot } });
    }
    return z.NEVER;
  });
}

const joint = <T extends z.ZodType<readonly string[]>>(voices: T) =>
  keys({ all: voices.optional(), any: voices.optional() }).transform(
    ({ all, any }, ctx): ApprovalStepRule => {
      if (all && !any) return { needs: 'all', voices: all };
      if (any && !all) return { needs: 'any', voices: any };
      ctx.addIssue({ code: 'custom', message: '应为 { all: […] } 或 { any: […] } 之一' });
      return z.NEVER;
    },
  );
