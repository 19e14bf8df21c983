// Filters and legend. Values chosen in one list widen it, lists narrow each other; nothing chosen in a list means all of it.
const FACETS = [
  { key: "kind", get: (node) => [node.kind], open: true },
  { key: "sector", get: (node) => (node.sector ? [node.sector] : []), open: true },
  { key: "class", get: (node) => [node.cls] },
  { key: "fields", get: (node) => node.fields ?? [] },
  { key: "prefecture", get: (node) => (node.prefecture ? [node.prefecture] : []) },
  { key: "place", get: (node) => (node.place ? [node.place] : []) },
  { key: "platform", get: (node) => (node.platforms ?? []).map((i) => NODES[i].label) },
  { key: "status", get: (node) => [node.status] },
  { key: "tie_kind", edges: true, get: (edge) => [edge.kind] },
];
const FILTER = { nodes: NODES.map(() => true), edges: EDGES.map(() => true), passed: [] };
FACETS.forEach((facet) => {
  facet.values = (facet.edges ? EDGES : NODES).map(facet.get);
});

function facetLabel(key, value) {
  return DATA.names[key]?.[value] ?? value;
}

function colourValue(node) {
  return { kind: node.kind, sector: node.sector, prefecture: node.prefecture, place: node.place, status: node.status, group: String(node.group) }[STATE.colour] ?? "";
}

function legendEntries() {
  const named = { sector: DATA.palette.sectors, kind: DATA.palette.kinds, status: DATA.palette.statuses }[STATE.colour];
  const counts = new Map();
  for (const node of NODES) {
    const value = colourValue(node);
    if (value && value !== "None") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const order = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (named) {
    const known = Object.keys(named).filter((value) => counts.has(value));
    const unknown = order.map(([value]) => value).filter((value) => !(value in named));
    return [...known, ...unknown].map((value) => ({ value, label: facetLabel(STATE.colour, value), count: counts.get(value), ...(named[value] ?? { colour: DATA.palette.none, sign: "", ink: "#fff" }) }));
  }
  const colours = DATA.palette.categorical;
  const name = (value) => (STATE.colour === "group" ? DATA.frames[Number(value)].title : value);
  const entries = order.slice(0, colours.length).map(([value, count], k) => ({ value, label: name(value), count, colour: colours[k], sign: String.fromCharCode(65 + k), ink: "#fff" }));
  if (order.length > colours.length) entries.push({ value: " others", label: t("others"), count: order.slice(colours.length).reduce((sum, [, count]) => sum + count, 0), colour: DATA.palette.none, sign: "", ink: "#fff", fixed: true });
  return entries;
}

function applyFilters() {
  const chosen = FACETS.filter((facet) => STATE.filters[facet.key]?.size);
  const ofNodes = chosen.filter((facet) => !facet.edges);
  const passes = (facet, k) => facet.values[k].some((value) => STATE.filters[facet.key].has(value));
  const reach = STATE.depth && STATE.node !== null;
  FILTER.passed = NODES.map((_, i) => ofNodes.every((facet) => passes(facet, i)));
  const ofEdges = chosen.filter((facet) => facet.edges);
  FILTER.edges = EDGES.map((edge, e) => FILTER.passed[edge.from] && FILTER.passed[edge.to] && ofEdges.every((facet) => passes(facet, e)));
  FILTER.nodes = FILTER.passed.slice();
  if (ofEdges.length) {
    const touched = new Set(EDGES.flatMap((edge, e) => (FILTER.edges[e] ? [edge.from, edge.to] : [])));
    FILTER.nodes = FILTER.nodes.map((shown, i) => shown && touched.has(i));
  }
  if (reach) {
    const near = within(STATE.node, STATE.depth);
    FILTER.nodes = FILTER.nodes.map((shown, i) => i === STATE.node || (shown && near.has(i)));
    FILTER.edges = FILTER.edges.map((shown, e) => shown && near.has(EDGES[e].from) && near.has(EDGES[e].to));
  }
  const shownNodes = FILTER.nodes.filter(Boolean).length;
  document.getElementById("counts").replaceChildren(
    el("b", {}, t("shown", number(shownNodes), number(NODES.length))),
    el("span", {}, t("ties_shown", number(FILTER.edges.filter(Boolean).length))),
    el("span", { class: "quiet" }, t("planned_line")),
  );
}

// How many would be shown if the value were chosen: the other lists apply, the list itself does not.
function facetCounts(facet) {
  const others = FACETS.filter((other) => other !== facet && !other.edges && STATE.filters[other.key]?.size);
  const counts = new Map();
  facet.values.forEach((values, k) => {
    const owner = facet.edges ? FILTER.passed[EDGES[k].from] && FILTER.passed[EDGES[k].to] : others.every((other) => other.values[k].some((value) => STATE.filters[other.key].has(value)));
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + (owner ? 1 : 0));
  });
  return counts;
}

function toggleFilter(key, value) {
  const chosen = (STATE.filters[key] ??= new Set());
  if (!chosen.delete(value)) chosen.add(value);
  if (!chosen.size) delete STATE.filters[key];
  applyState({ keepFocus: `${key}\u0000${value}` });
}

function swatch(key, value) {
  if (key === "kind") {
    const style = DATA.palette.kinds[value] ?? {};
    return shapeIcon(style.shape ?? "capsule", style.colour ?? DATA.palette.none, "");
  }
  if (key === "sector") {
    const style = DATA.palette.sectors[value];
    return style && shapeIcon("dot", style.colour, style.sign);
  }
  return null;
}

function shapeIcon(shape, colour, sign) {
  const canvas = el("canvas", { width: 40, height: 40, class: "swatch", "aria-hidden": "true" });
  const ctx = canvas.getContext("2d");
  tracePath(ctx, shape, 20, 20, 13);
  ctx.fillStyle = colour;
  ctx.fill();
  if (sign) {
    ctx.font = `700 16px ${FAMILY}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = "#fff";
    ctx.fillText(sign, 20, 21);
  }
  return canvas;
}

const OPEN = new Set(FACETS.filter((facet) => facet.open).map((facet) => facet.key));
const SHOWN_VALUES = 16;
const EXPANDED = new Set();

function valueButton(facet, value, count) {
  const chosen = STATE.filters[facet.key];
  const pressed = chosen?.has(value) ?? false;
  return el(
    "button",
    { type: "button", class: `value${chosen && !pressed ? " off" : ""}`, "aria-pressed": String(pressed), "data-focus": `${facet.key}\u0000${value}`, onclick: () => toggleFilter(facet.key, value) },
    swatch(facet.key, value) ?? el("span", { class: "tick", "aria-hidden": "true" }),
    el("span", { class: "name" }, facetLabel(facet.key, value)),
    el("span", { class: "count" }, number(count)),
  );
}

function renderFacet(facet) {
  const counts = [...facetCounts(facet)];
  if (!counts.length || (counts.length < 2 && !facet.open && !STATE.filters[facet.key])) return null;
  const fixed = { kind: Object.keys(DATA.palette.kinds), sector: Object.keys(DATA.palette.sectors) }[facet.key];
  const rank = (value) => (fixed && fixed.includes(value) ? fixed.indexOf(value) : 99);
  counts.sort((a, b) => rank(a[0]) - rank(b[0]) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const limit = EXPANDED.has(facet.key) ? Infinity : SHOWN_VALUES;
  const buttons = counts.filter(([value], k) => k < limit || STATE.filters[facet.key]?.has(value)).map(([value, count]) => valueButton(facet, value, count));
  const more = counts.length > buttons.length && el("button", { type: "button", class: "more", onclick: () => (EXPANDED.add(facet.key), renderFilters()) }, t("more", number(counts.length - buttons.length)));
  const details = el("details", { class: "facet", "data-facet": facet.key, open: OPEN.has(facet.key) || Boolean(STATE.filters[facet.key]) }, el("summary", {}, t(facet.key)), el("div", { class: "values" }, buttons, more));
  details.addEventListener("toggle", () => (details.open ? OPEN.add(facet.key) : OPEN.delete(facet.key)));
  return details;
}

function choice(label, options, current, change) {
  return el("label", { class: "choice" }, el("span", {}, label), el("select", { onchange: (event) => change(event.target.value) }, options.map(([value, text]) => el("option", { value, selected: value === current }, text))));
}

function renderColourLegend() {
  if (STATE.colour === "sector" || STATE.colour === "kind") return null; // their lists below are the legend
  return el("ul", { class: "legend" }, legendEntries().map((entry) => {
    const key = STATE.colour === "group" || entry.fixed ? null : STATE.colour;
    const content = [shapeIcon("dot", entry.colour, entry.sign), el("span", { class: "name" }, entry.label), el("span", { class: "count" }, number(entry.count))];
    if (!key) return el("li", {}, el("span", { class: "value" }, content));
    const chosen = STATE.filters[key];
    const pressed = chosen?.has(entry.value) ?? false;
    return el("li", {}, el("button", { type: "button", class: `value${chosen && !pressed ? " off" : ""}`, "aria-pressed": String(pressed), onclick: () => toggleFilter(key, entry.value) }, content));
  }));
}

function renderFilters(keepFocus) {
  const active = Object.keys(STATE.filters).length > 0 || STATE.depth > 0;
  const measures = SIZES.filter((size) => size === "same" || NODES.some((node) => node[size] > 0));
  const aside = document.getElementById("filters");
  const scroll = aside.scrollTop;
  aside.replaceChildren(
    el("div", { class: "choices" },
      choice(t("colour_by"), COLOURS.filter((c) => NODES.some((node) => c === "group" || node[c])).map((value) => [value, t(value)]), STATE.colour, (value) => ((STATE.colour = value), applyState())),
      choice(t("size_by"), measures.map((value) => [value, t(value)]), STATE.size, (value) => ((STATE.size = value), applyState())),
    ),
    renderColourLegend() ?? "",
    el("div", { class: "filters-head" }, el("h2", {}, t("legend")), el("button", { type: "button", class: "reset", id: "reset", disabled: !active, onclick: resetFilters }, t("reset"))),
    ...FACETS.map(renderFacet).filter(Boolean),
  );
  aside.scrollTop = scroll;
  if (keepFocus) [...aside.querySelectorAll("[data-focus]")].find((button) => button.dataset.focus === keepFocus)?.focus({ preventScroll: true });
}

function resetFilters() {
  STATE.filters = {};
  STATE.depth = 0;
  applyState();
  moveTo(sceneBox());
}
