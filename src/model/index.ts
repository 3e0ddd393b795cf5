/**
 * A language model behind the same function as the rules: a sentence to a reading. Optional, and only for sentences the
 * rules are unsure of. What it may do ends at pointing out words: see schema.ts (what can be answered), check.ts (what is
 * left of an answer), mask.ts (what is sent).
 */
import type { ModelConfig } from '../config.ts';
import type { HeardAs } from '../language/lexicon.ts';
import type { Reading } from '../language/meaning.ts';
import { askModel, ModelFault, type Mode } from './ask.ts';
import { checked, type About } from './check.ts';
import { mask } from './mask.ts';
import { createPace } from './pace.ts';
import { instructions } from './prompt.ts';
import { answerSchema } from './schema.ts';

/** How a call ended. `used`: a reading; `nothing`: `other`, or nothing that held; `limited`: not asked; else why it failed. */
export type Outcome = 'used' | 'nothing' | 'limited' | 'refused' | ModelFault['why'];

export type Model = {
  /** The reading of one sentence for a person (internal id); undefined when there is none. Never throws, at most 1.5 s. */
  reading(about: About, person: number): Promise<Reading | undefined>;
};

export type ModelOptions = {
  readonly config: ModelConfig;
  /** The intents it may answer with: those of request kinds, so that all it can lead to is a draft. */
  readonly offered: readonly HeardAs[];
  /** The office's clock, ms. */
  readonly now: () => number;
  readonly log: (what: string, about: object) => void;
  /** Called once for each sentence, for the metrics. */
  readonly count: (outcome: Outcome) => void;
};

/** Longer texts are no sentences; they are not sent. Characters. */
const LONGEST = 500;

/** Makes the model of an office; nothing is asked yet. */
export function createModel(options: ModelOptions): Model {
  const { config, offered, now, log, count } = options;
  const schema = answerSchema(offered);
  const told = instructions(offered, schema.json);
  const pace = createPace();
  let mode: Mode = 'schema';

  const ask = async (about: About): Promise<Reading | undefined | 'refused'> => {
    const { text, unmask } = mask(about.text, about.lexicon, about.now);
    const question = { instructions: told, sentence: text, schema: schema.json, mode };
    const answer = schema.read(await askModel(config, question));
    if (!answer) return 'refused';
    const slots = Object.entries(answer.slots).map(
      ([slot, words]) => [slot, words?.map(unmask)] as const,
    );
    return checked({ ...answer, slots: Object.fromEntries(slots) }, about, offered);
  };
  const failed = (error: unknown): void => {
    const fault = error instanceof ModelFault ? error : undefined;
    // Some engines know only plain JSON mode: they are asked so from the next sentence on.
    if (fault?.status === 400 || fault?.status === 422) mode = 'json';
    pace.went('wrong', now());
    const why = fault?.why ?? 'garbled';
    count(why);
    log('model.failed', { why, status: fault?.status, error: fault ? undefined : nameOf(error) });
  };
  return {
    async reading(about, person) {
      if (about.text.length > LONGEST || !pace.take(person, now())) {
        count('limited');
        return undefined;
      }
      try {
        const reading = await ask(about);
        pace.went('well', now());
        count(reading === 'refused' ? 'refused' : reading ? 'used' : 'nothing');
        return reading === 'refused' ? undefined : reading;
      } catch (error) {
        failed(error);
        return undefined;
      }
    },
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
