// What the reader has chosen, and the same as the fragment of the address, so that a saved link reopens the view.
const STATE = { tab: "map", node: null, edge: null, cell: null, depth: 0, colour: "sector", size: "degree", filters: {}, matrix: 0 };
let ownFragment = "";

function writeFragment() {
  const parts = new URLSearchParams();
  if (STATE.tab !== "map") parts.set("tab", STATE.tab);
  if (STATE.node !== null) parts.set("node", NODES[STATE.node].key);
  if (STATE.depth) parts.set("depth", STATE.depth);
  if (STATE.colour !== "sector") parts.set("colour", STATE.colour);
  if (STATE.size !== "degree") parts.set("size", STATE.size);
  if (STATE.matrix) parts.set("matrix", STATE.matrix);
  for (const [facet, values] of Object.entries(STATE.filters)) {
    for (const value of values) parts.append(`f.${facet}`, value);
  }
  ownFragment = parts.toString();
  if (location.hash.slice(1) !== ownFragment) {
    history.replaceState(null, "", ownFragment ? `#${ownFragment}` : "#");
  }
}

function readFragment() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const tab = parts.get("tab");
  STATE.tab = TABS.includes(tab) ? tab : "map";
  STATE.node = BY_KEY.get(parts.get("node")) ?? null;
  STATE.edge = STATE.cell = null;
  STATE.depth = Math.min(3, Math.max(0, Number(parts.get("depth")) || 0));
  STATE.colour = COLOURS.includes(parts.get("colour")) ? parts.get("colour") : "sector";
  STATE.size = SIZES.includes(parts.get("size")) ? parts.get("size") : "degree";
  STATE.matrix = Math.min(DATA.matrices.length - 1, Math.max(0, Number(parts.get("matrix")) || 0));
  STATE.filters = {};
  for (const [name, value] of parts) {
    if (name.startsWith("f.") && FACETS.some((facet) => facet.key === name.slice(2))) {
      (STATE.filters[name.slice(2)] ??= new Set()).add(value);
    }
  }
}

window.addEventListener("hashchange", () => {
  if (location.hash.slice(1) === ownFragment) return;
  readFragment();
  applyState();
});
