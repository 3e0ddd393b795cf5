/** The demo company grown to 300 people: its own sixteen with their roles, and 284 who ask for things, in twelve departments. */
import { readFile } from 'node:fs/promises';
import { demoCompany } from '../../../db/demo.ts';
import type { Work } from '../../../db/work.ts';
import type {
  DirectoryDepartment,
  DirectoryPerson,
  DirectorySnapshot,
} from '../../../src/channels/channel.ts';
import { readRooms } from '../../../src/imports/rooms.ts';
import { readSupplies } from '../../../src/imports/supplies.ts';
import { importRooms } from '../../../src/requests/room/import.ts';
import { importSupplies } from '../../../src/requests/supply/import.ts';

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

/** Two hundred and eighty-four names, no two alike. */
const SURNAMES = '陆沈韩冯于董萧程曹袁邓许傅曾彭吕苏卢蒋蔡';
const GIVEN = '子涵 雨欣 浩然 思远 佳怡 俊杰 梦琪 志强 晓彤 建华 文博 海燕 一鸣 丽娜 国栋'.split(
  ' ',
);
const nameOf = (place: number): string =>
  `${SURNAMES.charAt(place % SURNAMES.length)}${GIVEN[Math.floor(place / SURNAMES.length)] ?? ''}`;

const others: readonly DirectoryPerson[] = Array.from(
  { length: PEOPLE - DEPARTMENTS - demoCompany.people.length },
  (_, place) => ({
    id: `ou_staff_${place}`,
    name: nameOf(place),
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
export const staff: readonly { readonly id: string; readonly name: string }[] = others;

/** The demo company's rooms and its store, as an administrator imports them, with enough of everything for a year: what runs out is another story. */
export async function furnish(work: Work): Promise<void> {
  const file = (name: string): Promise<Uint8Array> =>
    readFile(new URL(`../../../db/demo/${name}`, import.meta.url));
  const rooms = await readRooms(await file('rooms.csv'), 'rooms.csv');
  const supplies = await readSupplies(await file('supplies.csv'), 'supplies.csv');
  if (!rooms.ok || !supplies.ok) throw new Error('the demo company’s files are damaged');
  await importRooms(work, rooms.rows);
  await importSupplies(
    work,
    supplies.rows.map((row) => ({ ...row, stock: 100_000 })),
  );
}
