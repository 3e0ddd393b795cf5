/** The platform's people and departments → ours; the same shapes in lists and in events (platform notes §3.4, §8). */
import { z } from 'zod';
import type { DirectoryChange, DirectoryDepartment, DirectoryPerson } from '../channel.ts';
import { clean } from '../../../cards/clean.ts';

/** Fields without their permission are left out by the platform, so nothing but the id is certain. */
const text = z.string().nullish();
const flag = z.boolean().nullish();
/** A company may name its departments as it likes, but not with what cannot be written. */
const departmentId = z.string().regex(/^\P{C}{1,64}$/u);

export const userShape = z.object({
  open_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  name: text,
  en_name: text,
  nickname: text,
  email: text,
  enterprise_email: text,
  employee_no: text,
  job_title: text,
  department_ids: z.array(departmentId).nullish(),
  leader_user_id: text,
  orders: z.array(z.object({ department_id: text, is_primary_dept: flag })).nullish(),
  status: z.object({ is_frozen: flag, is_resigned: flag, is_exited: flag }).nullish(),
});
type User = z.infer<typeof userShape>;

export const departmentShape = z.object({
  open_department_id: departmentId,
  name: text,
  parent_department_id: text,
  leader_user_id: text,
  leaders: z.array(z.object({ leaderType: z.number().nullish(), leaderID: text })).nullish(),
  status: z.object({ is_deleted: flag }).nullish(),
});
type Department = z.infer<typeof departmentShape>;

/** A person; somebody frozen, resigned or gone is not active. Without a name that may be read the id stands for it. */
export function personOf(user: User): DirectoryPerson {
  const { is_frozen, is_resigned, is_exited } = user.status ?? {};
  return {
    id: user.open_id,
    name: line(user.name) ?? line(user.nickname) ?? line(user.en_name) ?? user.open_id,
    ...some('nameEn', line(user.en_name)),
    ...some('email', line(user.email) ?? line(user.enterprise_email)),
    ...some('employeeNo', line(user.employee_no)),
    ...some('jobTitle', line(user.job_title)),
    departments: primaryFirst(user),
    ...some('leader', line(user.leader_user_id)),
    active: !(is_frozen || is_resigned || is_exited),
  };
}

/** The root of the company, which is no department. */
export const ROOT = '0';

/** A department; its leader is the one named, else the first of the main leaders. */
export function departmentOf(department: Department): DirectoryDepartment {
  const main = department.leaders?.find(({ leaderType }) => leaderType === 1);
  const parent = line(department.parent_department_id);
  return {
    id: department.open_department_id,
    name: line(department.name) ?? department.open_department_id,
    ...(parent !== undefined && parent !== ROOT && { parent }),
    ...some('leader', line(department.leader_user_id) ?? line(main?.leaderID)),
  };
}

const line = (given: string | null | undefined): string | undefined =>
  clean(given ?? '', 120).trim() || undefined;

const some = <const K extends string>(
  name: K,
  value: string | undefined,
): { readonly [name in K]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [name in K]: string });

function primaryFirst(user: User): readonly string[] {
  const ids = (user.department_ids ?? []).filter((id) => id !== ROOT);
  const primary = user.orders?.find((order) => order.is_primary_dept)?.department_id;
  return ids.toSorted((a, b) => Number(b === primary) - Number(a === primary));
}

const userEvent = z.object({ object: userShape });

/** A directory event as it came; `late`: so old that things may have moved on since. */
export type DirectoryEvent = {
  readonly type: string;
  readonly event: unknown;
  readonly late: boolean;
  readonly happened?: number;
};

/** An event that comes later than this may have been overtaken by a newer one (the platform repeats after 15 s at the soonest). ms. */
const OVERTAKEN_MS = 10_000;

/**
 * What a directory event means for us; `undefined` when it is none. One person is told only when the event has all we keep
 * of a person: fields may be missing for want of a permission, and what is missing must not look like taken away. Departments
 * and the app's range concern many at once, and what an event tells of them is not certain: they ask for a whole reading,
 * which costs nothing of the monthly quota. So does what comes long after it happened: what it tells may be over (who moved has left
 * since), also when it was signed anew. Only that somebody left is believed then, too: it lets nobody in.
 */
export function changeOf(
  { type, event, late, happened }: DirectoryEvent,
  key: string,
  now: Temporal.Instant,
): DirectoryChange | undefined {
  if (/^contact\.(department\.|scope\.)/.test(type)) return { change: 'everyone', key };
  if (!/^contact\.user\.(created|updated|deleted)_v3$/.test(type)) return undefined;
  const parsed = userEvent.safeParse(event);
  if (!parsed.success || late) return { change: 'everyone', key };
  const user = parsed.data.object;
  if (type === 'contact.user.deleted_v3') {
    // Whether this is also told of somebody who only moved out of the app's range is not documented.
    return user.status?.is_resigned === false
      ? { change: 'everyone', key }
      : { change: 'left', key, id: user.open_id };
  }
  const whole = user.name && user.department_ids && user.status && user.leader_user_id != null;
  const isOvertaken = happened !== undefined && now.epochMilliseconds - happened > OVERTAKEN_MS;
  return whole && !isOvertaken
    ? { change: 'person', key, person: personOf(user) }
    : { change: 'everyone', key };
}
