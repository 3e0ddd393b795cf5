/** Values and bytes as nobody sends them who means well. */
import type { Chance } from '../bench/year/chance.ts';

/** Objects nested so deep, `{"a":{"a":…}}`. */
const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce((inner) => ({ a: inner }), 'bottom');

const HIDDEN = '\u202e\u200b\ufeff\u2066';

/** A value of any type, and the wrong one in most places. */
export function weird(chance: Chance): unknown {
  return chance.oneOf<() => unknown>([
    () => null,
    () => true,
    () => -1,
    () => 0,
    () => 1.5,
    () => 1e308,
    () => 2 ** 31,
    () => 2 ** 53,
    () => '',
    () => ' ',
    () => '\0',
    () => 'a\0b',
    () => '\ud800',
    () => `a${HIDDEN}b`,
    () => `提交${HIDDEN}`,
    () => '字'.repeat(1 + chance.under(8_000)),
    () => 'x'.repeat(1 + chance.under(60_000)),
    () => '2026-13-45T99:99',
    () => '9'.repeat(400),
    () => '<at user_id="all"></at>',
    () => "'; drop table request; --",
    () => '${process.env}{{7*7}}',
    () => '../../../etc/passwd',
    () => 'http://127.0.0.1:1/x',
    () => [],
    () => {
      return {};
    },
    () => [[[[1]]]],
    () => nested(chance.under(60)),
    () => Array.from({ length: chance.under(3_000) }, (_, index) => index),
    () =>
      Object.fromEntries(
        Array.from({ length: chance.under(300) }, (_, index) => [`m${index}`, index]),
      ),
    () => JSON.parse('{"__proto__":{"v":1,"toString":"x"},"constructor":{"prototype":{}}}'),
    () => ({ toString: 'x', valueOf: 1, length: -1 }),
  ])();
}

/** The value with one to three of its members, at any depth, replaced, taken out, named anew or added. */
export function bentValue(value: unknown, chance: Chance): unknown {
  let bent = structuredClone(value);
  for (let turn = 0; turn <= chance.under(3); turn++) bent = bentOnce(bent, chance);
  return bent;
}

function bentOnce(value: unknown, chance: Chance): unknown {
  if (typeof value !== 'object' || value === null || chance.next() < 0.1) return weird(chance);
  if (Array.isArray(value)) {
    const items = value as unknown[];
    if (items.length === 0 || chance.next() < 0.2) return [...items, weird(chance)];
    const place = chance.under(items.length);
    return items.map((item, index) => (index === place ? bentOnce(item, chance) : item));
  }
  const members = Object.entries(value);
  if (members.length === 0 || chance.next() < 0.1)
    return { ...value, [name(chance)]: weird(chance) };
  const place = chance.under(members.length);
  return Object.fromEntries(
    members.flatMap(([key, member], index): readonly (readonly [string, unknown])[] => {
      if (index !== place) return [[key, member]];
      const way = chance.next();
      if (way < 0.1) return [];
      if (way < 0.15) return [[name(chance), member]];
      return [[key, bentOnce(member, chance)]];
    }),
  );
}

const name = (chance: Chance): string =>
  chance.oneOf([
    '__proto__',
    'constructor',
    'toString',
    '',
    'a\0',
    'encrypt',
    'headers',
    '字',
    'x'.repeat(500),
  ]);

/** The bytes with some changed, cut, doubled or put in, or quite others. */
export function bentBytes(bytes: Uint8Array, chance: Chance): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const at = (): number => chance.under(Math.max(1, changed.length));
  return chance.oneOf<() => Uint8Array>([
    () => {
      for (let turn = 0; turn <= chance.under(8); turn++) changed[at()] = chance.under(256);
      return changed;
    },
    () => changed.subarray(0, at()),
    () => Buffer.concat([changed, changed]),
    () => {
      const place = at();
      return Buffer.concat([
        changed.subarray(0, place),
        noise(chance, 30),
        changed.subarray(place),
      ]);
    },
    () => noise(chance, 2_000),
    () => Buffer.from('['.repeat(chance.under(5_000))),
    () => Buffer.from(`{"a":${'[1,'.repeat(chance.under(3_000))}`),
    () => Buffer.from(`{${'"a":1,'.repeat(chance.under(4_000))}"a":1}`),
    () => Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
    () => Buffer.from('{"a":"\xff\xfe\xc0\x80"}', 'latin1'),
    () => Buffer.alloc(chance.under(20_000)),
  ])();
}

const noise = (chance: Chance, most: number): Uint8Array =>
  Uint8Array.from({ length: chance.under(most) }, () => chance.under(256));

/** The last part of an address: as in a link of ours, and as in none. */
export function bentPath(chance: Chance): string {
  const part = chance.oneOf<() => string>([
    () => encodeURIComponent(asText(weird(chance)).slice(0, 3_000).toWellFormed()),
    () => '%00',
    () => '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    () => '..%5c..%5c',
    () => '%zz%',
    () => '%ff%fe',
    () => '__proto__',
    () => 'a'.repeat(chance.under(9_000)),
    () => Buffer.from(noise(chance, 40)).toString('hex'),
    () => Buffer.from(noise(chance, 60)).toString('base64url'),
    () => `${chance.under(99)}.${Buffer.from(noise(chance, 60)).toString('base64url')}.ics`,
    () => "1'%20or%201=1--",
    () => '1;2',
  ])();
  return chance.next() < 0.3
    ? `${part}?${chance.oneOf(['a=1', 'people=%00', 'language=xx', 'say=<script>', '%', '&&&', 'a[b]=c'])}`
    : part;
}

/** Any value as a text. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
