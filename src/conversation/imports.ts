/** 「导入会议室」, 「导入物资」, 「导入资产」: a list that somebody of the office has sent, looked at first, imported by a tap: the whole file, or nothing of it. */
import type { Card } from '../../cards/card.ts';
import { importCard, importedCard } from '../../cards/import.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { attempt, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { FILE_MINUTES } from '../filing/files.ts';
import { lookalikes, type Named } from '../imports/lookalikes.ts';
import { type AssetRow, readAssets } from '../imports/assets.ts';
import { readRooms, type RoomRow } from '../imports/rooms.ts';
import { readSupplies } from '../imports/supplies.ts';
import type { Table } from '../imports/table.ts';
import { holdersNamed } from '../requests/repair/holders.ts';
import { importAssets } from '../requests/repair/import.ts';
import { importRooms, roomMistakes } from '../requests/room/import.ts';
import { importSupplies } from '../requests/supply/import.ts';
import type { Rules } from '../settings/rules.ts';
import { isKeeper } from '../supplies/office.ts';
import type { Led } from './last-said.ts';
import { answer, say, type Talk } from './talk.ts';
import type { Tapped, TapWish } from './tap.ts';

type Outcome = { readonly added: number; readonly changed: number; readonly unchanged: number };

/** A sort of list: how it is called, read, held against what is known, and imported. */
type Sort<T> = {
  readonly what: Words;
  readonly said: RegExp;
  readonly columns: string;
  readonly read: (bytes: Uint8Array, name: string) => Promise<Table<T>>;
  readonly compare: (tx: Tx, rows: readonly T[], rules: Rules) => Promise<Looked>;
  readonly take: (work: Work, rows: readonly T[]) => Promise<Outcome>;
};

/** One sort, whatever its rows are. */
type AnySort = Pick<Sort<unknown>, 'what' | 'said' | 'columns'> & {
  readonly look: (tx: Tx, rules: Rules, file: Stored) => Promise<Looked>;
  readonly take: (work: Work, rules: Rules, file: Stored) => Promise<Outcome | undefined>;
};

/** What a file would change, or what is wrong with it. */
type Looked = {
  readonly fresh: readonly string[];
  readonly known: number;
  readonly mistakes: readonly string[];
};

const sort = <T>({ read, compare, take, ...rest }: Sort<T>): AnySort => {
  const look = async (tx: Tx, rules: Rules, table: Table<T>): Promise<Looked> =>
    table.ok ? compare(tx, table.rows, rules) : { fresh: [], known: 0, mistakes: table.mistakes };
  return {
    ...rest,
    look: async (tx, rules, { bytes, name }) => look(tx, rules, await read(bytes, name)),
    take: async (work, rules, { bytes, name }) => {
      const table = await read(bytes, name);
      const { mistakes } = await look(work.tx, rules, table);
      return table.ok && mistakes.length === 0 ? take(work, table.rows) : undefined;
    },
  };
};

/** What is known by its name: names and aliases must not look like others'. */
const byName =
  (into: 'room' | 'item') =>
  async (tx: Tx, rows: readonly Named[]): Promise<Looked> => {
    const there = await tx.selectFrom(into).select(['name', 'aliases']).execute();
    const names = new Set(there.map(({ name }) => name));
    const fresh = rows.flatMap(({ name }) => (names.has(name) ? [] : [name]));
    return { fresh, known: rows.length - fresh.length, mistakes: lookalikes(rows, there) };
  };

/** So are rooms and desks; a desk may be somebody's. */
async function bySpace(tx: Tx, rows: readonly RoomRow[], rules: Rules): Promise<Looked> {
  const looked = await byName('room')(tx, rows);
  return { ...looked, mistakes: [...looked.mistakes, ...(await roomMistakes(tx, rows, rules))] };
}

/** Assets are known by their numbers: several may have one name. */
async function byNumber(tx: Tx, rows: readonly AssetRow[]): Promise<Looked> {
  const there = await tx.selectFrom('asset').select('number').execute();
  const numbers = new Set(there.map(({ number }) => number));
  const fresh = rows.flatMap(({ number, name }) =>
    numbers.has(number) ? [] : [`${number} ${name}`],
  );
  const { mistakes } = await holdersNamed(tx, rows);
  return { fresh, known: rows.length - fresh.length, mistakes };
}

/** Every sort of list that may be sent. */
const SORTS: { readonly [name: string]: AnySort } = {
  rooms: sort({
    what: words('会议室', 'rooms'),
    said: /会议室|房间|工位|静音舱|\b(?:rooms?|desks?)\b/iu,
    columns: '名称、楼层、容量、设备、需审批',
    read: readRooms,
    compare: bySpace,
    take: importRooms,
  }),
  supplies: sort({
    what: words('物资', 'supplies'),
    said: /物资|库存|办公用品|物品|\bsupplies\b|\bstock\b/iu,
    columns: '名称、分类、单位、单价、库存、预警线',
    read: readSupplies,
    compare: byName('item'),
    take: importSupplies,
  }),
  assets: sort({
    what: words('资产', 'assets'),
    said: /资产|设备台账|\bassets?\b/iu,
    columns: '编号、名称、地点',
    read: readAssets,
    compare: byNumber,
    take: importAssets,
  }),
};

const WISH =
  /^(?:请|帮我|帮忙)?(?:把(?:这个|刚才的?)?(?:文件|表格?|名单)?)?(?:导入|import)(.*)$/isu;
/** Undefined for any sentence that asks for no import. */
export async function importByWord(talk: Talk, text: string): Promise<Led | undefined> {
  const about = WISH.exec(text.trim())?.[1];
  const found = Object.entries(SORTS).find(([, { said }]) => said.test(about ?? ''));
  if (about === undefined || !found) return undefined;
  const [name, { what, columns }] = found;
  const { work, setup, person, address } = talk;
  if (!(await isKeeper(work, setup.rules, person.id))) {
    await record(work, 'refused.import', 'office', { after: { person: person.id } });
    await say(
      talk,
      `${what.zh}名单由行政维护，请把文件发给行政`,
      `The list of ${what.en} is kept by the office; please send the file to them`,
    );
    return {};
  }
  const file = await work.tx
    .selectFrom('attachment')
    .select(['id', 'look_at'])
    .where('person_id', '=', person.id)
    .where('channel', '=', address.channel)
    .where('sort', '=', 'file')
    .where('request_id', 'is', null)
    .where('minutes_id', 'is', null)
    .where('at', '>', work.now.subtract({ minutes: FILE_MINUTES }))
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (!file)
    await say(
      talk,
      `请先把 Excel（.xlsx）或 CSV 文件发给我，再说「导入${what.zh}」。第一行是列名：${columns}`,
      `Please send the .xlsx or .csv first, then say “import ${what.en}”. Its first line names the columns: ${columns}`,
    );
  else if (file.look_at !== null)
    await say(
      talk,
      `文件正在接收，几秒后再说一次「导入${what.zh}」`,
      `The file is still being fetched; please say it again in a few seconds`,
    );
  else await answer(talk, { view: 'import', attachment: file.id, sort: name });
  return {};
}

type Stored = { readonly name: string; readonly bytes: Uint8Array };

/** Only who sent it imports it. */
const storedFile = (tx: Tx, id: number, person: number): Promise<Stored | undefined> =>
  tx
    .selectFrom('attachment')
    .innerJoin('attachment_content', 'attachment_id', 'attachment.id')
    .select(['attachment.name', 'attachment_content.bytes'])
    .where('attachment.id', '=', id)
    .where('attachment.person_id', '=', person)
    .executeTakeFirst();

/** What the file would change, as things are now; undefined when it is gone. */
export async function drawImport(
  tx: Tx,
  wanted: { readonly attachment: number; readonly sort: string },
  person: number,
  rules: Rules,
): Promise<Card | undefined> {
  const file = await storedFile(tx, wanted.attachment, person);
  const kind = SORTS[wanted.sort];
  if (!file || !kind) return undefined;
  const looked = await kind.look(tx, rules, file);
  return importCard({ ...wanted, what: kind.what, fileName: file.name, ...looked });
}

/** 导入 or 取消 below it. */
export async function tapImport(talk: Talk, { a, k = 0, o = '' }: TapWish): Promise<Tapped> {
  const { work, setup, person } = talk;
  const file = await storedFile(work.tx, k, person.id);
  const kind = SORTS[o];
  if (!file || !kind)
    return refused(
      words('这个文件已经不在了，请重新发来', 'The file is gone; please send it again'),
    );
  if (a === 'import-not')
    return { card: importedCard(kind.what, file.name, words('没有导入', 'Not imported')) };
  if (!(await isKeeper(work, setup.rules, person.id))) {
    await record(work, 'refused.import', 'office', { after: { person: person.id } });
    return refused(words('名单由行政维护', 'The list is kept by the office'));
  }
  const tried = await attempt(work, () => kind.take(work, setup.rules, file));
  if ('refused' in tried) return refused(tried.refused.what);
  if (!tried.done) {
    const wanted = { attachment: k, sort: o };
    const card = await drawImport(work.tx, wanted, person.id, setup.rules);
    return card ? { card } : {};
  }
  const { added, changed, unchanged } = tried.done;
  const told = words(
    `已导入：新增 ${added}，更改 ${changed}，未变 ${unchanged}`,
    `Imported: ${added} added, ${changed} changed, ${unchanged} unchanged`,
  );
  return {
    toast: { look: 'success', text: told },
    card: importedCard(kind.what, file.name, told),
  };
}

const refused = (text: Words): Tapped => ({ toast: { look: 'error', text } });
