import type { Language } from '../../../cards/words.ts';
import type { DirectorySnapshot } from '../channel.ts';
import type { PagePerson } from './protocol.ts';

/** The active people of a company as the page lists them, names in the reader's language, in the company's own order. */
export const pagePeople = (company: DirectorySnapshot, language: Language): readonly PagePerson[] =>
  company.people
    .filter((person) => person.active)
    .map((person) => ({
      id: person.id,
      name: (language === 'en' && person.nameEn) || person.name,
      department: departmentName(company, person.departments[0]),
      title: person.jobTitle ?? '',
      ...(person.leader === undefined ? {} : { leader: person.leader }),
    }));

const departmentName = (company: DirectorySnapshot, id: string | undefined): string =>
  company.departments.find((department) => department.id === id)?.name ?? '';

/** People by department, in the order in which each department first comes up. */
export const byDepartment = (
  people: readonly PagePerson[],
): ReadonlyMap<string, readonly PagePerson[]> => Map.groupBy(people, (each) => each.department);
