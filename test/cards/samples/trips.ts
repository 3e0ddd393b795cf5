/** Cards of journeys and claims besides their requests. */
import { claimOfferCard, companionCard, ledgerCard } from '../../../cards/trip.ts';
import { words } from '../../../cards/words.ts';
import { sample } from './sample.ts';

const range = words(
  '3月10日（周二） 至 3月12日（周四），共 3 天',
  'Tue 03-10 to Thu 03-12, 3 days',
);

export const trips = [
  sample(
    'companion',
    'companionCard',
    {
      request: 12,
      number: 'TRIP-26-0012',
      requester: '陈晨',
      facts: [
        { label: words('目的地', 'Where to'), value: '上海' },
        { label: words('日期', 'Dates'), value: range },
        { label: words('事由', 'Purpose'), value: '见客户' },
      ],
      state: 'asked' as const,
      over: false,
    },
    companionCard,
    { facts: 8 },
  ),
  sample(
    'claim-offer',
    'claimOfferCard',
    { number: 'TRIP-26-0012', summary: words(`上海 ${range.zh}`, `Shanghai, ${range.en}`) },
    ({ number, summary }) => claimOfferCard(number, summary, false),
  ),
  sample(
    'expense-ledger',
    'ledgerCard',
    {
      month: words('2026年3月', '2026-03'),
      total: '¥18,420.50',
      claims: 14,
      departments: [
        { name: '销售部', value: '¥12,300' },
        { name: '研发部', value: '¥6,120.50' },
      ],
      frequent: [words('何佳：4 张，¥8,200', '何佳: 4 claims, ¥8,200')],
      odd: [
        words(
          'EXP-26-0009 何佳 餐饮 ¥320：休息日、相近金额 ¥320',
          'EXP-26-0009 何佳 餐饮 ¥320: day off, nearly the same amount ¥320',
        ),
      ],
    },
    ledgerCard,
  ),
];
