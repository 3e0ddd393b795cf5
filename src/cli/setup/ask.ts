/** Questions at a terminal. What is typed for a secret is not shown. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Stop } from '../../stop.ts';

/** Where questions are asked. */
export type Terminal = {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
};

/** One line from whoever sits there, without blanks around it. Ctrl-C and the end of the input throw Stop. */
export async function ask(
  { input, output }: Terminal,
  question: string,
  { hidden = false }: { readonly hidden?: boolean } = {},
): Promise<string> {
  const prompt = `${question} `;
  if (hidden) output.write(prompt);
  // Readline itself echoes what is typed, to wherever it is told
  const echo = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : output;
  const lines = createInterface({ input, output: echo, terminal: true, historySize: 0 });
  const given = new AbortController();
  lines.once('SIGINT', () => given.abort());
  lines.once('close', () => given.abort());
  try {
    return (await lines.question(hidden ? '' : prompt, { signal: given.signal })).trim();
  } catch {
    throw new Stop('已中止，什么都没有写 | stopped, nothing was written');
  } finally {
    lines.close();
    if (hidden) output.write('\n');
  }
}
