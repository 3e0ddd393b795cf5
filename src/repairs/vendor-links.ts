/**
 * Links for firms from outside: one ticket, one firm, until a day. The link is signed, so that none can be guessed or changed, and can be
 * taken back. Whoever has it sees what is broken and where, nobody's name, and may say that they came and that it is done.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Selectable } from 'kysely';
import { clean } from '../../cards/clean.ts';
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { VendorLinkTable } from '../../db/tables.ts';
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { faultOf } from '../filing/file-content.ts';
import { filesOf, MOST_FILES } from '../filing/files.ts';
import type { Setup } from '../filing/move.ts';
import { addNote } from '../filing/notes.ts';
import { lockRequest, readRequest, type Request } from '../filing/store.ts';
import { oweCard } from '../filing/tell.ts';
import type { Secret } from '../secret.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import { addSpan } from '../time/working-time.ts';
import { maySort } from './sort.ts';
import { oweWatchers } from './watchers.ts';

export type VendorLink = Selectable<VendorLinkTable>;

/** Where the pages of firms are, on our server. */
export const VENDOR_PATH = '/vendor/';

/** The key of the links, made of the key of the record: one secret is kept, and neither tells the other. */
const linkKey = (key: Secret): Buffer =>
  createHmac('sha256', Buffer.from(key.reveal(), 'hex')).update('banshi vendor link v1').digest();

/** What is signed: the link, its ticket, the step it is for, and its end. */
const signed = (key: Secret, link: Pick<VendorLink, 'id' | 'request_id' | 'expires_at'>): string =>
  createHmac('sha256', linkKey(key))
    .update(`${link.id}:${link.request_id}:fix:${link.expires_at.epochMilliseconds}`)
    .digest('base64url');

/** What stands in the address: the link's number and its signature. */
const tokenOf = (key: Secret, link: Pick<VendorLink, 'id' | 'request_id' | 'expires_at'>): string =>
  `${link.id}.${signed(key, link)}`;

/** The link that a token is of, whatever has become of it; undefined when it is none of ours. */
async function linkOf(tx: Tx, key: Secret, token: string): Promise<VendorLink | undefined> {
  const [, id, signature] = /^([1-9]\d{0,14})\.([\w-]{43})$/.exec(token) ?? [];
  if (id === undefined || signature === undefined) return undefined;
  const link = await tx
    .selectFrom('vendor_link')
    .selectAll()
    .where('id', '=', Number(id))
    .executeTakeFirst();
  const right = link && Buffer.from(signed(key, link));
  const given = Buffer.from(signature);
  return right && right.length === given.length && timingSafeEqual(right, given) ? link : undefined;
}

/** Why a link is good no more; undefined while it is. */
export function whyOver(
  link: VendorLink,
  request: Request | undefined,
  now: Temporal.Instant,
): 'revoked' | 'expired' | 'closed' | undefined {
  if (link.revoked_at) return 'revoked';
  if (Temporal.Instant.compare(link.expires_at, now) <= 0) return 'expired';
  return request && openStep(request.workflow)?.id === 'fix' ? undefined : 'closed';
}

/** A link for a firm. Throws Refusal when it is not theirs to ask, or when nobody outside could open it. */
export async function makeLink(
  work: Work,
  setup: Setup,
  request: Request,
  person: number,
  vendor: string,
): Promise<string> {
  const { links } = setup;
  if (!maySort(request, person))
    throw new Refusal('repair.vendor', words('这一步不在您手上', 'This step is not yours'));
  if (!links)
    throw new Refusal(
      'repair.no-address',
      words(
        '没有设置 PUBLIC_URL，外面的人打不开链接',
        'PUBLIC_URL is not set, so nobody outside could open the link',
      ),
      words('请管理员设置后再试，或先电话联系', 'Ask the administrator, or call them for now'),
    );
  const link = await work.tx
    .insertInto('vendor_link')
    .values({
      request_id: request.id,
      vendor,
      made_by: person,
      made_at: work.now,
      expires_at: addSpan(work.now, setup.rules.repairs.vendorLink, setup.calendar),
      revoked_at: null,
      arrived_at: null,
      done_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(work, 'vendor.invited', `request:${request.id}`, {
    after: { link: link.id, until: link.expires_at.toString() },
  });
  return `${links.url}${VENDOR_PATH}${tokenOf(links.key, link)}`;
}

/** Takes back every link of a ticket. Returns how many there were. */
export async function revokeLinks(work: Work, request: Request, person: number): Promise<number> {
  if (!maySort(request, person)) return 0;
  const { numUpdatedRows } = await work.tx
    .updateTable('vendor_link')
    .set({ revoked_at: work.now })
    .where('request_id', '=', request.id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await record(work, 'vendor.revoked', `request:${request.id}`);
  return Number(numUpdatedRows);
}

/** The links of a ticket that are not taken back, newest first. */
export const linksOf = (tx: Tx, request: number): Promise<readonly VendorLink[]> =>
  tx
    .selectFrom('vendor_link')
    .selectAll()
    .where('request_id', '=', request)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .execute();

/** What a firm says by its page. */
export type VendorSays = {
  readonly act: 'arrived' | 'done';
  readonly note: string;
  readonly picture?: { readonly name: string; readonly bytes: Uint8Array };
};

/** What came of it; nothing was kept with `picture` (it is none that we take) and `full` (the ticket has as many as a card shows). */
export type VendorHeard = 'kept' | 'over' | 'picture' | 'full';

/**
 * Keeps what a firm said, and tells whoever works on the ticket, who looks at it and completes it: a firm does not close our ticket. The
 * link is looked at again under the ticket's lock.
 */
export async function hearVendor(
  work: Work,
  setup: Setup,
  key: Secret,
  token: string,
  says: VendorSays,
): Promise<VendorHeard> {
  const found = await linkOf(work.tx, key, token);
  const request = found && (await lockRequest(work.tx, found.request_id));
  const link = found && (await linkOf(work.tx, key, token));
  if (!request || !link || whyOver(link, request, work.now)) return 'over';
  const { picture } = says;
  if (picture && faultOf('image', picture.name, picture.bytes)) return 'picture';
  if (picture && (await filesOf(work.tx, request.id, 'image')).length >= MOST_FILES) return 'full';
  const said = clean(says.note, 200);
  const before = says.act === 'done' ? link.done_at : link.arrived_at;
  // The same button twice, with nothing new: everybody was told.
  if (before && said === '' && !picture) return 'kept';
  const what = says.act === 'done' ? '完成' : '到场';
  const text = `【${link.vendor}】${what}${said === '' ? '' : `：${said}`}`;
  const note = await addNote(work, request.id, link.made_by, text);
  await work.tx
    .updateTable('vendor_link')
    .set(
      says.act === 'done'
        ? { done_at: work.now, arrived_at: link.arrived_at ?? work.now }
        : { arrived_at: link.arrived_at ?? work.now },
    )
    .where('id', '=', link.id)
    .execute();
  if (picture) await keepPicture(work, request, link, picture);
  await record(work, `vendor.${says.act}`, `request:${request.id}`, { after: { link: link.id } });
  const again = `:note:${note}`;
  const step = openStep(request.workflow);
  for (const person of step ? assigneesOf(step) : [])
    await oweCard(work, setup, request, person, 'waits', again);
  await oweCard(work, setup, request, request.requester_id, 'news', again);
  await oweWatchers(work, setup, request, 0, again);
  return 'kept';
}

async function keepPicture(
  work: Work,
  request: Request,
  link: VendorLink,
  { name, bytes }: NonNullable<VendorSays['picture']>,
): Promise<void> {
  const { id } = await work.tx
    .insertInto('attachment')
    .values({
      person_id: link.made_by,
      channel: request.channel,
      chat: 'private',
      request_id: request.id,
      draft_id: null,
      message: `vendor:${link.id}`,
      file_key: `vendor:${link.id}:${work.now.epochMilliseconds}`,
      name: clean(name, 100) || 'photo',
      sort: 'image',
      path: null,
      at: work.now,
      look_at: null,
      minutes_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await work.tx.insertInto('attachment_content').values({ attachment_id: id, bytes }).execute();
}

/** What a firm may know of a ticket: what and where, nobody's name. Undefined for a token that is none of ours. */
export async function vendorTicket(
  tx: Tx,
  key: Secret,
  token: string,
  now: Temporal.Instant,
): Promise<
  | {
      readonly link: VendorLink;
      readonly request: Request;
      readonly over: ReturnType<typeof whyOver>;
    }
  | undefined
> {
  const link = await linkOf(tx, key, token);
  const request = link && (await readRequest(tx, link.request_id));
  return request && link && { link, request, over: whyOver(link, request, now) };
}
