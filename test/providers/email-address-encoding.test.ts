import { describe, expect, test } from '@jest/globals';
import { encodeHost, encodeSender } from '../../src/providers/email-address-encoding.ts';

describe('the host of an address', () => {
  test.each([
    ['sam@example.com', 'sam@example.com'],
    ['Sam.O@bücher.example', 'Sam.O@xn--bcher-kva.example'],
    ['föö@example.com', 'föö@example.com'],
    ['a@b@münchen.example', 'a@b@xn--mnchen-3ya.example'],
    ['no host', 'no host'],
    ['sam@not a host', 'sam@not a host'],
  ])('%s is sent as %s', (address, encoded) => {
    expect(encodeHost(address)).toBe(encoded);
  });
});

describe('the sender', () => {
  test.each(['"A service" <a@b.example>', 'a@b.example', 'A service <a@b.example>', '"O\\"Neil" <a@b.example>'])(
    'in ASCII stays: %s',
    (from) => {
      expect(encodeSender(from)).toBe(from);
    },
  );

  test('has a name beyond ASCII as a MIME encoded word', () => {
    const word = Buffer.from('Tŷ "y" Cwmni').toString('base64');
    expect(encodeSender('"Tŷ \\"y\\" Cwmni" <ty@b.example>')).toBe(`=?UTF-8?B?${word}?= <ty@b.example>`);
  });

  test('has a long name as several words of at most 75 characters that split no character', () => {
    const name = 'Gwasanaeth Cofrestru Etholiadol Sŵn y Môr 😀'.repeat(4);
    const encoded = encodeSender(`"${name}" <a@b.example>`);
    const words = encoded.replace(' <a@b.example>', '').split(' ');
    expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(75);
    expect(words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString()).join('')).toBe(name);
  });

  test('cannot bring a line break into a header', () => {
    expect(encodeSender('"A\r\nBcc: x" <a@b.example>')).toMatch(/^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?= <a@b\.example>$/);
  });
});
