import { qrData } from './data.ts';
import { withErrorCorrection } from './error-correction.ts';
import { bestMask } from './masks.ts';
import { drawCodewords, drawInformation, emptyDrawing, type Matrix } from './matrix.ts';

/** The modules of a QR code for a text, or null when the text is too long for one. */
function qrModules(text: string): Matrix | null {
  const data = qrData(text);
  if (data === null) return null;
  const { version, level, bits } = data;
  const drawing = emptyDrawing(version);
  drawCodewords(drawing, withErrorCorrection(bits, version, level));
  const { mask, modules } = bestMask(drawing);
  drawInformation({ ...drawing, modules }, version, level, mask);
  return modules;
}

/** Draws each run of dark modules as a line as thick as a module, from where the last one ended. */
function path(modules: Matrix): string {
  let commands = '';
  let pen = { x: 0, y: 0 };
  for (const [y, row] of modules.entries()) {
    for (const run of row.join('').matchAll(/1+/g)) {
      const isFirst = commands === '';
      commands += isFirst ? 'M0 0.5' : `m${run.index - pen.x} ${y - pen.y}`;
      commands += `h${run[0].length}`;
      pen = { x: run.index + run[0].length, y };
    }
  }
  return commands;
}

/** A QR code of error correction level M or better, without quiet zone and of no fixed size (content 4.8). */
export function qrCodeSvg(text: string): string | null {
  const modules = qrModules(text);
  if (modules === null) return null;
  const size = modules.length;
  return `<svg viewBox="0 0 ${size} ${size}"><path stroke="#000" d="${path(modules)}"/></svg>`;
}
