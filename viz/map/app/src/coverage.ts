/** The matrix of municipalities and fields: rolled up, and without a body. */

import type { Matrix, Row } from "./payload.ts";

export interface Rolled {
  rows: string[];
  columns: string[];
  /** Cells of the matrix under each pair, as [row, column]. */
  members: [number, number][][][];
}

function groups(ids: readonly string[], names: readonly string[], of: Record<string, string[]> | undefined): [string[], number[][]] {
  if (!of) return [[...names], ids.map((_, k) => [k])];
  const members = new Map<string, number[]>();
  ids.forEach((id, k) => {
    for (const name of of[id] ?? []) members.set(name, [...(members.get(name) ?? []), k]);
  });
  return [[...members.keys()], [...members.values()]];
}

/** Return the matrix by groups of its rows and columns; a row in several groups counts in each, one in none in none. */
export function rollUp(matrix: Matrix, rows?: Record<string, string[]>, columns?: Record<string, string[]>): Rolled {
  const [rowNames, rowMembers] = groups(matrix.row_ids, matrix.rows, rows);
  const [columnNames, columnMembers] = groups(matrix.column_ids, matrix.columns, columns);
  return {
    rows: rowNames,
    columns: columnNames,
    members: rowMembers.map((inRow) => columnMembers.map((inColumn) => inRow.flatMap((r) => inColumn.filter((c) => matrix.cells[r][c] !== null).map((c): [number, number] => [r, c])))),
  };
}

export interface Change {
  gap: Row;
  before: string;
  /** What remains: the status by those who stay; "open" where nobody does. */
  after: "multiple" | "single" | "wide_only" | "open";
}

/** Return the cells whose status falls when `bodies` (keys) are taken away, the worst first. */
export function cellsWithout(gaps: readonly Row[], bodies: ReadonlySet<string>): Change[] {
  const worse: Change["after"][] = ["multiple", "single", "wide_only", "open"];
  const changes: Change[] = [];
  for (const gap of gaps) {
    const local = (gap.local_keys ?? []) as string[];
    const wide = (gap.wide_keys ?? []) as string[];
    if (!local.some((key) => bodies.has(key)) && !wide.some((key) => bodies.has(key))) continue;
    const [near, far] = [local, wide].map((keys) => keys.filter((key) => !bodies.has(key)).length);
    const after = near > 1 ? "multiple" : near === 1 ? "single" : far ? "wide_only" : "open";
    if (after !== gap.status) changes.push({ gap, before: String(gap.status), after });
  }
  return changes.sort((a, b) => worse.indexOf(b.after) - worse.indexOf(a.after));
}
