import type { Answers } from '../../../cards/card.ts';

/** A text answer without surrounding spaces; undefined when left empty. */
export const answerText = (name: string, answers: Answers): string | undefined => {
  const answer = answers[name];
  return typeof answer === 'string' && answer.trim() !== '' ? answer.trim() : undefined;
};
