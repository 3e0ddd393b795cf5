/** Cards for when we are not sure: what was not understood, which reading or person is meant. Pure: model in, card out. */
import type { Button, Card } from './card.ts';
import { beginning, LONGEST_SAID, shortened } from './clean.ts';
import { type Words, words } from './words.ts';

/** Something a sentence may be about; tapped, the sentence is read as that. */
export type Guess = { readonly label: Words; readonly intent: string };

const guessButton = ({ label, intent }: Guess, said: string): Button => ({
  label,
  look: 'plain',
  value: { v: 1, a: 'as', l: intent, t: beginning(said, LONGEST_SAID) },
});

const officeButton = (said: string, look: Button['look']): Button => ({
  label: words('转给行政', 'Ask the office'),
  look,
  value: { v: 1, a: 'ask-office', t: beginning(said, LONGEST_SAID) },
});

function quoted(said: string): Words {
  const quote = shortened(said, 40);
  return words(`「${quote}」`, `“${quote}”`);
}

/** Not understood: up to three guesses to tap, one example, and a way to a human. */
export function notUnderstoodCard(
  said: string,
  guesses: readonly Guess[],
  example: Words,
  again: boolean,
): Card {
  return {
    title: words('这句我没看懂', 'I did not understand this'),
    color: 'orange',
    preview: words('这句我没看懂，您是想……', 'Did you mean …'),
    blocks: [
      { block: 'text', look: 'quiet', text: quoted(said) },
      ...(guesses.length > 0
        ? [
            { block: 'text' as const, text: words('您是想：', 'Did you mean:') },
            {
              block: 'buttons' as const,
              buttons: guesses.slice(0, 3).map((guess) => guessButton(guess, said)),
            },
          ]
        : []),
      {
        block: 'text',
        look: 'quiet',
        text: words(`可以这样说：${example.zh}`, `For example: ${example.en}`),
      },
      {
        block: 'buttons',
        buttons: [
          { label: words('帮助', 'Help'), look: 'plain', value: { v: 1, a: 'say', t: '帮助' } },
          officeButton(said, again ? 'primary' : 'plain'),
        ],
      },
    ],
  };
}

/** 「不是这个意思」, and no other reading is left: said honestly, with what else there is and a human. */
export const noIdeaCard = (said: string, guesses: readonly Guess[]): Card => ({
  title: words('这句我没有别的理解了', 'I have no other idea of this'),
  color: 'orange',
  preview: words('我没有别的理解了，可以转给行政', 'I have no other idea; the office can help'),
  blocks: [
    { block: 'text', look: 'quiet', text: quoted(said) },
    {
      block: 'text',
      text: words(
        '刚才的理解不算数。可以点下面的事项、换个说法，或者转给行政同事。',
        'Forget what I made of it. Tap what it is, say it differently, or ask the office.',
      ),
    },
    ...(guesses.length > 0
      ? [
          {
            block: 'buttons' as const,
            buttons: guesses.slice(0, 3).map((guess) => guessButton(guess, said)),
          },
        ]
      : []),
    { block: 'buttons', buttons: [officeButton(said, 'primary')] },
  ],
});

/** The next best reading would change something at once: it is asked first. */
export const maybeCard = (said: string, what: Words, intent: string): Card => ({
  title: words(`那是想${what.zh}？`, `Then this: ${what.en}?`),
  color: 'orange',
  preview: words(`那是想${what.zh}？`, `Then this: ${what.en}?`),
  blocks: [
    { block: 'text', look: 'quiet', text: quoted(said) },
    {
      block: 'buttons',
      buttons: [
        { ...guessButton({ label: words('是的', 'Yes'), intent }, said), look: 'primary' },
        {
          label: words('不是这个意思', 'Not what I meant'),
          look: 'plain',
          value: { v: 1, a: 'say', t: '不是这个意思' },
        },
        officeButton(said, 'plain'),
      ],
    },
  ],
});

/** Several people of one name: one button each, with what tells them apart. */
export const whomCard = (
  request: {
    readonly id: number;
    readonly number: string;
    readonly version: number;
    readonly step: string | undefined;
    readonly act: 'transfer' | 'add' | 'copy';
    readonly place?: string;
  },
  people: readonly { readonly id: number; readonly text: string }[],
): Card => {
  const asks = ASKS_WHOM[request.act];
  const title = words(`${request.number} ${asks.zh}`, `${asks.en} (${request.number})`);
  return {
    title,
    color: 'orange',
    preview: title,
    blocks: [
      {
        block: 'buttons',
        buttons: people.map((each) => ({
          label: each.text,
          look: 'plain' as const,
          value: {
            v: 1 as const,
            a: request.act,
            r: request.id,
            n: request.version,
            o: String(each.id),
            ...(request.place === undefined ? {} : { l: request.place }),
            ...(request.step === undefined ? {} : { s: request.step }),
          },
        })),
      },
    ],
  };
};

const ASKS_WHOM = {
  transfer: words('转交给哪一位？', 'Hand over to whom?'),
  add: words('加签给哪一位？', 'Also ask whom?'),
  copy: words('抄送给哪一位？', 'Copy to whom?'),
} as const;
