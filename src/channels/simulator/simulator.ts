import type { Db } from '../../../db/database.ts';
import type { Clock } from '../../time/clock.ts';
import type { DirectorySnapshot } from '../channel.ts';
import type { Hub } from './hub.ts';
import type { ClockStep } from './protocol.ts';
import type { SimulatorMessage } from './store.ts';

export type SimulatorOptions = {
  readonly db: Db;
  /** The office's clock; the page shows it and may ask to move it. */
  readonly clock: Clock;
  /** Who works here. */
  readonly demo: DirectorySnapshot;
  /** Phrases a newcomer can tap, as people would write them. */
  readonly examples: readonly string[];
  /** The office's zone; days and times on the page are written in it. */
  readonly zone: string;
  /** Moves the office's clock forward and does what became due; resolves when that is done. */
  readonly onClock: (step: ClockStep) => Promise<void>;
  /** Forgets what the office knows of the demo: requests, drafts, bookings. The chats are ours and are forgotten after it. */
  readonly onReset: () => Promise<void>;
};

/** What the pages are told about. */
export type Happening =
  | { readonly what: 'message'; readonly message: SimulatorMessage }
  | { readonly what: 'clock' }
  | { readonly what: 'reset' };

/** What the channel and its routes share. */
export type Simulator = SimulatorOptions & { readonly hub: Hub<Happening> };

/** The private chat of a person with the office. */
export const chatOf = (person: string): string => `sim_${person}`;
