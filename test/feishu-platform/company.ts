/**
 * The tenant behind the stand-in: its people and departments, and who of them the app may use (availability range) and read
 * (contact range).
 */
import { newId } from './ids.ts';

/** The tenant's root department. */
export const ROOT = '0';

export type Person = {
  readonly openId: string;
  readonly unionId: string;
  readonly userId: string;
  readonly name: string;
  readonly enName?: string;
  readonly email?: string;
  readonly mobile?: string;
  readonly employeeNo?: string;
  readonly title?: string;
  /** open_department_ids, the primary one first; `0` stands for the root. */
  readonly departments: readonly string[];
  /** The direct superior's open_id. */
  readonly leader?: string;
  /** Zone of the person's device (Asia/Shanghai); pickers answer in it. */
  readonly zone: string;
  /** In the app's availability range: may use the bot. */
  readonly available: boolean;
  readonly resigned: boolean;
  readonly frozen: boolean;
  /** Switched the bot's messages off. */
  readonly muted: boolean;
  /** Urgent messages not looked at; beyond 200 nobody may ring. */
  readonly unreadUrgent: number;
};

export type Department = {
  /** open_department_id, `od-…`. */
  readonly id: string;
  /** The tenant's own department_id. */
  readonly customId: string;
  readonly name: string;
  readonly parent: string;
  readonly leader?: string;
  readonly deputy?: string;
  readonly removed: boolean;
};

/** What a test says of a person; everything but the name has a default. `department` may be several. */
export type NewPerson = {
  readonly name: string;
  readonly openId?: string;
  readonly enName?: string;
  readonly email?: string;
  readonly mobile?: string;
  readonly employeeNo?: string;
  readonly title?: string;
  readonly department?: string | readonly string[];
  readonly leader?: string;
  readonly zone?: string;
  readonly available?: boolean;
  readonly frozen?: boolean;
};

export type NewDepartment = {
  readonly name: string;
  readonly id?: string;
  readonly parent?: string;
  readonly leader?: string;
  readonly deputy?: string;
};

/** Whom the app may read: everybody, or these people and all of these departments with what is below them. */
export type ContactRange =
  | 'everybody'
  | { readonly people: readonly string[]; readonly departments: readonly string[] };

export type Company = {
  readonly people: ReadonlyMap<string, Person>;
  readonly departments: ReadonlyMap<string, Department>;
  readonly addPerson: (person: NewPerson) => string;
  readonly addDepartment: (department: NewDepartment) => string;
  readonly changePerson: (openId: string, change: Partial<Person>) => Person;
  readonly changeDepartment: (id: string, change: Partial<Department>) => Department;
  readonly person: (openId: string) => Person;
  /** The person with this id of the given sort (`open_id`, `union_id`, `user_id`, `email`). */
  readonly find: (idType: string, id: string) => Person | undefined;
  readonly setRange: (range: ContactRange) => void;
  readonly range: () => ContactRange;
  readonly readsPerson: (person: Person) => boolean;
  readonly readsDepartment: (id: string) => boolean;
};

export function createCompany(): Company {
  const people = new Map<string, Person>();
  const departments = new Map<string, Department>();
  let range: ContactRange = 'everybody';

  const readsDepartment = (id: string): boolean => {
    if (range === 'everybody') return true;
    const open = range.departments;
    return lineage(departments, id).some((ancestor) => open.includes(ancestor));
  };
  const person = (openId: string): Person => {
    const found = people.get(openId);
    if (!found) throw new Error(`the company has no person ${openId}`);
    return found;
  };
  return {
    people,
    departments,
    person,
    addPerson(given) {
      const made = newPerson(given, people.size + 1);
      people.set(made.openId, made);
      return made.openId;
    },
    addDepartment(given) {
      const made = newDepartment(given, departments.size + 1);
      departments.set(made.id, made);
      return made.id;
    },
    changePerson(openId, change) {
      const changed = { ...person(openId), ...change };
      people.set(openId, changed);
      return changed;
    },
    changeDepartment(id, change) {
      const found = departments.get(id);
      if (!found) throw new Error(`the company has no department ${id}`);
      const changed = { ...found, ...change };
      departments.set(id, changed);
      return changed;
    },
    find: (idType, id) =>
      idType === 'open_id'
        ? people.get(id)
        : [...people.values()].find((one) => idOf(one, idType) === id),
    setRange: (given) => {
      range = given;
    },
    range: () => range,
    readsPerson: (one) =>
      range === 'everybody' ||
      range.people.includes(one.openId) ||
      one.departments.some(readsDepartment),
    readsDepartment,
  };
}

/** A person's id of one sort; `undefined` for a sort that does not exist. */
export function idOf(person: Person, idType: string): string | undefined {
  switch (idType) {
    case 'open_id':
      return person.openId;
    case 'union_id':
      return person.unionId;
    case 'user_id':
      return person.userId;
    case 'email':
      return person.email;
    default:
      return undefined;
  }
}

/** A department and all above it, nearest first; a loop in the fixtures ends it. */
export function lineage(
  departments: ReadonlyMap<string, Department>,
  id: string,
): readonly string[] {
  const line: string[] = [];
  for (
    let at: string | undefined = id;
    at !== undefined && !line.includes(at);
    at = departments.get(at)?.parent
  ) {
    line.push(at);
  }
  return line;
}

function newPerson(given: NewPerson, count: number): Person {
  const { department = ROOT, openId = newId('ou_'), ...rest } = given;
  return {
    zone: 'Asia/Shanghai',
    available: true,
    frozen: false,
    ...rest,
    openId,
    unionId: newId('on_'),
    userId: `u${String(count).padStart(7, '0')}`,
    departments: typeof department === 'string' ? [department] : department,
    resigned: false,
    muted: false,
    unreadUrgent: 0,
  };
}

function newDepartment(given: NewDepartment, count: number): Department {
  return {
    parent: ROOT,
    ...given,
    id: given.id ?? newId('od-'),
    customId: `D${String(count).padStart(4, '0')}`,
    removed: false,
  };
}
