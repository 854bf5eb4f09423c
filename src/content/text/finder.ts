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

/** What is worked out once for each text, known by its finder, and then used for every question about it. */
export function oncePerText<Result>(workOut: (text: string) => Result): (text: string, find: Finder) => Result {
  const results = new WeakMap<Finder, Result>();
  return (text, find) => {
    const known = results.get(find);
    if (known !== undefined) return known;
    const result = workOut(text);
    results.set(find, result);
    return result;
  };
}

/** The index of the first of some ascending places that is at or after one; their number when none is. */
export function firstAtOrAfter(places: readonly number[], place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? place) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
