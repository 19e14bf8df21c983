// Search by name, other names and reading: beginnings before insides, short names before long ones.
const SEARCH = { found: [], active: -1 };

function searchNodes(query, most = 12) {
  const wanted = fold(query);
  if (!wanted) return [];
  const scored = [];
  NODES.forEach((node, i) => {
    let best = Infinity;
    node.search.forEach((text, k) => {
      const at = text ? text.indexOf(wanted) : -1;
      if (at >= 0) best = Math.min(best, (at === 0 ? 0 : 1000) + text.length + (k ? 0.5 : 0));
    });
    if (best < Infinity) scored.push([best, -importance(node), i]);
  });
  scored.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return scored.slice(0, most).map((entry) => entry[2]);
}

function renderSuggestions() {
  const input = document.getElementById("search");
  const list = document.getElementById("suggestions");
  SEARCH.found = searchNodes(input.value);
  SEARCH.active = SEARCH.found.length ? 0 : -1;
  const open = input.value.trim() !== "";
  list.hidden = !open;
  input.setAttribute("aria-expanded", String(open));
  list.replaceChildren(
    ...SEARCH.found.map((i, k) =>
      el("li", { role: "option", id: `option-${k}`, "aria-selected": String(k === SEARCH.active), onmousedown: (event) => (event.preventDefault(), chooseSuggestion(k)) },
        nodeIcon(i),
        el("span", { class: "name" }, NODES[i].label, el("small", {}, NODES[i].reading ?? "")),
        el("span", { class: "quiet" }, [NODES[i].cls, NODES[i].place || NODES[i].prefecture].filter(Boolean).join("・")),
      ),
    ),
  );
  if (open && !SEARCH.found.length) list.append(el("li", { class: "empty", role: "option", "aria-disabled": "true" }, t("no_match")));
  markActive();
}

function markActive() {
  const input = document.getElementById("search");
  [...document.getElementById("suggestions").children].forEach((item, k) => {
    item.setAttribute("aria-selected", String(k === SEARCH.active));
    if (k === SEARCH.active) item.scrollIntoView({ block: "nearest" });
  });
  if (SEARCH.active >= 0) input.setAttribute("aria-activedescendant", `option-${SEARCH.active}`);
  else input.removeAttribute("aria-activedescendant");
}

function closeSuggestions() {
  document.getElementById("suggestions").hidden = true;
  document.getElementById("search").setAttribute("aria-expanded", "false");
}

function chooseSuggestion(k) {
  const i = SEARCH.found[k];
  if (i === undefined) return;
  document.getElementById("search").value = NODES[i].label;
  closeSuggestions();
  if (STATE.tab !== "map") showTab("map");
  selectNode(i, { centre: true });
  document.getElementById("network").focus({ preventScroll: true });
}

function buildSearch() {
  const input = document.getElementById("search");
  input.addEventListener("input", renderSuggestions);
  input.addEventListener("focus", () => input.value && renderSuggestions());
  input.addEventListener("blur", closeSuggestions);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter confirms kana conversion
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && SEARCH.found.length) {
      event.preventDefault();
      SEARCH.active = (SEARCH.active + step + SEARCH.found.length) % SEARCH.found.length;
      markActive();
    } else if (event.key === "Enter") chooseSuggestion(SEARCH.active);
    else if (event.key === "Escape") {
      input.value = "";
      closeSuggestions();
      document.getElementById("network").focus({ preventScroll: true });
    }
  });
}
