import { capacity, ERROR_LEVELS, type ErrorLevel, MAX_VERSION } from './tables.ts';

const ALPHANUMERICS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const LATIN_1 = /^[\0-\xff]*$/u;
const PADDING = ['11101100', '00010001'] as const;
const TERMINATOR_BITS = 4;
/** From this version on lengths take more bits. */
const LONG_COUNT_FROM_VERSION = 10;

type Segment = { mode: string; length: number; countBits: readonly [short: number, long: number]; bits: string };

/** The bits of a code's data, without error correction, and the smallest version and best level that hold them. */
export type QrData = { version: number; level: ErrorLevel; bits: string };

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}

function numeric(text: string): Segment {
  const groups = text.match(/.{1,3}/g) ?? [];
  const bits = groups.map((group) => binary(Number(group), group.length * 3 + 1)).join('');
  return { mode: '0001', length: text.length, countBits: [10, 12], bits };
}

function alphanumeric(text: string): Segment {
  const pairs = text.match(/.{1,2}/g) ?? [];
  const bits = pairs.map((pair) => {
    const [first = 0, second] = Array.from(pair, (character) => ALPHANUMERICS.indexOf(character));
    return second === undefined ? binary(first, 6) : binary(first * ALPHANUMERICS.length + second, 11);
  });
  return { mode: '0010', length: text.length, countBits: [9, 11], bits: bits.join('') };
}

/** Latin-1 where that is enough, as readers expect without further notice, otherwise UTF-8. */
function bytes(text: string): Segment {
  const encoded = Buffer.from(text, LATIN_1.test(text) ? 'latin1' : 'utf8');
  return {
    mode: '0100',
    length: encoded.length,
    countBits: [8, 16],
    bits: Array.from(encoded, (byte) => binary(byte, 8)).join(''),
  };
}

function segmentOf(text: string): Segment {
  if (/^[0-9]+$/.test(text)) return numeric(text);
  return [...text].every((character) => ALPHANUMERICS.includes(character)) ? alphanumeric(text) : bytes(text);
}

function withHeader({ mode, length, countBits: [short, long], bits }: Segment, version: number): string {
  return mode + binary(length, version < LONG_COUNT_FROM_VERSION ? short : long) + bits;
}

/**
 * Ends the data and fills up. Bits that already end a byte get another byte of zeros, as in the original's codes;
 * readers have stopped by then.
 */
function padded(bits: string, dataBits: number): string {
  let result = bits + '0'.repeat(Math.min(TERMINATOR_BITS, dataBits - bits.length));
  result += '0'.repeat(8 - (result.length % 8));
  for (let index = 0; result.length < dataBits; index += 1) result += PADDING[index % 2];
  return result.slice(0, dataBits);
}

/** Null when the text does not fit. */
export function qrData(text: string): QrData | null {
  const segment = segmentOf(text);
  for (let version = 1; version <= MAX_VERSION; version += 1) {
    const bits = withHeader(segment, version);
    const level = ERROR_LEVELS.findLast((candidate) => bits.length <= capacity(version, candidate).dataCodewords * 8);
    if (level !== undefined) return { version, level, bits: padded(bits, capacity(version, level).dataCodewords * 8) };
  }
  return null;
}
