/** Error correction, weakest first, of those that a letter's codes may have. */
export const ERROR_LEVELS = ['M', 'Q', 'H'] as const;
export type ErrorLevel = (typeof ERROR_LEVELS)[number];

/** Level M holds 666 bytes in this version; a letter's code may have 504. */
export const MAX_VERSION = 20;

/** By version from 1, after ISO/IEC 18004, table 9. */
const CORRECTION_CODEWORDS_PER_BLOCK: Readonly<Record<ErrorLevel, readonly number[]>> = {
  M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26],
  Q: [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30],
  H: [17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28],
};
const BLOCKS: Readonly<Record<ErrorLevel, readonly number[]>> = {
  M: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16],
  Q: [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20],
  H: [1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25],
};

/** Modules along one side. */
export function sizeOf(version: number): number {
  return version * 4 + 17;
}

/** Centres of the alignment patterns, along either axis. */
export function alignmentPositions(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = sizeOf(version) - 7;
  const step = Math.ceil((last - 6) / (count - 1) / 2) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, index) => last - step * (count - 2 - index))];
}

function codewords(version: number): number {
  const alignments = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const size = sizeOf(version);
  const finders = 3 * 64;
  const timing = 2 * (size - 16);
  const format = 31;
  const alignment = version === 1 ? 0 : 25 * (alignments ** 2 - 3) - 10 * (alignments - 2);
  const versionInformation = version >= 7 ? 36 : 0;
  return Math.floor((size ** 2 - finders - timing - format - alignment - versionInformation) / 8);
}

export type Capacity = { codewords: number; blocks: number; correctionPerBlock: number; dataCodewords: number };

/** How a code's bytes are divided. */
export function capacity(version: number, level: ErrorLevel): Capacity {
  const total = codewords(version);
  const blocks = BLOCKS[level][version - 1] ?? 1;
  const correctionPerBlock = CORRECTION_CODEWORDS_PER_BLOCK[level][version - 1] ?? 0;
  return { codewords: total, blocks, correctionPerBlock, dataCodewords: total - blocks * correctionPerBlock };
}
