// The panel on the right: an overview, or one node, tie or cell with its evidence.
function nodeIcon(i) {
  return shapeIcon(NODES[i].shape, SCENE.fill[i] ?? DATA.palette.none, SCENE.sign[i] ?? "");
}

function nodeButton(i, note) {
  return el("button", { type: "button", class: "node-link", onclick: () => goToNode(i) }, nodeIcon(i), el("span", { class: "name" }, NODES[i].label, note ? el("small", {}, note) : null));
}

function goToNode(i) {
  if (STATE.tab !== "map") showTab("map");
  selectNode(i, { centre: true });
}

function section(title, ...content) {
  const kept = content.flat().filter(Boolean);
  return kept.length ? el("section", {}, el("h3", {}, title), kept) : null;
}

function facts(pairs) {
  const kept = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && !value.length));
  return kept.length ? el("dl", {}, kept.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, Array.isArray(value) ? value.join("、") : String(value))])) : null;
}

function evidenceList(indexes) {
  const seen = [...new Set(indexes ?? [])].map((k) => EVIDENCE[k]);
  if (!seen.length) return el("p", { class: "quiet" }, t("no_evidence"));
  const shown = seen.slice(0, 30);
  return el("ol", { class: "evidence" },
    shown.map((item) =>
      el("li", {},
        item.quote ? el("q", {}, item.quote) : null,
        el("cite", {}, item.title || item.document, item.page ? `　${t("page", item.page)}` : "", item.line ? `　${t("line", item.line)}` : "", item.sheet ? `　${item.sheet}` : "", item.row ? `　${t("row", item.row)}` : ""),
      ),
    ),
    seen.length > shown.length ? el("li", { class: "quiet" }, t("more", seen.length - shown.length)) : null,
  );
}

function period(item) {
  return item.valid_from || item.valid_to ? t("from_to", item.valid_from ?? "", item.valid_to ?? "") : "";
}

function head(icon, title, small) {
  return el("header", { class: "panel-head" }, icon, el("div", {}, el("h2", {}, title), small ? el("p", { class: "quiet" }, small) : null), el("button", { type: "button", class: "close", "aria-label": t("close"), title: t("close"), onclick: clearSelection }, "×"));
}

function tieGroups(i) {
  const groups = new Map();
  for (const { node, edge } of NEIGHBOURS[i]) {
    const label = t("tie_group", facetLabel("kind", NODES[node].kind), facetLabel("tie_kind", EDGES[edge].kind));
    if (!groups.has(label)) groups.set(label, []);
    groups.get(label).push({ node, edge });
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

function tieSection(i) {
  return tieGroups(i).map(([label, ties]) => {
    ties.sort((a, b) => importance(NODES[b.node]) - importance(NODES[a.node]) || a.node - b.node);
    const item = ({ node, edge }) => {
      const status = EDGES[edge].status;
      const note = [status !== "stated" ? facetLabel("status", status) : "", period(EDGES[edge])].filter(Boolean).join("　");
      return el("li", {}, nodeButton(node, note), el("button", { type: "button", class: "why", title: t("evidence"), "aria-label": `${t("evidence")}: ${NODES[node].label}`, onclick: () => selectEdge(edge) }, "❝"));
    };
    const first = ties.slice(0, 12).map(item);
    const list = el("ul", { class: "ties" }, first);
    if (ties.length > 12) {
      const more = el("button", { type: "button", class: "more", onclick: () => (more.remove(), list.append(...ties.slice(12).map(item))) }, t("more", ties.length - 12));
      return el("section", {}, el("h3", {}, label, el("span", { class: "count" }, number(ties.length))), list, more);
    }
    return el("section", {}, el("h3", {}, label, el("span", { class: "count" }, number(ties.length))), list);
  });
}

function focusButtons() {
  const options = [[0, t("focus_off")], ...[1, 2, 3].map((depth) => [depth, t("steps", depth)])];
  return el("div", { class: "focus", role: "group", "aria-label": t("focus") }, el("span", {}, t("focus")), options.map(([depth, label]) => el("button", { type: "button", "aria-pressed": String(STATE.depth === depth), onclick: () => setDepth(depth) }, label)));
}

function nodePanel(i) {
  const node = NODES[i];
  const broker = DATA.broker_of[node.key];
  return [
    head(nodeIcon(i), node.label, [node.cls, node.sector_label].filter(Boolean).join("・")),
    el("div", { class: "actions" }, focusButtons(), el("button", { type: "button", onclick: () => { showTab("map"); centreNode(i); } }, t("centre"))),
    section(t("about"), facts([
      [t("reading"), node.reading],
      [t("place"), node.place],
      [t("prefecture"), node.prefecture],
      [t("fields"), (node.fields ?? []).map((value) => facetLabel("fields", value))],
      [t("reach"), node.reach],
      [t("size"), node.stated_size],
      [t("status"), facetLabel("status", node.status)],
      [t("valid"), period(node)],
    ])),
    broker !== undefined ? section(t("why"), el("p", { class: "sentence" }, TABLES.brokers.rows[broker].sentence)) : null,
    DATA.losses[node.key] ? section(t("loss"), el("p", { class: "sentence" }, DATA.losses[node.key])) : null,
    ...tieSection(i),
    section(t("evidence"), evidenceList(node.ev)),
  ];
}

function edgePanel(e) {
  const edge = EDGES[e];
  return [
    head(el("span", { class: "tie-icon", "aria-hidden": "true" }), facetLabel("tie_kind", edge.kind), t("tie")),
    el("section", {}, el("ul", { class: "ties" }, el("li", {}, nodeButton(edge.from)), el("li", {}, nodeButton(edge.to)))),
    section(t("about"), facts([[t("status"), facetLabel("status", edge.status)], [t("valid"), period(edge)]])),
    section(t("evidence"), evidenceList(edge.ev)),
  ];
}

function bar(counts) {
  const total = Object.values(counts).reduce((sum, value) => sum + value, 0);
  const styles = DATA.palette.coverage;
  const parts = Object.keys(styles).filter((status) => counts[status]);
  const strip = el("div", { class: "bar", role: "img", "aria-label": parts.map((status) => `${facetLabel("coverage", status)} ${counts[status]}`).join(", ") });
  for (const status of parts) {
    const piece = el("span", { colour: styles[status].colour });
    piece.style.flexGrow = counts[status] / total;
    strip.append(piece);
  }
  return [strip, el("ul", { class: "bar-key" }, parts.map((status) => el("li", {}, el("span", { class: "cell-sign", colour: styles[status].colour, ink: styles[status].ink }, styles[status].sign), facetLabel("coverage", status), el("b", {}, number(counts[status])))))];
}

function overviewPanel() {
  const kinds = new Map();
  for (const node of NODES) kinds.set(node.kind, (kinds.get(node.kind) ?? 0) + 1);
  const order = Object.keys(DATA.palette.kinds).filter((kind) => kinds.has(kind));
  return [
    el("header", { class: "panel-head" }, el("div", {}, el("h2", {}, t("overview")), el("p", { class: "quiet" }, t("overview_use")))),
    section(t("overview_counts"), el("div", { class: "figures" }, [...order.slice(0, 5).map((kind) => [kinds.get(kind), facetLabel("kind", kind)]), [EDGES.length, t("ties")]].map(([value, label]) => el("div", {}, el("b", {}, number(value)), el("span", {}, label))))),
    Object.keys(DATA.coverage).length ? section(t("overview_gaps"), bar(DATA.coverage), el("button", { type: "button", class: "more", onclick: () => showTab("matrix") }, `${t("matrix")} →`)) : null,
    TABLES.brokers.rows.length ? section(t("overview_brokers"), el("ol", { class: "ranks" }, TABLES.brokers.rows.filter((row) => row.brokerage > 0 && BY_KEY.has(row.key)).slice(0, 5).map((row) => el("li", {}, nodeButton(BY_KEY.get(row.key), row.sentence)))), el("button", { type: "button", class: "more", onclick: () => showTab("brokers") }, `${t("brokers")} →`)) : null,
    section(t("sources"), el("ul", { class: "sources" }, DATA.sources.slice(0, 6).map((source) => el("li", {}, source.title || source.source, el("small", {}, [source.publisher, source.issued].filter(Boolean).join("　")))))),
  ];
}

function renderPanel() {
  const panel = document.getElementById("panel");
  let content;
  if (STATE.cell) content = cellPanel(STATE.cell);
  else if (STATE.edge !== null) content = edgePanel(STATE.edge);
  else if (STATE.node !== null) content = nodePanel(STATE.node);
  else content = overviewPanel();
  panel.replaceChildren(...content.filter(Boolean));
  panel.scrollTop = 0;
}

function centreNode(i) {
  if (!document.getElementById("network").clientWidth) return;
  const near = [...within(i, 1).keys()];
  moveTo(sceneBox(near.length > 1 && near.length < 40 ? near : [i]), Math.max(1.1, Math.min(1.6, SCENE.network.getScale())));
}

function selectNode(i, { centre = false } = {}) {
  Object.assign(STATE, { node: i, edge: null, cell: null });
  applyState();
  if (centre) centreNode(i);
}

function selectEdge(e) {
  Object.assign(STATE, { edge: e, cell: null });
  applyState();
}

function clearSelection() {
  Object.assign(STATE, { node: null, edge: null, cell: null, depth: 0 });
  applyState();
}

function setDepth(depth) {
  if (STATE.node === null && depth) return;
  STATE.depth = depth;
  applyState();
  if (STATE.tab === "map") moveTo(sceneBox(depth ? [...within(STATE.node, depth).keys()] : null), 1.8);
}
