/** Filters: values chosen in one list widen it, lists narrow each other; nothing chosen in a list means all of it. */

/** One list: for each thing the numbers of its values. */
export interface Facet {
  key: string;
  names: string[];
  of: readonly (readonly number[])[];
}

export type Chosen = ReadonlyMap<string, ReadonlySet<number>>;

export function makeFacet(key: string, count: number, values: (i: number) => readonly string[]): Facet {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  const of = Array.from({ length: count }, (_, i) =>
    values(i).map((name) => {
      let number = numbers.get(name);
      if (number === undefined) {
        number = names.push(name) - 1;
        numbers.set(name, number);
      }
      return number;
    }),
  );
  return { key, names, of };
}

function isIn(values: readonly number[], chosen: ReadonlySet<number>): boolean {
  for (const value of values) if (chosen.has(value)) return true;
  return false;
}

/** Return which of `count` things pass every list in which something is chosen; `but` is left out. */
export function passing(facets: readonly Facet[], chosen: Chosen, count: number, but?: Facet): Uint8Array {
  const passed = new Uint8Array(count).fill(1);
  for (const facet of facets) {
    const wanted = chosen.get(facet.key);
    if (facet === but || !wanted?.size) continue;
    for (let i = 0; i < count; i++) if (passed[i] && !isIn(facet.of[i], wanted)) passed[i] = 0;
  }
  return passed;
}

/** Return how many things (of those `among` them) each value of `facet` would show: the other lists apply, the list itself does not. */
export function facetCounts(facet: Facet, facets: readonly Facet[], chosen: Chosen, among?: Uint8Array): number[] {
  const passed = passing(facets, chosen, facet.of.length, facet);
  if (among) passed.forEach((_, i) => (passed[i] &= among[i]));
  return countValues(facet, passed);
}

export function countValues(facet: Facet, passed: Uint8Array): number[] {
  const counts = facet.names.map(() => 0);
  facet.of.forEach((values, i) => {
    if (passed[i]) for (const value of values) counts[value]++;
  });
  return counts;
}
