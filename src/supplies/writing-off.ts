/** Writing off: what is broken or spoilt leaves the store room with a reason; what had cost more than a bound, when a second person agrees. */
import type { Selectable } from 'kysely';
import { yuanText } from '../../cards/money.ts';
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { WriteOffTable } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe, PREFERRED } from '../delivery/owe.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { nameOf } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { costOf, enter } from '../requests/supply/ledger.ts';
import { keepersOf, mustBeKeeper } from './office.ts';

export type WriteOff = Selectable<WriteOffTable>;

export const readWriteOff = (tx: Tx, id: number): Promise<WriteOff | undefined> =>
  tx.selectFrom('write_off').selectAll().where('id', '=', id).executeTakeFirst();

const lockWriteOff = (tx: Tx, id: number): Promise<WriteOff | undefined> =>
  tx.selectFrom('write_off').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Puts one down; nothing leaves the store room yet. `quantity` in units, more than none. */
export async function draftWriteOff(
  work: Work,
  person: number,
  what: { readonly item: number; readonly quantity: number; readonly why: string | undefined },
): Promise<number> {
  const { id } = await work.tx
    .insertInto('write_off')
    .values({
      item_id: what.item,
      quantity: what.quantity,
      why: what.why ?? null,
      state: 'draft',
      person_id: person,
      created_at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Its reason is given: it is written off at once, or others who keep the store room are asked to agree, where it had cost more than one
 * person writes off alone. Only for who put it down; undefined otherwise. Refusals `write-off.why`, `write-off.nobody`, `supply.short`.
 */
export async function confirmWriteOff(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
  why: string,
): Promise<WriteOff | undefined> {
  await mustBeKeeper(work, setup.rules, person);
  const asked = await lockWriteOff(work.tx, id);
  if (!asked || asked.person_id !== person) return undefined;
  if (asked.state !== 'draft') return asked;
  if (why === '')
    throw new Refusal(
      'write-off.why',
      words('请写明报废原因', 'Please write why it is written off'),
    );
  // Locked, so that the cost that is held against the bound is what it will cost.
  await work.tx
    .selectFrom('item')
    .select('id')
    .where('id', '=', asked.item_id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const cost = await costOf(work.tx, asked.item_id, asked.quantity);
  const reasoned = { ...asked, why };
  if (cost <= Math.round(setup.rules.supplies.writeOffAlone * 100)) return write(work, reasoned);
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const others = keepersOf(org).filter((keeper) => keeper !== person);
  if (others.length === 0)
    throw new Refusal(
      'write-off.nobody',
      words(
        `成本 ${yuanText(cost)}，要另一位行政同意，现在没有别人`,
        `It had cost ${yuanText(cost)}: somebody else of the office has to agree, and there is nobody`,
      ),
      words(
        '请在 office.yaml 的 roles 里给 office 或 office-manager 再加一位',
        'Add somebody to office or office-manager of the roles in office.yaml',
      ),
    );
  const agreeing = await set(work, reasoned, 'agreeing');
  for (const other of others) await oweWriteOff(work, setup, agreeing, other);
  return agreeing;
}

/** A second person agrees, or does not. Refusal `write-off.second` for who put it down. */
export async function agreeToWriteOff(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
  yes: boolean,
): Promise<WriteOff | undefined> {
  await mustBeKeeper(work, setup.rules, person);
  const asked = await lockWriteOff(work.tx, id);
  if (!asked || asked.state !== 'agreeing') return asked;
  if (asked.person_id === person)
    throw new Refusal(
      'write-off.second',
      words('要另一位行政同意，您是提出人', 'Somebody else of the office has to agree, not you'),
    );
  const now = yes
    ? await write(work, asked, person)
    : await set(work, asked, 'dropped', { second_id: person });
  await oweWriteOff(work, setup, now, asked.person_id);
  return now;
}

/** Given up by who put it down, while nobody has agreed. */
export async function dropWriteOff(
  work: Work,
  person: number,
  id: number,
): Promise<WriteOff | undefined> {
  const asked = await lockWriteOff(work.tx, id);
  if (!asked || asked.person_id !== person) return undefined;
  if (asked.state !== 'draft' && asked.state !== 'agreeing') return asked;
  return set(work, asked, 'dropped');
}

/** It leaves the store room, at what the oldest of it had cost. */
async function write(work: Work, asked: WriteOff, agreed?: number): Promise<WriteOff> {
  const by = agreed === undefined ? '' : `（${await nameOf(work.tx, agreed)}同意）`;
  const { value } = await enter(work, {
    item: asked.item_id,
    sort: 'write-off',
    onHand: -asked.quantity,
    who: asked.person_id,
    why: `${asked.why ?? ''}${by}`,
  });
  return set(work, asked, 'done', {
    value_fen: -value,
    ...(agreed === undefined ? {} : { second_id: agreed }),
  });
}

async function set(
  work: Work,
  asked: WriteOff,
  state: WriteOff['state'],
  more: Pick<Partial<WriteOff>, 'second_id' | 'value_fen'> = {},
): Promise<WriteOff> {
  await record(work, `write-off.${state}`, `item:${asked.item_id}`, {
    after: { writeOff: asked.id, quantity: asked.quantity, state, ...more },
  });
  return work.tx
    .updateTable('write_off')
    .set({
      ...more,
      state,
      why: asked.why,
      version: asked.version + 1,
      ended_at: state === 'done' || state === 'dropped' ? work.now : null,
    })
    .where('id', '=', asked.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

const oweWriteOff = (
  work: Work,
  setup: Setup,
  { id, version }: WriteOff,
  person: number,
): Promise<boolean> =>
  owe(work, setup.jobs, person, PREFERRED, {
    what: `write-off:${id}:v${version}:p${person}`,
    view: { view: 'write-off', off: id },
    attention: true,
    priority: 3,
  });
