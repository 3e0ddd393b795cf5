import { expect, test } from 'vitest';
import { clean, shortened } from '../../cards/clean.ts';

test('controls, bidi marks, zero-width characters and half surrogates do not come in', () => {
  expect(clean('a\u0000b\u001bc\u202ed\u2066e\u200bf\ufeffg', 100)).toBe('abcdefg');
  expect(clean('x\ud83d', 100)).toBe('x\ufffd');
});

test('a joiner stays inside an emoji and nowhere else', () => {
  expect(clean('👩‍🔧 来修', 100)).toBe('👩‍🔧 来修');
  expect(clean('👩🏽‍💻', 100)).toBe('👩🏽‍💻');
  expect(clean('管\u200d理员', 100)).toBe('管理员');
});

test('one line is one line; many keep their line feeds', () => {
  expect(clean(' 甲\r\n乙\t丙 ', 100)).toBe('甲 乙 丙');
  expect(clean('甲\r\n乙', 100, 'many')).toBe('甲\n乙');
});

test('cut by what people see as characters, never inside one', () => {
  expect(clean('👩‍🔧👩‍🔧👩‍🔧', 2)).toBe('👩‍🔧👩‍🔧');
  expect(clean('会议室预订', 3)).toBe('会议室');
});

test('a line of a list shows that something was cut', () => {
  expect(shortened('季度复盘', 4)).toBe('季度复盘');
  expect(shortened('季度复盘会', 4)).toBe('季度复盘…');
  expect(shortened('👩‍🔧👩‍🔧👩‍🔧', 2)).toBe('👩‍🔧👩‍🔧…');
});
