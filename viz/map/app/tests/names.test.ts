import assert from "node:assert/strict";
import test from "node:test";

import { distinguish } from "../src/names.ts";

const words = (text: string) => Array.from(new Intl.Segmenter("ja", { granularity: "word" }).segment(text), (part) => part.segment);

test("a long common beginning is cut, so that the distinguishing word stands first", () => {
  const names = ["因幡・但馬の居場所づくり支援会 鳥取", "因幡・但馬の居場所づくり支援会 岩美", "因幡・但馬の居場所づくり支援会 若桜", "鳥取市"];
  assert.deepEqual(distinguish(names, words), ["鳥取", "岩美", "若桜", "鳥取市"]);
});

test("short names and those that share with one other only stay whole", () => {
  const names = ["鳥取市社協", "鳥取市議会", "鳥取市役所", "とても長い名前の支援会 甲地区", "とても長い名前の支援会 乙地区"];
  assert.deepEqual(distinguish(names, words), names);
});

test("what would become the same is not cut", () => {
  const names = ["社会福祉法人東方会 本部", "社会福祉法人西方会 本部", "社会福祉法人南方会 本部", "特定非営利活動法人東方会 本部", "特定非営利活動法人北方会 本部", "特定非営利活動法人中央会 本部"];
  const shown = distinguish(names, words);
  assert.equal(new Set(shown).size, names.length);
  assert.ok(shown.every((text) => text.length >= 2));
});

test("equal names and empty lists are no trouble", () => {
  assert.deepEqual(distinguish([], words), []);
  assert.deepEqual(distinguish(["同じ長い長い名前の会", "同じ長い長い名前の会", "同じ長い長い名前の会"], words), ["同じ長い長い名前の会", "同じ長い長い名前の会", "同じ長い長い名前の会"]);
});
