import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import test from "node:test";

import { bundle } from "../src/levels.ts";
import { rowsOf, unpack } from "../src/payload.ts";
import { Occupied, overlap } from "../src/rectangles.ts";
import { escapeXml } from "../src/shapes.ts";

test("ties between places are put together, and of each place the strongest are kept", () => {
  const pairs: [number, number][] = [[0, 1], [1, 0], [0, 2], [0, 3], [0, 4], [0, 5], [0, 5], [0, 0]];
  const edges = pairs.map(([from, to]) => ({ from, to }));
  const on = new Uint8Array(edges.length).fill(1);
  const found = bundle(edges, on, [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(found[0], { from: 0, to: 1, count: 2 });
  assert.ok(found.every(({ from, to }) => from !== to));
  assert.deepEqual(bundle(edges, new Uint8Array(edges.length), [0, 1, 2, 3, 4, 5]), []);
  assert.deepEqual(bundle([{ from: 0, to: 1 }], on, [-1, 1]), []);
});

test("a place is free until something overlaps it, and nothing stands in its own way", () => {
  const occupied = new Occupied();
  const box = { x: 60, y: 60, w: 10, h: 10, owner: 3 };
  assert.ok(occupied.free(box, null));
  occupied.add(box);
  assert.ok(!occupied.free({ ...box, x: 65 }, 4));
  assert.ok(occupied.free({ ...box, x: 65 }, 3));
  assert.ok(occupied.free({ ...box, x: 71 }, 4));
  assert.ok(!overlap(box, { ...box, x: 70 }));
});

test("columns become rows, repeated values included", () => {
  assert.deepEqual(rowsOf({ a: { d: ["x", "y"], i: [0, 1, 0] }, b: { v: [1, null, 3] } }), [{ a: "x", b: 1 }, { a: "y", b: null }, { a: "x", b: 3 }]);
  assert.deepEqual(rowsOf({}), []);
  const coded = { a: { s: [5, 1, null, -2] }, key: { n: [1, 0, "gone", [0, 1]] } };
  assert.deepEqual(rowsOf(coded, ["p", "q"]), [{ a: 5, key: "q" }, { a: 6, key: "p" }, { a: null, key: "gone" }, { a: 4, key: ["p", "q"] }]);
});

test("the data block is unpacked, with any text in it", async () => {
  const value = { text: "</script>\u2028\u202e会" };
  assert.deepEqual(await unpack(`\n${gzipSync(JSON.stringify(value)).toString("base64")}\n`), value);
});

test("a picture file stays well-formed with any name", () => {
  assert.equal(escapeXml('<a b="c">&\u0000\u0008'), "&lt;a b=&quot;c&quot;&gt;&amp;");
});
