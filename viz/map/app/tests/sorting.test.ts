import assert from "node:assert/strict";
import test from "node:test";

import { csvCell, csvText, findRows, nextSort, sortRows } from "../src/sorting.ts";

const rows = [{ n: 2, s: "い" }, { n: null, s: "あ" }, { n: 10, s: "" }];

test("numbers sort as numbers and empty values stand last either way", () => {
  assert.deepEqual(sortRows(rows, { name: "n", down: true }, "ja").map((row) => row.n), [10, 2, null]);
  assert.deepEqual(sortRows(rows, { name: "n", down: false }, "ja").map((row) => row.n), [2, 10, null]);
  assert.deepEqual(sortRows(rows, { name: "s", down: true }, "ja").map((row) => row.s), ["い", "あ", ""]);
});

test("a heading gives its first direction, the other one, then none", () => {
  const first = nextSort(null, "n", true);
  assert.deepEqual(first, { name: "n", down: true });
  const second = nextSort(first, "n", true);
  assert.deepEqual(second, { name: "n", down: false });
  assert.equal(nextSort(second, "n", true), null);
  assert.deepEqual(nextSort(second, "s", false), { name: "s", down: false });
});

test("rows are found with kana and width folded", () => {
  assert.deepEqual(findRows([{ a: "カミチョウ" }, { a: "鳥取" }], ["a"], "かみちょう").length, 1);
});

for (const text of ["=1+1", "+1", "-1", "@a", "＝1+1", "＋1", "－1", "＠a", " =1", "\t=1"])
  test(`${JSON.stringify(text)} stays text in a spreadsheet`, () => {
    assert.match(csvCell(text), /^"?'/);
  });

test("numbers stay numbers, quotes and line breaks are kept, a list is one cell", () => {
  assert.equal(csvCell(-1), "-1");
  assert.equal(csvCell('a"b\n'), '"a""b\n"');
  assert.equal(csvCell(["甲", "乙"]), "甲、乙");
  assert.equal(csvText(["a"], [[null]]), "\ufeffa\r\n\r\n");
});
