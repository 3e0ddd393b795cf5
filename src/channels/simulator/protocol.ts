/** What the simulator's server and its page tell each other. Types only: the browser reads this file too. */

/** A person as the page shows them. `leader` is the id of their direct superior. */
export type PagePerson = {
  readonly id: string;
  readonly name: string;
  readonly department: string;
  readonly title: string;
  readonly leader?: string;
};

/** What the page needs to begin, as JSON in `data-setup` of its body. */
export type PageSetup = {
  readonly language: 'zh' | 'en';
  readonly zone: string;
  readonly people: readonly PagePerson[];
  readonly texts: PageTexts;
};

/** The few sentences that the script itself shows. */
export type PageTexts = {
  readonly notSent: string;
  readonly notDone: string;
  readonly tooMany: string;
  readonly chooseOne: string;
  readonly clockMoved: string;
  readonly resetDone: string;
};

/**
 * A message of somebody's chat, drawn. `place` is its order in the chat, `change` grows with every new or changed
 * message of the whole office; `day` and `time` are written in the office's zone.
 */
export type MessageEvent = {
  readonly id: string;
  readonly person: string;
  readonly place: number;
  readonly change: number;
  readonly direction: 'in' | 'out';
  readonly day: string;
  readonly html: string;
};

/** The office wrote to somebody: their newest message stands at `place`. */
export type NewsEvent = { readonly person: string; readonly place: number };

/** The office's clock, in milliseconds since 1970. */
export type ClockEvent = { readonly now: number };

/** Steps of the clock control. */
export type ClockStep = '15m' | '1h' | '4h' | '1d' | 'to 09:00 next workday';

/** What a tap is answered with: a short message over the page. The card comes along, drawn. */
export type TapReply = {
  readonly toast?: {
    readonly look: 'info' | 'success' | 'warning' | 'error';
    readonly text: string;
  };
  readonly message?: MessageEvent;
};
