import type { HeardAs } from '../../language/lexicon.ts';

/** What tells of which sort a receipt is. */
const means = {
  交通: ['高铁', '火车', '飞机', '机票', '打车', '出租车', 'train', 'taxi', 'flight'],
  住宿: ['酒店', '住宿', 'hotel'],
  餐饮: ['餐费', '午饭', '晚饭', 'meal'],
};

/**
 * Claims for expenses. Only what plainly asks for one: most sentences with 报销 ask how it is done, and what is claimed is read by its own
 * reader, amount by amount.
 */
export const heardAs: HeardAs = {
  intent: 'expense.claim',
  wish: false,
  words: {
    file: ['填报销单', '填一张报销单', '新建报销单', '报销 claim', '报销 report', 'claim 报销'],
  },
  cues: [
    [200, 'file'],
    [-200, 'file @how'],
    [-200, 'file @ask'],
  ],
  slots: { amount: { sort: 'money' }, means: { sort: 'term', of: means } },
  examples: [{ says: '填报销单：高铁 553元', means: { amount: '553 CNY', means: '交通' } }],
};
