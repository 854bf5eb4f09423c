import { expect, test } from '@jest/globals';
import { detectMediaType } from '../../src/documents/detect-media-type.ts';

/** The start of a ZIP file with one stored entry. */
function zip(name: string, content: string, rest = ''): string {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt32LE(content.length, 18);
  header.writeUInt16LE(name.length, 26);
  return header.toString('latin1') + name + content + rest;
}

const office = (folder: string) => zip('[Content_Types].xml', '<Types/>', `PK\x03\x04${folder}x.xml`);
const compound = (stream: string) =>
  `\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${Buffer.from(stream, 'utf16le').toString('latin1')}`;

test.each([
  ['a PDF', '%PDF-1.7\n...', 'application/pdf'],
  ['a PNG', '\x89PNG\r\n\x1a\n...', 'image/png'],
  ['a JPEG', '\xff\xd8\xff\xe0', 'image/jpeg'],
  ['RTF', '{\\rtf1 Hello}', 'text/rtf'],
  ['a Word document', office('word/'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['a spreadsheet', office('xl/'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['an old Word document', compound('WordDocument'), 'application/msword'],
  ['an old spreadsheet', compound('Workbook'), 'application/vnd.ms-excel'],
  [
    'an OpenDocument text',
    zip('mimetype', 'application/vnd.oasis.opendocument.text'),
    'application/vnd.oasis.opendocument.text',
  ],
  ['any other ZIP file', zip('word.txt', 'hello'), 'application/zip'],
  ['a ZIP file that is cut off', 'PK\x03\x04', 'application/zip'],
  ['JSON', ' {"a": [1]}', 'application/json'],
  ['text in brackets', '[see below] Hello', 'text/plain'],
  ['text', 'Caf\xc3\xa9, 5\u00a3', 'text/plain'],
  ['text in UTF-16', '\xff\xfea\x00,\x00b\x00', 'text/plain'],
  ['HTML', '<!DOCTYPE html><p>', 'text/html'],
  ['a program', 'MZ\x90\x00', 'application/x-dosexec'],
  ['noise', '\x01\x02\x03', 'application/octet-stream'],
])('%s is known by its content', (_name, content, mediaType) => {
  expect(detectMediaType(Buffer.from(content, 'latin1'))).toBe(mediaType);
});
