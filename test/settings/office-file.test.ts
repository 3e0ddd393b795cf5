import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultRules, readRules, type Rules, rulesFrom } from '../../src/settings/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function rules(text: string): Rules {
  const read = rulesFrom(bytes(text), 'office.yaml');
  if (!read.ok) throw new Error(read.mistakes.join('\n'));
  return read.rules;
}

function mistakes(text: string): readonly string[] {
  const read = rulesFrom(bytes(text), 'office.yaml');
  return read.ok ? [] : read.mistakes;
}

describe('the demo company’s file', () => {
  test('says what holds without a file, and who is who', async () => {
    const read = await readRules(new URL('../../office.yaml', import.meta.url).pathname, {
      mustExist: true,
    });
    if (!read.ok) throw new Error(read.mistakes.join('\n'));
    const { roles, ...rest } = read.rules;
    const { roles: nobody, ...usual } = defaultRules;
    expect(rest).toEqual(usual);
    expect(Object.keys(roles)).toEqual(Object.keys(nobody));
    expect(roles['office']).toEqual(['ou_office_1', 'ou_office_2']);
    expect(roles['repair']).toEqual(['ou_office_2']);
  });
});

describe('an office writes', () => {
  test('only what differs; the rest keeps its default, key by key', () => {
    const read = rules(
      [
        'workingHours: { hours: ["08:30-12:00", "13:00-17:30"] }',
        'service: { response: { within: 2wh }, trip: { finish: 5wd } }',
        'rooms: { longest: 90m }',
        'reminders: { quietHours: off }',
        'language: en',
      ].join('\n'),
    );
    expect(read.workingHours.days).toEqual(defaultRules.workingHours.days);
    expect(read.workingHours.hours[1]).toEqual({ from: '13:00', to: '17:30' });
    expect(read.service.response).toEqual({
      within: '2wh',
      warnAt: 0.75,
      escalate: ['office-manager', 'director'],
    });
    expect(read.service.kinds).toEqual({
      repair: { respond: '1wd', finish: '3wd' },
      supply: { finish: '3wd' },
      trip: { finish: '5wd' },
    });
    expect(read.rooms).toEqual({ ...defaultRules.rooms, longestHours: 1.5 });
    expect(read.reminders.quietHours).toBeNull();
    expect(rules('feishu: { tasks: on }').feishu).toEqual({ ...defaultRules.feishu, tasks: true });
    expect(rules('rooms: { checkIn: off }').rooms.checkIn).toBeNull();
    expect(
      rules('rooms: { feed: { titles: on, ahead: 90d }, use: { noShows: 5 } }').rooms,
    ).toMatchObject({
      feed: { titles: true, backDays: 30, aheadDays: 90 },
      use: { lateCancel: 120, noShows: 5 },
    });
    expect(rules('limits: { messages: 40, open: off }').limits).toEqual({
      ...defaultRules.limits,
      messages: 40,
      open: null,
    });
    const shared = rules(
      'rooms: { buffer: 10m, open: "07:00-22:00", perRoom: { 珠峰: { buffer: off, open: off, checkIn: off } }, restore: off, waitingList: { hold: 5m }, limits: { perDay: off, perWeek: { bookings: 3 }, notice: 15m, exempt: {} } }',
    ).rooms;
    expect(shared).toMatchObject({
      buffer: 10,
      open: { from: '07:00', to: '22:00' },
      perRoom: { 珠峰: { buffer: 0, open: null, checkIn: false } },
      restore: null,
      waitingHold: 5,
      limits: { perDay: null, perWeek: { bookings: 3, hours: 40 }, notice: 15, exempt: {} },
    });
    expect(rules('rooms: { checkIn: { from: 5m } }').rooms.checkIn).toEqual({
      from: '5m',
      releaseAfter: '15m',
      unlessLonger: '4h',
      unlessBookedWithin: '5m',
      exempt: [],
    });
    const asked = 'unlessLonger: off, unlessBookedWithin: off, exempt: [director]';
    expect(rules(`rooms: { checkIn: { ${asked} } }`).rooms.checkIn).toMatchObject({
      unlessLonger: null,
      unlessBookedWithin: null,
      exempt: ['director'],
    });
    expect(read.language).toBe('en');
    expect(read.approvals).toEqual(defaultRules.approvals);
  });

  test('an empty file, or one with remarks only: the built-in rules', () => {
    expect(rules('')).toEqual(defaultRules);
    expect(rules('# nothing yet\n')).toEqual(defaultRules);
  });

  test('approvals in every form', () => {
    const read = rules(
      [
        'roles: { finance: [ou_3, li@example.com, "0042"], 法务: [ou_4] }',
        'approvals:',
        '  trip:',
        '    - { upTo: 0.5, by: [] }',
        '    - { by: [manager, { all: [finance, 法务] }, { any: [finance, department-head] }] }',
      ].join('\n'),
    );
    expect(read.roles['finance']).toEqual(['ou_3', 'li@example.com', '0042']);
    expect(read.approvals['trip']).toEqual([
      { upTo: 0.5, by: [] },
      {
        by: [
          { needs: 'any', voices: ['manager'] },
          { needs: 'all', voices: ['finance', '法务'] },
          { needs: 'any', voices: ['finance', 'department-head'] },
        ],
      },
    ]);
    expect(read.approvals['room']).toEqual(defaultRules.approvals['room']);
  });
});

describe('a mistake is told with its place and what was expected', () => {
  test('a slip in a key', () => {
    expect(mistakes('approvals:\n  room:\n    - { upto: 4, by: [] }\n')).toContain(
      'office.yaml:3:9 approvals.room[0].upto: 不认识的键；可用：upTo、when、by',
    );
  });

  test('conditions of a tier: misspelt, empty, behind the tier that takes everything', () => {
    const trip = (tiers: string): readonly string[] => mistakes(`approvals:\n  trip: [${tiers}]\n`);
    expect(trip('{ when: { citty: [香港] }, by: [director] }, { by: [manager] }').join()).toContain(
      '不认识的键；可用：department、city、category',
    );
    expect(trip('{ when: {}, by: [director] }, { by: [manager] }').join()).toContain(
      '至少要写一个条件',
    );
    expect(trip('{ by: [manager] }, { when: { city: [香港] }, by: [director] }').join()).toContain(
      '有 when 的档要写在不设上限的档前面',
    );
    expect(trip('{ when: { city: [香港] }, by: [director] }').join()).toContain(
      '最后要有一档不带 when',
    );
    expect(trip('{ when: { city: [香港] }, by: [director] }, { by: [manager] }')).toEqual([]);
  });

  test.each([
    ['langauge: zh-CN', '1:1 langauge: 不认识的键；可用：company、timeZone'],
    [
      'timeZone: Asia/Shangai',
      '1:11 timeZone: 应为时区名，如 Asia/Shanghai，现在是 “Asia/Shangai”',
    ],
    ['language: fr', '1:11 language: 应为 zh-CN 或 en'],
    ['company:', '1:9 company: 应为公司名称，60 字以内，现在是空的'],
    ['holidays: [2026-02-30]', '1:12 holidays[0]: 应为日期'],
    ['holidays: 2026-10-08', '1:11 holidays: 应为列表'],
    ['workingHours: { days: [mon, tues] }', '1:29 workingHours.days[1]: 应为 mon、tue'],
    ['workingHours: { days: [] }', '1:23 workingHours.days: 至少要有一个工作日'],
    ['workingHours: { hours: ["9:00-12:00"] }', '1:25 workingHours.hours[0]: 应为时段'],
    [
      'workingHours: { hours: ["09:00-12:00", "11:59-18:00"] }',
      '1:24 workingHours.hours: 时段应从早到晚',
    ],
    ['workingHours: { hours: ["22:00-06:00"] }', '1:24 workingHours.hours: 时段应从早到晚'],
    ['roles: { office: [10023] }', '1:19 roles.office[0]: 应为人员'],
    ['roles: { office: ou_1 }', '1:18 roles.office: 应为列表'],
    ['roles: { manager: [ou_1] }', '1:10 roles.manager: 角色名应以字母或汉字开头'],
    [
      'approvals: { trip: [{ by: [financ] }] }',
      '1:28 approvals.trip[0].by[0]: 应为已有的角色（可用：manager、',
    ],
    ['approvals: { trip: [{ by: manager }] }', '1:27 approvals.trip[0].by: 应为列表'],
    ['approvals: { trip: [{ upTo: 4 }] }', '1:21 approvals.trip[0].by: 缺少；应为列表'],
    [
      'approvals: { trip: [{ upTo: 4, by: }] }',
      'approvals.trip[0].by: 应为列表，如 [a, b]，现在是空的',
    ],
    ['approvals: { trip: [] }', '1:20 approvals.trip: 至少要有一档'],
    ['approvals: { trip: [{ upTo: 3, by: [] }] }', '1:21 approvals.trip[0]: 最后一档不应有 upTo'],
    [
      'approvals: { trip: [{ by: [] }, { by: [manager] }] }',
      '1:33 approvals.trip[1]: 永远轮不到这一档',
    ],
    [
      'approvals: { trip: [{ upTo: -1, by: [] }] }',
      '1:29 approvals.trip[0].upTo: 应为不小于 0 的数',
    ],
    [
      'approvals: { seal: [{ by: [] }] }',
      '1:14 approvals.seal: 不认识的键；可用：room、supply、trip、repair',
    ],
    [
      'approvals: { trip: [{ by: [{ al: [manager] }] }] }',
      '1:30 approvals.trip[0].by[0].al: 不认识的键；可用：all、any',
    ],
    ['service: { response: { within: 4 hours } }', '1:32 service.response.within: 应为时长'],
    ['service: { response: { warnAt: 175% } }', '1:32 service.response.warnAt: 应为 1% 到 99%'],
    [
      'service: { response: { escalate: [manager] } }',
      '1:35 service.response.escalate[0]: 应为已有的角色',
    ],
    [
      'service: { repair: { done: 3wd } }',
      '1:22 service.repair.done: 不认识的键；可用：respond、finish',
    ],
    ['reminders: { monthlyReport: { day: 31 } }', '1:36 reminders.monthlyReport.day: 应为 1–28'],
    ['reminders: { dailyDigest: { at: 9:00 } }', '1:33 reminders.dailyDigest.at: 应为带引号的时刻'],
    ['reminders: { quietHours: }', '1:26 reminders.quietHours: 应为时段'],
    ['feishu: { calendar: yes }', '1:21 feishu.calendar: 应为 on 或 off，现在是 “yes”'],
    ['rooms: { longest: 8wh }', '1:19 rooms.longest: 应为时长，如 90m、4h、3d（不能用 wh、wd）'],
    [
      'rooms: { checkIn: no }',
      '1:19 rooms.checkIn: 应为一组键（from、releaseAfter、unlessLonger、unlessBookedWithin、exempt），现在是 “no”',
    ],
    [
      'rooms: { checkIn: }',
      '1:19 rooms.checkIn: 应为一组键（from、releaseAfter、unlessLonger、unlessBookedWithin、exempt），现在是 “”',
    ],
    ['rooms: []', '1:8 rooms: 应为一组键'],
    ['rooms: { buffer: 1wh }', '1:18 rooms.buffer: 应为时长，如 90m、4h、3d（不能用 wh、wd）'],
    [
      'rooms: { limits: { perDay: { bookings: 0 } } }',
      'rooms.limits.perDay.bookings: 应为 1–10000 的整数',
    ],
    ['limits: { messages: 0 }', '1:21 limits.messages: 应为 1–100000 的整数'],
    ['rooms: { bump: [boss] }', 'rooms.bump[0]: 应为已有的角色'],
    ['- a list', '1:1 应为一组键'],
    ['company: a\ncompany: b', '2:1 重复的键'],
    ['company: [', 'YAML 写法有误'],
    ['company: !secret x', 'YAML 写法有误'],
    ['company: *who', 'YAML 写法有误'],
    ['roles: { __proto__: [ou_1] }', '1:10 键应为一个词'],
    ['a: 1\n---\nb: 2', 'YAML 写法有误'],
    ['sites: { 新加坡: { timeZone: Asia/Singapore } }', 'sites.新加坡.departments'],
    [
      'sites: { 新加坡: { departments: [海外部], holidays: [2026-08-10], extraWorkdays: [2026-08-10] } }',
      '2026-08-10 同时写在 holidays 里',
    ],
    ['sites: { 新加坡: { departments: [海外部], chineseHolidays: no way } }', 'true 或 false'],
    [
      'holidays: [2026-10-08]\nextraWorkdays: [2026-10-08]',
      '2:17 extraWorkdays[0]: 2026-10-08 同时写在 holidays 里',
    ],
  ])('%s', (text, told) => {
    const found = mistakes(text);
    expect(
      found.some((line) => line.includes(told)),
      found.join('\n'),
    ).toBe(true);
  });

  test('all of them at once, in the order of the file', () => {
    const found = mistakes('compny: x\nlanguage: fr\nrooms:\n  longest: 8\n  chekIn: {}\n');
    expect(found.map((line) => line.split(' ')[0])).toEqual([
      'office.yaml:1:1',
      'office.yaml:2:11',
      'office.yaml:4:12',
      'office.yaml:5:3',
    ]);
  });

  test('a place inside a list written over several lines', () => {
    const text =
      'approvals:\n  supply:\n    - upTo: 200\n      by: []\n    - by:\n        - manger\n';
    expect(mistakes(text)[0]).toMatch(/^office\.yaml:6:11 approvals\.supply\[1\]\.by\[0\]: /);
  });

  test('references that multiply without end are refused, not followed', () => {
    const bomb = Array.from(
      { length: 12 },
      (_, level) =>
        `x${level}: &x${level} [${Array(9)
          .fill(level === 0 ? 'a' : `*x${level - 1}`)
          .join(', ')}]`,
    );
    expect(mistakes(bomb.join('\n')).join('\n')).toContain('YAML 写法有误');
  });
});

describe('the file itself', () => {
  test('may be missing only when nobody asked for it by name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'office-file-'));
    try {
      const missing = join(folder, 'office.yaml');
      expect(await readRules(missing, { mustExist: false })).toEqual({
        ok: true,
        rules: defaultRules,
      });
      expect(await readRules(missing, { mustExist: true })).toEqual({
        ok: false,
        mistakes: [`${missing}: 没有这个文件；请检查 OFFICE_CONFIG`],
      });
      expect(await readRules(folder, { mustExist: false })).toEqual({
        ok: false,
        mistakes: [`${folder}: 这是一个文件夹，应为 YAML 文件`],
      });
      await writeFile(missing, '\uFEFFcompany: 办事处\r\n');
      const read = await readRules(missing, { mustExist: true });
      expect(read.ok && read.rules.company).toBe('办事处');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('is UTF-8', () => {
    const gbk = Uint8Array.from([...bytes('company: '), 0xb9, 0xab, 0xcb, 0xbe]);
    expect(rulesFrom(gbk, 'office.yaml')).toEqual({
      ok: false,
      mistakes: ['office.yaml: 应为 UTF-8 文本，不超过 1 MB'],
    });
  });

  test('may name the kinds that the program has', () => {
    const read = rulesFrom(bytes('approvals: { seal: [{ by: [director] }] }'), 'office.yaml', [
      'seal',
    ]);
    expect(read.ok && read.rules.approvals['seal']).toEqual([
      { by: [{ needs: 'any', voices: ['director'] }] },
    ]);
  });
});
