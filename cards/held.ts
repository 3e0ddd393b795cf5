/** What a person has of the office, and what is said of it when the office asks. Pure. */
import type { Block, Button, Card } from './card.ts';
import { buttonRow } from './pages.ts';
import { counted, enumerated, type Words, words } from './words.ts';

export type HeldAsset = {
  readonly number: string;
  readonly name: string;
  readonly place: string;
};

/** Assets on one card; the rest is counted, or comes when these are answered. */
const MOST_HELD = 20;

/** 「我名下的资产」 */
export function heldCard(assets: readonly (HeldAsset & { readonly model: string | null })[]): Card {
  const told =
    assets.length === 0
      ? words('您名下没有登记的资产', 'No asset is registered for you')
      : words(`您名下有 ${assets.length} 件资产`, `You have ${counted(assets.length, 'asset')}`);
  const more = assets.length - MOST_HELD;
  return {
    title: words('我名下的资产', 'My assets'),
    color: assets.length === 0 ? 'grey' : 'blue',
    preview: told,
    blocks: [
      { block: 'text', look: 'strong', text: told },
      ...(assets.length === 0
        ? []
        : [
            {
              block: 'table' as const,
              columns: [
                { key: 'number', label: words('编号', 'Number') },
                { key: 'name', label: words('名称', 'Name') },
                { key: 'place', label: words('地点', 'Place') },
              ],
              rows: assets.slice(0, MOST_HELD).map(({ number, name, model, place }) => ({
                number,
                name: model === null ? name : `${name} ${model}`,
                place,
              })),
            },
          ]),
      ...uncounted(more),
      {
        block: 'text',
        look: 'quiet',
        text: words('不对请告诉行政', 'If something is wrong, please tell the office'),
      },
    ],
  };
}

export type AssetCheckModel = {
  readonly check: number;
  /** The office, as it asks. */
  readonly by: string;
  readonly assets: readonly (HeldAsset & {
    readonly asset: number;
    readonly answer: 'here' | 'gone' | null;
  })[];
};

const ANSWER: { readonly [answer in 'here' | 'gone']: Words } = {
  here: words('在用', 'I have it'),
  gone: words('不在我这', 'I do not have it'),
};

/** One holder's: what is not answered yet with its buttons, then what was said. */
export function assetCheckCard(model: AssetCheckModel): Card {
  const { assets, check } = model;
  const open = assets.filter(({ answer }) => answer === null);
  const told =
    open.length > 0
      ? words(
          `请确认 ${open.length} 件资产是否还在您这`,
          `Please say whether you still have ${counted(open.length, 'asset')}`,
        )
      : words('已确认，谢谢', 'Answered, thank you');
  const button = (label: Words, a: string, look: Button['look'], asset?: number): Button => ({
    label,
    look,
    value: { v: 1, a, l: `assets:${check}`, ...(asset === undefined ? {} : { f: asset }) },
  });
  return {
    title: words('确认名下资产', 'Confirm your assets'),
    subtitle: words(`${model.by}发起`, `Asked by ${model.by}`),
    color: open.length > 0 ? 'orange' : 'green',
    preview: told,
    blocks: [
      { block: 'text', look: 'strong', text: told },
      ...buttonRow(
        open.length > 1 ? [button(words('都在用', 'I have all'), 'asset-all', 'primary')] : [],
      ),
      ...open.slice(0, MOST_HELD).flatMap((each): readonly Block[] => [
        { block: 'text', text: named(each) },
        {
          block: 'buttons',
          buttons: [
            button(ANSWER.here, 'asset-here', 'plain', each.asset),
            button(ANSWER.gone, 'asset-gone', 'plain', each.asset),
          ],
        },
      ]),
      ...uncounted(open.length - MOST_HELD),
      ...answered(model),
    ],
  };
}

/** What was said already, a fact each. */
function answered({ assets }: AssetCheckModel): readonly Block[] {
  const said = assets.flatMap(({ answer, ...asset }) =>
    answer === null ? [] : [{ asset, answer }],
  );
  if (said.length === 0) return [];
  return [
    {
      block: 'facts',
      facts: said
        .slice(0, MOST_HELD)
        .map(({ asset, answer }) => ({ label: asset.number, value: both(asset.name, answer) })),
    },
    ...uncounted(said.length - MOST_HELD),
  ];
}

const both = (name: string, answer: 'here' | 'gone'): Words =>
  words(`${name}：${ANSWER[answer].zh}`, `${name}: ${ANSWER[answer].en}`);

const named = ({ number, name, place }: HeldAsset): Words =>
  words(`${number} ${name}（${place}）`, `${number} ${name} (${place})`);

const uncounted = (more: number): readonly Block[] =>
  more > 0
    ? [
        {
          block: 'text',
          look: 'quiet',
          text: words(`另有 ${more} 件`, `and ${more} more`),
        },
      ]
    : [];

export type AssetChecksModel = {
  /** Undefined while it is only about to be asked. */
  readonly check: number | undefined;
  readonly people: number;
  readonly total: number;
  readonly here: number;
  readonly gone: readonly (HeldAsset & { readonly who: string })[];
  /** Who has not answered for all of theirs. */
  readonly waiting: readonly string[];
};

/** The office's: before it is asked how many it is about, then how it stands. */
export function assetChecksCard(model: AssetChecksModel): Card {
  const { check, people, total, gone, waiting } = model;
  const button = (label: Words, a: string, look: Button['look']): Button => ({
    label,
    look,
    value: { v: 1, a, l: check === undefined ? 'assets:new' : `assets:${check}` },
  });
  if (check === undefined) {
    const told = words(
      `将请 ${people} 位同事确认 ${total} 件资产，每人一张卡片`,
      `${counted(people, 'colleague')} will be asked about ${counted(total, 'asset')}, with a card each`,
    );
    return {
      title: words('资产确认', 'Asset check'),
      color: 'blue',
      preview: told,
      blocks: [
        { block: 'text', text: told },
        ...buttonRow([button(words('发出', 'Send'), 'asset-begin', 'primary')]),
      ],
    };
  }
  const left = waiting.length;
  const told = words(
    `${total} 件：在用 ${model.here}，不在 ${gone.length}，未答 ${total - model.here - gone.length}`,
    `${counted(total, 'asset')}: ${model.here} there, ${gone.length} not, ${total - model.here - gone.length} open`,
  );
  const names = enumerated(waiting.slice(0, MOST_HELD));
  return {
    title: words('资产确认', 'Asset check'),
    color: gone.length > 0 ? 'orange' : left > 0 ? 'blue' : 'green',
    preview: told,
    blocks: [
      { block: 'text', look: 'strong', text: told },
      ...(gone.length === 0
        ? []
        : [
            {
              block: 'table' as const,
              columns: [
                { key: 'number', label: words('编号', 'Number') },
                { key: 'name', label: words('不在的资产', 'Not there') },
                { key: 'who', label: words('登记在', 'Registered for') },
              ],
              rows: gone
                .slice(0, MOST_HELD)
                .map(({ number, name, who }) => ({ number, name, who })),
            },
          ]),
      ...uncounted(gone.length - MOST_HELD),
      ...(left === 0
        ? []
        : [
            {
              block: 'text' as const,
              text: words(
                `还没确认完的 ${left} 位：${names.zh}${left > MOST_HELD ? ' 等' : ''}`,
                `${counted(left, 'person')} to answer: ${names.en}${left > MOST_HELD ? ' …' : ''}`,
              ),
            },
            ...buttonRow([button(words('催一下', 'Ask again'), 'asset-again', 'plain')]),
          ]),
    ],
  };
}
