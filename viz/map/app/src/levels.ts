/** Semantic zoom: from far a frame (or a whole region) is one sized sign with ties put together, from near its bodies. */

import type { App } from "./app.ts";

export type Level = "regions" | "frames" | "bodies";

const SPACING = 58; // distance of neighbouring nodes in the layout
const READABLE = 17; // pixels between neighbours below which bodies are not told apart
const ROOM = 66; // pixels of width below which a frame's name cannot be read
export const ONE_BY_ONE = 5000; // never more bodies than this at once

/** Return at which level the map is drawn in a view: bodies one by one only where no more than `ONE_BY_ONE` fit into it. */
export function levelAt(app: App, { scale, width, height }: { scale: number; width: number; height: number }): Level {
  const frames = app.data.frames;
  const crowded = app.nodes.length > ONE_BY_ONE ? Math.max(1.6, (1.2 * Math.sqrt((width * height) / ONE_BY_ONE)) / READABLE) : 1;
  if (app.nodes.length <= ONE_BY_ONE && (frames.length < 2 || app.nodes.length <= 150)) return "bodies";
  if (SPACING * scale >= READABLE * crowded) return "bodies";
  const widths = frames.map((frame) => frame.width).sort((a, b) => a - b);
  return app.data.regions.length > 1 && widths[widths.length >> 1] * scale < ROOM ? "regions" : "frames";
}

export interface Bundle {
  from: number;
  to: number;
  count: number;
}

const MOST = 5; // of each place so many of the strongest are drawn, so that no hub covers the map

/** Put the ties between places together: `place` of each node (-1 for none); of each place the strongest few are kept. */
export function bundle(edges: readonly { from: number; to: number }[], on: Uint8Array, place: readonly number[]): Bundle[] {
  const counts = new Map<string, Bundle>();
  edges.forEach((edge, e) => {
    const [a, b] = [place[edge.from], place[edge.to]];
    if (!on[e] || a === b || a < 0 || b < 0) return;
    const [from, to] = a < b ? [a, b] : [b, a];
    const key = `${from} ${to}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { from, to, count: 1 });
  });
  const all = [...counts.values()].sort((a, b) => b.count - a.count || a.from - b.from || a.to - b.to);
  const drawn = new Map<number, number>();
  return all.filter(({ from, to }) => {
    const [a, b] = [drawn.get(from) ?? 0, drawn.get(to) ?? 0];
    if (a >= MOST || b >= MOST) return false;
    drawn.set(from, a + 1);
    drawn.set(to, b + 1);
    return true;
  });
}
