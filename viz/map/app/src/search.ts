/** Search by name, other names and reading: beginnings before insides, short names before long ones. */

import { fold } from "./folding.ts";

export interface Entry {
  /** Folded name first, then folded reading and other names. */
  texts: string[];
  importance: number;
}

const INSIDE = 1000; // no folded name is so long that its length outweighs standing inside

/** Return the numbers of the entries that hold `query`, the best first. */
export function search(entries: readonly Entry[], query: string, most = 12): number[] {
  const wanted = fold(query);
  if (!wanted) return [];
  const scored: [number, number, number][] = [];
  entries.forEach((entry, i) => {
    let best = Infinity;
    entry.texts.forEach((text, k) => {
      const at = text.indexOf(wanted);
      if (at >= 0) best = Math.min(best, (at === 0 ? 0 : INSIDE) + Math.min(text.length, INSIDE - 1) + (k ? 0.5 : 0));
    });
    if (best < Infinity) scored.push([best, -entry.importance, i]);
  });
  scored.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return scored.slice(0, most).map((entry) => entry[2]);
}
