import type { Tx } from '../../db/database.ts';
import { shown } from '../imports/table.ts';

/** Whom the texts of a list mean: one person each; and which nobody has, or several have. */
export type PeopleNamed = {
  readonly people: ReadonlyMap<string, number>;
  /** Text → how many there are: 0, or several. */
  readonly unsure: ReadonlyMap<string, number>;
};

/** People by their employee number, their e-mail address, or a name that only one of those who work here has. */
export async function peopleNamed(tx: Tx, texts: readonly string[]): Promise<PeopleNamed> {
  const people = new Map<string, number>();
  const unsure = new Map<string, number>();
  if (texts.length === 0) return { people, unsure };
  const all = await tx
    .selectFrom('person')
    .select(['id', 'name', 'email', 'employee_no'])
    .where('active', '=', true)
    .execute();
  for (const text of texts) {
    const exact = all.filter(({ email, employee_no }) => [email, employee_no].includes(text));
    const meant = exact.length > 0 ? exact : all.filter(({ name }) => name === text);
    const [only, another] = meant;
    if (only && !another) people.set(text, only.id);
    else unsure.set(text, meant.length);
  }
  return { people, unsure };
}

/** Why nobody is meant by a text in the column of holders: several have that name, or nobody has. */
export const unsureText = (text: string, count: number): string =>
  count > 0
    ? `使用人: 有 ${count} 位 “${shown(text)}”；请写工号或邮箱`
    : `使用人: 通讯录里没有 “${shown(text)}”；请写姓名、工号或邮箱，没有人用写 -`;
