/** What is different between two texts, in words: for whoever reads a failed test. */

/** Lines told of each side. */
const MOST = 12;

/** Undefined when they are the same. */
export function difference(was: string, is: string): string | undefined {
  if (was === is) return undefined;
  if (was === '') return 'there is no such file yet';
  const [before, after] = [was.split('\n'), is.split('\n')];
  const start = before.findIndex((line, index) => line !== after[index]);
  const first = start === -1 ? before.length : start;
  let common = 0;
  while (
    common < Math.min(before.length, after.length) - first &&
    before.at(-1 - common) === after.at(-1 - common)
  )
    common += 1;
  const gone = before.slice(first, before.length - common);
  const come = after.slice(first, after.length - common);
  return [
    `from line ${first + 1} on it is different`,
    ...told('was', gone),
    ...told('is', come),
  ].join('\n');
}

function told(what: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [`${what}: nothing there`];
  const more = lines.length - MOST;
  return [
    `${what}:`,
    ...lines.slice(0, MOST).map((line) => `  ${line}`),
    ...(more > 0 ? [`  … ${more} more lines`] : []),
  ];
}
