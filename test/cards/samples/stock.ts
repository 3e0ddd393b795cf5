import { consumptionCard } from '../../../cards/consumption.ts';
import { assetCheckCard, assetChecksCard, heldCard } from '../../../cards/held.ts';
import { loanCard, type LoanModel } from '../../../cards/loan.ts';
import { pickUpCard } from '../../../cards/pick-up.ts';
import {
  purchaseCard,
  type PurchaseModel,
  PURCHASES,
  purchasesCard,
  type PurchaseLine,
} from '../../../cards/purchase.ts';
import { receiptCard, type ReceiptModel } from '../../../cards/receipt.ts';
import { takeCard, type TakeModel } from '../../../cards/stock-take.ts';
import { writeOffCard, type WriteOffModel } from '../../../cards/write-off.ts';
import { stockCard } from '../../../cards/stock.ts';
import { words } from '../../../cards/words.ts';
import { type Sample, sample } from './sample.ts';

const receipt: ReceiptModel = {
  id: 7,
  item: 'A4纸',
  unit: '包',
  state: 'draft',
  quantity: 50,
  damaged: 0,
  value: 110_000,
  supplier: '得力',
  score: undefined,
  onHand: 118,
  shelveBy: undefined,
  shelved: false,
  place: '三楼文具柜',
  mayUndo: false,
};

const take: TakeModel = {
  id: 3,
  what: '三楼文具柜',
  by: '吴婷',
  agreedBy: undefined,
  state: 'counting',
  total: 12,
  skipped: 0,
  now: { item: 4, name: '黑色签字笔', unit: '支', place: 3 },
  differences: [],
  asks: false,
  mayUndo: true,
};

const line: PurchaseLine = {
  id: 5,
  item: '硒鼓',
  unit: '个',
  quantity: 5,
  state: 'wanted',
  quotes: 2,
  low: true,
};

const purchase: PurchaseModel = {
  ...line,
  budget: 160_000,
  came: 0,
  quotes: [
    { id: 1, supplier: '得力', price: 30_000, score: 4.5 },
    { id: 2, supplier: '晨光', price: 31_050, score: undefined },
  ],
  chosen: undefined,
  waiver: undefined,
  bargain: undefined,
  needs: { quotes: 3, bargainAbove: 0.95 },
  reader: 'keeper',
};

const loan: LoanModel = {
  id: 2,
  item: '投影仪',
  unit: '台',
  quantity: 1,
  borrower: '陈晨',
  due: words('3月6日（周五）18:00', 'Fri 03-06 18:00'),
  late: false,
  state: 'out',
  reader: { borrows: true, keeps: false },
};

const laptop = { number: 'AST-0030', name: '笔记本电脑', place: '3楼东侧' };

const off: WriteOffModel = {
  id: 4,
  item: '鼠标',
  unit: '个',
  quantity: 5,
  why: '坏了',
  fen: 29_500,
  alone: 20_000,
  onHand: 12,
  by: '吴婷',
  second: undefined,
  state: 'draft',
  own: true,
};

export const stock: readonly Sample[] = [
  sample(
    'stock',
    'stockCard',
    {
      lines: [
        {
          name: '黑色签字笔',
          unit: '支',
          free: 295,
          promised: 5,
          low: false,
          place: '三楼文具柜',
        },
        { name: '硒鼓', unit: '个', free: 0, promised: 0, low: true, place: undefined },
      ],
    },
    ({ lines }) => stockCard(lines),
    { lines: 5 },
  ),
  sample('receipt', 'receiptCard', receipt, receiptCard),
  sample(
    'receipt.in',
    'receiptCard',
    {
      ...receipt,
      state: 'in' as const,
      damaged: 2,
      score: 4,
      shelveBy: words('明天 3月4日（周三）10:00', 'tomorrow, Wed 03-04 10:00'),
    },
    receiptCard,
  ),
  sample('stock-take', 'takeCard', take, takeCard),
  sample(
    'stock-take.agree',
    'takeCard',
    {
      ...take,
      state: 'agreeing' as const,
      now: undefined,
      asks: true,
      differences: [{ name: '黑色签字笔', unit: '支', expected: 300, counted: 296 }],
    },
    takeCard,
  ),
  sample(
    'purchases',
    'purchasesCard',
    { lines: [line], page: { first: 0, total: 30 } },
    ({ lines, page }) => purchasesCard(lines, page),
    { lines: PURCHASES },
  ),
  sample('purchase', 'purchaseCard', purchase, purchaseCard),
  sample(
    'purchase.over',
    'purchaseCard',
    {
      ...purchase,
      state: 'asking' as const,
      chosen: { supplier: '晨光', total: 175_000 },
      waiver: '只有两家有货',
      bargain: '由 360 谈到 350',
      reader: 'decider' as const,
    },
    purchaseCard,
  ),
  sample('my-assets', 'heldCard', { assets: [{ ...laptop, model: 'ThinkPad X1' }] }, ({ assets }) =>
    heldCard(assets),
  ),
  sample(
    'asset-check',
    'assetCheckCard',
    {
      check: 2,
      by: '吴婷',
      assets: [
        { ...laptop, asset: 5, answer: null },
        { number: 'AST-0031', name: '显示器', place: '3楼', asset: 6, answer: 'gone' as const },
      ],
    },
    assetCheckCard,
  ),
  sample(
    'asset-asking',
    'assetChecksCard',
    { check: undefined, people: 120, total: 310, here: 0, gone: [], waiting: [] },
    assetChecksCard,
  ),
  sample(
    'asset-checks',
    'assetChecksCard',
    {
      check: 2,
      people: 120,
      total: 310,
      here: 300,
      gone: [{ number: 'AST-0031', name: '显示器', place: '3楼', who: '陈晨' }],
      waiting: ['王磊', '何佳'],
    },
    assetChecksCard,
  ),
  sample('write-off', 'writeOffCard', off, writeOffCard),
  sample(
    'write-off.agree',
    'writeOffCard',
    { ...off, state: 'agreeing' as const, own: false },
    writeOffCard,
  ),
  sample('loan', 'loanCard', loan, loanCard),
  sample(
    'pick-up',
    'pickUpCard',
    {
      lines: [
        {
          request: 12,
          version: 1,
          number: 'SUP-26-0012',
          who: '王磊 · 研发部',
          what: 'A4纸 2 包; 黑色签字笔 5 支',
          since: words('今天 3月3日（周二）09:30', 'today, Tue 03-03 09:30'),
        },
        {
          request: 13,
          version: 1,
          number: 'SUP-26-0013',
          who: '陈晨 · 研发部',
          what: 'A4纸 2 包; 黑色签字笔 5 支',
          since: words('今天 3月3日（周二）09:30', 'today, Tue 03-03 09:30'),
        },
      ],
      total: 2,
    },
    ({ lines, total }) => pickUpCard(lines, total),
    { lines: 20 },
  ),
  sample(
    'consumption',
    'consumptionCard',
    {
      month: words('2026年2月', '2026-02'),
      departments: [{ department: '研发部', fen: 75_000 }],
      lines: [{ department: '研发部', item: 'A4纸', unit: '包', quantity: 30, fen: 75_000 }],
      odd: [
        words(
          '研发部的A4纸用了 30 包，是前六个月中位数（6 包）的 5 倍，其中王磊领了 28 包',
          '研发部 used 30 of A4纸, 5 times its median of six months (6); 王磊 took 28',
        ),
      ],
      writtenOff: [{ item: '鼠标', unit: '个', quantity: 5, fen: 29_500, why: '坏了（郑强同意）' }],
      oldOnes: [
        {
          item: '硒鼓',
          unit: '个',
          due: 5,
          back: 4,
          missing: [{ who: '陈晨', quantity: 1, why: '搬家时丢了' }],
        },
      ],
    },
    consumptionCard,
  ),
];
