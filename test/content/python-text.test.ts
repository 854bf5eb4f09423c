import { expect, test } from '@jest/globals';
import { domainToAscii } from '../../src/content/idna.ts';
import { pythonLiteral, pythonNumber, pythonText } from '../../src/content/python-text.ts';

test.each([
  ['text', 'text', "'text'"],
  ["it's", "it's", '"it\'s"'],
  [`"it's"`, `"it's"`, `'"it\\'s"'`],
  ['a\n\t\\', 'a\n\t\\', "'a\\n\\t\\\\'"],
  ['\u0007\xa0\u200b\u{e0001} ', '\u0007\xa0\u200b\u{e0001} ', "'\\x07\\xa0\\u200b\\U000e0001 '"],
  [true, 'True', 'True'],
  [null, 'None', 'None'],
  [5, '5', '5'],
  [1.5, '1.5', '1.5'],
  [1e21, '1000000000000000000000', '1000000000000000000000'],
  [0.00001, '1e-05', '1e-05'],
  [['a', true, { k: null }], "['a', True, {'k': None}]", "['a', True, {'k': None}]"],
])('%j is written as Python writes it', (value, text, literal) => {
  expect(pythonText(value)).toBe(text);
  expect(pythonLiteral(value)).toBe(literal);
});

test.each([
  ['Bücher.example', 'xn--bcher-kva.example'],
  ['straße.de', 'strasse.de'],
  ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
  ['exa\u00admple。com', 'example.com'],
  ['ＡＢＣ.com', 'abc.com'],
  ['אבa.com', null],
  ['א\u093eא.com', null],
  ['\u06ff\uac00.com', 'xn--smb6955f.com'],
  ['\ufe10.com', 'xn--w86c.com'],
  ['\u1d2c.com', 'xn--z8f.com'],
  ['a..com', null],
  [`${'a'.repeat(64)}.com`, null],
])('the domain %j is %j in ASCII', (domain, ascii) => {
  expect(domainToAscii(domain)).toBe(ascii);
});

test.each([
  ['5', '5'],
  ['1.0', '1.0'],
  ['100.10', '100.1'],
  ['0.0', '0.0'],
  ['-0.0', '-0.0'],
  ['-0', '0'],
  ['1e2', '100.0'],
  ['1E-7', '1e-07'],
  ['0.00001', '1e-05'],
  ['12345678901234567890', '12345678901234567890'],
  ['1e15', '1000000000000000.0'],
  ['10000000000000000.0', '1e+16'],
  ['123456789012345678.0', '1.2345678901234568e+17'],
  ['123456789.123456789', '123456789.12345679'],
  ['1.5e300', '1.5e+300'],
  ['-1e999', '-inf'],
])('the number %s of a JSON text is spelled %s', (source, text) => {
  expect(pythonNumber(source)).toBe(text);
});
