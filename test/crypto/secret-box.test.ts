import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { secretBox, UnsealError } from '../../src/crypto/secret-box.ts';

const box = secretBox(['first secret']);

describe('a sealed text', () => {
  test('opens to the same text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(box.open(box.seal(text))).toBe(text);
      }),
    );
  });

  test('is compact, safe in a URL, carries its version and is never the same twice', () => {
    const [first, second] = [box.seal('x'.repeat(36)), box.seal('x'.repeat(36))];
    expect(first).toMatch(/^v1\.[\w-]{86}$/);
    expect(first).not.toBe(second);
  });

  test('does not open when any one character is changed', () => {
    const sealed = box.seal('a secret');
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      expect(() => box.open(sealed.slice(0, at) + other + sealed.slice(at + 1))).toThrow(UnsealError);
    }
  });

  test.each(['', 'v1.', 'v1.AAAA', 'v2.AAAA', 'plain text', `${box.seal('x')} `])('is not %j', (text) => {
    expect(() => box.open(text)).toThrow(UnsealError);
  });
});

describe('rotation', () => {
  const rotated = secretBox(['first secret', 'second secret']);

  test('a text sealed with an older secret still opens', () => {
    expect(rotated.open(box.seal('text'))).toBe('text');
  });

  test('the last secret seals', () => {
    const sealed = rotated.seal('text');
    expect(secretBox(['second secret']).open(sealed)).toBe('text');
    expect(() => box.open(sealed)).toThrow(UnsealError);
  });

  test('a box without secrets is refused', () => {
    expect(() => secretBox([])).toThrow(RangeError);
  });
});
