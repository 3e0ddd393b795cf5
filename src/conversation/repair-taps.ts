/** Taps on the card of a repair that are not of every request. */
import type { Input, Toast } from '../../cards/card.ts';
import type { AskPanel } from '../../cards/request.ts';
import { clean } from '../../cards/clean.ts';
import { words } from '../../cards/words.ts';
import type { Request } from '../filing/store.ts';
import { isLow, keepReason } from '../repairs/accepting.ts';
import { declareMajor, majorByCost } from '../repairs/major.ts';
import { usedIn, useParts } from '../repairs/parts.ts';
import { maySort, sortRepair } from '../repairs/sort.ts';
import { makeLink, revokeLinks } from '../repairs/vendor-links.ts';
import { leaveRepair } from '../repairs/watchers.ts';
import { answerText } from '../requests/fields/answers.ts';
import { assetNumbered } from '../requests/repair/assets.ts';
import { categoryIn } from '../requests/repair/open-tickets.ts';
import { categoryOptions } from '../requests/repair/prepare.ts';
import { spanText } from '../time/spans.ts';
import type { Tap, TapWish } from './tap.ts';
import { say } from './talk.ts';

/** What came of it: the request as it is now, what is said over it, and what is asked on it. */
export type RepairTapped = {
  readonly request: Request;
  readonly toast?: Toast;
  readonly ask?: AskPanel;
};

/** Buttons of whoever works on it; what the others do asks itself whose it is. */
const OF_THE_DOER = new Set(['ask-sort', 'ask-parts', 'ask-vendor', 'revoke', 'major']);

/** Does what a button of a repair asks for; undefined when it is none of theirs. The request is locked and may be read. */
export async function tapRepair(
  { talk, incoming }: Tap,
  { a }: TapWish,
  request: Request,
): Promise<RepairTapped | undefined> {
  if (request.kind !== 'repair') return undefined;
  const { work, setup, person } = talk;
  const by = { person: person.id, touched: person.id };
  if (OF_THE_DOER.has(a) && !maySort(request, person.id)) return { request, toast: notYours };
  switch (a) {
    case 'unwatch': {
      const left = await leaveRepair(work, request.id, person.id);
      const text = left
        ? words('不再通知您这一单的进展', 'You will hear no more of this one')
        : words('您没有在关注这一单', 'You do not watch this one');
      return { request, toast: { look: left ? 'success' : 'info', text } };
    }
    case 'ask-sort':
      return { request, ask: sorting(request, setup.rules) };
    case 'sort': {
      const name = answerText('category', incoming.answers) ?? '';
      const after = await sortRepair(work, setup, request.id, by, name);
      const text = words('已改分类，期限从报修时算起', 'Sorted; its time counts from the report');
      return { request: after, toast: { look: 'success', text } };
    }
    case 'ask-parts':
      return { request, ask: PARTS };
    case 'use-parts': {
      const used = usedIn(answerText('parts', incoming.answers) ?? '');
      if (!used)
        return {
          request,
          ask: PARTS,
          toast: {
            look: 'warning',
            text: words('请写用了什么、多少，例如：2个硒鼓', 'Please say what and how many'),
          },
        };
      const after = await useParts(work, setup, request.id, person.id, used);
      await majorByCost(work, setup, after);
      const text = words('已记下并出库', 'Noted and taken from stock');
      return { request: after, toast: { look: 'success', text } };
    }
    case 'ask-vendor':
      return { request, ask: await inviting(talk, request) };
    case 'invite': {
      const vendor = clean(answerText('vendor', incoming.answers) ?? '', 60);
      if (vendor === '') return { request, ask: await inviting(talk, request) };
      const link = await makeLink(work, setup, request, person.id, vendor);
      const days = setup.rules.repairs.vendorLink;
      await say(
        talk,
        `把下面的链接发给「${vendor}」，不用登录就能报到场和完成，${spanText(days).zh}内有效：\n${link}`,
        `Send this link to “${vendor}”; no login is needed, and it is good for ${spanText(days).en}:\n${link}`,
      );
      const text = words('链接已发给您，请转给厂家', 'The link was sent to you; pass it on');
      return { request, toast: { look: 'success', text } };
    }
    case 'revoke': {
      const count = await revokeLinks(work, request, person.id);
      const text =
        count > 0
          ? words('已收回，链接打不开了', 'Taken back; the link opens no more')
          : words('没有要收回的链接', 'There is no link to take back');
      return { request, toast: { look: count > 0 ? 'success' : 'info', text } };
    }
    case 'major': {
      const declared = await declareMajor(work, setup, request);
      const text = declared
        ? words('已列为重大故障，每天告诉大家进展', 'A major fault from now on')
        : words('已经是重大故障了', 'It is one already');
      return { request, toast: { look: declared ? 'success' : 'info', text } };
    }
    case 'why-low': {
      const why = clean(answerText('why', incoming.answers) ?? '', 200);
      if (request.requester_id !== person.id || !isLow(request, setup))
        return { request, toast: notYours };
      if (why === '') return { request, ask: WHY_LOW };
      await keepReason(work, setup, request, why);
      return {
        request,
        toast: { look: 'success', text: words('已转告行政主管', 'Passed on to the office') },
      };
    }
    default:
      return undefined;
  }
}

/** Which firm: that of the warranty, where there is one. */
async function inviting({ work }: Tap['talk'], request: Request): Promise<AskPanel> {
  const number = request.form['asset'];
  const asset = typeof number === 'string' ? await assetNumbered(work.tx, number) : undefined;
  return askingOne(
    'inviting',
    {
      name: 'vendor',
      label: words('哪一家', 'Which firm'),
      lines: 'one',
      longest: 60,
      ...(asset?.supplier ? { value: asset.supplier } : {}),
    },
    { label: words('生成链接', 'Make a link'), a: 'invite' },
  );
}

/** What a reporter who gave few stars is asked. */
export const WHY_LOW = askingOne(
  'why',
  {
    name: 'why',
    label: words('哪里不满意', 'What was wrong'),
    lines: 'one',
    longest: 200,
    hint: words('例如：等了三天没人说一声', 'Such as: nobody said a word for three days'),
  },
  { label: words('告诉行政主管', 'Tell the office'), a: 'why-low' },
);

const PARTS = askingOne(
  'parts',
  {
    name: 'parts',
    label: words('从库存用了什么', 'What was used from stock'),
    lines: 'many',
    longest: 500,
    hint: words('例如：2个硒鼓、一条网线', 'Such as: 2个硒鼓、一条网线'),
  },
  { label: words('出库', 'Take from stock'), a: 'use-parts' },
);

/** A panel that asks for one text. */
function askingOne(
  name: string,
  input: Omit<Extract<Input, { input: 'text' }>, 'input' | 'required'>,
  done: AskPanel['done'],
): AskPanel {
  return { panel: 'ask', name, inputs: [{ input: 'text', required: true, ...input }], done };
}

const notYours: Toast = {
  look: 'warning',
  text: words('这一步不在您手上', 'This step is not yours'),
};

function sorting(request: Request, { repairs }: Tap['talk']['setup']['rules']): AskPanel {
  const now = categoryIn(request.form);
  return {
    panel: 'ask',
    name: 'sorting',
    inputs: [
      {
        input: 'select',
        name: 'category',
        label: words('分类', 'Category'),
        options: categoryOptions(repairs),
        required: true,
        ...(Object.hasOwn(repairs.categories, now) ? { value: now } : {}),
      },
    ],
    done: { label: words('改为这个分类', 'Set it so'), a: 'sort' },
  };
}
