import { capacity, type ErrorLevel } from './tables.ts';

/** x^8 + x^4 + x^3 + x^2 + 1, of the field of 256 elements. */
const FIELD_POLYNOMIAL = 0x11d;

function multiply(left: number, right: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * FIELD_POLYNOMIAL);
    product ^= ((right >>> bit) & 1) * left;
  }
  return product;
}

function generator(degree: number): number[] {
  let coefficients = [...Array.from({ length: degree - 1 }, () => 0), 1];
  let root = 1;
  for (let step = 0; step < degree; step += 1) {
    const current = coefficients;
    const factor = root;
    coefficients = current.map((value, index) => multiply(value, factor) ^ (current[index + 1] ?? 0));
    root = multiply(root, 2);
  }
  return coefficients;
}

function remainder(data: readonly number[], divisor: readonly number[]): number[] {
  let rest = divisor.map(() => 0);
  for (const byte of data) {
    const [first = 0, ...others] = rest;
    const factor = byte ^ first;
    rest = [...others, 0].map((value, index) => value ^ multiply(divisor[index] ?? 0, factor));
  }
  return rest;
}

function interleave(blocks: readonly (readonly number[])[]): number[] {
  const longest = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: longest }, (_, index) => blocks.flatMap((block) => block[index] ?? [])).flat();
}

function toBytes(bits: string): number[] {
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
}

/** All codewords of a code in the order in which they are drawn. The first blocks are one byte shorter than the last. */
export function withErrorCorrection(bits: string, version: number, level: ErrorLevel): number[] {
  const { codewords, blocks, correctionPerBlock } = capacity(version, level);
  const data = toBytes(bits);
  const shortLength = Math.floor(codewords / blocks) - correctionPerBlock;
  const shortBlocks = blocks - (codewords % blocks);
  const divisor = generator(correctionPerBlock);
  const dataBlocks: number[][] = [];
  for (let index = 0, at = 0; index < blocks; index += 1) {
    const length = shortLength + (index < shortBlocks ? 0 : 1);
    dataBlocks.push(data.slice(at, at + length));
    at += length;
  }
  return [...interleave(dataBlocks), ...interleave(dataBlocks.map((block) => remainder(block, divisor)))];
}
