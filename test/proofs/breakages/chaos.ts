/** What the scenes of chaos have to catch. */
import type { Breakage } from './breakage.ts';

const chaos = (scene: string): string => `npm run chaos -- --short --only ${scene}`;

export const ofChaos: readonly Breakage[] = [
  {
    promise: 'P1',
    sort: 'loses',
    file: 'src/channels/feishu/receive.ts',
    find: `    return done === 'late' ? { status: 503 } : acknowledged;
  } catch (error) {
    parts.log('feishu.event-refused', reduced(error));
    return { status: 503 };`,
    replace: `    return done === 'late' ? { status: 503 } : acknowledged;
  } catch (error) {
    parts.log('feishu.event-refused', reduced(error));
    return acknowledged;`,
    command: chaos('database'),
  },
  {
    promise: 'P1',
    sort: 'doubles',
    file: 'src/conversation/desk.ts',
    find: `  return row !== undefined;
}

const NOT_RECORDED`,
    replace: `  return row !== undefined || incoming.kind === 'message';
}

const NOT_RECORDED`,
    command: chaos('repeats'),
  },
  {
    promise: 'P2',
    sort: 'doubles',
    file: 'src/channels/feishu/contact.ts',
    find: `now.epochMilliseconds - happened > OVERTAKEN_MS`,
    replace: `now.epochMilliseconds - happened > OVERTAKEN_MS * 1e6`,
    command: chaos('stories'),
  },
  {
    promise: 'P2',
    sort: 'loses',
    file: 'src/conversation/desk.ts',
    find: `        if (await claim(work, { kind: 'message', key: recall.of })) return;`,
    replace: `        if (await claim(work, { kind: 'recall-of', key: \`\${recall.of}:recalled\` })) return;`,
    command: chaos('stories'),
  },
  {
    promise: 'P8',
    sort: 'loses',
    file: 'src/conversation/desk.ts',
    find: `    if (error instanceof OfficeUnavailable) return NOT_RECORDED;
    await ownFault`,
    replace: `    if (error instanceof OfficeUnavailable) return { toast: { look: 'success', text: words('已提交', 'Submitted') } };
    await ownFault`,
    command: chaos('database'),
  },
  {
    promise: 'P11',
    sort: 'doubles',
    file: 'src/filing/store.ts',
    find: `.forUpdate()`,
    replace: ``,
    command: chaos('races'),
  },
  {
    promise: 'P16',
    sort: 'doubles',
    file: 'db/migrations/0021-room-use.ts',
    find: `      where (state in ('held', 'booked'))\`,
  \`create index booking_wish`,
    replace: `      where (state = 'never')\`,
  \`create index booking_wish`,
    command: chaos('rooms'),
  },
  {
    promise: 'P19',
    sort: 'loses',
    file: 'src/delivery/claim.ts',
    find: `            or (d.state = 'sending' and d.lease_until < \${real}))`,
    replace: `            or (d.state = 'sending' and d.lease_until < \${real} and d.attempts > 9))`,
    command: chaos('kill-points'),
  },
  {
    promise: 'P19',
    sort: 'doubles',
    file: 'src/delivery/deliver.ts',
    find: `  const key = sendKey(delivery.id, delivery.generation);`,
    replace: `  const key = sendKey(delivery.id, delivery.generation + delivery.attempts);`,
    command: chaos('kill-points'),
  },
  {
    promise: 'P24',
    sort: 'doubles',
    file: 'src/delivery/deliver.ts',
    find: `  const key = sendKey(delivery.id, delivery.generation);`,
    replace: `  const key = sendKey(delivery.id, delivery.generation + delivery.attempts);`,
    command: chaos('platform'),
  },
  {
    promise: 'P24',
    sort: 'loses',
    file: 'src/delivery/outcome.ts',
    find: `  if (isGivenUp(failing_since, now))`,
    replace: `  if (fault?.outcome === 'ambiguous' || isGivenUp(failing_since, now))`,
    command: chaos('platform'),
  },
];
