/** What is answered at once: help, settings, what was not understood, questions to the office. */
import { helpCard, notServedCard } from '../../../cards/answers.ts';
import { freeRoomsCard } from '../../../cards/free-rooms.ts';
import { questionCard, type QuestionModel, unansweredCard } from '../../../cards/question.ts';
import { quietCard } from '../../../cards/quiet.ts';
import { maybeCard, noIdeaCard, notUnderstoodCard } from '../../../cards/unsure.ts';
import { words } from '../../../cards/words.ts';
import { sample } from './sample.ts';

const guesses = [
  { label: words('报修', 'Repair'), intent: 'repair.report' },
  { label: words('领物资', 'Supplies'), intent: 'supplies.request' },
];
const said = '那个东西又不行了';

const question: QuestionModel = {
  id: 9,
  reader: 'office',
  state: 'running',
  question: '停车位怎么申请？客户周四要来。',
  asker: '陈晨',
  asked: words('今天 3月3日（周二）09:30', 'today, Tue 03-03 09:30'),
  promise: words('4 个工作小时', '4 working hours'),
  due: words('今天 3月3日（周二）14:30', 'today, Tue 03-03 14:30'),
  inGroup: true,
  pressing: {
    late: true,
    text: words('已等 5 小时，超过答复期限 1 小时', 'Waited 5 h; late by 1 h'),
  },
  lines: [
    {
      who: '吴婷',
      text: '请问是几辆车？',
      at: words('今天 3月3日（周二）10:02', 'today, Tue 03-03 10:02'),
    },
  ],
  by: '吴婷',
  mayAskAgain: true,
  again: true,
};

export const answers = [
  sample(
    'help',
    'helpCard',
    {
      company: '某某科技有限公司',
      name: '陈晨',
      examples: [
        {
          title: words('会议室预订', 'Room booking'),
          says: '明天下午3点到5点订个10人的会议室，要投影',
        },
        { title: words('报修', 'Repair'), says: '三楼茶水间漏水，挺急的' },
      ],
    },
    ({ examples, company, name }) => helpCard(examples, company, name),
    { examples: 8 },
  ),
  sample(
    'not-served',
    'notServedCard',
    { said: '帮我订个蛋糕', what: words('下午茶', 'Catering') },
    (model) => notServedCard(model.said, model.what),
  ),
  sample(
    'not-understood',
    'notUnderstoodCard',
    { said, guesses, example: words('订明天下午的会议室', 'book a room tomorrow'), again: true },
    (model) => notUnderstoodCard(model.said, model.guesses, model.example, model.again),
  ),
  sample('no-idea', 'noIdeaCard', { said, guesses }, (model) =>
    noIdeaCard(model.said, model.guesses),
  ),
  sample('maybe', 'maybeCard', { said, what: words('催办', 'Urge') }, (model) =>
    maybeCard(model.said, model.what, 'urge'),
  ),
  sample(
    'answer',
    'freeRoomsCard',
    {
      when: words('明天 3月4日（周三）15:00–17:00', 'tomorrow, Wed 03-04 15:00–17:00'),
      rooms: [
        {
          name: '珠峰',
          floor: '3',
          capacity: 12,
          equipment: [words('投影', 'projector'), words('白板', 'whiteboard')],
        },
        {
          name: '黄山',
          floor: '5',
          capacity: 16,
          equipment: [],
        },
      ],
    },
    freeRoomsCard,
    { rooms: 40, equipment: 9 },
  ),
  sample(
    'quiet',
    'quietCard',
    { hours: { from: '21:00', to: '08:00' }, own: true, daysOff: true, changed: true },
    quietCard,
  ),
  sample('question', 'questionCard', question, questionCard),
  sample(
    'question.asker',
    'questionCard',
    { ...question, reader: 'asker' as const, state: 'paused' as const },
    questionCard,
  ),
  sample(
    'unanswered',
    'unansweredCard',
    {
      request: 42,
      number: 'FIX-26-0007',
      kind: words('报修', 'Repair'),
      summary: words('三楼茶水间漏水', 'A leak on the third floor'),
      requester: '陈晨',
      since: words('今天 3月3日（周二）09:30', 'today, Tue 03-03 09:30'),
      due: words('今天 3月3日（周二）13:30', 'today, Tue 03-03 13:30'),
      pressing: { late: true, text: words('已等 5 小时', 'Waited 5 h') },
      waitsFor: ['郑强', '吴婷'],
    },
    unansweredCard,
  ),
];
