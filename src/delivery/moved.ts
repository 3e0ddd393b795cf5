import type { Work } from '../../db/work.ts';
import type { Jobs } from './jobs.ts';
import { oweTo } from './owe.ts';

/** The old card of a request or draft tells that there is a newer one below. */
export async function oweMoved(
  work: Work,
  jobs: Jobs,
  delivery: {
    readonly channel: string;
    readonly address: string;
    readonly person_id: number | null;
  },
  subject: string,
  message: string,
): Promise<void> {
  if (delivery.channel !== 'feishu' && delivery.channel !== 'simulator') return;
  const address = { channel: delivery.channel, id: delivery.address } as const;
  await oweTo(
    work,
    jobs,
    { address, person: delivery.person_id },
    {
      what: `moved:${message}:${subject}`,
      view: { view: 'moved', subject, message },
      attention: false,
      priority: 6,
    },
  );
}
