import { expect, test } from '@jest/globals';
import { decodeFile } from '../../src/documents/decode-file.ts';

/** Results of Python's `base64.b64decode`. */
test.each([
  ['', ''],
  ['YWJj', 'abc'],
  ['YWJjZA==', 'abcd'],
  ['YWJjZGU=', 'abcde'],
  ['YW\r\nJj\n', 'abc'],
  ['Y-W_J!j', 'abc'],
  ['YQ==YQ==', 'a'],
  ['YQ=\n=', 'a'],
  ['Y=WJj', 'abc'],
  ['YWJj=YWJj', 'abcabc'],
  ['=', ''],
  ['YQ', null],
  ['YQ=', null],
  ['YWI', null],
  ['YWJjY', null],
  ['YQ=x', null],
])('%j is read as Python reads it', (text, content) => {
  expect(decodeFile(text)?.toString() ?? null).toBe(content);
});

test('letters beyond ASCII are no base64', () => {
  expect(decodeFile('YWJj\u00a0')).toBeNull();
});
