import assert from "node:assert/strict";
import test from "node:test";

import { fold } from "../src/folding.ts";
import { search, type Entry } from "../src/search.ts";

const entry = (name: string, reading = "", importance = 0): Entry => ({ texts: [fold(name), fold(reading)], importance });

test("width, kana, case, small kana and separators do not matter", () => {
  assert.equal(fold("ﾄｯﾄﾘ・シ"), fold("とつとり市".replace("市", "し")));
  assert.equal(fold("ＮＰＯ法人 Ａ"), "npo法人a");
  assert.equal(fold(null), "");
});

test("beginnings come before insides, however long they are", () => {
  const entries = [entry("新鳥取"), entry("鳥取市の子どもと家族の居場所づくりを支える会"), entry("鳥取")];
  assert.deepEqual(search(entries, "鳥取"), [2, 1, 0]);
});

test("an inside never beats a beginning by its length, even at the limit", () => {
  assert.deepEqual(search([entry("xa"), entry(`a${"b".repeat(5000)}`)], "a"), [1, 0]);
});

test("among equals the name counts before the reading, then importance, then order", () => {
  assert.deepEqual(search([entry("zz", "かい"), entry("かい")], "カイ"), [1, 0]);
  assert.deepEqual(search([entry("会", "", 1), entry("会", "", 9), entry("会", "", 9)], "会"), [1, 2, 0]);
});

test("nothing typed finds nothing, and no more than asked are found", () => {
  assert.deepEqual(search([entry("会")], " 　"), []);
  assert.equal(search(Array.from({ length: 30 }, () => entry("会")), "会", 12).length, 12);
});
