import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/filing/file-content.ts';
import { zipOf } from '../imports/files.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ole = (...streams: readonly string[]): Uint8Array =>
  Buffer.concat([OLE, ...streams.map((stream) => Buffer.from(stream, 'utf16le'))]);

const archive = (parts: readonly string[]): Uint8Array =>
  zipOf(parts.map((name) => ({ name, content: Buffer.from('x') })));

describe('a picture', () => {
  it.each([
    ['PNG', '\x89PNG\r\n\x1a\n…'],
    ['JPEG', '\xff\xd8\xff\xe0'],
    ['GIF', 'GIF89a'],
    ['WebP', 'RIFF....WEBP'],
    ['HEIC', '\0\0\0\x18ftypheic'],
  ])('is a %s, also when it was sent as a file', (_what, content) => {
    expect(faultOf('image', 'image', bytes(content))).toBeUndefined();
    expect(faultOf('file', '照片', bytes(content))).toBeUndefined();
  });

  it.each([
    ['an SVG', '<svg onload="x()">'],
    ['a PDF', '%PDF-1.7'],
    ['nothing', ''],
  ])('is not %s', (_what, content) => {
    expect(faultOf('image', 'photo.png', bytes(content))).toBe('content');
  });
});

describe('a file', () => {
  it('is a PDF, an old Word document, a table, a text', () => {
    expect(faultOf('file', 'a', bytes('%PDF-1.4'))).toBeUndefined();
    expect(faultOf('file', 'a.doc', ole('WordDocument'))).toBeUndefined();
    expect(faultOf('file', 'a.xls', ole('Workbook'))).toBeUndefined();
    expect(faultOf('file', '清单.csv', Buffer.from('物品,数量'))).toBeUndefined();
  });

  it.each([
    ['a program', 'a.pdf', bytes('MZ\x90\0')],
    ['a script', 'a.sh', bytes('#!/bin/sh')],
    ['a page', 'a.html', bytes('<html>')],
    ['an archive', 'a.docx', bytes('PK\x03\x04 whatever')],
    ['an installer', 'a.doc', ole('Property')],
    ['bytes that call themselves text', 'a.txt', bytes('a\0b')],
    ['nothing', 'a.txt', bytes('')],
  ])('is not %s', (_what, name, content) => {
    expect(faultOf('file', name, content)).toBe('content');
  });

  it('with macros is a program, in the old format and in the new one', () => {
    expect(faultOf('file', 'a.doc', ole('WordDocument', '_VBA_PROJECT'))).toBe('macros');
    const parts = ['[Content_Types].xml', 'word/vbaProject.bin'];
    expect(faultOf('file', 'a.docx', archive(parts))).toBe('macros');
    expect(faultOf('file', 'a.docx', archive(parts.slice(0, 1)))).toBeUndefined();
  });

  it('is an invoice in the .ofd format', () => {
    expect(faultOf('file', '发票.ofd', archive(['OFD.xml']))).toBeUndefined();
  });

  it('has at most 20 MB, a picture at most 10 MB', () => {
    const large = (size: number, begins: string): Uint8Array => {
      const whole = Buffer.alloc(size);
      whole.write(begins, 'latin1');
      return whole;
    };
    expect(faultOf('file', 'a', large(20 * 2 ** 20, '%PDF-1'))).toBeUndefined();
    expect(faultOf('file', 'a', large(20 * 2 ** 20 + 1, '%PDF-1'))).toBe('size');
    expect(faultOf('image', 'a', large(10 * 2 ** 20 + 1, '\xff\xd8\xff'))).toBe('size');
  });
});
