/** P41 and P42: what people write never becomes a mention, a link, a button, a picture, a style, a line that looks like ours, or a formula. */
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { drawCard } from '../../src/channels/feishu/card.ts';
import { writeTable } from '../../src/exports/table.ts';
import { clean } from '../../cards/clean.ts';
import { samples } from '../../test/cards/samples/index.ts';
import { validateCard } from '../../test/feishu-platform/card-rules.ts';
import { places } from '../../test/feishu-platform/card-rules/walk.ts';
import type { Chance } from '../bench/year/chance.ts';
import { type Finding, tally } from './finding.ts';

/** What markup, spreadsheets and readers are tricked with. */
const PIECES = [
  '<at id=all></at>',
  '<at user_id="all">所有人</at>',
  "<person id='ou_1'></person>",
  '@所有人',
  '@_all',
  '[点这里](https://evil.example)',
  '![x](img_v2_1)',
  'https://evil.example/x',
  '<a href="http://x">y</a>',
  'lark://x',
  '**粗**',
  '~~删~~',
  '`码`',
  '```\n码\n```',
  '# 头',
  '\n# 头',
  '\n- 项',
  '\n1. 一',
  '\n> 引',
  '\n---\n',
  '\n    缩进',
  '|a|b|\n|-|-|',
  "<font color='red'>红</font>",
  "</font><font color='green'>已同意</font>",
  '<text_tag color="red">急</text_tag>',
  '<button>',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '$1',
  '{{7*7}}',
  '${x}',
  '&lt;b&gt;',
  '&#60;at id=all&#62;',
  '&amp;#60;',
  '\\<at\\>',
  ':smile:',
  '<hr>',
  '<br/>',
  '\u2028# 头',
  '\u2029- 项',
  '\r\n# 头',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://x")',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  ' =1+1',
  '\u200b=1',
  '"=1',
  "'=1",
  '%0A=1',
  ';=1',
  ',=1',
  '\u202e',
  '\u200b',
  '\0',
  '\ud800',
  '字',
  '👩‍👩‍👧',
  '请假',
  'é',
  '13800138000',
  "'",
  '"',
  ',',
  ';',
  '\n',
  ' ',
  '　',
] as const;

/** A text of up to a dozen such pieces; now and then one that is very long. */
function hostile(chance: Chance): string {
  const pieces = Array.from(
    { length: 1 + chance.under(12) },
    () => PIECES[chance.under(PIECES.length)] ?? '',
  );
  const text = pieces.join('');
  return chance.next() < 0.02 ? text.repeat(1 + chance.under(300)) : text;
}

/** What of a card a reader could act on, or take for ours: counted, not read. */
type Shape = { readonly [part: string]: number };

const OURS =
  /<font color='red'>\*<\/font>|<font color='(?:grey|orange|red|blue|green|carmine)'>|<\/font>|\*\*|&#\d+;/g;

function shapeOf(card: unknown): Shape {
  const all = places(card);
  const markup = markupIn(card);
  const text = JSON.stringify(card);
  return {
    buttons: all.filter(({ tag }) => tag === 'button').length,
    images: all.filter(({ tag }) => tag === 'img').length,
    inputs: all.filter(({ tag }) => /input|select|picker|checker/.test(tag)).length,
    links: (text.match(/"(?:url|multi_url|pc_url|android_url|ios_url|href|open_url)":/g) ?? [])
      .length,
    styles: markup.flatMap((each) => each.match(/<font color=/g) ?? []).length,
    lines: markup.flatMap((each) => each.split(/[\n\u2028\u2029\r]/).filter(isHead)).length,
  };
}

/** A line as ours begin: a label in grey, a sign of a step, a bold name. */
const isHead = (line: string): boolean => /^(?:<font|\*\*)/.test(line);

function markupIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'tag' in value && (value.tag === 'markdown' || value.tag === 'lark_md');
  const here = own
    ? [
        ...('content' in value ? [String(value.content)] : []),
        ...Object.values(
          'i18n_content' in value &&
            typeof value.i18n_content === 'object' &&
            value.i18n_content !== null
            ? value.i18n_content
            : {},
        ).map(String),
      ]
    : [];
  return [...here, ...Object.values(value).flatMap(markupIn)];
}

/** What is left of markup once ours is taken out must be able to do nothing. */
const LIVE = /[<>*[\]()`~#$_:/\\&@|!{}=+^"';-]/;

/** `rounds` hostile texts, each in one of the office's cards at every place where people's words stand. */
export function texts(chance: Chance, rounds: number): readonly Finding[] {
  const found = tally();
  const seen = tally();
  let largest = 0;
  for (let turn = 0; turn < rounds; turn++) {
    const sample = samples[turn % samples.length];
    if (!sample) throw new Error('no sample');
    const text = clean(hostile(chance), 500, 'many') || '字';
    const harmless = text.replaceAll(/[^\n]/gu, '字');
    const by = (put: string) => ({
      text: () => put,
      flag: (_name: string, flag: boolean) => flag,
      items: (_name: string, count: number) => count,
    });
    const drawn = drawCard(sample.grown(by(text)), 'zh');
    const calm = drawCard(sample.grown(by(harmless)), 'zh');
    largest = Math.max(largest, Buffer.byteLength(JSON.stringify(drawn)));
    seen.add(sample.view);
    for (const fault of validateCard(drawn)) found.add(`${sample.view}: ${fault.message}`);
    for (const markup of markupIn(drawn)) {
      const bare = markup.replaceAll(OURS, '');
      if (LIVE.test(bare)) found.add(`${sample.view}: live markup ${LIVE.exec(bare)?.[0]}`);
    }
    const [one, other] = [shapeOf(drawn), shapeOf(calm)];
    for (const part of Object.keys(one))
      // Shorter texts leave room for more of a list; what is hostile must not bring more than what is harmless.
      if ((one[part] ?? 0) > (other[part] ?? 0))
        found.add(`${sample.view}: ${part} ${other[part]} → ${one[part]}`);
  }
  return [
    {
      promise: 'P41',
      tried: `hostile texts in ${new Set(samples.map(({ view }) => view)).size} sorts of cards`,
      times: samples.every(({ view }) => seen.of(view) > 0) || rounds < samples.length ? rounds : 0,
      came: `largest card ${largest} bytes; mentions, links, buttons, pictures, styles, foreign lines: ${found.told()}`,
      kept: found.told() === '–' && largest <= 30_000,
    },
  ];
}

/** The same texts in tables that people take away: read back, no cell is a formula. */
export async function exportsOf(chance: Chance, rounds: number): Promise<readonly Finding[]> {
  const columns = [
    { key: 'number', title: '单号' },
    { key: 'note', title: '备注' },
    { key: 'price', title: '金额' },
  ];
  const rows = Array.from({ length: rounds }, (_, turn) => ({
    number: `X-${turn}`,
    note: hostile(chance),
    price: turn,
  }));
  const csv = new TextDecoder().decode(await writeTable(columns, rows, 'csv'));
  const read = parseCsv(csv);
  const formulas = read
    .flat()
    .filter((cell) => typeof cell === 'string' && /^[=+\-@\t\r＝＋－＠]/.test(cell));
  const bytes = await writeTable(columns, rows, 'xlsx');
  const { sheets } = await readXlsx(bytes);
  const cells = [...(sheets[0]?.cells?.values() ?? [])].filter(
    (cell) => cell.formula !== undefined,
  );
  const kept = (sheets[0]?.rows ?? []).slice(1);
  const typed = kept.filter((row) => row[1] !== null && typeof row[1] !== 'string').length;
  return [
    {
      promise: 'P42',
      tried: 'hostile texts as cells of a CSV file',
      times: read.length - 1,
      came: `cells that begin like a formula: ${formulas.length}; rows ${read.length - 1} of ${rounds}`,
      kept: formulas.length === 0 && read.length - 1 === rounds,
    },
    {
      promise: 'P42',
      tried: 'hostile texts as cells of a workbook',
      times: kept.length,
      came: `formulas: ${cells.length}; texts that became something else: ${typed}`,
      kept: cells.length === 0 && typed === 0 && kept.length === rounds,
    },
  ];
}
