import type { Word } from './read-pdf.ts';

type Area = { left: number; right: number; top: number; bottom: number };

/** Millimetres. Source: letters-broadcasts 4.3 and 4.4: the window is read with 3 mm around it. */
const WINDOW: Area = { left: 21.6, right: 123, top: 36.5, bottom: 69.3 };
const TAG_BOX: Area = { left: 0, right: 15.191, top: 0, bottom: 6.149 };
/** Words whose lower edges are so close are on one line. */
const SAME_LINE = 0.7;
/** A gap that is narrower, as a share of a word's height, parts no words. */
const NARROW_GAP = 0.12;

/** What stands in the address window of a first page: a line for each line, and nothing for an empty window. */
export function windowText(words: readonly Word[]): string {
  const inside = words.filter((word) => touches(word, WINDOW)).sort((a, b) => a.bottom - b.bottom);
  const lines: Word[][] = [];
  for (const word of inside) {
    const line = lines.at(-1);
    if (line?.[0] && word.bottom - line[0].bottom < SAME_LINE) line.push(word);
    else lines.push([word]);
  }
  return lines.map(joined).join('\n');
}

/** Whether a page has the printer's tag for the first page of a letter. */
export function hasTag(words: readonly Word[]): boolean {
  return words.some((word) => word.text.includes('NOTIFY') && touches(word, TAG_BOX));
}

function joined(line: readonly Word[]): string {
  let text = '';
  let end = Number.NEGATIVE_INFINITY;
  for (const word of [...line].sort((a, b) => a.left - b.left)) {
    const isApart = word.left - end > NARROW_GAP * (word.bottom - word.top);
    text += `${text !== '' && isApart ? ' ' : ''}${word.text}`;
    end = word.right;
  }
  return text;
}

function touches(word: Word, area: Area): boolean {
  return word.right > area.left && word.left < area.right && word.bottom > area.top && word.top < area.bottom;
}
