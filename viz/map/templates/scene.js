// The drawing: frames of the groups, ties, nodes. vis-network keeps the view (pan, zoom, hit test); ties are drawn here in
// batches, because 20,000 of its own edge objects take 1.3 s to set up and 0.8 s to filter, batches 0.1 s.
const COLOURS = ["sector", "kind", "prefecture", "place", "group", "status"];
const SIZES = ["degree", "betweenness", "stated_size", "same"];
const INK = "#1d2430";
const FAMILY = '"Noto Sans JP","Noto Sans CJK JP","Yu Gothic UI","Hiragino Sans","Hiragino Kaku Gothic ProN",Meiryo,sans-serif';
const LARGE = EDGES.length > 3000;
const SCENE = { network: null, radius: [], fill: [], sign: [], ink: [], lit: null, hover: null, box: null };

function sceneBox(indexes) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (x, y, w, h) => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + w);
    bottom = Math.max(bottom, y + h);
  };
  if (indexes) for (const i of indexes) take(NODES[i].x - 60, NODES[i].y - 50, 120, 100);
  else for (const f of DATA.frames) take(f.x, f.y, f.width, f.height);
  return Number.isFinite(left) ? { left, top, width: right - left, height: bottom - top } : { left: 0, top: 0, width: 100, height: 100 };
}

function moveTo(box, most = 2.2, animate = true) {
  const stage = document.getElementById("network");
  const scale = Math.min(most, (stage.clientWidth - 24) / box.width, (stage.clientHeight - 76) / box.height);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches || LARGE || !animate;
  const all = sceneBox();
  SCENE.network.moveTo({
    position: {
      x: keepInside(box.left + box.width / 2, all.left, all.width, stage.clientWidth / scale),
      y: keepInside(box.top + box.height / 2, all.top, all.height, stage.clientHeight / scale, 56 / scale),
    },
    scale,
    animation: calm ? false : { duration: 320, easingFunction: "easeInOutQuad" },
  });
}

// The middle of a view that shows no more empty paper than it must; `below` is room for the line of counts.
function keepInside(middle, start, size, view, below = 0) {
  if (view >= size + below) return start + (size + below) / 2;
  const rim = view * 0.02;
  return Math.min(start + size + below + rim - view / 2, Math.max(start - rim + view / 2, middle));
}

function setSizes() {
  const measure = NODES.map((node) => Math.max(0, (STATE.size === "same" ? 0 : node[STATE.size]) ?? 0));
  const most = Math.max(...measure, 1e-9);
  SCENE.radius = NODES.map((node, i) => {
    const base = node.kind === "organization" || node.kind === "platform" || node.kind === "partnership" ? 8.5 : 6.5;
    return STATE.size === "same" ? 8 : base + 13 * Math.sqrt(measure[i] / most);
  });
}

function setColours() {
  const entries = new Map(legendEntries().map((entry) => [entry.value, entry]));
  const fallback = { colour: DATA.palette.none, sign: "", ink: "#fff" };
  NODES.forEach((node, i) => {
    const entry = entries.get(colourValue(node)) ?? entries.get(" others") ?? fallback;
    const bySector = STATE.colour === "sector" && !node.sector;
    SCENE.fill[i] = bySector ? node.color : entry.colour;
    SCENE.sign[i] = bySector ? "" : entry.sign;
    SCENE.ink[i] = entry.ink ?? "#fff";
  });
}

function tracePath(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === "dot") return void ctx.arc(x, y, r, 0, 2 * Math.PI);
  const ring = (count, turn, radii) => {
    for (let k = 0; k < count; k++) {
      const angle = turn + (2 * Math.PI * k) / count;
      const length = radii[k % radii.length];
      ctx.lineTo(x + length * Math.cos(angle), y + length * Math.sin(angle));
    }
    ctx.closePath();
  };
  if (shape === "diamond") ring(4, -Math.PI / 2, [r * 1.3]);
  else if (shape === "triangle") ring(3, -Math.PI / 2, [r * 1.3]);
  else if (shape === "star") ring(10, -Math.PI / 2, [r * 1.4, r * 0.62]);
  else if (shape === "hexagon") ring(6, 0, [r * 1.08]);
  else if (shape === "pentagon") ring(5, -Math.PI / 2, [r * 1.12]);
  else if (shape === "square") ctx.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else if (shape === "page") ctx.rect(x - r * 0.72, y - r * 0.98, r * 1.44, r * 1.96);
  else if (shape === "plus") ring(12, -Math.PI / 4 - 0.28, [r * 1.15, r * 1.15, r * 0.55]);
  else if (shape === "flag") ring(3, 0, [r * 1.25]);
  else ctx.roundRect(x - r * 1.15, y - r * 0.7, r * 2.3, r * 1.4, r * 0.7);
}

const SOFT = new Set(["planned", "under-consideration", "desired", "inferred"]);

function drawNode(ctx, i) {
  const node = NODES[i];
  const r = SCENE.radius[i];
  const scale = SCENE.network.getScale();
  const faint = SCENE.lit && !SCENE.lit.has(i);
  ctx.save();
  ctx.globalAlpha = !FILTER.nodes[i] ? 0.07 : faint ? 0.16 : 1;
  tracePath(ctx, node.shape, node.x, node.y, r);
  const hollow = SOFT.has(node.status);
  ctx.fillStyle = hollow ? "#ffffff" : SCENE.fill[i];
  ctx.fill();
  ctx.lineWidth = hollow ? 2 : 1.4;
  ctx.strokeStyle = hollow ? SCENE.fill[i] : "#ffffff";
  if (hollow) ctx.setLineDash([3.2, 2.2]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (SCENE.sign[i] && r * scale > 5.4) {
    ctx.fillStyle = hollow ? SCENE.fill[i] : SCENE.ink[i];
    ctx.font = `700 ${r * 1.12}px ${FAMILY}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(SCENE.sign[i], node.x, node.y + r * 0.06);
  }
  if (i === STATE.node || i === SCENE.hover) {
    tracePath(ctx, node.shape, node.x, node.y, r + 4.5);
    ctx.lineWidth = i === STATE.node ? 3 : 2;
    ctx.strokeStyle = i === STATE.node ? "#d6531f" : INK;
    ctx.stroke();
  }
  ctx.restore();
}

function drawFrames(ctx) {
  const scale = SCENE.network.getScale();
  for (const f of DATA.frames) {
    ctx.beginPath();
    ctx.roundRect(f.x, f.y, f.width, f.height, 12);
    ctx.fillStyle = f.role === "isolates" || f.role === "rest" ? "#f8f8f6" : "#ffffff";
    ctx.fill();
    ctx.lineWidth = 1 / scale;
    ctx.strokeStyle = "#dfe1e0";
    ctx.stroke();
  }
}

function traceEdge(ctx, edge) {
  const a = NODES[edge.from];
  const b = NODES[edge.to];
  ctx.moveTo(a.x, a.y);
  if (LARGE || a.group === b.group) return void ctx.lineTo(b.x, b.y);
  const bend = 0.12;
  ctx.quadraticCurveTo((a.x + b.x) / 2 + (b.y - a.y) * bend, (a.y + b.y) / 2 - (b.x - a.x) * bend, b.x, b.y);
}

// One stroke for many lines is far quicker than a stroke each, but a very long path slows down again: 400 a stroke.
function strokeEdges(ctx, indexes, width, colour, dash) {
  const scale = SCENE.network.getScale();
  ctx.lineWidth = Math.max(width, (LARGE ? 0.5 : 0.8) / scale);
  ctx.strokeStyle = colour;
  ctx.setLineDash(dash ? [5, 4] : []);
  for (let start = 0; start < indexes.length; start += 400) {
    ctx.beginPath();
    for (let k = start; k < Math.min(start + 400, indexes.length); k++) traceEdge(ctx, EDGES[indexes[k]]);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

function drawEdges(ctx) {
  const buckets = { inside: [], insideSoft: [], across: [], acrossSoft: [], near: [], nearSoft: [], lit: [], litSoft: [] };
  for (let e = 0; e < EDGES.length; e++) {
    if (!FILTER.edges[e]) continue;
    const edge = EDGES[e];
    const soft = SOFT.has(edge.status) ? "Soft" : "";
    if (SCENE.lit) {
      if (SCENE.lit.has(edge.from) && SCENE.lit.has(edge.to)) litBucket(buckets, edge, soft)?.push(e);
      continue;
    }
    buckets[(NODES[edge.from].group === NODES[edge.to].group ? "inside" : "across") + soft].push(e);
  }
  strokeEdges(ctx, buckets.across, 1, LARGE ? "rgba(90,100,120,.06)" : "rgba(96,110,140,.24)", false);
  strokeEdges(ctx, buckets.acrossSoft, 1, LARGE ? "rgba(90,100,120,.06)" : "rgba(96,110,140,.2)", !LARGE);
  strokeEdges(ctx, buckets.inside, 1.2, LARGE ? "rgba(80,92,115,.2)" : "rgba(80,92,115,.42)", false);
  strokeEdges(ctx, buckets.insideSoft, 1.2, LARGE ? "rgba(80,92,115,.2)" : "rgba(80,92,115,.36)", !LARGE);
  strokeEdges(ctx, buckets.near, 1.2, "rgba(80,92,115,.38)", false);
  strokeEdges(ctx, buckets.nearSoft, 1.2, "rgba(80,92,115,.32)", true);
  strokeEdges(ctx, buckets.lit, 1.8, "rgba(214,83,31,.75)", false);
  strokeEdges(ctx, buckets.litSoft, 1.8, "rgba(214,83,31,.75)", true);
  if (STATE.edge !== null) strokeEdges(ctx, [STATE.edge], 3.4, "#d6531f", SOFT.has(EDGES[STATE.edge].status));
}

// The ties of the node itself stand out; in a focus those among its neighbours are shown as well, but quietly.
function litBucket(buckets, edge, soft) {
  const centre = SCENE.hover ?? STATE.node;
  if (centre === null || edge.from === centre || edge.to === centre) return buckets["lit" + soft];
  return STATE.depth && SCENE.hover === null ? buckets["near" + soft] : null;
}

function setLit() {
  const centre = SCENE.hover ?? STATE.node;
  if (STATE.edge !== null && SCENE.hover === null) SCENE.lit = new Set([EDGES[STATE.edge].from, EDGES[STATE.edge].to]);
  else if (centre === null) SCENE.lit = null;
  else SCENE.lit = within(centre, SCENE.hover === null ? STATE.depth || 1 : 1);
}

function edgeAt(point) {
  const reach = 6 / SCENE.network.getScale();
  let best = null;
  let least = reach;
  for (let e = 0; e < EDGES.length; e++) {
    if (!FILTER.edges[e]) continue;
    const a = NODES[EDGES[e].from];
    const b = NODES[EDGES[e].to];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const bend = LARGE || a.group === b.group ? 0 : 0.12;
    const along = Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    const lift = 2 * along * (1 - along) * bend; // height of the quadratic curve over its chord
    const distance = Math.hypot(a.x + dx * along + dy * lift - point.x, a.y + dy * along - dx * lift - point.y);
    if (distance < least) [best, least] = [e, distance];
  }
  return best;
}

function buildScene() {
  const stage = document.getElementById("network");
  const nodes = new vis.DataSet(
    NODES.map((node, i) => ({
      id: i,
      x: node.x,
      y: node.y,
      size: node.size,
      shape: "custom",
      ctxRenderer: ({ ctx }) => ({
        drawNode: () => drawNode(ctx, i),
        nodeDimensions: { width: 2 * SCENE.radius[i], height: 2 * SCENE.radius[i] },
      }),
    })),
  );
  SCENE.network = new vis.Network(stage, { nodes, edges: new vis.DataSet([]) }, DATA.options);
  SCENE.network.on("beforeDrawing", (ctx) => {
    drawFrames(ctx);
    drawEdges(ctx);
  });
  SCENE.network.on("afterDrawing", drawCaptions);
  SCENE.network.on("click", ({ nodes: hit, pointer }) => {
    stage.focus({ preventScroll: true });
    if (hit.length && FILTER.nodes[hit[0]]) return void selectNode(hit[0]);
    const edge = edgeAt(pointer.canvas);
    if (edge !== null) selectEdge(edge);
    else clearSelection();
  });
  SCENE.network.on("doubleClick", ({ nodes: hit }) => {
    if (hit.length && FILTER.nodes[hit[0]]) setDepth(1);
  });
  SCENE.network.on("hoverNode", ({ node, event }) => {
    if (FILTER.nodes[node]) hover(node, event);
  });
  SCENE.network.on("blurNode", () => hover(null));
}

function hover(i, event) {
  SCENE.hover = i;
  setLit();
  const tip = document.getElementById("tip");
  tip.hidden = i === null;
  if (i !== null) {
    const node = NODES[i];
    tip.replaceChildren(el("strong", {}, node.label), el("span", {}, [node.cls, node.sector_label, node.place].filter(Boolean).join("・")));
    const { x, y } = SCENE.network.canvasToDOM({ x: node.x, y: node.y });
    const stage = document.getElementById("network");
    tip.style.left = `${Math.min(x + 16, stage.clientWidth - 270)}px`;
    tip.style.top = `${Math.min(y + 14, stage.clientHeight - 70)}px`;
  }
  document.getElementById("network").style.cursor = i === null ? "" : "pointer";
  SCENE.network.redraw();
}
