/** The left side: colour, size, day, legend, and lists that filter. */

import { COLOURS, FAMILY, type App } from "./app.ts";
import { button, byId, choice, el } from "./dom.ts";
import { countValues, type Facet } from "./facets.ts";
import { legendEntries } from "./legend.ts";
import { tracePath } from "./shapes.ts";

const OPEN = new Set(["kind", "sector"]);
const EXPANDED = new Set<string>();
const SHOWN_VALUES = 16;

export function isOpen(facet: string): boolean {
  return OPEN.has(facet);
}

const ICONS = new Map<string, HTMLCanvasElement>();

export function shapeIcon(shape: string, colour: string, sign: string, ink = "#fff"): HTMLCanvasElement {
  const key = `${shape} ${colour} ${sign}`;
  let drawn = ICONS.get(key);
  if (!drawn) {
    drawn = el("canvas", { width: 40, height: 40 });
    ICONS.set(key, drawn);
    const pen = drawn.getContext("2d")!;
    tracePath(pen, shape, 20, 20, 13);
    pen.fillStyle = colour;
    pen.fill();
    if (sign) {
      pen.font = `700 16px ${FAMILY}`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillStyle = ink;
      pen.fillText(sign, 20, 21);
    }
  }
  const copy = el("canvas", { width: 40, height: 40, class: "swatch", "aria-hidden": "true" });
  copy.getContext("2d")!.drawImage(drawn, 0, 0);
  return copy;
}

function swatch(app: App, key: string, value: string): HTMLElement | null {
  const { palette } = app.data;
  if (key === "kind") return shapeIcon(palette.kinds[value]?.shape ?? "capsule", palette.kinds[value]?.colour ?? palette.none, "");
  const style = key === "sector" ? palette.sectors[value] : undefined;
  return style ? shapeIcon("dot", style.colour, style.sign, style.ink) : null;
}

export function toggleFilter(app: App, key: string, value: string): void {
  const filters = new Map([...app.state.filters].map(([name, values]) => [name, new Set(values)]));
  const chosen = filters.get(key) ?? new Set();
  if (!chosen.delete(value)) chosen.add(value);
  filters.delete(key);
  if (chosen.size) filters.set(key, chosen);
  app.update({ filters });
}

export function renderFilters(app: App, view: { fit(): void }): void {
  const aside = byId("filters");
  const scroll = aside.scrollTop;
  const focused = (document.activeElement as HTMLElement | null)?.dataset?.focus;
  const active = app.state.filters.size > 0 || app.state.depth > 0 || app.state.removed.length > 0 || app.state.day !== "";
  const reset = () => {
    app.update({ filters: new Map(), depth: 0, removed: [], day: "" });
    view.fit();
  };
  const counts = app.shown.nodes.reduce((a, b) => a + b, 0);
  aside.replaceChildren(
    el("div", { class: "choices" }, choices(app), daySlider(app)),
    colourLegend(app) ?? "",
    el("div", { class: "filters-head" }, el("h2", null, app.t("legend")), button(app.t("reset"), reset, { class: "reset", id: "reset", disabled: !active })),
    ...app.facets.map((facet) => renderFacet(app, facet, app.counts(facet), view)).filter((one) => one !== null),
    renderFacet(app, app.tieFacet, tieCounts(app), view) ?? "",
  );
  aside.scrollTop = scroll;
  if (focused) aside.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  byId("counts").replaceChildren(
    el("b", null, app.t("shown", app.number(counts), app.number(app.held.nodes.reduce((a, b) => a + b, 0)))),
    el("span", null, app.t("ties_shown", app.number(app.shown.edges.reduce((a, b) => a + b, 0)))),
    el("span", { class: "quiet" }, app.t("planned_line")),
  );
}

function tieCounts(app: App): number[] {
  return countValues(app.tieFacet, Uint8Array.from(app.edges, (edge) => app.shown.passed[edge.from] & app.shown.passed[edge.to]));
}

function choices(app: App): HTMLElement[] {
  const has = (colour: string) => colour === "group" || app.nodes.some((node) => (colour === "fields" ? node.fields.length : node[colour as "kind"]));
  const label = (size: string) => app.data.measures.find((measure) => measure.key === size)?.label ?? app.t(size);
  return [
    choice(app.t("colour_by"), COLOURS.filter(has).map((value) => [value, app.t(value)]), app.state.colour, (colour) => app.update({ colour })),
    choice(app.t("size_by"), app.sizes().map((value) => [value, label(value)]), app.state.size, (size) => app.update({ size })),
  ];
}

/** Where what is stated changes with time, the day is a slider over the days on which something changes. */
function daySlider(app: App): HTMLElement | null {
  const days = app.data.meta.days;
  if (days.length < 2) return null;
  const usual = days.findIndex((one) => one.day === app.data.meta.as_of);
  const at = app.state.day ? days.findIndex((one) => one.day === app.state.day) : usual;
  const input = el("input", { type: "range", min: 0, max: days.length - 1, step: 1, value: Math.max(0, at), "aria-label": app.t("day"), "aria-valuetext": days[Math.max(0, at)].day, "data-focus": "day" });
  input.addEventListener("input", () => {
    const { day } = days[Number(input.value)];
    app.update({ day: day === app.data.meta.as_of ? "" : day });
  });
  return el("div", { class: "day" }, el("span", null, app.t("day")), input, el("output", null, days[Math.max(0, at)].day));
}

function colourLegend(app: App): HTMLElement | null {
  const colour = app.state.colour;
  if (colour === "sector" || colour === "kind") return null; // their lists below are the legend
  return el("ul", { class: "legend" }, legendEntries(app).map((entry) => {
    const content = [shapeIcon("dot", entry.colour, entry.sign, entry.ink), el("span", { class: "name" }, entry.label), el("span", { class: "count" }, app.number(entry.count))];
    if (entry.fixed) return el("li", null, el("span", { class: "value" }, content));
    const chosen = app.state.filters.get(colour);
    const pressed = chosen?.has(entry.value) ?? false;
    return el("li", null, button(content, () => toggleFilter(app, colour, entry.value), { class: `value${chosen && !pressed ? " off" : ""}`, "aria-pressed": String(pressed), "data-focus": `legend ${entry.value}` }));
  }));
}

function renderFacet(app: App, facet: Facet, counts: number[], view: { fit(): void }): HTMLElement | null {
  const { key, names } = facet;
  const chosen = app.state.filters.get(key);
  if (!names.length || (names.length < 2 && key !== "kind" && key !== "sector" && !chosen)) return null;
  const fixed = { kind: Object.keys(app.data.palette.kinds), sector: Object.keys(app.data.palette.sectors) }[key];
  const rank = names.map((name) => (fixed?.includes(name) ? fixed.indexOf(name) : 99));
  const order = names.map((_, k) => k).sort((a, b) => rank[a] - rank[b] || counts[b] - counts[a] || (names[a] < names[b] ? -1 : 1));
  const limit = EXPANDED.has(key) ? Infinity : SHOWN_VALUES;
  const kept = order.filter((k, place) => place < limit || chosen?.has(names[k]));
  const open = OPEN.has(key) || Boolean(chosen);
  const buttons = () => kept.map((k) => {
    const pressed = chosen?.has(names[k]) ?? false;
    return button(
      [swatch(app, key, names[k]) ?? el("span", { class: "tick", "aria-hidden": "true" }), el("span", { class: "name" }, app.nameOf(key, names[k])), el("span", { class: "count" }, app.number(counts[k]))],
      () => toggleFilter(app, key, names[k]),
      { class: `value${chosen && !pressed ? " off" : ""}`, "aria-pressed": String(pressed), "data-focus": `${key} ${names[k]}` },
    );
  });
  const more = order.length > kept.length && button(app.t("more", app.number(order.length - kept.length)), () => {
    EXPANDED.add(key);
    renderFilters(app, view);
  }, { class: "more" });
  const values = el("div", { class: "values" }, open ? [...buttons(), more] : null);
  const details = el("details", { class: "facet", "data-facet": key, open }, el("summary", null, app.t(key)), values);
  details.addEventListener("toggle", () => {
    if (details.open) OPEN.add(key);
    else OPEN.delete(key);
    if (details.open && !values.children.length) values.append(...buttons(), more || "");
  });
  return details;
}
