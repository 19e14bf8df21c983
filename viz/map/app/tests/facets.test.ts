import assert from "node:assert/strict";
import test from "node:test";

import { countValues, facetCounts, makeFacet, passing } from "../src/facets.ts";

const things = [
  { kind: "npo", place: "甲", fields: ["食", "住"] },
  { kind: "npo", place: "乙", fields: ["食"] },
  { kind: "市", place: "甲", fields: [] },
];
const kind = makeFacet("kind", 3, (i) => [things[i].kind]);
const place = makeFacet("place", 3, (i) => [things[i].place]);
const fields = makeFacet("fields", 3, (i) => things[i].fields);
const all = [kind, place, fields];
const choose = (...pairs: [string, number][]) => {
  const chosen = new Map<string, Set<number>>();
  for (const [key, value] of pairs) chosen.set(key, (chosen.get(key) ?? new Set()).add(value));
  return chosen;
};

test("values of one list widen it, lists narrow each other", () => {
  assert.deepEqual([...passing(all, choose(), 3)], [1, 1, 1]);
  assert.deepEqual([...passing(all, choose(["kind", 0], ["kind", 1]), 3)], [1, 1, 1]);
  assert.deepEqual([...passing(all, choose(["kind", 0], ["place", 0]), 3)], [1, 0, 0]);
  assert.deepEqual([...passing(all, choose(["fields", 1]), 3)], [1, 0, 0]);
});

test("the counts of a list ignore what is chosen in it and nothing else", () => {
  const chosen = choose(["kind", 1], ["place", 0]);
  assert.deepEqual(facetCounts(kind, all, chosen), [1, 1]); // 甲 applies, 市 does not
  assert.deepEqual(facetCounts(place, all, chosen), [1, 0]); // 市 applies, 甲 does not
  assert.deepEqual(facetCounts(fields, all, chosen), [0, 0]); // both apply
});

test("a thing of several values counts in each, one of none in none", () => {
  assert.deepEqual(countValues(fields, Uint8Array.of(1, 1, 1)), [2, 1]);
});

test("an empty set of choices chooses nothing away", () => {
  assert.deepEqual([...passing(all, new Map([["kind", new Set<number>()]]), 3)], [1, 1, 1]);
});
