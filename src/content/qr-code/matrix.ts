import { alignmentPositions, type ErrorLevel, sizeOf } from './tables.ts';

/** Rows of modules, 1 for dark. */
export type Matrix = number[][];

const FORMAT_LEVEL_BITS: Readonly<Record<ErrorLevel, number>> = { M: 0b00, Q: 0b11, H: 0b10 };
const FORMAT_GENERATOR = 0b10100110111;
const FORMAT_MASK = 0b101010000010010;
const VERSION_GENERATOR = 0b1111100100101;
const FIRST_VERSION_WITH_INFORMATION = 7;
const TIMING = 6;

function filled(size: number): Matrix {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
}

/** A matrix being drawn: `taken` says which modules belong to a pattern and carry no data. */
export type Drawing = { size: number; modules: Matrix; taken: Matrix };

function set({ size, modules, taken }: Drawing, x: number, y: number, value: number): void {
  const [row, takenRow] = [modules[y], taken[y]];
  if (row === undefined || takenRow === undefined || x < 0 || x >= size) return;
  row[x] = value;
  takenRow[x] = 1;
}

/** Concentric squares; `radius` is the outermost, light for a finder's separator. */
function drawSquares(
  drawing: Drawing,
  centreX: number,
  centreY: number,
  radius: number,
  isDark: (d: number) => boolean,
) {
  for (let dy = -radius; dy <= radius; dy += 1) {
    for (let dx = -radius; dx <= radius; dx += 1) {
      const distance = Math.max(Math.abs(dx), Math.abs(dy));
      set(drawing, centreX + dx, centreY + dy, isDark(distance) ? 1 : 0);
    }
  }
}

function drawFinders(drawing: Drawing): void {
  const far = drawing.size - 4;
  for (const [x, y] of [
    [3, 3],
    [far, 3],
    [3, far],
  ] as const) {
    drawSquares(drawing, x, y, 4, (distance) => distance !== 2 && distance !== 4);
  }
}

function drawAlignments(drawing: Drawing, version: number): void {
  const positions = alignmentPositions(version);
  const last = positions.at(-1);
  for (const x of positions) {
    for (const y of positions) {
      const isAtFinder = (x === TIMING && (y === TIMING || y === last)) || (x === last && y === TIMING);
      if (!isAtFinder) drawSquares(drawing, x, y, 2, (distance) => distance !== 1);
    }
  }
}

function drawTiming(drawing: Drawing): void {
  for (let at = 0; at < drawing.size; at += 1) {
    set(drawing, TIMING, at, (at + 1) % 2);
    set(drawing, at, TIMING, (at + 1) % 2);
  }
}

function withRemainder(value: number, generator: number): number {
  const degree = 31 - Math.clz32(generator);
  let rest = value << degree;
  for (let length = 32 - Math.clz32(rest); length > degree; length = 32 - Math.clz32(rest)) {
    rest ^= generator << (length - degree - 1);
  }
  return (value << degree) | rest;
}

function bit(value: number, index: number): number {
  return (value >>> index) & 1;
}

/** Draws the format's bits, both copies, and the dark module beside them. */
function drawFormatBits(drawing: Drawing, bits: number, darkModule: number): void {
  const { size } = drawing;
  for (let index = 0; index < 15; index += 1) {
    const value = bit(bits, index);
    if (index < 6) set(drawing, 8, index, value);
    else if (index < 8) set(drawing, 8, index + 1, value);
    else set(drawing, index === 8 ? 7 : 14 - index, 8, value);
    if (index < 8) set(drawing, size - 1 - index, 8, value);
    else set(drawing, 8, size - 15 + index, value);
  }
  set(drawing, 8, size - 8, darkModule);
}

function drawVersionBits(drawing: Drawing, version: number, bits: number): void {
  if (version < FIRST_VERSION_WITH_INFORMATION) return;
  for (let index = 0; index < 18; index += 1) {
    const [near, far] = [Math.floor(index / 3), drawing.size - 11 + (index % 3)];
    set(drawing, far, near, bit(bits, index));
    set(drawing, near, far, bit(bits, index));
  }
}

/** The patterns of a version, with the places for format and version left light: masks are judged like that. */
export function emptyDrawing(version: number): Drawing {
  const size = sizeOf(version);
  const drawing = { size, modules: filled(size), taken: filled(size) };
  drawTiming(drawing);
  drawFinders(drawing);
  drawAlignments(drawing, version);
  drawFormatBits(drawing, 0, 0);
  drawVersionBits(drawing, version, 0);
  return drawing;
}

/** Adds what a reader needs to know first. */
export function drawInformation(drawing: Drawing, version: number, level: ErrorLevel, mask: number): void {
  drawFormatBits(drawing, withRemainder((FORMAT_LEVEL_BITS[level] << 3) | mask, FORMAT_GENERATOR) ^ FORMAT_MASK, 1);
  drawVersionBits(drawing, version, withRemainder(version, VERSION_GENERATOR));
}

/** Fills the free modules with codewords, in pairs of columns from the right, up and down in turn. */
export function drawCodewords({ size, modules, taken }: Drawing, codewords: readonly number[]): void {
  let index = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === TIMING) right -= 1;
    const isUpward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = isUpward ? size - 1 - step : step;
      const row = modules[y] ?? [];
      for (const x of [right, right - 1]) {
        if (taken[y]?.[x] === 1) continue;
        row[x] = bit(codewords[index >>> 3] ?? 0, 7 - (index & 7));
        index += 1;
      }
    }
  }
}
