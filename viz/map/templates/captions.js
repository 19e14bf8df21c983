// Names on the map: constant size on the screen, the most important first, none over another name or over a node.
const CAPTIONS = { placed: [], widths: new Map(), order: null, lines: new Map() };
const NO_START = /^[、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.)\]]/;

// Widths are added up from single characters: measuring every name whole takes over a second for 5,000 of them.
function textWidth(ctx, text) {
  const font = ctx.font;
  let known = CAPTIONS.widths.get(font);
  if (!known) CAPTIONS.widths.set(font, (known = new Map()));
  let width = 0;
  for (const character of text) {
    let one = known.get(character);
    if (one === undefined) known.set(character, (one = ctx.measureText(character).width));
    width += one;
  }
  return width;
}

const SEGMENTER = "Segmenter" in Intl ? new Intl.Segmenter(LANG, { granularity: "word" }) : null;

// Break at word limits (Japanese included), never before a closing mark; what does not fit ends with an ellipsis.
function wrap(ctx, text, width, most) {
  const key = `${ctx.font}|${width}|${most}|${text}`;
  const known = CAPTIONS.lines.get(key);
  if (known) return known;
  const words = SEGMENTER ? Array.from(SEGMENTER.segment(text), (part) => part.segment) : Array.from(text);
  const lines = [""];
  for (const word of words) {
    const last = lines.length - 1;
    if (textWidth(ctx, lines[last] + word) <= width || NO_START.test(word) || lines[last] === "") lines[last] += word;
    else lines.push(word.trimStart());
  }
  const fitted = lines.flatMap((line) => cutLine(ctx, line, width * 1.15));
  const kept = fitted.slice(0, most).map((line) => line.trim());
  if (fitted.length > most) kept[most - 1] = shorten(ctx, kept[most - 1] + "…", width);
  CAPTIONS.lines.set(key, kept);
  return kept;
}

function cutLine(ctx, line, width) {
  const parts = [];
  let rest = line;
  while (textWidth(ctx, rest) > width && rest.length > 1) {
    let end = rest.length - 1;
    while (end > 1 && textWidth(ctx, rest.slice(0, end)) > width) end--;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

function shorten(ctx, text, width) {
  if (textWidth(ctx, text) <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(ctx, text.slice(0, middle) + "…") <= width) low = middle;
    else high = middle - 1;
  }
  return low ? text.slice(0, low).replace(/…$/, "") + "…" : "";
}

// Rectangles on the screen in cells of 64 px, so that a collision test looks at a few neighbours only.
class Occupied {
  constructor() {
    this.cells = new Map();
  }
  *keys({ x, y, w, h }) {
    for (let cx = x >> 6; cx <= (x + w) >> 6; cx++) for (let cy = y >> 6; cy <= (y + h) >> 6; cy++) yield cx * 4096 + cy;
  }
  add(rect) {
    for (const key of this.keys(rect)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(rect);
    }
  }
  free(rect, owner) {
    for (const key of this.keys(rect)) {
      for (const other of this.cells.get(key) ?? []) {
        if (other.owner !== owner && rect.x < other.x + other.w && other.x < rect.x + rect.w && rect.y < other.y + other.h && other.y < rect.y + rect.h) return false;
      }
    }
    return true;
  }
}

function importance(node) {
  const kinds = { platform: 60, partnership: 60, programme: 50, organization: 8, body: 14, service: 6, activity: 3 };
  return (kinds[node.kind] ?? 0) + Math.min(node.degree ?? 0, 60) + 400 * (node.betweenness ?? 0);
}

function captionOrder() {
  CAPTIONS.order ??= NODES.map((node, i) => [importance(node), i])
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .map(([, i]) => i);
  if (!SCENE.lit) return CAPTIONS.order;
  const first = [STATE.node, SCENE.hover].filter((i) => i !== null);
  return [...first, ...CAPTIONS.order.filter((i) => SCENE.lit.has(i) && !first.includes(i))];
}

function drawCaptions(ctx) {
  const { a: scale, e: dx, f: dy } = ctx.getTransform();
  const stage = document.getElementById("network");
  const ratio = ctx.canvas.width / stage.clientWidth;
  const [width, height] = [stage.clientWidth, stage.clientHeight];
  const toScreen = (x, y) => [(x * scale + dx) / ratio, (y * scale + dy) / ratio];
  const zoom = scale / ratio;
  const occupied = new Occupied();
  CAPTIONS.placed = [];
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.lineJoin = "round";
  NODES.forEach((node, i) => {
    if (!FILTER.nodes[i]) return;
    const [x, y] = toScreen(node.x, node.y);
    const r = SCENE.radius[i] * zoom;
    if (r > 2.5 && x > -50 && y > -50 && x < width + 50 && y < height + 50) occupied.add({ x: x - r, y: y - r, w: 2 * r, h: 2 * r, owner: i });
  });
  drawTitles(ctx, toScreen, zoom, occupied, width, height);
  const size = zoom > 1.3 ? 13 : 11.5;
  ctx.font = `500 ${size}px ${FAMILY}`;
  ctx.textBaseline = "top";
  ctx.textAlign = "center";
  const rooms = DATA.frames.map((f) => {
    const [left, top] = toScreen(f.x, f.y);
    return { left: Math.max(left, 0), top, right: Math.min(left + f.width * zoom, width), bottom: top + f.height * zoom };
  });
  const page = { left: 2, top: 2, right: width - 2, bottom: height - 2 };
  let tries = 0;
  for (const i of captionOrder()) {
    if (tries > 900) break;
    if (!FILTER.nodes[i]) continue;
    const [x, y] = toScreen(NODES[i].x, NODES[i].y);
    if (x < 0 || y < 0 || x > width || y > height) continue;
    const chosen = i === STATE.node || i === SCENE.hover;
    const room = chosen || SCENE.lit ? page : rooms[NODES[i].group];
    if (room.right - room.left < 5 * size) continue;
    tries++;
    placeCaption(ctx, occupied, i, [x, y, SCENE.radius[i] * zoom], { size, zoom, room, chosen });
  }
  ctx.restore();
}

function placeCaption(ctx, occupied, i, [x, y, r], { size, zoom, room, chosen }) {
  const most = chosen ? 4 : zoom > 1.3 ? 3 : 2;
  // A chosen name is written in any case: where it is free if possible, else over its neighbours.
  for (const [em, forced] of chosen ? [[14, false], [9, false], [14, true]] : [[9, false], [6.5, false], [13, false]]) {
    const lines = wrap(ctx, NODES[i].label, em * size, em < 9 ? most + 1 : most);
    const w = Math.max(...lines.map((line) => textWidth(ctx, line))) + 4;
    const h = lines.length * size * 1.22 + 2;
    const inside = Math.min(Math.max(x - w / 2, room.left + 3), room.right - 3 - w);
    const places = [
      [inside, y + r + 3],
      [inside, y - r - 3 - h],
      [x + r + 4, y - h / 2],
      [x - r - 4 - w, y - h / 2],
      [x + r * 0.7 + 2, y + r * 0.7],
      [x + r * 0.7 + 2, y - r * 0.7 - h],
      [x - r * 0.7 - 2 - w, y + r * 0.7],
      [x - r * 0.7 - 2 - w, y - r * 0.7 - h],
    ];
    for (const [left, top] of places) {
      const rect = { x: left, y: top, w, h, owner: i };
      if (left < room.left + 2 || left + w > room.right - 2 || top < room.top + 2 || top + h > room.bottom - 2) continue;
      if (!forced && !occupied.free(rect, i)) continue;
      occupied.add({ ...rect, owner: null });
      CAPTIONS.placed.push({ ...rect, text: lines.join("\n"), chosen });
      ctx.lineWidth = 3.4;
      ctx.strokeStyle = "rgba(255,255,255,.92)";
      ctx.fillStyle = chosen ? "#a63a10" : INK;
      lines.forEach((line, k) => {
        ctx.strokeText(line, left + w / 2, top + 1 + k * size * 1.22);
        ctx.fillText(line, left + w / 2, top + 1 + k * size * 1.22);
      });
      return;
    }
  }
}

function drawTitles(ctx, toScreen, zoom, occupied, width, height) {
  ctx.font = `600 12.5px ${FAMILY}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  for (const f of DATA.frames) {
    const [x, y] = toScreen(f.x, f.y);
    const w = f.width * zoom;
    if (w < 56 || x > width || y > height || x + w < 0 || y + f.height * zoom < 0) continue;
    const left = Math.min(Math.max(x + 10, 8), x + w - 40);
    const lines = wrap(ctx, f.title, x + w - left - 10, f.lines).filter(Boolean);
    lines.forEach((text, k) => {
      const top = y + 7 + k * 16;
      const rect = { x: left, y: top, w: textWidth(ctx, text) + 2, h: 16, owner: null };
      occupied.add(rect);
      CAPTIONS.placed.push({ ...rect, text, title: true });
      ctx.lineWidth = 3.4;
      ctx.strokeStyle = "#ffffff";
      ctx.strokeText(text, left, top + 2);
      ctx.fillStyle = SCENE.lit ? "#8a92a0" : "#4b586e";
      ctx.fillText(text, left, top + 2);
    });
  }
}
