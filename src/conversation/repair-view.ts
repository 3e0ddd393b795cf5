/** What the card of a repair shows and offers beside what every request does. */
import type { Block, Fact } from '../../cards/card.ts';
import type { RequestActions } from '../../cards/request.ts';
import { daysText, dayText, momentText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Request } from '../filing/store.ts';
import type { KindView, Looking } from './kind-view.ts';
import { acceptBy } from '../repairs/accepting.ts';
import { yuanText } from '../../cards/money.ts';
import { costOf, partsText } from '../repairs/parts.ts';
import { maySort } from '../repairs/sort.ts';
import { linksOf, type VendorLink } from '../repairs/vendor-links.ts';
import { watchersOf, watchersText } from '../repairs/watchers.ts';
import { type Asset, assetNumbered } from '../requests/repair/assets.ts';
import { picturesAfter } from '../requests/repair/doers.ts';
import { brokenIn, earlierOf, wordsIn } from '../requests/repair/open-tickets.ts';
import { warrantyText } from '../requests/repair/prepare.ts';
import type { Hearing } from '../requests/fields.ts';
import { titleOf } from '../rounds/texts.ts';
import { calendarOf } from '../settings/office-calendar.ts';
import type { Rules } from '../settings/rules.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';

type Button = NonNullable<RequestActions['further']>[number];

/** Facts and blocks of a repair, and the buttons of who looks at it. */
export async function repairView({ tx, request, viewer, rules, at }: Looking): Promise<KindView> {
  const step = openStep(request.workflow);
  const doing = step?.id === 'fix' && assigneesOf(step).includes(viewer);
  const number = request.form['asset'];
  const asset = typeof number === 'string' ? await assetNumbered(tx, number) : undefined;
  const watchers = await watchersOf(tx, request.id);
  const parts = await partsText(tx, request.id);
  const links = await linksOf(tx, request.id);
  const major = await tx
    .selectFrom('major_fault')
    .select('since')
    .where('request_id', '=', request.id)
    .executeTakeFirst();
  const fen = await costOf(tx, request);
  const after = await picturesAfter(tx, request.id);
  return {
    placed: after.map(({ id }) => id),
    facts: [
      ...(asset ? assetFacts(asset, doing, at) : []),
      ...links.slice(0, 3).map((link) => vendorFact(link, at)),
      ...(major
        ? [
            {
              label: words('级别', 'Level'),
              value: words('重大故障，每天通报进展', 'Major fault, told every day'),
            },
          ]
        : []),
      ...(await foundIn(tx, request, at)),
      ...(await acceptFact(tx, request, viewer, rules, at)),
      ...(parts ? [{ label: words('配件', 'Parts'), value: parts }] : []),
      ...(fen > 0 ? [{ label: words('费用', 'Cost'), value: yuanText(fen) }] : []),
      ...(watchers.length > 0
        ? [{ label: words('也遇到的人', 'Also waiting'), value: watchersText(watchers) }]
        : []),
    ],
    blocks: [...pictureBlocks(after), ...(await historyOf(tx, request, at))],
    further: [
      ...(maySort(request, viewer)
        ? [SORT, PARTS, VENDOR, ...(major ? [] : [MAJOR]), ...(links.length > 0 ? [REVOKE] : [])]
        : []),
      ...(watchers.some(({ id }) => id === viewer) ? [UNWATCH] : []),
    ],
  };
}

const button = (a: string, zh: string, en: string): Button => ({
  label: words(zh, en),
  a,
  look: 'plain',
});
const SORT = button('ask-sort', '改分类', 'Set category');
const PARTS = button('ask-parts', '用配件', 'Use parts');
const VENDOR = button('ask-vendor', '请厂家来', 'Invite a firm');
const REVOKE = button('revoke', '收回厂家链接', 'Take back its link');
const MAJOR = button('major', '列为重大故障', 'Major fault');
const UNWATCH = button('unwatch', '不再关注', 'Stop watching');

/** 「厂家 广州惠印：今天 10:20 到场」 */
function vendorFact(link: VendorLink, at: Hearing): Fact {
  const moment = link.done_at ?? link.arrived_at;
  const when = moment && momentText(moment, at);
  const stands = when
    ? link.done_at
      ? words(`${when.zh} 说已完成`, `says done, ${when.en}`)
      : words(`${when.zh} 到场`, `came ${when.en}`)
    : words('还没有到场', 'not there yet');
  return {
    label: words('厂家', 'Firm'),
    value: words(`${link.vendor}：${stands.zh}`, `${link.vendor}: ${stands.en}`),
  };
}

/** Until when its reporter may look at it: then it counts as accepted. */
async function acceptFact(
  tx: Tx,
  request: Request,
  viewer: number,
  rules: Rules,
  at: Hearing,
): Promise<readonly Fact[]> {
  if (request.requester_id !== viewer || openStep(request.workflow)?.id !== 'accept') return [];
  const task = await tx
    .selectFrom('task')
    .select('opened_at')
    .where('request_id', '=', request.id)
    .where('step_id', '=', 'accept')
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (!task) return [];
  const until = momentText(acceptBy(task.opened_at, { rules, calendar: calendarOf(rules) }), at);
  return [
    {
      label: words('验收期限', 'Look at it by'),
      value: words(`${until.zh}，到期算已验收`, `${until.en}; then it counts as accepted`),
    },
  ];
}

/** The round that found it. */
async function foundIn(tx: Tx, request: Request, at: Hearing): Promise<readonly Fact[]> {
  const row = await tx
    .selectFrom('round_ticket')
    .innerJoin('round', 'round.id', 'round_ticket.round_id')
    .select(['round.name', 'round.date'])
    .where('round_ticket.request_id', '=', request.id)
    .orderBy('round.id')
    .executeTakeFirst();
  if (!row) return [];
  const title = titleOf(row.name);
  const day = dayText(row.date, at.now.toPlainDate());
  return [
    {
      label: words('来自', 'Found in'),
      value: words(`${title.zh} ${day.zh}`, `${title.en} ${day.en}`),
    },
  ];
}

/** What the register tells. Whom to call is for who repairs it, while the warranty holds. */
function assetFacts(asset: Asset, doing: boolean, { now }: Hearing): readonly Fact[] {
  const today = now.toPlainDate();
  const warranty = warrantyText(asset, today);
  const model = asset.model ?? asset.name;
  const bought = asset.bought ? daysText(asset.bought, asset.bought, today) : undefined;
  const contact = [asset.supplier, asset.supplier_contact].filter((each) => each !== null);
  return [
    {
      label: words('型号', 'Model'),
      value: bought ? words(`${model}，${bought.zh}购入`, `${model}, bought ${bought.en}`) : model,
    },
    ...(warranty ? [{ label: words('质保', 'Warranty'), value: warranty }] : []),
    ...(doing && contact.length > 0
      ? [{ label: words('供应商', 'Supplier'), value: contact.join(' ') }]
      : []),
  ];
}

/** Pictures that were sent by whoever repaired it: what it looks like now. */
const pictureBlocks = (
  pictures: readonly { readonly id: number; readonly name: string }[],
): readonly Block[] =>
  pictures.length === 0
    ? []
    : [
        { block: 'text', look: 'quiet', text: words('修好后的照片', 'After the repair') },
        ...pictures.map(({ id, name }): Block => ({ block: 'image', file: String(id), alt: name })),
      ];

/** How far back the history of a thing goes, and how much of it a card shows. */
const HISTORY_DAYS = 730;
const SHOWN = 5;

/** What was reported of the same thing before, folded away. */
async function historyOf(tx: Tx, request: Request, at: Hearing): Promise<readonly Block[]> {
  const broken = brokenIn(request.form);
  if (!broken) return [];
  const since = request.submitted_at.subtract({ hours: 24 * HISTORY_DAYS });
  const earlier = await earlierOf(tx, broken, since, request.id);
  if (earlier.length === 0) return [];
  const title = words(`以前报过 ${earlier.length} 次`, `Reported before: ${earlier.length}`);
  const line = ({ number, problem, outcome, at: when }: (typeof earlier)[number]): Fact => {
    const day = momentText(when, at);
    const done = wordsIn(outcome['fix'] ?? {}, 'done');
    return {
      label: words(`${number} ${day.zh}`, `${number} ${day.en}`),
      value: done === '' ? problem : `${problem} → ${done}`,
    };
  };
  return [
    {
      block: 'fold',
      title,
      blocks: [{ block: 'facts', facts: earlier.slice(0, SHOWN).map(line) }],
    },
  ];
}
