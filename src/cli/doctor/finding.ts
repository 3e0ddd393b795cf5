import { type Words, words } from '../../../cards/words.ts';
import { say } from '../command.ts';

/** What the doctor found. `mend` says what to do; what is well needs nothing. */
export type Finding =
  | { readonly level: 'ok'; readonly about: Words }
  | { readonly level: 'warning' | 'error'; readonly about: Words; readonly mend: Words };

export const well = (zh: string, en: string): Finding => ({ level: 'ok', about: words(zh, en) });

export const warning = (about: Words, mend: Words): Finding => ({ level: 'warning', about, mend });

export const wrong = (about: Words, mend: Words): Finding => ({ level: 'error', about, mend });

const MARK = { ok: '✔', warning: '!', error: '✘' } as const;

/** Prints a finding, and beneath it what to do. */
export function tell(finding: Finding): void {
  say(words(`${MARK[finding.level]} ${finding.about.zh}`, finding.about.en));
  if (finding.level !== 'ok') say(words(`    → ${finding.mend.zh}`, finding.mend.en));
}
