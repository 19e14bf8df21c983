import assert from "node:assert/strict";
import test from "node:test";

import { makeTies, parts, shortestPath, within } from "../src/ties.ts";

// 0–1–2–3, 0–4–3 (parallel), 5 alone
const ties = makeTies(6, [0, 1, 2, 0, 4, 4], [1, 2, 3, 4, 3, 3]);
const on = new Uint8Array(6).fill(1);

test("steps are counted along the ties that are shown", () => {
  assert.deepEqual([...within(ties, 0, 1, on).keys()].sort(), [0, 1, 4]);
  assert.equal(within(ties, 0, 3, Uint8Array.of(1, 1, 1, 0, 1, 1)).get(3), 3);
  assert.deepEqual([...within(ties, 5, 3, on)], [[5, 0]]);
});

test("a shortest path names each node and the tie that leads there", () => {
  const path = shortestPath(ties, 0, 3, on);
  assert.deepEqual(path?.map((hop) => hop.node), [0, 4, 3]);
  assert.deepEqual(path?.map((hop) => hop.edge), [null, 3, 4]);
  assert.deepEqual(shortestPath(ties, 0, 3, Uint8Array.of(1, 1, 1, 0, 1, 1))?.length, 4);
});

test("no way gives no path, and the way to itself has no step", () => {
  assert.equal(shortestPath(ties, 0, 5, on), null);
  assert.equal(shortestPath(ties, 2, 2, on)?.length, 1);
});

test("without a cut point the parts are more", () => {
  const star = makeTies(4, [0, 0, 0], [1, 2, 3]);
  const count = (gone: number[]) => new Set([...parts(star, Uint8Array.of(1, 1, 1), new Set(gone))].filter((k) => k >= 0)).size;
  assert.equal(count([]), 1);
  assert.equal(count([0]), 3);
  assert.equal(count([1]), 1);
});
