import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { doorFindings } from '../../scripts/house/doors.ts';
import { floorFindings } from '../../scripts/house/floors.ts';
import { paperFindings } from '../../scripts/house/papers.ts';
import { readTree, type Tree } from '../../scripts/house/tree.ts';

/** A checkout of these files, and nothing else. */
const made = (files: { readonly [path: string]: string }): Tree => ({
  sources: Object.keys(files).filter((path) => /^(?:src|cards|db)\/.*\.ts$/.test(path)),
  text: (path) => files[path],
  has: (path) =>
    Object.keys(files).some(
      (file) => file === path || file.startsWith(`${path.replace(/\/$/, '')}/`),
    ),
});

/** Findings about one source file. */
const floors = (path: string, text: string) => floorFindings(made({ [path]: text }));
const doors = (path: string, text: string) => doorFindings(made({ [path]: text }));

describe('our own checkout', () => {
  const tree = readTree(fileURLToPath(new URL('../..', import.meta.url)));

  test('is read: the program, its cards and its database', () => {
    expect(tree.sources).toContain('src/main.ts');
    expect(tree.sources).toContain('cards/card.ts');
    expect(tree.sources).toContain('db/work.ts');
    expect(tree.sources.every((path) => !path.startsWith('test/'))).toBe(true);
  });

  test('imports go down', () => expect(floorFindings(tree)).toEqual([]));
  test('each library has its one door', () => expect(doorFindings(tree)).toEqual([]));
  test('the papers tell what is there', () => expect(paperFindings(tree)).toEqual([]));
});

describe('floors', () => {
  test('a lower floor does not know a higher one', () => {
    const [finding, ...more] = floors(
      'src/time/clock.ts',
      "import { a } from './hours.ts';\nimport { act } from '../filing/act.ts';\n",
    );
    expect(finding).toContain('src/time/clock.ts:2');
    expect(finding).toContain('src/filing/act.ts');
    expect(more).toEqual([]);
  });

  test.each([
    ['a type', "import type { View } from '../web/server.ts';"],
    ['a re-export', "export { start } from '../web/server.ts';"],
    ['several lines', "import {\n  start,\n} from '../web/server.ts';"],
    ['only the side effect', "import '../web/server.ts';"],
    ['when asked for', "const load = () => import('../web/server.ts');"],
    ['another kind of quotes', 'import { start } from "../web/server.ts";'],
  ])('however it is imported: %s', (_how, text) => {
    expect(floors('src/settings/rules.ts', text)).toHaveLength(1);
  });

  test('what stands in a comment is no import', () => {
    const text =
      "/*\nimport { start } from '../web/server.ts';\n*/\n// import('../web/server.ts')\n";
    expect(floors('src/settings/rules.ts', text)).toEqual([]);
  });

  test('rooms on one floor do not know each other', () => {
    const kind = floors(
      'src/requests/trip/index.ts',
      "import { book } from '../room/bookings.ts';",
    );
    expect(kind[0]).toContain('src/requests/room lies on the same floor as src/requests/trip');
    const channel = floors(
      'src/channels/feishu/index.ts',
      "import { hub } from '../simulator/hub.ts';",
    );
    expect(channel).toHaveLength(1);
  });

  test('a room knows itself and what lies below, however deep', () => {
    const text = [
      "import { block } from './blocks.ts';",
      "import { send } from '../send.ts';",
      "import type { Desk } from '../../channel.ts';",
      "import { words } from '../../../../cards/words.ts';",
    ].join('\n');
    expect(floors('src/channels/feishu/card/form.ts', text)).toEqual([]);
  });

  test('the contract of channels lies below the channels, that of kinds below the kinds', () => {
    expect(
      floors('src/channels/channel.ts', "import { a } from './feishu/index.ts';"),
    ).toHaveLength(1);
    expect(floors('src/requests/kind.ts', "import { trip } from './trip/index.ts';")).toHaveLength(
      1,
    );
    expect(floors('src/requests/trip/index.ts', "import { trip } from '../kind.ts';")).toEqual([]);
    expect(floors('src/requests/kind.ts', "import { text } from './fields.ts';")).toEqual([]);
  });

  test('a new folder, or a stray file, has to be put on a floor', () => {
    for (const path of ['src/payroll/pay.ts', 'src/stray.ts', 'src/channels/stray.ts']) {
      expect(floors(path, '')[0], path).toContain(`${path}: lies on no floor`);
    }
  });

  test('nothing of the program imports tests or scripts', () => {
    const findings = floors('src/main.ts', "import { office } from '../test/office/office.ts';");
    expect(findings[0]).toContain('lies on no floor');
  });
});

describe('doors', () => {
  test.each([
    ['node-cron', 'src/scheduler/tick.ts', 'src/filing/due.ts'],
    ['pg-boss', 'src/delivery/jobs.ts', 'src/app.ts'],
    ['@larksuiteoapi/node-sdk', 'src/channels/feishu/client.ts', 'src/cli/doctor.ts'],
  ])('%s is imported behind its door only', (library, door, elsewhere) => {
    const text = `import { thing } from '${library}';`;
    expect(doors(door, text)).toEqual([]);
    expect(doors(elsewhere, text)[0]).toContain(`${elsewhere}:1: imports ${library}`);
    expect(doors(elsewhere, `import { thing } from '${library}/inside';`)).toHaveLength(1);
  });

  test('the program never asks the holiday package itself', () => {
    expect(doors('src/time/calendar.ts', "import days from 'chinese-days';")).toHaveLength(1);
  });

  test.each(['process.env', "process['env']", 'process\n  .env'])(
    'the environment is read in config.ts only: %s',
    (text) => {
      expect(doors('src/config.ts', text)).toEqual([]);
      expect(doors('src/web/server.ts', text)).toHaveLength(1);
    },
  );

  test.each(['Date.now()', 'new Date()', 'new Date', 'Temporal.Now.instant()'])(
    'the clock is read in clock.ts only: %s',
    (text) => {
      expect(doors('src/time/clock.ts', `const t = ${text};`)).toEqual([]);
      expect(doors('src/filing/due.ts', `\nconst t = ${text};`)[0]).toContain(
        'src/filing/due.ts:2',
      );
    },
  );

  test('a given moment as a Date is no look at the clock, nor is a comment', () => {
    expect(doors('db/values.ts', 'new Date(milliseconds)')).toEqual([]);
    expect(doors('db/values.ts', '// never Date.now()\n/** process.env */')).toEqual([]);
  });

  test('in the browser there is only the browser’s clock', () => {
    expect(doors('src/channels/simulator/browser/clock.ts', 'Date.now()')).toEqual([]);
    expect(doors('src/channels/simulator/store.ts', 'Date.now()')).toHaveLength(1);
  });
});

describe('papers', () => {
  /** A small checkout whose papers are in order. */
  const papers = {
    'package.json': '{"scripts":{"start":"x","test":"x","office":"x"}}',
    '.env.example': '# Where.\nPORT=3000\n# DATABASE_URL=postgres://…\nDATABASE_URL=\n',
    'README.md':
      'Run `npm ci && npm start`, `npm run office -- help`. See `src/README.md`.\n\n| 变量 |\n| --- |\n| `PORT` | x |\n| `DATABASE_URL` | y |\n',
    'src/README.md': '`time/` clocks.\n',
    'src/time/clock.ts': '',
    'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n',
  };
  const found = (changed: { readonly [path: string]: string }) =>
    paperFindings(made({ ...papers, ...changed }));
  const readme = (more: string) => found({ 'README.md': papers['README.md'] + more });

  test('in order, nothing is found', () => expect(found({})).toEqual([]));

  test.each(['npm run bench', 'npm bench', 'npm run ci'])(
    'a command that is not there: %s',
    (command) => {
      expect(readme(`\n\`${command}\`\n`)[0]).toContain(`"${command}" is not in package.json`);
    },
  );

  test('a command in a fenced example counts too', () => {
    expect(readme('\n```sh\nnpm run benhc\n```\n')).toHaveLength(1);
  });

  test.each(['src/tiem/clock.ts', 'docs/', 'office.yaml', './src/gone'])(
    'a path that is not there: %s',
    (path) => expect(readme(`\nin \`${path}\`\n`).join()).toContain(`there is no ${path}`),
  );

  test('a link or a picture that leads nowhere', () => {
    expect(readme('\n![picture](docs/none.png)\n')).toHaveLength(1);
    expect(readme('\n[guide](src/README.md#words), [site](https://example.com/a.md)\n')).toEqual(
      [],
    );
  });

  test('what only looks like a path is left alone', () => {
    const text =
      '`/feishu/events` `im:message` `im.message.receive_v1` `4wh` `data/` `.env` `DATA_DIR/lock` `src/requests/<kind>/` `@fastify/helmet` `ROOM-26-0001`';
    expect(readme(`\n${text}\n`)).toEqual([]);
  });

  test('a variable nobody told about, and one that is not offered', () => {
    expect(found({ '.env.example': `${papers['.env.example']}LOG_LEVEL=info\n` })).toEqual([
      'README.md: the settings table lacks LOG_LEVEL of .env.example',
    ]);
    expect(readme('| `PROT` | z |\n')).toEqual([
      'README.md: PROT of the settings table is not in .env.example',
    ]);
  });

  test('a folder that src/README.md does not introduce', () => {
    expect(found({ 'src/filing/act.ts': '' })).toEqual([
      'src/README.md: does not tell what `filing/` is for',
    ]);
  });

  test('a changelog without room for what is new', () => {
    expect(found({ 'CHANGELOG.md': '# Changelog\n\n## [0.1.0]\n' })[0]).toContain('Unreleased');
  });
});
