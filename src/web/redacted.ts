/** The second net under our rule to log no secret and no word of a person: what a log line never shows. */
export const redactedPaths: string[] = [
  'headers',
  '*.headers',
  ...['token', 'secret', 'password', 'phone', 'text', 'authorization'].flatMap((name) => [
    name,
    `*.${name}`,
    `*.*.${name}`,
  ]),
];
