/** The demo company grown to 300 people: its own sixteen with their roles, and 284 who ask for things, in twelve departments. */
import { demoCompany } from '../../../db/demo.ts';
import type {
  DirectoryDepartment,
  DirectoryPerson,
  DirectorySnapshot,
} from '../../../src/channels/channel.ts';

const PEOPLE = 300;
const DEPARTMENTS = 12;

const departments: readonly DirectoryDepartment[] = Array.from(
  { length: DEPARTMENTS },
  (_, place) => ({
    id: `od_${place}`,
    name: `业务${place + 1}部`,
    parent: 'od_company',
    leader: `ou_lead_${place}`,
  }),
);

const leaders: readonly DirectoryPerson[] = departments.map(({ id, name }, place) => ({
  id: `ou_lead_${place}`,
  name: `${name}经理`,
  departments: [id],
  leader: 'ou_gm',
  active: true,
}));

const others: readonly DirectoryPerson[] = Array.from(
  { length: PEOPLE - DEPARTMENTS - demoCompany.people.length },
  (_, place) => ({
    id: `ou_staff_${place}`,
    name: `同事${place + 1}`,
    departments: [`od_${place % DEPARTMENTS}`],
    leader: `ou_lead_${place % DEPARTMENTS}`,
    active: true,
  }),
);

export const company: DirectorySnapshot = {
  departments: [...demoCompany.departments, ...departments],
  people: [...demoCompany.people, ...leaders, ...others],
};

/** Who asks for things in this year. */
export const staff: readonly string[] = others.map(({ id }) => id);
