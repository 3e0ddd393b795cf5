import { type Words, words } from '../../../cards/words.ts';
import type { ClockStep, PageTexts } from './protocol.ts';

/** What stands on the page itself; cards and answers come from the office. */
export const pageTexts = {
  title: words('办事 · 模拟器', 'Banshi · simulator'),
  name: words('办事', 'Banshi'),
  skip: words('跳到对话', 'Skip to the chat'),
  people: words('人员', 'People'),
  newMessage: words('有新消息', 'new message'),
  playing: words('扮演', 'Act as'),
  playingRight: words('同时看', 'Watch as well'),
  leftPane: words('左侧对话', 'Left chat'),
  rightPane: words('右侧对话', 'Right chat'),
  switchPane: words('切换对话', 'Switch chat'),
  sideBySide: words('并排两人', 'Two people'),
  otherLanguage: words('English', '中文'),
  reset: words('重置', 'Reset'),
  resetTitle: words('重置演示？', 'Reset the demo?'),
  resetText: words(
    '所有对话、申请和预订都会清空，无法恢复。',
    'All chats, requests and bookings are cleared for good.',
  ),
  confirm: words('确定', 'Yes'),
  back: words('返回', 'Back'),
  clock: words('办公室时钟', 'Office clock'),
  clockNow: words('现在', 'Now'),
  clockForward: words('快进', 'Forward'),
  log: words('与办事的对话', 'Chat with Banshi'),
  emptyTitle: words('想办什么，直接说', 'Just say what you need'),
  emptyText: words(
    '像跟行政同事说话一样写一句，或点一个例子：',
    'Write a sentence as you would to a colleague, or tap an example:',
  ),
  examples: words('例子', 'Examples'),
  compose: words('给办事发消息', 'Message to Banshi'),
  send: words('发送', 'Send'),
  picture: words('添加图片', 'Add pictures'),
  removePictures: words('移除图片', 'Remove the pictures'),
  reply: words('回复', 'Reply'),
  replying: words('回复', 'Replying to'),
  noReply: words('不回复了', 'Do not reply'),
  retry: words('重试', 'Try again'),
  away: words('连接断开了，正在重连…', 'The connection is gone; trying again…'),
} as const satisfies { readonly [name: string]: Words };

/** What the script on the page says by itself. */
export const scriptTexts = {
  notSent: words('没有发出去，内容还在。', 'Not sent; your text is still here.'),
  notDone: words('没有成功，请再试一次。', 'That did not work. Please try again.'),
  tooMany: words('一次最多 9 张图片，每张不超过 10 MB。', 'At most 9 pictures of 10 MB each.'),
  chooseOne: words('请至少选一项', 'Choose at least one'),
  clockMoved: words('时间已到', 'It is now'),
  resetDone: words('已重置', 'The demo was reset'),
} as const satisfies { readonly [name in keyof PageTexts]: Words };

/** The steps of the clock control, in the order of the page. */
export const clockSteps: readonly { readonly step: ClockStep; readonly label: Words }[] = [
  { step: '15m', label: words('+15 分钟', '+15 min') },
  { step: '1h', label: words('+1 小时', '+1 hour') },
  { step: '4h', label: words('+4 小时', '+4 hours') },
  { step: '1d', label: words('+1 天', '+1 day') },
  { step: 'to 09:00 next workday', label: words('下个工作日 9 点', 'Next workday 9:00') },
];
