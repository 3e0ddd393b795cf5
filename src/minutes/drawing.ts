import { actionsCard, ITEMS, type ItemLine, type ItemPanel } from '../../cards/actions.ts';
import type { Card } from '../../cards/card.ts';
import {
  askMinutesCard,
  minutesCard,
  type MinutesModel,
  OPEN_ITEMS,
  type OpenItem,
  waivedCard,
} from '../../cards/minutes.ts';
import { pageOf, type Wanted } from '../../cards/pages.ts';
import { dayText, momentOnDay, momentText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { peopleMeant } from '../directory/people-meant.ts';
import { peopleById, type Person } from '../directory/people.ts';
import type { Hearing } from '../requests/fields.ts';
import { gapsOf } from './correcting.ts';
import {
  type ActionItem,
  isLate,
  isToHandOut,
  itemsOf,
  type Minutes,
  readMinutes,
  unfinishedOf,
} from './store.ts';

type People = ReadonlyMap<number, Person>;

/** A line for each item, with its owner's name. */
export async function linesOf(
  tx: Tx,
  items: readonly ActionItem[],
  at: Hearing,
): Promise<readonly ItemLine[]> {
  const people = await peopleById(
    tx,
    items.flatMap(({ owner_id }) => owner_id ?? []),
  );
  return items.map((item) => lineOf(item, people, at));
}

function lineOf(item: ActionItem, people: People, at: Hearing): ItemLine {
  const today = at.now.toPlainDate();
  return {
    id: item.id,
    number: item.number ?? '',
    what: item.what,
    standard: item.standard,
    owner: (item.owner_id === null ? undefined : people.get(item.owner_id)?.name) ?? '—',
    due: item.due ? dayText(item.due, today) : words('—', '—'),
    state: item.state,
    late: isLate(item, today),
    reason: item.reason,
  };
}

/** Whether a person has business with minutes: the host, those who were there, owners of items. */
async function mayReadMinutes(tx: Tx, minutes: Minutes, person: number): Promise<boolean> {
  if (minutes.host_id === person) return true;
  if (minutes.confirmed_at === null) return false;
  if (minutes.attendees.includes(person)) return true;
  return (await itemsOf(tx, minutes.id)).some(
    ({ owner_id, state }) => owner_id === person && state !== 'draft',
  );
}

/** How a card of minutes is shown: which page of open items, a line about what just happened. */
export type MinutesLook = { readonly first?: number; readonly remark?: Words };

/** The card of minutes as a reader may see it; undefined when they have no business with it. */
export async function drawMinutes(
  tx: Tx,
  minutes: Minutes,
  viewer: number,
  at: Hearing,
  look: MinutesLook = {},
): Promise<Card | undefined> {
  if (!(await mayReadMinutes(tx, minutes, viewer))) return undefined;
  const items = await itemsOf(tx, minutes.id);
  const people = await peopleById(tx, [
    minutes.host_id,
    ...items.flatMap(({ owner_id }) => owner_id ?? []),
  ]);
  const handed = items.filter((item) => !isToHandOut(item));
  const model: MinutesModel = {
    id: minutes.id,
    title: titleOf(minutes),
    host: people.get(minutes.host_id)?.name ?? '',
    held: momentOnDay(minutes.held_at, at),
    decisions: minutes.decisions,
    items: handed.map((item) => lineOf(item, people, at)),
    ...(look.remark ? { remark: look.remark } : {}),
  };
  if (minutes.state === 'asked') return askCard(model, minutes, at);
  if (minutes.state === 'waived') return waivedCard(model);
  if (minutes.host_id !== viewer) return minutesCard(model);
  const open = items.filter(isToHandOut);
  const { first: page } = pageOf({ first: look.first ?? 0 }, open.length, OPEN_ITEMS);
  const today = at.now.toPlainDate();
  const shown = open.slice(page, page + OPEN_ITEMS);
  return minutesCard(model, {
    open: await Promise.all(
      shown.map((item, k) => openItem(tx, item, page + k + 1, people, today)),
    ),
    first: page,
    total: open.length,
    lacking: open.filter((item) => gapsOf(item, today).length > 0).length,
  });
}

/** The subject of the meeting; a general word when it had none. */
export const titleOf = ({ title }: Pick<Minutes, 'title'>): Words =>
  title === '' ? words('会议', 'Meeting') : words(title, title);

function askCard(model: MinutesModel, minutes: Minutes, at: Hearing): Card {
  if (!minutes.due_at) return askMinutesCard(model, words('', ''), 'new');
  const over = Temporal.Instant.compare(minutes.due_at, at.now.toInstant()) <= 0;
  const how = over ? 'late' : minutes.reminders > 0 ? 'soon' : 'new';
  return askMinutesCard(model, momentText(minutes.due_at, at), how);
}

async function openItem(
  tx: Tx,
  item: ActionItem,
  place: number,
  people: People,
  today: Temporal.PlainDate,
): Promise<OpenItem> {
  const known = item.owner_id === null ? undefined : people.get(item.owner_id);
  const owner = known?.name;
  return {
    id: item.id,
    place,
    number: item.number,
    what: item.what,
    standard: item.standard,
    owner: await ownerInput(tx, item, owner),
    due: item.due?.toString() ?? null,
    gaps: gapsOf(item, today),
    ...(item.state === 'refused' ? { cameBack: gaveBack(known, item.reason ?? '') } : {}),
  };
}

const gaveBack = (owner: Person | undefined, reason: string): Words =>
  owner?.active === false
    ? words(`${owner.name}已离开公司，请换一位`, `${owner.name} has left; please choose another`)
    : words(
        `${owner?.name ?? ''}说不是自己：${reason}`,
        `${owner?.name ?? ''} gave it back: ${reason}`,
      );

/** The owner's name; several of one name to choose from; or the words of the minutes, to be put right. */
async function ownerInput(
  tx: Tx,
  item: ActionItem,
  owner: string | undefined,
): Promise<OpenItem['owner']> {
  if (item.state === 'refused') return { name: '' };
  if (owner !== undefined) return { name: owner };
  const said = item.owner_said ?? '';
  const meant = said === '' ? [] : await peopleMeant(tx, said, []);
  if (meant.length === 0) return { name: said };
  return {
    said,
    choose: meant.map(({ id, name, department, jobTitle }) => ({
      value: `p${id}`,
      label: [name, department ?? jobTitle ?? ''].filter((each) => each !== '').join(' · '),
    })),
  };
}

/** How an owner's card is shown: the page, what is being asked, a line about what just happened. */
export type ActionsLook = Partial<Wanted> & {
  readonly panel?: ItemPanel;
  readonly remark?: Words;
  readonly undo?: { readonly item: number; readonly number: string };
};

/** An owner's items: of one meeting (with what is done of them), or all that are open, oldest first (`scope` 0). */
export async function drawActions(
  tx: Tx,
  owner: number,
  scope: number,
  at: Hearing,
  look: ActionsLook = {},
): Promise<Card> {
  const minutes = scope === 0 ? undefined : await readMinutes(tx, scope);
  const items = minutes ? await ownedIn(tx, owner, scope) : await unfinishedOf(tx, owner);
  const today = at.now.toPlainDate();
  const wanted = { first: look.first ?? 0, seen: look.seen };
  const { first: page } = pageOf(wanted, items.length, ITEMS);
  const title = minutes && titleOf(minutes);
  return actionsCard({
    scope,
    title: title
      ? words(`行动项：${title.zh}`, `Action items: ${title.en}`)
      : words('我的行动项', 'My action items'),
    items: await linesOf(tx, items.slice(page, page + ITEMS), at),
    first: page,
    total: items.length,
    late: items.filter((item) => isLate(item, today)).length,
    ...(look.panel ? { panel: look.panel } : {}),
    ...(look.remark ? { remark: look.remark } : {}),
    ...(look.undo ? { undo: look.undo } : {}),
  });
}

/** What is or was theirs in one meeting; what they gave back is not. */
const ownedIn = async (tx: Tx, owner: number, minutes: number): Promise<readonly ActionItem[]> =>
  (await itemsOf(tx, minutes)).filter((item) => item.owner_id === owner && !isToHandOut(item));
