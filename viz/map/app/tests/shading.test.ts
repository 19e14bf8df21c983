import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { INK, limits, MISSING, shade, written } from "../src/shading.ts";

describe("shading", () => {
  test("the least is pale, the greatest dark, and what is written on it can be read", () => {
    assert.deepEqual(shade(1, [1, 3]), ["#e8f0f6", INK]);
    assert.deepEqual(shade(3, [1, 3]), ["#174a75", "#ffffff"]);
  });
  test("where all are equal they stand in the middle", () => assert.deepEqual(shade(2, [2, 2]), shade(2, [1, 3])));
  test("what is not known is neither", () => {
    assert.deepEqual(shade(null, [1, 3]), [MISSING, INK]);
    assert.deepEqual(limits([null, 4, 2]), [2, 4]);
    assert.deepEqual(limits([null]), [0, 0]);
  });
  test("a figure is written as in the tables of the page", () => {
    assert.equal(written(1234.56, 1), "1,234.6");
    assert.equal(written(0, 0), "0");
    assert.equal(written(null, 0), "–");
  });
});
