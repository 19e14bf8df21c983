import assert from "node:assert/strict";
import test from "node:test";

import { emptyState, readFragment, writeFragment } from "../src/fragment.ts";

test("everything that is chosen comes back", () => {
  const state = {
    ...emptyState(), tab: "gaps", node: "org/1", edge: "a>b>c", cell: ["31201", "f/食&=#"] as [string, string], list: "cells:甲|乙", goal: "org/2", removed: ["org/3", "org/4"], depth: 2, colour: "kind", size: "same", matrix: 1,
    roll: "prefecture", day: "2023-10-01", filters: new Map([["sector", new Set(["npo", "会 & 社"])]]), view: [12.5, -3, 0.25] as [number, number, number], sorts: new Map([["gaps", { name: "severity", down: true }]]), queries: new Map([["gaps", "鳥取"]]),
  };
  assert.deepEqual(readFragment(writeFragment(state)), state);
});

test("nothing chosen is an empty fragment, and an empty fragment chooses nothing", () => {
  assert.equal(writeFragment(emptyState()), "");
  assert.deepEqual(readFragment(""), emptyState());
});

test("what makes no sense is left out", () => {
  const state = readFragment("depth=9&matrix=-3&view=1,2,x&cell=%25zz&view=0,0,-1");
  assert.equal(state.depth, 3);
  assert.equal(state.matrix, 0);
  assert.equal(state.view, null);
  assert.equal(state.cell, null);
});
