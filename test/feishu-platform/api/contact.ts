/**
 * The directory. Whom the app may not read is left out of lists without a word and refused alone (41050); fields without
 * their scope are left out.
 */
import { ROOT, idOf, lineage } from '../company.ts';
import type { Company, Department, Person } from '../company.ts';
import { Denial, invalidField } from '../denial.ts';
import { success } from '../gateway.ts';
import type { Answer, Asked, Route } from '../gateway.ts';
import { listAt } from '../json.ts';
import { mayReadContact, seenDepartment, seenUser } from '../scopes.ts';
import { page, queryMany, queryOne } from './asking.ts';

export type ContactParts = {
  readonly company: Company;
  readonly scopes: ReadonlySet<string>;
  readonly foreignIds: ReadonlySet<string>;
};

type Handler = (parts: ContactParts, asked: Asked) => Answer;

export function contactRoutes(parts: ContactParts): readonly Route[] {
  const get = (path: string, handler: Handler): Route => ({
    method: 'GET',
    path: `/open-apis/contact/v3${path}`,
    needs: mayReadContact,
    answer: (asked) => handler(parts, asked),
  });
  return [
    get('/users/batch', usersBatch),
    get('/users/find_by_department', usersOfDepartment),
    get('/users/:user_id', oneUser),
    get('/departments/batch', departmentsBatch),
    get('/departments/parent', parents),
    get('/departments/:department_id', oneDepartment),
    get('/departments/:department_id/children', children),
    get('/scopes', scopesOfApp),
    {
      method: 'POST',
      path: '/open-apis/contact/v3/users/batch_get_id',
      needs: ['contact:user.id:readonly'],
      answer: (asked) => idsByAddress(parts, asked),
    },
  ];
}

const idTypeOf = (asked: Asked): string => queryOne(asked, 'user_id_type') ?? 'open_id';

const usesCustomIds = (asked: Asked): boolean =>
  queryOne(asked, 'department_id_type') === 'department_id';

const pageRule = {
  usual: 10,
  most: 50,
  badSize: () => new Denial(40011, 'page size is invalid'),
  badToken: () => new Denial(40012, 'page token is invalid'),
};

const oneUser: Handler = (parts, asked) => {
  const id = asked.params['user_id'] ?? '';
  const person = parts.company.find(idTypeOf(asked), id);
  if (!person) throw userUnknown(parts, idTypeOf(asked), id);
  if (!parts.company.readsPerson(person)) throw new Denial(41050, 'no user authority error');
  return success({ user: userObject(parts, asked, person) });
};

function userUnknown(parts: ContactParts, idType: string, id: string): Denial {
  if (parts.foreignIds.has(id)) return new Denial(99992361, 'open_id cross app');
  return idType === 'open_id'
    ? new Denial(99992351, 'not a valid open_id or not exists')
    : new Denial(41012, 'user id invalid error');
}

const usersBatch: Handler = (parts, asked) => {
  const ids = queryMany(asked, 'user_ids');
  if (ids.length < 1 || ids.length > 50) throw invalidField('user_ids', 'takes 1 to 50');
  const found = ids.flatMap((id) => parts.company.find(idTypeOf(asked), id) ?? []);
  const readable = found.filter(parts.company.readsPerson);
  return success({ items: readable.map((person) => userObject(parts, asked, person)) });
};

const usersOfDepartment: Handler = (parts, asked) => {
  const asked_ = queryOne(asked, 'department_id');
  if (asked_ === undefined) throw invalidField('department_id', 'is required');
  const department = readableDepartment(parts, asked, asked_);
  const members = [...parts.company.people.values()].filter(
    (person) => !person.resigned && person.departments.includes(department),
  );
  const { items, more } = page(asked, members, pageRule);
  return success({ ...more, items: items.map((person) => userObject(parts, asked, person)) });
};

/** The open_department_id of a department that exists and may be read; the root only with the whole company in range. */
function readableDepartment(parts: ContactParts, asked: Asked, id: string): string {
  if (id === ROOT) {
    if (parts.company.range() !== 'everybody') throw noDepartmentRight();
    return ROOT;
  }
  const department = departmentCalled(parts, asked, id);
  if (!department) throw new Denial(40015, 'no such department');
  if (!parts.company.readsDepartment(department.id)) throw noDepartmentRight();
  return department.id;
}

const noDepartmentRight = (): Denial => new Denial(40004, 'no dept authority error', { http: 403 });

function departmentCalled(parts: ContactParts, asked: Asked, id: string): Department | undefined {
  const found = usesCustomIds(asked)
    ? [...parts.company.departments.values()].find((one) => one.customId === id)
    : parts.company.departments.get(id);
  return found?.removed ? undefined : found;
}

const oneDepartment: Handler = (parts, asked) => {
  const id = readableDepartment(parts, asked, asked.params['department_id'] ?? '');
  return success({ department: departmentObject(parts, asked, id) });
};

const departmentsBatch: Handler = (parts, asked) => {
  const ids = queryMany(asked, 'department_ids');
  if (ids.length < 1 || ids.length > 50) throw invalidField('department_ids', 'takes 1 to 50');
  const found = ids.flatMap((id) => departmentCalled(parts, asked, id) ?? []);
  const readable = found.filter(({ id }) => parts.company.readsDepartment(id));
  return success({ items: readable.map(({ id }) => departmentObject(parts, asked, id)) });
};

const children: Handler = (parts, asked) => {
  const id = readableDepartment(parts, asked, asked.params['department_id'] ?? '');
  const all = [...parts.company.departments.values()].filter((one) => !one.removed);
  const below =
    queryOne(asked, 'fetch_child') === 'true'
      ? all.filter(
          (one) => one.id !== id && lineage(parts.company.departments, one.id).includes(id),
        )
      : all.filter((one) => one.parent === id);
  const { items, more } = page(asked, below, pageRule);
  return success({ ...more, items: items.map((one) => departmentObject(parts, asked, one.id)) });
};

/** The departments above one, nearest first, without the root. */
const parents: Handler = (parts, asked) => {
  const id = readableDepartment(parts, asked, queryOne(asked, 'department_id') ?? '');
  const above = lineage(parts.company.departments, id)
    .slice(1)
    .filter((one) => one !== ROOT && parts.company.readsDepartment(one));
  const { items, more } = page(asked, above, pageRule);
  return success({ ...more, items: items.map((one) => departmentObject(parts, asked, one)) });
};

/** With the whole company in range: the first-level departments and the people directly at the root. */
const scopesOfApp: Handler = (parts, asked) => {
  const range = parts.company.range();
  const { company } = parts;
  const departments =
    range === 'everybody'
      ? [...company.departments.values()].filter((one) => one.parent === ROOT && !one.removed)
      : range.departments.flatMap((id) => company.departments.get(id) ?? []);
  const people =
    range === 'everybody'
      ? [...company.people.values()].filter(
          (one) => one.departments.includes(ROOT) && !one.resigned,
        )
      : range.people.map((id) => company.person(id));
  return success({
    department_ids: departments.map((one) => (usesCustomIds(asked) ? one.customId : one.id)),
    user_ids: people.map((one) => idOf(one, idTypeOf(asked))),
    group_ids: [],
    has_more: false,
  });
};

/** Who has these e-mail addresses or phone numbers; without `user_id` when unknown or out of range. */
function idsByAddress(parts: ContactParts, asked: Asked): Answer {
  const everyone = [...parts.company.people.values()].filter(
    (person) => !person.resigned && parts.company.readsPerson(person),
  );
  const entry = (kind: 'email' | 'mobile') => (address: unknown) => {
    const person = everyone.find((one) => one[kind] === address);
    return { [kind]: address, ...(person && { user_id: idOf(person, idTypeOf(asked)) }) };
  };
  const emails = listAt(asked.body, 'emails');
  const mobiles = listAt(asked.body, 'mobiles');
  if (emails.length > 50 || mobiles.length > 50) throw invalidField('emails', 'takes at most 50');
  return success({ user_list: [...emails.map(entry('email')), ...mobiles.map(entry('mobile'))] });
}

const departmentIdShown = (parts: ContactParts, asked: Asked, id: string): string =>
  (usesCustomIds(asked) ? parts.company.departments.get(id)?.customId : undefined) ?? id;

function personIdShown(parts: ContactParts, asked: Asked, openId: string | undefined): string {
  const person = openId === undefined ? undefined : parts.company.people.get(openId);
  return (person && idOf(person, idTypeOf(asked))) ?? '';
}

/** A leader that is not there is left out, so that it looks like one that may not be seen (platform notes §8). */
function userObject(parts: ContactParts, asked: Asked, person: Person): object {
  const leader = personIdShown(parts, asked, person.leader);
  const shown = {
    ...userFields(person),
    department_ids: person.departments.map((id) => departmentIdShown(parts, asked, id)),
    ...(leader !== '' && { leader_user_id: leader }),
    orders: person.departments.map((id, index) => ({
      department_id: departmentIdShown(parts, asked, id),
      user_order: 0,
      department_order: 0,
      is_primary_dept: index === 0,
    })),
  };
  return seenUser(shown, parts.scopes);
}

/** A user's own fields, the same in the APIs and in events. */
export function userFields(person: Person): Readonly<Record<string, unknown>> {
  return {
    union_id: person.unionId,
    user_id: person.userId,
    open_id: person.openId,
    name: person.name,
    en_name: person.enName ?? '',
    email: person.email ?? '',
    mobile: person.mobile ?? '',
    employee_no: person.employeeNo ?? '',
    job_title: person.title ?? '',
    employee_type: 1,
    join_time: 0,
    status: {
      is_frozen: person.frozen,
      is_resigned: person.resigned,
      is_activated: true,
      is_exited: false,
      is_unjoin: false,
    },
  };
}

function departmentObject(parts: ContactParts, asked: Asked, id: string): object {
  const department = parts.company.departments.get(id);
  if (!department) throw new Denial(40015, 'no such department');
  const leaders = [
    { leaderType: 1, leaderID: personIdShown(parts, asked, department.leader) },
    { leaderType: 2, leaderID: personIdShown(parts, asked, department.deputy) },
  ].filter(({ leaderID }) => leaderID !== '');
  const people = [...parts.company.people.values()];
  const fields = {
    name: department.name,
    open_department_id: department.id,
    department_id: department.customId,
    parent_department_id: departmentIdShown(parts, asked, department.parent),
    leader_user_id: personIdShown(parts, asked, department.leader),
    leaders,
    order: '0',
    member_count: people.filter((one) => one.departments.includes(id)).length,
    status: { is_deleted: false },
  };
  return seenDepartment(fields, parts.scopes);
}
