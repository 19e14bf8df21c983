/** What the reader has chosen, as the fragment of the address and back, so that a saved link reopens the view. */

import type { Sort } from "./sorting.ts";

export interface State {
  tab: string;
  node: string | null;
  /** Number of a tie as "from>to>kind". */
  edge: string | null;
  /** A cell of the matrix of municipalities and fields, "area code/field", or of another one, "row/column". */
  cell: [string, string] | null;
  /** Name of a list that a number opened. */
  list: string | null;
  goal: string | null;
  removed: string[];
  depth: number;
  colour: string;
  size: string;
  matrix: number;
  roll: string;
  day: string;
  filters: Map<string, Set<string>>;
  view: [number, number, number] | null;
  sorts: Map<string, Sort>;
  queries: Map<string, string>;
}

export function emptyState(): State {
  return {
    tab: "map", node: null, edge: null, cell: null, list: null, goal: null, removed: [], depth: 0, colour: "sector", size: "degree", matrix: 0, roll: "", day: "",
    filters: new Map(), view: null, sorts: new Map(), queries: new Map(),
  };
}

export function writeFragment(state: State): string {
  const parts = new URLSearchParams();
  const plain = emptyState();
  for (const name of ["tab", "node", "edge", "list", "goal", "depth", "colour", "size", "matrix", "roll", "day"] as const) {
    const value = state[name];
    if (value !== plain[name] && value !== null) parts.set(name, String(value));
  }
  if (state.cell) parts.set("cell", state.cell.map(encodeURIComponent).join("/"));
  for (const key of state.removed) parts.append("without", key);
  for (const [facet, values] of state.filters) for (const value of values) parts.append(`f.${facet}`, value);
  for (const [table, sort] of state.sorts) parts.set(`sort.${table}`, `${sort.down ? "-" : ""}${sort.name}`);
  for (const [table, query] of state.queries) if (query) parts.set(`q.${table}`, query);
  if (state.view) parts.set("view", state.view.map((value) => Number(value.toPrecision(5))).join(","));
  return parts.toString();
}

export function readFragment(text: string): State {
  const parts = new URLSearchParams(text);
  const state = emptyState();
  for (const name of ["tab", "colour", "size", "roll", "day"] as const) state[name] = parts.get(name) ?? state[name];
  for (const name of ["node", "edge", "list", "goal"] as const) state[name] = parts.get(name);
  state.depth = Math.min(3, Math.max(0, Math.trunc(Number(parts.get("depth"))) || 0));
  state.matrix = Math.max(0, Math.trunc(Number(parts.get("matrix"))) || 0);
  const cell = parts.get("cell")?.split("/");
  if (cell?.length === 2) state.cell = cell.map(decode) as [string, string];
  state.removed = parts.getAll("without");
  const view = (parts.get("view") ?? "").split(",").map(Number);
  if (view.length === 3 && view.every(Number.isFinite) && view[2] > 0) state.view = view as [number, number, number];
  for (const [name, value] of parts) {
    const [kind, key] = [name.slice(0, name.indexOf(".")), name.slice(name.indexOf(".") + 1)];
    if (kind === "f") state.filters.set(key, (state.filters.get(key) ?? new Set()).add(value));
    else if (kind === "sort") state.sorts.set(key, { name: value.replace(/^-/, ""), down: value.startsWith("-") });
    else if (kind === "q") state.queries.set(key, value);
  }
  return state;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
