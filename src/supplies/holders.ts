/** What people have of the office: they are asked whether they still have it, and what leavers have is told to the office. */
import type { Selectable } from 'kysely';
import { Refusal } from '../../cards/refusal.ts';
import { enumerated, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { AssetCheckTable } from '../../db/tables.ts';
import { type Office, oneByOne, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe, PREFERRED } from '../delivery/owe.ts';
import { nameOf } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { assetsOf } from '../requests/repair/holders.ts';
import type { Rules } from '../settings/rules.ts';
import { isKeeper } from './office.ts';
import { tellKeepers } from './tell.ts';

export type AssetCheck = Selectable<AssetCheckTable>;

/** One asset of a check, and what its holder said of it; null: nothing yet. */
export type Checked = {
  readonly asset: number;
  readonly number: string;
  readonly name: string;
  readonly place: string;
  readonly person: number;
  readonly answer: 'here' | 'gone' | null;
};

/** Assets whose holders work here, as a check would ask for them now. */
const heldNow = (tx: Tx) =>
  tx
    .selectFrom('asset')
    .innerJoin('person', 'person.id', 'asset.holder_id')
    .select(['asset.id as asset_id', 'person.id as person_id'])
    .where('asset.active', '=', true)
    .where('person.active', '=', true)
    .orderBy('asset.id')
    .execute();

/** How many people would be asked, about how many assets. */
export async function wouldAsk(
  tx: Tx,
): Promise<{ readonly people: number; readonly assets: number }> {
  const held = await heldNow(tx);
  return { people: new Set(held.map(({ person_id }) => person_id)).size, assets: held.length };
}

async function mustKeep(work: Work, rules: Rules, person: number): Promise<void> {
  if (await isKeeper(work, rules, person)) return;
  throw new Refusal(
    'assets.office',
    words('资产由行政管理，没有办理', 'The office keeps the assets; nothing was done'),
  );
}

/**
 * Asks everybody who has something, with one card each. Refusals `assets.office`, `assets.nobody` when nobody has anything, `assets.again`
 * while one is under way that was begun within a day.
 */
export async function beginCheck(work: Work, setup: Setup, person: number): Promise<number> {
  await mustKeep(work, setup.rules, person);
  const held = await heldNow(work.tx);
  if (held.length === 0)
    throw new Refusal(
      'assets.nobody',
      words('台账里还没有写使用人的资产', 'No asset has a holder yet'),
      words(
        '请导入资产，填「使用人」一列（姓名、工号或邮箱）',
        'Import the assets with the column 使用人: name, employee number or e-mail address',
      ),
    );
  const last = await newestCheck(work.tx);
  if (last?.ended_at === null) notSoon(work, last.started_at);
  const { id } = await work.tx
    .insertInto('asset_check')
    .values({ started_by: person, started_at: work.now, reminded_at: null, ended_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await work.tx
    .insertInto('asset_answer')
    .values(held.map((each) => ({ ...each, check_id: id, answer: null, answered_at: null })))
    .execute();
  await record(work, 'asset-check.begun', 'office', { after: { check: id, assets: held.length } });
  await ask(
    work,
    setup,
    id,
    held.map(({ person_id }) => person_id),
    'first',
  );
  return id;
}

async function ask(
  work: Work,
  setup: Setup,
  check: number,
  people: readonly number[],
  occasion: string,
): Promise<void> {
  for (const person of new Set(people))
    await owe(work, setup.jobs, person, PREFERRED, {
      what: `asset-check:${check}:${occasion}:p${person}`,
      view: { view: 'asset-check', check },
      attention: true,
      priority: 3,
    });
}

const lockCheck = (tx: Tx, id: number): Promise<AssetCheck | undefined> =>
  tx.selectFrom('asset_check').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const readCheck = (tx: Tx, id: number): Promise<AssetCheck | undefined> =>
  tx.selectFrom('asset_check').selectAll().where('id', '=', id).executeTakeFirst();

/** The newest one there is. */
export const newestCheck = (tx: Tx): Promise<AssetCheck | undefined> =>
  tx.selectFrom('asset_check').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst();

/** All of a check, or one person's part of it, by number. */
export function checkedIn(tx: Tx, check: number, person?: number): Promise<readonly Checked[]> {
  let rows = tx
    .selectFrom('asset_answer as said')
    .innerJoin('asset', 'asset.id', 'said.asset_id')
    .select(['asset.id as asset', 'asset.number', 'asset.name', 'asset.place'])
    .select(['said.person_id as person', 'said.answer'])
    .where('said.check_id', '=', check);
  if (person !== undefined) rows = rows.where('said.person_id', '=', person);
  return rows.orderBy('asset.number').execute();
}

/**
 * What a person says of one of theirs, or of all that they have not spoken of yet. They may change their mind until everybody has
 * answered: then who began it is told, once. Undefined: nothing in this check is theirs.
 */
export async function answerCheck(
  work: Work,
  setup: Setup,
  person: number,
  said: {
    readonly check: number;
    readonly asset: number | 'rest';
    readonly answer: 'here' | 'gone';
  },
): Promise<AssetCheck | undefined> {
  const check = await lockCheck(work.tx, said.check);
  const own = check ? await checkedIn(work.tx, check.id, person) : [];
  if (!check || own.length === 0) return undefined;
  if (check.ended_at !== null) return check;
  let rows = work.tx
    .updateTable('asset_answer')
    .set({ answer: said.answer, answered_at: work.now })
    .where('check_id', '=', check.id)
    .where('person_id', '=', person);
  rows =
    said.asset === 'rest'
      ? rows.where('answer', 'is', null)
      : rows.where('asset_id', '=', said.asset);
  await rows.execute();
  await record(work, `asset-check.${said.answer}`, 'office', {
    after: { check: check.id, person, asset: said.asset },
  });
  const open = (await checkedIn(work.tx, check.id)).some(({ answer }) => answer === null);
  if (open) return check;
  await owe(work, setup.jobs, check.started_by, PREFERRED, {
    what: `asset-check:${check.id}:ended`,
    view: { view: 'asset-checks', check: check.id },
    attention: true,
    priority: 6,
  });
  return work.tx
    .updateTable('asset_check')
    .set({ ended_at: work.now })
    .where('id', '=', check.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Who has not answered is asked again, at most once in so many hours. */
const AGAIN_HOURS = 24;

/** Refusal when people were asked less than a day ago: nobody is asked twice in one. */
function notSoon({ now }: Work, last: Temporal.Instant): void {
  if (Temporal.Instant.compare(last.add({ hours: AGAIN_HOURS }), now) <= 0) return;
  throw new Refusal(
    'assets.again',
    words('24 小时内已经问过', 'They were asked within the last 24 hours'),
    words(
      '说「资产确认结果」看进度，明天可以再催',
      'Say “asset check” to see how it stands; tomorrow they may be asked again',
    ),
  );
}

/** How many were asked again. Refusals `assets.office`, `assets.again`. */
export async function askAgain(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
): Promise<number | undefined> {
  await mustKeep(work, setup.rules, person);
  const check = await lockCheck(work.tx, id);
  if (!check) return undefined;
  notSoon(work, check.reminded_at ?? check.started_at);
  const rows = await work.tx
    .selectFrom('asset_answer')
    .innerJoin('person', 'person.id', 'asset_answer.person_id')
    .select('person.id')
    .distinct()
    .where('asset_answer.check_id', '=', id)
    .where('asset_answer.answer', 'is', null)
    .where('person.active', '=', true)
    .execute();
  const waiting = rows.map((row) => row.id);
  await work.tx
    .updateTable('asset_check')
    .set({ reminded_at: work.now })
    .where('id', '=', id)
    .execute();
  await ask(work, setup, id, waiting, work.now.toString());
  return waiting.length;
}

/** What somebody has who left is told to the office, once. */
export async function tellOfLeavers(office: Office, setup: Setup): Promise<void> {
  await oneByOne(office, [(work) => tellOfOne(work, setup)]);
}

async function tellOfOne(work: Work, setup: Setup): Promise<boolean> {
  const left = await work.tx
    .selectFrom('asset')
    .innerJoin('person', 'person.id', 'asset.holder_id')
    .select('person.id')
    .where('asset.active', '=', true)
    .where('asset.leaver_told_at', 'is', null)
    .where('person.active', '=', false)
    .limit(1)
    .forUpdate('asset')
    .skipLocked()
    .executeTakeFirst();
  if (!left) return false;
  const held = await assetsOf(work.tx, left.id);
  await work.tx
    .updateTable('asset')
    .set({ leaver_told_at: work.now })
    .where('holder_id', '=', left.id)
    .where('active', '=', true)
    .execute();
  const who = await nameOf(work.tx, left.id);
  const what = enumerated(held.slice(0, MOST_NAMED).map(({ number, name }) => `${number} ${name}`));
  const more = held.length - MOST_NAMED;
  const text = words(
    `${who} 已离职，名下还有 ${held.length} 件资产要收回：${what.zh}${more > 0 ? `，另有 ${more} 件` : ''}。收回后请在资产表里改「使用人」再导入`,
    `${who} has left and still has ${held.length} assets: ${what.en}${more > 0 ? `, and ${more} more` : ''}. Please change 使用人 in the list once they are back`,
  );
  await tellKeepers(work, setup, [
    { key: `leaver-assets:${left.id}:${work.now.toString()}`, text },
  ]);
  return true;
}

/** So many are named in a sentence, the others are counted. */
const MOST_NAMED = 20;
