/** The company of the year (300 people) with what the scenes need besides: boards that decide, twenty rooms, and the last ten of a thing. */
import type { Work } from '../../db/work.ts';
import { importRooms } from '../../src/requests/room/import.ts';
import { importSupplies } from '../../src/requests/supply/import.ts';
import type { Rules } from '../../src/settings/rules.ts';
import { company, furnish, staff } from '../bench/year/company.ts';
import { yearRules } from '../bench/year/rules.ts';

export { company };

/** Who may decide: fifty, any of whom suffices, and five, all of whom are needed. They ask for nothing themselves. */
export const BOARD = staff.slice(-50).map(({ id }) => id);
export const JURY = staff.slice(-55, -50).map(({ id }) => id);
/** Who asks in the scenes. */
export const askers = staff.slice(0, -55);
/** Of the staff every twelfth is of one department (year/company.ts), from this place on. */
export const ofDepartment = (department: number): readonly string[] =>
  askers.filter((_, place) => place % 12 === department).map(({ id }) => id);
/** Whose trips their own leader decides: those of the first two departments go to the board and to the jury. */
export const ledAskers = askers.filter((_, place) => place % 12 > 1);

/** Of these departments trips are decided by the board, of those by the jury; of all others by the leader. */
const BOARDED = '业务1部';
const JURIED = '业务2部';

export const ROOMS =
  '峨眉 武当 青城 恒山 嵩山 庐山 天山 昆仑 祁连 五台 普陀 九华 雁荡 龙虎 三清 井冈 长白 玉龙 梅里 四明'.split(
    ' ',
  );
/** There are ten of it. */
export const RARE = '投影遥控器';

/** So many messages of one person are acted on in a minute. */
export const MOST_MESSAGES = 20;

/** The rules of the demo office with the boards; recurring work, quiet hours and limits of what each person asks for are other stories. */
export async function chaosRules(): Promise<Rules> {
  const rules = await yearRules();
  const seats = Object.fromEntries(JURY.map((id, place) => [`seat-${place + 1}`, [id]]));
  const trip = rules.approvals['trip'] ?? [];
  return {
    ...rules,
    rounds: 'off',
    limits: { ...rules.limits, messages: MOST_MESSAGES },
    roles: { ...rules.roles, board: BOARD, ...seats },
    reminders: { ...rules.reminders, quietHours: null },
    rooms: {
      ...rules.rooms,
      limits: { perDay: null, perWeek: null, ahead: null, notice: null, exempt: {} },
    },
    approvals: {
      ...rules.approvals,
      trip: [
        { when: { department: [BOARDED] }, by: [{ needs: 'any', voices: ['board'] }] },
        { when: { department: [JURIED] }, by: [{ needs: 'all', voices: Object.keys(seats) }] },
        ...trip,
      ],
    },
  };
}

export async function furnishForChaos(work: Work): Promise<void> {
  await furnish(work);
  await importRooms(
    work,
    ROOMS.map((name) => ({
      name,
      floor: '9',
      capacity: 8,
      equipment: [],
      needsApproval: false,
      aliases: [],
      feishuRoom: null,
      sort: undefined,
      holder: undefined,
    })),
  );
  await importSupplies(work, [
    { name: RARE, category: '设备', unit: '个', price: 30, stock: 10, lowMark: 0, aliases: [] },
  ]);
}
