/** One cell of a matrix: who provides, who could, what would settle it. */

import type { App } from "./app.ts";
import { button, el, type Child } from "./dom.ts";
import { countButton } from "./lists.ts";
import type { Panel } from "./panel.ts";
import { rowsOf, type Matrix, type Row, type Style } from "./payload.ts";

export class Cells {
  readonly gaps = new Map<string, Row>();
  readonly remedies = new Map<string, Row[]>();

  constructor(app: App) {
    for (const row of app.tables.gaps?.rows ?? []) this.gaps.set(keyOf(row), row);
    for (const row of rowsOf(app.data.remedies, app.keys)) this.remedies.set(keyOf(row), [...(this.remedies.get(keyOf(row)) ?? []), row]);
  }
}

const KNOWN = new WeakMap<App, Cells>();

export function cellsOf(app: App): Cells {
  let found = KNOWN.get(app);
  if (!found) KNOWN.set(app, (found = new Cells(app)));
  return found;
}

export function keyOf(row: Row): string {
  return `${String(row.area_code)}\u0000${String(row.field_id)}`;
}

export function gapAt(app: App, row: string, column: string): Row | undefined {
  return cellsOf(app).gaps.get(`${row}\u0000${column}`);
}

/** How a value is drawn: a status in its colours, a count on a scale of steps. */
export function cellStyle(app: App, value: string | number | null, most: number): Style {
  if (typeof value === "string") return app.data.palette.coverage[value] ?? { colour: "#fff", sign: value, ink: "#333" };
  const steps = app.data.palette.counts;
  const step = !value ? 0 : Math.min(steps.length - 1, Math.max(1, Math.ceil((value / most) * (steps.length - 1))));
  return { colour: steps[step], sign: value === null ? "" : String(value), ink: step > 2 ? "#fff" : "#2b3442" };
}

export function cellLabel(app: App, value: string | number | null): string {
  return typeof value === "string" ? app.nameOf("coverage", value) : value === null ? app.t("none_value") : app.t("count_cell", app.number(value));
}

export function gapItem(panel: Panel, gap: Row): HTMLElement {
  const style = panel.app.data.palette.coverage[String(gap.status)];
  return button(
    [el("span", { class: "cell-sign", colour: style.colour, ink: style.ink }, style.sign), el("span", { class: "name" }, `${String(gap.area)} × ${String(gap.field)}`)],
    () => panel.app.update({ cell: [String(gap.area_code), String(gap.field_id)], list: null }),
    { class: "node-link" },
  );
}

/** The providers of a cell, local ones first; beside these the others are marked as wide. */
export function markedWide(app: App, gap: Row): string[] {
  const local = Number(gap.local ?? 0);
  return ((gap.providers ?? []) as string[]).map((name, k) => (k < local || !local ? name : name + app.t("wide_mark")));
}

function candidateItem(panel: Panel, row: Row): HTMLElement {
  const keys = row.path_keys as string[];
  const names = row.path as string[];
  const i = panel.app.byKey.get(String(row.key));
  return el("li", null,
    i === undefined ? el("p", null, String(row.candidate), el("small", null, String(row.reasons ?? ""))) : panel.nodeButton(i, String(row.reasons ?? "")),
    row.broker ? el("p", { class: "broker" }, panel.app.t("through"), panel.bodyButton(String(row.broker_key), String(row.broker))) : null,
    keys.length > 1 ? el("p", { class: "way" }, panel.app.t("way"), keys.flatMap((key, k): Child[] => [k ? " → " : "", panel.bodyButton(key, names[k] ?? key)])) : null,
    keys.length > 1 ? el("p", { class: "quiet way" }, (row.path_evidence as string[]).join(" / ")) : null,
  );
}

/** Who could fill a gap, and by which path to reach them; nothing for a cell that is none. */
function candidates(panel: Panel, gap: Row): HTMLElement | null {
  const { app } = panel;
  if (gap.status === "multiple") return null;
  const rows = cellsOf(app).remedies.get(keyOf(gap)) ?? [];
  if (rows.length) return panel.section(app.t("candidates"), el("ol", { class: "candidates", id: "candidates" }, rows.map((row) => candidateItem(panel, row))), el("p", { class: "quiet" }, app.t("asked")));
  const names = app.listed([gap.candidates ?? []].flat());
  return panel.section(app.t("candidates"), el("div", { id: "candidates" }, names ? el("p", null, names) : null, el("p", { class: "quiet" }, app.t(!app.data.meta.looked.includes(String(gap.status)) ? "not_looked" : names ? "names_only" : "no_candidates"))));
}

export function cellPanel(panel: Panel, [row, column]: [string, string]): Child[] {
  const { app } = panel;
  const gap = gapAt(app, row, column);
  return gap ? gapPanel(panel, gap) : plainCell(panel, app.data.matrices[app.state.matrix], row, column);
}

function plainCell(panel: Panel, table: Matrix | undefined, row: string, column: string): Child[] {
  const [r, c] = [table?.row_ids.indexOf(row) ?? -1, table?.column_ids.indexOf(column) ?? -1];
  if (!table || r < 0 || c < 0) return [panel.head(null, panel.app.t("stale"))];
  const value = table.cells[r][c];
  const style = cellStyle(panel.app, value, Math.max(1, ...table.cells.flat().filter((cell) => typeof cell === "number")));
  return [
    panel.head(el("span", { class: "cell-sign large", colour: style.colour, ink: style.ink }, style.sign), `${table.rows[r]} × ${table.columns[c]}`, cellLabel(panel.app, value)),
    el("p", { class: "quiet pad" }, panel.app.t("cell_none")),
  ];
}

function gapPanel(panel: Panel, gap: Row): Child[] {
  const { app } = panel;
  const style = app.data.palette.coverage[String(gap.status)];
  const cell = `${String(gap.area_code)}/${String(gap.field_id)}`;
  const providers = [...((gap.local_keys ?? []) as string[]), ...((gap.wide_keys ?? []) as string[])].map((key) => app.byKey.get(key)).filter((i) => i !== undefined);
  const far = new Set(gap.local ? ((gap.wide_keys ?? []) as string[]) : []);
  const [named, stated] = [markedWide(app, gap), (gap.evidence ?? []) as string[]];
  const many: [string, string | HTMLElement][] = [
    [app.t("count_local"), countButton(app, Number(gap.local), `local:${cell}`)],
    [app.t("count_wide"), countButton(app, Number(gap.wide), `wide:${cell}`)],
    [app.t("count_partnership"), app.t(gap.partnership ? "there_is" : "there_is_none")], // of these two the page holds no list, so no number
    [app.t("count_planned"), app.t(gap.planned ? "there_is" : "there_is_none")],
  ];
  return [
    panel.head(el("span", { class: "cell-sign large", colour: style.colour, ink: style.ink }, style.sign), `${String(gap.area)} × ${String(gap.field)}`, app.data.names.coverage[String(gap.status)]),
    gap.sentence ? el("p", { class: "sentence pad" }, String(gap.sentence)) : el("p", { class: "quiet pad" }, app.t("not_told", app.number(app.data.meta.told))),
    panel.section(app.t("providers"), providers.length ? el("ul", { class: "ties", id: "providers" }, providers.map((i) => el("li", null, panel.nodeButton(i, far.has(app.nodes[i].key) ? app.t("wide_mark") : "")))) : el("p", { class: "quiet", id: "providers" }, named.length ? app.listed(named) : app.t("no_providers"))),
    candidates(panel, gap),
    panel.section(app.t("counts_head"), panel.facts(many), providers.length ? el("p", { class: "quiet" }, app.t(gap.connected ? "connected_yes" : "connected_no")) : null),
    gap.settle ? panel.section(app.t("settle"), el("p", null, String(gap.settle))) : null,
    stated.length ? panel.section(app.t("evidence"), el("ul", { class: "listed" }, stated.map((text) => el("li", null, text)))) : null,
  ];
}
