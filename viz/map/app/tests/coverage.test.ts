import assert from "node:assert/strict";
import test from "node:test";

import { cellsWithout, rollUp } from "../src/coverage.ts";

const matrix = { kind: "municipality-field", rows: ["鳥取市", "岩美町", "香美町"], row_ids: ["1", "2", "3"], columns: ["食", "住"], column_ids: ["f", "h"], cells: [["none", "single"], ["unknown", null], ["multiple", "none"]] };

test("rows go to their groups, to several or to none, and nothing known is no cell", () => {
  const rolled = rollUp(matrix, { 1: ["鳥取県", "麒麟圏"], 2: ["鳥取県"], 3: ["麒麟圏"] });
  assert.deepEqual(rolled.rows, ["鳥取県", "麒麟圏"]);
  assert.deepEqual(rolled.columns, ["食", "住"]);
  assert.deepEqual(rolled.members[0], [[[0, 0], [1, 0]], [[0, 1]]]);
  assert.deepEqual(rolled.members[1], [[[0, 0], [2, 0]], [[0, 1], [2, 1]]]);
});

test("columns are put together as well", () => {
  const rolled = rollUp(matrix, undefined, { f: ["生活"], h: ["生活"] });
  assert.deepEqual(rolled.columns, ["生活"]);
  assert.equal(rolled.members[0][0].length, 2);
});

test("a cell falls to what the others leave, the worst first, and others stay out", () => {
  const gaps = [
    { area: "a", status: "multiple", local_keys: ["x", "y", "z"], wide_keys: [] },
    { area: "b", status: "multiple", local_keys: ["x", "y"], wide_keys: [] },
    { area: "c", status: "single", local_keys: ["x"], wide_keys: ["w"] },
    { area: "d", status: "single", local_keys: ["x"], wide_keys: [] },
    { area: "e", status: "none", local_keys: [], wide_keys: [] },
    { area: "f", status: "wide_only", local_keys: [], wide_keys: ["x"] },
  ];
  assert.deepEqual(cellsWithout(gaps, new Set(["x"])).map(({ gap, after }) => [gap.area, after]), [["d", "open"], ["f", "open"], ["c", "wide_only"], ["b", "single"]]);
  assert.deepEqual(cellsWithout(gaps, new Set(["w"])), []);
  assert.equal(cellsWithout(gaps, new Set(["x", "w"])).find(({ gap }) => gap.area === "c")?.after, "open");
});
