import { words } from '../../../cards/words.ts';
import type { Db } from '../../../db/database.ts';
import { holdersOf, readOrganisation } from '../../directory/organisation.ts';
import { countOutside } from '../../directory/reading.ts';
import type { Rules } from '../../settings/index.ts';
import { officialYears } from '../../time/official-years.ts';
import { type Finding, warning, well, wrong } from './finding.ts';

/** Whether the people that the rules name are there, and whether the office's calendar is known. */
export async function people(
  db: Db,
  rules: Rules,
  now: Temporal.Instant,
): Promise<readonly Finding[]> {
  const references = [...new Set(Object.values(rules.roles).flat())];
  // Each reference as a role of its own tells which of them nobody answers to
  const asked = {
    ...Object.fromEntries(references.map((each) => [`=${each}`, [each]])),
    ...rules.roles,
  };
  const org = await db.transaction().execute((tx) => readOrganisation(tx, asked, now));
  const active = [...org.people.values()].filter((person) => person.active).length;
  if (active === 0) return [nobody];
  const filled = (role: string): boolean => holdersOf(org, role).length > 0;
  return [
    well(`通讯录 ${active} 人在职`, `${active} people in the directory`),
    ...references.filter((each) => !filled(`=${each}`)).map(unknown),
    ...Object.keys(rules.roles)
      .filter((role) => !filled(role))
      .map(empty),
  ];
}

const nobody = warning(
  words('通讯录还是空的', 'the directory is empty'),
  words(
    '程序启动后会读取；若仍为空，检查飞书应用的通讯录权限范围',
    'the program reads it; if it stays empty, see the app’s contact range',
  ),
);

const unknown = (reference: string): Finding =>
  warning(
    words(
      `office.yaml roles：找不到在职人员 “${reference}”`,
      `roles name “${reference}”, whom nobody in office is`,
    ),
    words(
      '改成此人的 ou_…、邮箱或工号；已离职的请删去',
      'write their ou_… id, e-mail or employee number; take out who has left',
    ),
  );

const empty = (role: string): Finding =>
  wrong(
    words(`角色 ${role} 没有人：找它审批或办事会落到别人身上`, `nobody holds the role ${role}`),
    words(
      `在 office.yaml 的 roles.${role} 写上至少一人`,
      `name at least one person under roles.${role}`,
    ),
  );

/** Sites of office.yaml whose departments the directory does not know: their people would work as the office does. */
export async function sites(db: Db, { sites: all }: Rules): Promise<readonly Finding[]> {
  const rows = await db.selectFrom('department').select('name').execute();
  const known = new Set(rows.map(({ name }) => name));
  return Object.entries(all).flatMap(([site, { departments }]) =>
    departments
      .filter((name) => !known.has(name))
      .map((name) =>
        warning(
          words(
            `office.yaml sites.${site}：通讯录里没有部门 “${name}”`,
            `sites.${site} names the department “${name}”, which the directory does not know`,
          ),
          words('改成通讯录里的部门名', 'write the department’s name as in the directory'),
        ),
      ),
  );
}

/** A year without the notice of the State Council is reckoned from the law alone: make-up workdays are missing. */
export function calendar(today: Temporal.PlainDate): readonly Finding[] {
  if (officialYears.has(today.year))
    return [well(`${today.year} 年节假日安排已知`, 'holidays are known')];
  return [
    warning(
      words(
        `${today.year} 年节假日和调休安排未知，暂按法定节日推算`,
        `the holidays of ${today.year} are provisional`,
      ),
      words(
        '升级程序，或在 office.yaml 的 holidays、extraWorkdays 里写上',
        'upgrade, or write them into holidays and extraWorkdays',
      ),
    ),
  ];
}

/** A reading of the directory in which so many people were missing that it was not believed; people who cannot be seen. */
export async function missingPeople(db: Db): Promise<readonly Finding[]> {
  const row = await db
    .selectFrom('directory_reading')
    .select('refused')
    .where('refused', '>', 0)
    .executeTakeFirst();
  const outside = await countOutside(db, 'feishu');
  if (!row) return outside === 0 ? [] : [outOfSight(outside)];
  return [
    warning(
      words(
        `最近一次读取的通讯录少了 ${row.refused} 人，没有采用`,
        `the last reading of the directory lacked ${row.refused} people and was not applied`,
      ),
      words(
        '检查应用的通讯录权限范围；若确实离职，运行 npm run office -- directory accept',
        'see the app’s contact range; if they have really left, run npm run office -- directory accept',
      ),
    ),
  ];
}

const outOfSight = (count: number): Finding =>
  warning(
    words(
      `有 ${count} 人不在应用的通讯录权限范围里，按原来的资料保留`,
      `${count} people are outside the app’s contact range and kept as they were`,
    ),
    words(
      '加回权限范围并发布版本；若确实离职，运行 npm run office -- directory accept',
      'put them back into the range and publish a version; if they have really left, run npm run office -- directory accept',
    ),
  );
