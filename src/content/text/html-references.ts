import namedReferences from '../data/html-entities.json' with { type: 'json' };

/** HTML5's named character references: names with their semicolon, and the legacy ones also without. */
const NAMED: ReadonlyMap<string, string> = new Map(Object.entries(namedReferences));

const REPLACEMENT_CHARACTER = '\ufffd';
/** What HTML5 reads 0x80 to 0x9f as: Windows-1252, with its five gaps kept as they are. */
const WINDOWS_1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

const REFERENCE = /&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|[^\t\n\f <&#;]{1,32};?)/gu;

function isNonCharacter(codePoint: number): boolean {
  return (codePoint >= 0xfdd0 && codePoint <= 0xfdef) || (codePoint & 0xfffe) === 0xfffe;
}

function isForbiddenControl(codePoint: number): boolean {
  return (
    (codePoint >= 0x1 && codePoint <= 0x8) ||
    codePoint === 0xb ||
    (codePoint >= 0xe && codePoint <= 0x1f) ||
    codePoint === 0x7f
  );
}

function numericReference(digits: string): string {
  const isHexadecimal = digits.startsWith('x') || digits.startsWith('X');
  const codePoint = isHexadecimal ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10);
  if (codePoint === 0 || codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
    return REPLACEMENT_CHARACTER;
  }
  if (codePoint >= 0x80 && codePoint <= 0x9f) return WINDOWS_1252.charAt(codePoint - 0x80);
  if (isForbiddenControl(codePoint) || isNonCharacter(codePoint)) return '';
  return String.fromCodePoint(codePoint);
}

function namedReference(name: string): string {
  const whole = NAMED.get(name);
  if (whole !== undefined) return whole;
  for (let length = name.length - 1; length > 1; length -= 1) {
    const prefix = NAMED.get(name.slice(0, length));
    if (prefix !== undefined) return prefix + name.slice(length);
  }
  return `&${name}`;
}

/**
 * The characters that one reference (`&copy;`, `&#169;`, `&#xA9`) stands for. Of an unknown name the longest legacy
 * prefix is decoded (`&notanentity;` gives `¬anentity;`); a name without one comes back unchanged.
 */
export function decodeHtmlReference(reference: string): string {
  if (reference.startsWith('&#')) return numericReference(reference.replace(';', '').slice(2));
  return namedReference(reference.slice(1));
}

/** Decodes every reference as HTML5 does: the semicolon may be missing. */
export function decodeHtmlReferences(text: string): string {
  return text.includes('&') ? text.replace(REFERENCE, decodeHtmlReference) : text;
}
