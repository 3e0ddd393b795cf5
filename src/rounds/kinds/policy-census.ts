import { words } from '../../../cards/words.ts';
import type { RoundKind } from '../kind.ts';

/** 制度清查: 每年1次. */
export const policyCensus: RoundKind = {
  name: 'policy-census',
  title: words('制度清查', 'Policy census'),
  source: 'Y-02',
  recurrence: { every: 'year', month: 11, on: 2, ifOff: 'before' },
  within: '10wd',
  owner: 'office-manager',
  items: [
    { name: 'listed', title: words('现行制度已列清', 'Policies listed'), check: 'done' },
    { name: 'stale', title: words('过期制度已标出', 'Stale ones marked'), check: 'done' },
    { name: 'report', title: words('《制度清查报告》已写', 'Report written'), check: 'done' },
  ],
  findings: { owner: 'office-manager', within: '10wd' },
  escalate: ['director'],
};
