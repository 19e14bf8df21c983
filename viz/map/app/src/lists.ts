/** Every number opens its list: one name for each list, one panel that shows it, one button that leads there. */

import { button, el } from "./dom.ts";
import type { App } from "./app.ts";
import { cellsWithout } from "./coverage.ts";
import type { Row } from "./payload.ts";
import { within } from "./ties.ts";

export interface Listing {
  title: string;
  nodes?: number[];
  edges?: number[];
  gaps?: Row[];
}

/** The lists by the first word of their name; what follows the colon says which. */
const LISTS: Record<string, (app: App, which: string) => Listing | null> = {
  kind: (app, kind) => ({ title: app.nameOf("kind", kind), nodes: numbers(app, (i) => app.nodes[i].kind === kind && app.held.nodes[i] === 1) }),
  ties: (app) => ({ title: app.t("ties"), edges: app.edges.map((_, e) => e).filter((e) => app.held.edges[e] && app.held.nodes[app.edges[e].from] && app.held.nodes[app.edges[e].to]) }),
  status: (app, status) => ({ title: app.nameOf("coverage", status), gaps: (app.tables.gaps?.rows ?? []).filter((gap) => gap.status === status) }),
  contacts: (app, key) => {
    const i = app.byKey.get(key);
    if (i === undefined) return null;
    const found = [...within(app.contacts, i, 1, app.everyContact).keys()].filter((node) => node !== i);
    return { title: app.t("contacts_of", app.nodes[i].label), nodes: found };
  },
  tied: (app, which) => {
    const [key, kind, tie] = which.split("|").map(decodeURIComponent);
    const i = app.byKey.get(key);
    if (i === undefined) return null;
    const edges: number[] = [];
    for (let k = app.ties.start[i]; k < app.ties.start[i + 1]; k++) {
      const e = app.ties.edges[k];
      if (app.held.edges[e] && app.held.nodes[app.ties.ends[k]] && app.nodes[app.ties.ends[k]].kind === kind && app.edges[e].kind === tie) edges.push(e);
    }
    return { title: `${app.nodes[i].label} — ${app.nameOf("tie_kind", tie)}`, edges };
  },
  lost: (app, key) => ({ title: app.t("loss"), gaps: lostCells(app, key) }),
  local: (app, cell) => providers(app, cell, "local"),
  wide: (app, cell) => providers(app, cell, "wide"),
  cells: (app, which) => {
    const [title, ...keys] = which.split("|").map(decodeURIComponent);
    const wanted = new Set(keys);
    return { title, gaps: (app.tables.gaps?.rows ?? []).filter((gap) => wanted.has(`${String(gap.area_code)}/${String(gap.field_id)}`)) };
  },
};

function numbers(app: App, keep: (i: number) => boolean): number[] {
  return app.nodes.map((_, i) => i).filter(keep);
}

function lostCells(app: App, key: string): Row[] {
  return cellsWithout(app.tables.gaps?.rows ?? [], new Set([key])).map((change) => change.gap);
}

function providers(app: App, cell: string, reach: "local" | "wide"): Listing | null {
  const gap = (app.tables.gaps?.rows ?? []).find((row) => `${String(row.area_code)}/${String(row.field_id)}` === cell);
  if (!gap) return null;
  const keys = (gap[`${reach}_keys`] ?? []) as string[];
  return { title: `${String(gap.area)} × ${String(gap.field)}`, nodes: keys.map((key) => app.byKey.get(key)).filter((i) => i !== undefined) };
}

export function listing(app: App, name: string): Listing | null {
  const at = name.indexOf(":");
  return LISTS[at < 0 ? name : name.slice(0, at)]?.(app, at < 0 ? "" : name.slice(at + 1)) ?? null;
}

export function lengthOf(list: Listing): number {
  return (list.nodes ?? list.edges ?? list.gaps ?? []).length;
}

/** Return `count` as a button that opens its list, or as plain text where the list does not hold exactly so many. */
export function countButton(app: App, count: number, name: string, text: string = app.number(count)): HTMLElement {
  const list = listing(app, name);
  if (!list || lengthOf(list) !== count || !count) return el("span", { class: "count" }, text);
  return button(text, () => app.update({ list: name }), { class: "count", "data-list": name, "data-count": count, title: app.t("open_list"), "aria-label": `${text} — ${list.title}` });
}
