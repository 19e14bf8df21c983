/** What the colours say. */

import type { App } from "./app.ts";
import type { Style } from "./payload.ts";

export interface LegendEntry extends Style {
  value: string;
  label: string;
  count: number;
  /** No filter goes with it. */
  fixed?: boolean;
}

/** Return the value that gives each node its colour; a body of several fields has the colour of its first. */
export function colourValues(app: App): string[] {
  const colour = app.state.colour;
  if (colour === "fields") return app.nodes.map((node) => node.fields[0] ?? "");
  if (colour === "group") return app.nodes.map((node) => String(node.group));
  return app.nodes.map((node) => node[colour as "kind" | "sector" | "prefecture" | "place" | "status" | "community"]);
}

/** Return the legend of the colouring: the scheme's own order and colours, else the commonest values and the others together. */
export function legendEntries(app: App): LegendEntry[] {
  const { palette, frames } = app.data;
  const colour = app.state.colour;
  const named = { sector: palette.sectors, kind: palette.kinds, status: palette.statuses }[colour];
  const counts = new Map<string, number>();
  for (const value of colourValues(app)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  const order = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const other: Style = { colour: palette.none, sign: "", ink: "#fff" };
  if (named) {
    const known = Object.keys(named).filter((value) => counts.has(value));
    const unknown = order.map(([value]) => value).filter((value) => !(value in named));
    return [...known, ...unknown].map((value) => ({ value, label: app.nameOf(colour, value), count: counts.get(value)!, ...(named[value] ?? other) }));
  }
  const label = (value: string) => (colour === "group" ? frames[Number(value)].title : app.nameOf(colour, value));
  const entries: LegendEntry[] = order.slice(0, palette.categorical.length).map(([value, count], k) => ({
    value, label: label(value), count, colour: palette.categorical[k], sign: String.fromCharCode(65 + k), ink: "#fff", fixed: colour === "group",
  }));
  const rest = order.slice(entries.length);
  if (rest.length) entries.push({ value: " others", label: app.t("others"), count: rest.reduce((sum, [, count]) => sum + count, 0), ...other, fixed: true });
  return entries;
}
