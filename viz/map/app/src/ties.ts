/** Who is tied to whom, as arrays; steps, shortest paths and parts of what is shown. */

export interface Ties {
  from: readonly number[];
  to: readonly number[];
  /** Neighbours of node i: `ends[k]` by tie `edges[k]` for k in `start[i] .. start[i + 1]`. */
  start: Int32Array;
  ends: Int32Array;
  edges: Int32Array;
}

export function makeTies(nodes: number, from: readonly number[], to: readonly number[]): Ties {
  const start = new Int32Array(nodes + 1);
  from.forEach((node, e) => {
    start[node + 1]++;
    start[to[e] + 1]++;
  });
  for (let i = 0; i < nodes; i++) start[i + 1] += start[i];
  const next = start.slice();
  const ends = new Int32Array(2 * from.length);
  const edges = new Int32Array(2 * from.length);
  from.forEach((node, e) => {
    for (const [one, other] of [[node, to[e]], [to[e], node]]) {
      ends[next[one]] = other;
      edges[next[one]++] = e;
    }
  });
  return { from, to, start, ends, edges };
}

/** Return the nodes within `depth` steps of `centre` along the ties that are `on`, with their steps. */
export function within(ties: Ties, centre: number, depth: number, on: Uint8Array): Map<number, number> {
  const seen = new Map([[centre, 0]]);
  let frontier = [centre];
  for (let step = 1; step <= depth && frontier.length; step++) {
    const next: number[] = [];
    for (const i of frontier) {
      for (let k = ties.start[i]; k < ties.start[i + 1]; k++) {
        if (!on[ties.edges[k]] || seen.has(ties.ends[k])) continue;
        seen.set(ties.ends[k], step);
        next.push(ties.ends[k]);
      }
    }
    frontier = next;
  }
  return seen;
}

export interface Hop {
  node: number;
  /** The tie that leads here; none at the start. */
  edge: number | null;
}

/** Return one of the shortest paths along ties that are `on`, by those with the most ties where several exist; null without one. */
export function shortestPath(ties: Ties, start: number, goal: number, on: Uint8Array): Hop[] | null {
  if (start === goal) return [{ node: start, edge: null }];
  const steps = within(ties, goal, Infinity, on);
  if (!steps.has(start)) return null;
  const degree = (i: number) => ties.start[i + 1] - ties.start[i];
  const path: Hop[] = [{ node: start, edge: null }];
  for (let at = start; at !== goal; ) {
    let best: Hop | null = null;
    for (let k = ties.start[at]; k < ties.start[at + 1]; k++) {
      const next = ties.ends[k];
      if (!on[ties.edges[k]] || steps.get(next) !== steps.get(at)! - 1) continue;
      if (!best || degree(next) > degree(best.node) || (degree(next) === degree(best.node) && next < best.node)) best = { node: next, edge: ties.edges[k] };
    }
    path.push(best!);
    at = best!.node;
  }
  return path;
}

/** Return the number of the part of each node, `without` some nodes (their part is -1), along ties that are `on`. */
export function parts(ties: Ties, on: Uint8Array, without: ReadonlySet<number>): Int32Array {
  const count = ties.start.length - 1;
  const part = new Int32Array(count).fill(-1);
  let number = 0;
  for (let i = 0; i < count; i++) {
    if (part[i] >= 0 || without.has(i)) continue;
    const stack = [i];
    part[i] = number;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (let k = ties.start[node]; k < ties.start[node + 1]; k++) {
        const end = ties.ends[k];
        if (!on[ties.edges[k]] || part[end] >= 0 || without.has(end)) continue;
        part[end] = number;
        stack.push(end);
      }
    }
    number++;
  }
  return part;
}
