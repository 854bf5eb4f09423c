/**
 * Where a piece of one text is next found at or after a position; Infinity when nowhere. Asked in ascending order, it
 * goes through the text once, however many questions there are: hostile input must not cost quadratic time.
 */
export type Finder = (piece: string, from: number) => number;

export function finder(text: string): Finder {
  const known = new Map<string, { from: number; at: number }>();
  return (piece, from) => {
    const last = known.get(piece);
    if (last !== undefined && last.from <= from && from <= last.at) return last.at;
    const index = text.indexOf(piece, from);
    const at = index === -1 ? Number.POSITIVE_INFINITY : index;
    known.set(piece, { from, at });
    return at;
  };
}
