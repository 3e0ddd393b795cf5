/** Calendar files (RFC 5545): events to text that any calendar reads. People's words stay words in them: nothing of a text ends a line or a value. */

/** Whole days (`days`, the last one excluded), or from one moment to another; moments are written in UTC. */
type When =
  | { readonly from: Temporal.Instant; readonly to: Temporal.Instant }
  | { readonly days: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate } };

/** One event. `uid` is its name for ever; `sequence` grows with every change of it; `stamp`: when it was last changed. */
export type CalendarEvent = {
  readonly uid: string;
  readonly stamp: Temporal.Instant;
  readonly when: When;
  readonly summary: string;
  readonly location?: string;
  readonly description?: string;
  readonly sequence?: number;
  readonly status?: 'CONFIRMED' | 'TENTATIVE';
};

/** What the file is: its maker's product (`rounds`), and for one that calendars fetch again and again its name. */
export type CalendarAbout = { readonly product: string; readonly name?: string };

/** The whole file, with CRLF at the end of every line. */
export function calendarFile(
  { product, name }: CalendarAbout,
  events: readonly CalendarEvent[],
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//banshi//${product}//ZH`,
    ...(name === undefined
      ? []
      : [
          'CALSCALE:GREGORIAN',
          'METHOD:PUBLISH',
          `NAME:${escaped(name)}`,
          `X-WR-CALNAME:${escaped(name)}`,
          'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
          'X-PUBLISHED-TTL:PT1H',
        ]),
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const eventLines = (event: CalendarEvent): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${escaped(event.uid)}`,
  `DTSTAMP:${moment(event.stamp)}`,
  ...whenLines(event.when),
  `SUMMARY:${escaped(event.summary)}`,
  ...(event.location === undefined ? [] : [`LOCATION:${escaped(event.location)}`]),
  ...(event.description === undefined ? [] : [`DESCRIPTION:${escaped(event.description)}`]),
  ...(event.sequence === undefined ? [] : [`SEQUENCE:${event.sequence}`]),
  ...(event.status === undefined ? [] : [`STATUS:${event.status}`]),
  'END:VEVENT',
];

const whenLines = (when: When): readonly string[] =>
  'days' in when
    ? [`DTSTART;VALUE=DATE:${day(when.days.from)}`, `DTEND;VALUE=DATE:${day(when.days.to)}`]
    : [`DTSTART:${moment(when.from)}`, `DTEND:${moment(when.to)}`];

/** `20260304`. */
const day = (date: Temporal.PlainDate): string => date.toString().replaceAll('-', '');

/** `20260304T010000Z`. */
const moment = (at: Temporal.Instant): string =>
  at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');

// oxlint-disable-next-line no-control-regex -- RFC 5545 has no place for them in a text
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** A text as the value of a property: what would end it is escaped, what no value can hold is left out. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(CONTROLS, '')
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll(/\r\n|\r|\n/g, String.raw`\n`);

/** Octets of a line without its end. */
const LONGEST_LINE = 75;

/** A long line goes on in the next one behind a blank; no character is cut in two. */
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (octets + more > LONGEST_LINE) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += more;
  }
  return [...lines, current].join('\r\n');
}
