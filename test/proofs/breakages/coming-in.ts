/** What comes in: P1, P2, P7, P8. */
import { type Breakage, tests } from './breakage.ts';

const CUT = 'test/stories/feishu-lost-commit.test.ts';
const WEBHOOK = 'test/channels/feishu/webhook.test.ts';

export const ofComingIn: readonly Breakage[] = [
  {
    promise: 'P1',
    sort: 'loses',
    what: 'the claim is committed before its effect',
    file: 'src/conversation/desk.ts',
    find: `          ? await claimCounted(work, setup.rules.limits, stored(incoming), spoken)`,
    replace: `          ? await inWork(options.office, { actor: 'system' }, (first) => claimCounted(first, setup.rules.limits, stored(incoming), spoken))`,
    command: tests(CUT),
    fails: 'it comes again and is heard, once',
  },
  {
    promise: 'P1',
    sort: 'doubles',
    what: 'a message that was heard before is heard again',
    file: 'src/conversation/limits.ts',
    find: `  if (rows.length === 0) return { is: 'repeat' };`,
    replace: `  if (rows.length === 0) return { is: 'heard' };`,
    command: tests(CUT),
    fails: 'is not heard twice',
  },
  {
    promise: 'P2',
    sort: 'loses',
    what: 'a recall that comes before its message is forgotten',
    file: 'src/conversation/desk.ts',
    find: `        if (await claim(work, { kind: 'message', key: recall.of })) return;`,
    replace: `        if (await claim(work, { kind: 'recall-of', key: \`\${recall.of}:recalled\` })) return;`,
    command: tests('test/stories/feishu-messages.test.ts', 'a message is recalled'),
    fails: 'recalled before it came',
  },
  {
    promise: 'P2',
    sort: 'lets in',
    what: 'an older change of the directory is believed however late it comes',
    file: 'src/channels/feishu/contact.ts',
    find: `now.epochMilliseconds - happened > OVERTAKEN_MS`,
    replace: `now.epochMilliseconds - happened > OVERTAKEN_MS * 1e6`,
    command: tests('test/stories/feishu-people.test.ts', 'people change places'),
    fails: 'who has left does not come back',
  },
  {
    promise: 'P7',
    sort: 'loses',
    what: 'an event is acknowledged while the office is still at it',
    file: 'src/channels/feishu/receive.ts',
    find: `return done === 'late' ? { status: 503 } : acknowledged;`,
    replace: `return done === 'late' ? acknowledged : acknowledged;`,
    command: tests(WEBHOOK),
    fails: 'are not acknowledged while the office is still at it',
  },
  {
    promise: 'P7',
    sort: 'loses',
    what: 'a tap waits for a slow office as long as it takes',
    file: 'src/channels/feishu/answer-tap.ts',
    find: `const TAP_MS = 1_900;`,
    replace: `const TAP_MS = 19_000;`,
    command: tests(WEBHOOK),
    fails: 'are answered in time when the office is slow',
  },
  {
    promise: 'P8',
    sort: 'loses',
    what: 'an event is acknowledged though there is no database',
    file: 'src/channels/feishu/receive.ts',
    find: `    parts.log('feishu.event-refused', named(error));
    return { status: 503 };`,
    replace: `    parts.log('feishu.event-refused', named(error));
    return acknowledged;`,
    command: tests(CUT),
    fails: 'while there is no database',
  },
  {
    promise: 'P8',
    sort: 'lets in',
    what: 'a tap hears that it is done though nothing was recorded',
    file: 'src/conversation/desk.ts',
    find: `    if (error instanceof OfficeUnavailable) return NOT_RECORDED;
    await ownFault`,
    replace: `    if (error instanceof OfficeUnavailable) return { toast: { look: 'success', text: words('已提交', 'Submitted') } };
    await ownFault`,
    command: tests(CUT),
    fails: 'while there is no database',
  },
];
