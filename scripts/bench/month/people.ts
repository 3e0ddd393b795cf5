/** Somebody at the screen of the stand-in: says a sentence, taps the newest button of a name. */
import { places } from '../../../test/feishu-platform/card-rules/walk.ts';
import { isObject, listAt, textAt } from '../../../test/feishu-platform/json.ts';
import {
  allButtons,
  type Filled,
  type Found,
  namedIn,
} from '../../../test/office/feishu-client.ts';
import type { DayOffice } from '../day/office.ts';

/** What the button must be about, by its value: a request `r`, a meeting `m` and what of it `o`, minutes `w`, an action item `i`, a round `l`. */
export type About = { readonly [key in 'r' | 'm' | 'w' | 'i']?: number } & {
  readonly [key in 'l' | 'o']?: string;
};

export type People = {
  readonly say: (person: string, text: string, chat?: string) => Promise<void>;
  readonly sees: (person: string, label: string, about: About) => boolean;
  /** False when there is no such button, or its tap was not answered well; each is noted under its name. */
  readonly tap: (
    person: string,
    label: string,
    about?: About,
    form?: Filled | 'all well',
  ) => Promise<boolean>;
  /** How often each button was looked for and tapped, and how often in vain. */
  readonly taps: Map<string, { tapped: number; missed: number }>;
  said: number;
};

export function createPeople(office: DayOffice): People {
  const { feishu } = office;
  const taps: People['taps'] = new Map();
  const note = (label: string, how: 'tapped' | 'missed'): boolean => {
    const noted = taps.get(label) ?? { tapped: 0, missed: 0 };
    noted[how]++;
    taps.set(label, noted);
    return how === 'tapped';
  };
  const buttonOf = (person: string, label: string, about: About): Found | undefined =>
    allButtons(feishu, person, label).find(({ value }) =>
      Object.entries(about).every(([key, id]) => value[key] === id),
    );
  return {
    taps,
    said: 0,
    sees: (person, label, about) => buttonOf(person, label, about) !== undefined,
    async say(person, text, chat) {
      office.nextProgram();
      this.said++;
      await feishu.says(person, text, chat === undefined ? {} : { chat });
    },
    async tap(person, label, about = {}, form) {
      const found = buttonOf(person, label, about);
      if (!found) return note(label, 'missed');
      office.nextProgram();
      const card = feishu.cardOf(found.message);
      const named = form === 'all well' ? allWell(card) : form && namedIn(card, found.label, form);
      const tapped = await feishu.taps(person, found.message, {
        button: found.label,
        ...(named && { form: named }),
      });
      const well = tapped.error === undefined && tapped.stopped === undefined;
      return note(label, well && tapped.toast?.type !== 'error' ? 'tapped' : 'missed');
    },
  };
}

/** The first choice of every list on a card (of a checklist: nothing is wrong), and the best mark where one is asked for. */
function allWell(card: unknown): Filled {
  const inputs = places(card).flatMap(({ tag, component }) => {
    const [first] = listAt(component, 'options').filter(isObject);
    const value =
      tag === 'select_static'
        ? textAt(first, 'value')
        : tag === 'input' && component['required'] === true
          ? '100'
          : undefined;
    return value === undefined ? [] : [[textAt(component, 'name') ?? '', value] as const];
  });
  return Object.fromEntries(inputs);
}
