// Tabs, keys, printing, and the start of the page.
const TABS = ["map", "matrix", ...Object.keys(DATA.tables), "method"];
const RENDERED = new Set();

function showTab(tab) {
  STATE.tab = tab;
  applyState();
}

function renderTabs() {
  const tabs = document.getElementById("tabs");
  if (!tabs.children.length) {
    tabs.append(...TABS.map((tab) => el("button", { type: "button", role: "tab", id: `tab-button-${tab}`, "aria-controls": `tab-${tab}`, onclick: () => showTab(tab) }, t(tab))));
    tabs.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      showTab(TABS[(TABS.indexOf(STATE.tab) + step + TABS.length) % TABS.length]);
      document.getElementById(`tab-button-${STATE.tab}`).focus();
    });
  }
  for (const tab of TABS) {
    const chosen = tab === STATE.tab;
    const button = document.getElementById(`tab-button-${tab}`);
    button.setAttribute("aria-selected", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
    document.getElementById(`tab-${tab}`).hidden = !chosen;
  }
}

function renderMethod() {
  document.getElementById("tab-method").replaceChildren(
    el("article", {},
      el("h2", {}, t("method")),
      DATA.method.map(([title, text, formula]) => [el("h3", {}, title), el("p", {}, text), formula && el("p", { class: "formula" }, formula)]),
      el("h3", {}, t("keys")), el("p", {}, t("keys_text")),
      el("h3", {}, t("sources")),
      el("ul", {}, DATA.sources.map((source) => el("li", {}, source.title || source.source, el("small", {}, [source.publisher, source.issued, source.identifier].filter(Boolean).join("　"))))),
      el("p", { class: "quiet" }, DATA.meta.credits),
    ),
  );
}

function applyState({ keepFocus } = {}) {
  renderTabs();
  applyFilters();
  setSizes();
  setColours();
  setLit();
  if (STATE.tab === "map") {
    renderFilters(keepFocus);
    if (SCENE.started) SCENE.network.redraw();
  } else if (STATE.tab === "matrix") {
    const table = DATA.matrices[STATE.matrix];
    if (RENDERED.has(`matrix${STATE.matrix}`)) table?.draw?.();
    else renderMatrix();
    RENDERED.forEach((name) => name.startsWith("matrix") && RENDERED.delete(name));
    RENDERED.add(`matrix${STATE.matrix}`);
  } else if (STATE.tab === "method") renderMethod();
  else if (!RENDERED.has(STATE.tab)) {
    RENDERED.add(STATE.tab);
    renderTable(STATE.tab);
  }
  document.body.dataset.tab = STATE.tab;
  renderPanel();
  writeFragment();
}

function stepNode(step) {
  const shown = NODES.map((_, i) => i).filter((i) => FILTER.nodes[i]).sort((a, b) => importance(NODES[b]) - importance(NODES[a]) || a - b);
  if (!shown.length) return;
  const at = STATE.node === null ? (step > 0 ? -1 : 0) : shown.indexOf(STATE.node);
  selectNode(shown[(at + step + shown.length) % shown.length], { centre: true });
}

function zoom(factor) {
  SCENE.network.moveTo({ scale: Math.min(6, Math.max(0.02, SCENE.network.getScale() * factor)) });
}

function pan(x, y) {
  const view = SCENE.network.getViewPosition();
  const scale = SCENE.network.getScale();
  SCENE.network.moveTo({ position: { x: view.x + x / scale, y: view.y + y / scale } });
}

function toggleHelp() {
  const help = document.getElementById("help");
  help.hidden = !help.hidden;
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const always = { "/": () => document.getElementById("search").focus(), Escape: () => (document.getElementById("help").hidden ? clearSelection() : toggleHelp()), "?": toggleHelp };
  const onMap = {
    1: () => setDepth(1), 2: () => setDepth(2), 3: () => setDepth(3), 0: () => ((STATE.depth = 0), applyState(), moveTo(sceneBox())),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), n: () => stepNode(1), p: () => stepNode(-1),
    ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
  };
  const inside = event.target === document.body || event.target.id === "network";
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = always[key] ?? (STATE.tab === "map" && (inside || !key.startsWith("Arrow")) ? onMap[key] : undefined);
  if (!act) return;
  event.preventDefault();
  act();
}

// The view drawn anew at `sharpness` times the screen's resolution, with title and date, so that it can stand alone.
function drawPicture(sharpness) {
  const stage = document.getElementById("network");
  const [width, height] = [stage.clientWidth || 1024, stage.clientHeight || 860];
  const map = el("canvas", { width: width * sharpness, height: height * sharpness });
  const ctx = map.getContext("2d");
  const scale = SCENE.network.getScale() * sharpness;
  const view = SCENE.network.getViewPosition();
  ctx.fillStyle = "#ffffff";
  ctx.fillRect(0, 0, map.width, map.height);
  ctx.setTransform(scale, 0, 0, scale, map.width / 2 - view.x * scale, map.height / 2 - view.y * scale);
  drawFrames(ctx);
  drawEdges(ctx);
  NODES.forEach((_, i) => drawNode(ctx, i));
  const onScreen = CAPTIONS.placed;
  drawCaptions(ctx);
  CAPTIONS.placed = onScreen;
  return map;
}

function savePicture() {
  const map = drawPicture(2);
  const canvas = el("canvas", { width: map.width, height: map.height + 88 });
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = "#ffffff";
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(map, 0, 88);
  ctx.fillStyle = INK;
  ctx.font = `600 32px ${FAMILY}`;
  ctx.fillText(`${DATA.meta.title}　${DATA.meta.as_of}`, 32, 56);
  canvas.toBlob((blob) => save("map.png", blob));
}

// Drawn, because fonts of office machines lack such signs.
const ICONS = {
  zoom_in: "M10 4v12M4 10h12", zoom_out: "M4 10h12", fit: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  png: "M10 3v9M6 9l4 4 4-4M4 16h12", print: "M6 8V3h8v5M6 14H4V8h12v6h-2M6 12h8v5H6z", keys: "M7.4 7.6a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.1.9-1.1 1.8M10 15v.3",
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

function buildTools() {
  const acts = { zoom_in: () => zoom(1.25), zoom_out: () => zoom(0.8), fit: () => moveTo(sceneBox()), png: savePicture, print: () => window.print(), keys: toggleHelp };
  document.getElementById("tools").append(
    ...Object.entries(acts).map(([name, act]) => el("button", { type: "button", title: t(name), "aria-label": t(name), onclick: act }, icon(name))),
  );
  document.getElementById("help").textContent = t("keys_text");
  document.getElementById("print-footer").textContent = `${DATA.meta.title}　${DATA.meta.as_of}　${t("sources")}: ${DATA.sources.map((source) => source.title || source.source).join(" / ")}`;
}

// The live drawing follows the width of the paper and loses its edges; a picture of it does not, and is sharper.
function beforePrint() {
  if (STATE.tab === "map") document.getElementById("network").after(el("img", { id: "print-map", alt: t("canvas"), src: drawPicture(3).toDataURL() }));
  if (STATE.tab === "matrix") DATA.matrices[STATE.matrix]?.showAll?.();
  else TABLES[STATE.tab]?.showAll?.();
  for (const details of document.querySelectorAll("details.facet")) details.open = OPEN.has(details.dataset.facet);
}

// The first view; a link may open another tab, then it waits until the map has a size.
function placeView() {
  const stage = document.getElementById("network");
  if (SCENE.placed || !stage.clientWidth) return;
  SCENE.placed = true;
  SCENE.network.setSize("100%", "100%");
  const node = STATE.node;
  if (node !== null && STATE.depth) moveTo(sceneBox([...within(node, STATE.depth).keys()]), 1.8, false);
  else moveTo(sceneBox(), 2.2, false);
  if (node !== null && !STATE.depth) centreNode(node);
}

function start() {
  readFragment();
  renderTabs(); // first, because its height is part of the drawing area's
  buildScene();
  buildTools();
  buildSearch();
  applyState();
  placeView();
  SCENE.started = true;
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", () => document.getElementById("print-map")?.remove());
  new ResizeObserver(() => {
    placeView();
    SCENE.network.redraw();
  }).observe(document.getElementById("network"));
  // An account of the page for tests and scripts; it changes nothing.
  window.tsunagariMap = {
    captions: () => CAPTIONS.placed.map((caption) => ({ ...caption })),
    position: (key) => SCENE.network.canvasToDOM(NODES[BY_KEY.get(key)]),
    scale: () => SCENE.network.getScale(),
    selected: () => (STATE.node === null ? null : NODES[STATE.node].key),
  };
  const ready = () => {
    performance.mark("painted");
    document.body.dataset.ready = "1";
  };
  if (!SCENE.placed) return void requestAnimationFrame(ready);
  SCENE.network.once("afterDrawing", ready);
  SCENE.network.redraw();
}

start();
