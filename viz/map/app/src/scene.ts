/** The drawing, in pixels of the screen: regions, frames, ties, bodies. One routine for canvas, image and SVG. */

import { FAMILY, INK, type App } from "./app.ts";
import { legendEntries, colourValues } from "./legend.ts";
import { bundle, levelAt, ONE_BY_ONE, type Bundle, type Level } from "./levels.ts";
import { tracePath, type Pen } from "./shapes.ts";

export interface Viewport {
  scale: number;
  /** Where the origin of the map lies on the screen. */
  dx: number;
  dy: number;
  width: number;
  height: number;
}

const SOFT = new Set(["planned", "under-consideration", "desired", "inferred"]);
const HOT = "#d6531f";
const FAINT = 0.14;

export class Scene {
  radius: Float64Array;
  /** How many bodies the last drawing holds one by one. */
  drawn = 0;
  private fill: string[] = [];
  private sign: string[] = [];
  private ink: string[] = [];
  private entryOf: number[] = [];
  private colours: string[] = [];
  private readonly sorted: Record<string, number[]>;
  private bundles: { frames: Bundle[]; regions: Bundle[] } = { frames: [], regions: [] };
  private pies: { frames: number[][]; regions: number[][] } = { frames: [], regions: [] };
  private readonly regionOf: number[];
  private readonly members: number[][];

  constructor(private readonly app: App) {
    this.radius = new Float64Array(app.nodes.length);
    this.regionOf = app.nodes.map((node) => app.data.frames[node.group]?.region ?? -1);
    this.members = app.data.frames.map(() => []);
    app.nodes.forEach((node, i) => this.members[node.group].push(i));
    this.sorted = { inside: [], across: [] };
    app.edges.forEach((edge, e) => this.sorted[app.nodes[edge.from].group === app.nodes[edge.to].group ? "inside" : "across"].push(e));
    app.onChange((what) => {
      if (what.has("size")) this.setSizes();
      if (what.has("colour")) this.setColours();
      this.putTogether();
    });
  }

  setSizes(): void {
    const { app } = this;
    const at = app.data.measures.findIndex((measure) => measure.key === app.state.size);
    const measure = app.nodes.map((node) => Math.max(0, at < 0 ? 0 : (node.measures[at] ?? 0)));
    const most = measure.reduce((a, b) => Math.max(a, b), 1e-9);
    app.nodes.forEach((node, i) => {
      const base = node.kind === "organization" || node.kind === "platform" ? 8.5 : 6.5;
      this.radius[i] = at < 0 ? 8 : base + 13 * Math.sqrt(measure[i] / most);
    });
  }

  setColours(): void {
    const { app } = this;
    const entries = legendEntries(app);
    const places = new Map(entries.map((entry, k) => [entry.value, k]));
    const others = places.get(" others") ?? -1;
    const bySector = app.state.colour === "sector";
    this.colours = [...entries.map((entry) => entry.colour), app.data.palette.none];
    this.entryOf = colourValues(app).map((value) => places.get(value) ?? (value ? others : -1)).map((k) => (k < 0 ? entries.length : k));
    this.fill = this.entryOf.map((k, i) => (bySector && !app.nodes[i].sector ? (app.data.palette.kinds[app.nodes[i].kind]?.colour ?? app.data.palette.none) : this.colours[k]));
    this.sign = this.entryOf.map((k, i) => (bySector && !app.nodes[i].sector ? "" : (entries[k]?.sign ?? "")));
    this.ink = this.entryOf.map((k) => entries[k]?.ink ?? "#fff");
  }

  fillOf(i: number): string {
    return this.fill[i];
  }

  signOf(i: number): string {
    return this.sign[i];
  }

  private putTogether(): void {
    const { app } = this;
    if (app.data.frames.length < 2 && app.nodes.length <= ONE_BY_ONE) return;
    const frame = app.nodes.map((node) => node.group);
    this.bundles = { frames: bundle(app.edges, app.shown.edges, frame), regions: bundle(app.edges, app.shown.edges, this.regionOf) };
    const pie = (count: number, place: readonly number[]) => {
      const found = Array.from({ length: count }, () => new Array<number>(this.colours.length).fill(0));
      place.forEach((at, i) => {
        if (at >= 0 && app.shown.nodes[i]) found[at][this.entryOf[i]]++;
      });
      return found;
    };
    this.pies = { frames: pie(app.data.frames.length, frame), regions: pie(app.data.regions.length, this.regionOf) };
  }

  /** How many bodies a frame (or region) shows now. */
  count(level: "frames" | "regions", k: number): number {
    return this.pies[level][k]?.reduce((a, b) => a + b, 0) ?? 0;
  }

  draw(pen: Pen, view: Viewport): Level {
    this.drawn = 0;
    const level = levelAt(this.app, view);
    pen.lineJoin = "round";
    this.drawFrames(pen, view, level);
    if (level === "bodies") this.drawTies(pen, view);
    else this.drawBundles(pen, view, level);
    if (level !== "bodies") this.drawSigns(pen, view, level);
    this.drawLit(pen, view, level);
    if (level === "bodies") this.drawBodies(pen, view);
    return level;
  }

  private seen(view: Viewport, x: number, y: number, w: number, h: number): boolean {
    const [left, top] = [x * view.scale + view.dx, y * view.scale + view.dy];
    return left < view.width + 30 && top < view.height + 30 && left + w * view.scale > -30 && top + h * view.scale > -30;
  }

  private drawFrames(pen: Pen, view: Viewport, level: Level): void {
    const { frames, regions } = this.app.data;
    pen.globalAlpha = 1;
    pen.setLineDash([]);
    const box = (f: { x: number; y: number; width: number; height: number }, fill: string, line: string, radius: number) => {
      if (!this.seen(view, f.x, f.y, f.width, f.height)) return;
      pen.beginPath();
      pen.roundRect(f.x * view.scale + view.dx, f.y * view.scale + view.dy, f.width * view.scale, f.height * view.scale, radius);
      pen.fillStyle = fill;
      pen.fill();
      pen.lineWidth = 1;
      pen.strokeStyle = line;
      pen.stroke();
    };
    for (const region of regions) box(region, level === "regions" ? "#ffffff" : "#e9ebea", "#cdd1d0", 8);
    if (level !== "regions") for (const f of frames) box(f, ["isolates", "rest", "nowhere"].includes(f.role) ? "#f8f8f6" : "#ffffff", "#dfe1e0", Math.min(12, 12 * view.scale + 3));
  }

  private middle(level: "frames" | "regions", k: number, view: Viewport): [number, number, number] {
    const f = this.app.data[level][k];
    const [w, h] = [f.width * view.scale, f.height * view.scale];
    const top = Math.min(26, h * 0.3);
    return [f.x * view.scale + view.dx + w / 2, f.y * view.scale + view.dy + top + (h - top) / 2, Math.max(3, Math.min(w, h - top) / 2 - 4)];
  }

  private drawBundles(pen: Pen, view: Viewport, level: "frames" | "regions"): void {
    const bundles = this.bundles[level];
    const most = bundles.reduce((a, b) => Math.max(a, b.count), 1);
    const lit = this.app.lit !== null;
    const quiet = Math.min(1, 6 / Math.sqrt(Math.max(bundles.length, 1))); // many bundles are faded, until something is chosen
    pen.strokeStyle = "rgb(84,104,140)";
    for (const { from, to, count } of bundles) {
      const [x0, y0] = this.middle(level, from, view);
      const [x1, y1] = this.middle(level, to, view);
      pen.globalAlpha = (lit ? 0.25 : 1) * (0.16 + 0.34 * quiet * (count / most));
      pen.lineWidth = 1 + 7 * quiet * (count / most);
      pen.beginPath();
      pen.moveTo(x0, y0);
      pen.quadraticCurveTo((x0 + x1) / 2 + (y1 - y0) * 0.12, (y0 + y1) / 2 - (x1 - x0) * 0.12, x1, y1);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  private drawSigns(pen: Pen, view: Viewport, level: "frames" | "regions"): void {
    const places = this.app.data[level];
    const counts = places.map((_, k) => this.count(level, k));
    const most = Math.max(...counts, 1);
    const largest = places.map((_, k) => this.middle(level, k, view)[2] / Math.sqrt(Math.max(counts[k], 1) / most));
    const unit = Math.max(4, Math.min(64, [...largest].sort((a, b) => a - b)[Math.floor(largest.length * 0.1)] ?? 20));
    places.forEach((place, k) => {
      if (!counts[k] || !this.seen(view, place.x, place.y, place.width, place.height)) return;
      const [x, y, room] = this.middle(level, k, view);
      const r = Math.min(room, Math.max(7, unit * Math.sqrt(counts[k] / most)));
      this.drawPie(pen, x, y, r, this.pies[level][k]);
      if (r < 9) return;
      pen.globalAlpha = 1;
      pen.font = `700 ${Math.min(14, Math.max(9.5, r * 0.55))}px ${FAMILY}`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillStyle = INK;
      pen.fillText(this.app.number(counts[k]), x, y + 0.5);
    });
  }

  private drawPie(pen: Pen, x: number, y: number, r: number, shares: readonly number[]): void {
    const total = shares.reduce((a, b) => a + b, 0);
    let from = -Math.PI / 2;
    pen.globalAlpha = this.app.lit ? 0.45 : 0.95;
    shares.forEach((share, k) => {
      if (!share) return;
      const to = from + (2 * Math.PI * share) / total;
      pen.beginPath();
      if (share < total) pen.moveTo(x, y);
      pen.arc(x, y, r, from, to);
      pen.fillStyle = this.colours[k];
      pen.fill();
      from = to;
    });
    pen.globalAlpha = 1;
    pen.beginPath();
    pen.arc(x, y, r * 0.66, 0, 2 * Math.PI);
    pen.fillStyle = "#ffffff";
    pen.fill();
  }

  private traceTie(pen: Pen, view: Viewport, e: number, straight: boolean): void {
    const { from, to } = this.app.edges[e];
    const [a, b] = [this.app.nodes[from], this.app.nodes[to]];
    const [x0, y0, x1, y1] = [a.x * view.scale + view.dx, a.y * view.scale + view.dy, b.x * view.scale + view.dx, b.y * view.scale + view.dy];
    pen.moveTo(x0, y0);
    if (straight || a.group === b.group) pen.lineTo(x1, y1);
    else pen.quadraticCurveTo((x0 + x1) / 2 + (y1 - y0) * 0.12, (y0 + y1) / 2 - (x1 - x0) * 0.12, x1, y1);
  }

  private strokeTies(pen: Pen, view: Viewport, ties: readonly number[], width: number, colour: string, dash: boolean): void {
    pen.lineWidth = Math.max(width * view.scale, 0.7);
    pen.strokeStyle = colour;
    pen.setLineDash(dash ? [Math.max(3, 5 * view.scale), Math.max(2, 4 * view.scale)] : []);
    const straight = ties.length > 3000;
    for (let start = 0; start < ties.length; start += 400) { // a very long path slows down again
      pen.beginPath();
      for (let k = start; k < Math.min(start + 400, ties.length); k++) this.traceTie(pen, view, ties[k], straight);
      pen.stroke();
    }
    pen.setLineDash([]);
  }

  private drawTies(pen: Pen, view: Viewport): void {
    const { app } = this;
    if (app.lit) return;
    const near = app.data.frames.map((f) => this.seen(view, f.x, f.y, f.width, f.height));
    const many = app.edges.length > 2500;
    for (const place of ["across", "inside"]) {
      const [firm, soft]: [number[], number[]] = [[], []];
      for (const e of this.sorted[place]) {
        const edge = app.edges[e];
        if (!app.shown.edges[e] || !(near[app.nodes[edge.from].group] || near[app.nodes[edge.to].group])) continue;
        (SOFT.has(edge.status) ? soft : firm).push(e);
      }
      const alpha = place === "inside" ? (many ? 0.34 : 0.42) : many ? 0.1 : 0.22;
      this.strokeTies(pen, view, firm, 1.2, `rgba(80,92,115,${alpha})`, false);
      this.strokeTies(pen, view, soft, 1.2, `rgba(80,92,115,${alpha * 0.85})`, !many);
    }
  }

  /** What is chosen or asked for stands out at every level; in a focus the ties among its neighbours are quiet. */
  private drawLit(pen: Pen, view: Viewport, level: Level): void {
    const { app } = this;
    if (!app.lit || (level !== "bodies" && app.lit.size > ONE_BY_ONE)) return;
    const centre = app.hover ?? app.node;
    const found: Record<string, number[]> = { near: [], nearSoft: [], lit: [], litSoft: [] };
    const visit = (e: number) => {
      const edge = app.edges[e];
      if (!app.shown.edges[e] || !app.lit?.has(edge.from) || !app.lit.has(edge.to)) return;
      const own = app.path && app.hover === null ? app.path.pairs.has(`${edge.from} ${edge.to}`) || app.path.pairs.has(`${edge.to} ${edge.from}`) : centre === null || edge.from === centre || edge.to === centre;
      if (!own && (!app.state.depth || app.hover !== null)) return;
      found[(own ? "lit" : "near") + (SOFT.has(edge.status) ? "Soft" : "")].push(e);
    };
    const visited = new Set<number>();
    for (const i of app.lit) for (let k = app.ties.start[i]; k < app.ties.start[i + 1]; k++) visited.add(app.ties.edges[k]);
    for (const e of visited) visit(e);
    this.strokeTies(pen, view, found.near, 1.2, "rgba(80,92,115,.38)", false);
    this.strokeTies(pen, view, found.nearSoft, 1.2, "rgba(80,92,115,.32)", true);
    this.strokeTies(pen, view, found.lit, 1.8, "rgba(214,83,31,.75)", false);
    this.strokeTies(pen, view, found.litSoft, 1.8, "rgba(214,83,31,.75)", true);
    if (app.path && app.hover === null) this.drawPath(pen, view);
    const edge = app.edge;
    if (edge !== null) this.strokeTies(pen, view, [edge], 3.4, HOT, SOFT.has(app.edges[edge].status));
    if (level !== "bodies") for (const i of app.lit) this.drawBody(pen, view, i);
  }

  /** Steps of a path that are a common membership have no tie of their own: the whole path is drawn over them. */
  private drawPath(pen: Pen, view: Viewport): void {
    pen.beginPath();
    this.app.path?.nodes.forEach((i, k) => {
      const node = this.app.nodes[i];
      const [x, y] = [node.x * view.scale + view.dx, node.y * view.scale + view.dy];
      if (k) pen.lineTo(x, y);
      else pen.moveTo(x, y);
    });
    pen.lineWidth = 3;
    pen.strokeStyle = HOT;
    pen.stroke();
  }

  private drawBodies(pen: Pen, view: Viewport): void {
    this.members.forEach((members, k) => {
      const f = this.app.data.frames[k];
      if (this.seen(view, f.x, f.y, f.width, f.height)) for (const i of members) if (this.onScreen(view, i)) this.drawBody(pen, view, i);
    });
    pen.globalAlpha = 1;
  }

  private onScreen(view: Viewport, i: number): boolean {
    const [x, y, r] = [this.app.nodes[i].x * view.scale + view.dx, this.app.nodes[i].y * view.scale + view.dy, this.screenRadius(i, view) + 6];
    return x > -r && y > -r && x < view.width + r && y < view.height + r;
  }

  screenRadius(i: number, view: Viewport): number {
    return Math.max(this.radius[i] * view.scale, this.app.lit?.has(i) ? 3.6 : 1.2);
  }

  private drawBody(pen: Pen, view: Viewport, i: number): void {
    const { app } = this;
    this.drawn++;
    const node = app.nodes[i];
    const [x, y, r] = [node.x * view.scale + view.dx, node.y * view.scale + view.dy, this.screenRadius(i, view)];
    pen.globalAlpha = !app.shown.nodes[i] ? (app.lit ? 0.03 : 0.07) : app.lit && !app.lit.has(i) ? FAINT : 1;
    tracePath(pen, app.shapes[i], x, y, r);
    const hollow = SOFT.has(node.status);
    pen.fillStyle = hollow ? "#ffffff" : this.fill[i];
    pen.fill();
    if (r > 2.4) {
      pen.lineWidth = hollow ? Math.max(1, 2 * view.scale) : Math.max(0.6, 1.4 * view.scale);
      pen.strokeStyle = hollow ? this.fill[i] : "#ffffff";
      if (hollow) pen.setLineDash([3.2 * view.scale, 2.2 * view.scale]);
      pen.stroke();
      if (hollow) pen.setLineDash([]);
    }
    if (this.sign[i] && r > 5.4) {
      pen.fillStyle = hollow ? this.fill[i] : this.ink[i];
      pen.font = `700 ${r * 1.12}px ${FAMILY}`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillText(this.sign[i], x, y + r * 0.06);
    }
    if (i !== app.node && i !== app.hover) return;
    tracePath(pen, app.shapes[i], x, y, r + 4);
    pen.lineWidth = i === app.node ? 2.6 : 2;
    pen.strokeStyle = i === app.node ? HOT : INK;
    pen.stroke();
  }

  /** Return the shown body under a point of the screen. */
  bodyAt(x: number, y: number, view: Viewport): number | null {
    const { app } = this;
    const level = levelAt(app, view);
    let [best, least] = [null as number | null, Infinity];
    const look = (i: number) => {
      if (!app.shown.nodes[i]) return;
      const node = app.nodes[i];
      const distance = Math.hypot(node.x * view.scale + view.dx - x, node.y * view.scale + view.dy - y) - this.screenRadius(i, view);
      if (distance < 3 && distance < least) [best, least] = [i, distance];
    };
    if (level !== "bodies") {
      const chosen = app.path?.nodes ?? (app.node === null ? [] : [...(app.lit ?? [])]);
      chosen.forEach(look);
      return best;
    }
    const frame = this.placeAt("frames", x, y, view);
    if (frame !== null) this.members[frame].forEach(look);
    return best;
  }

  placeAt(level: "frames" | "regions", x: number, y: number, view: Viewport): number | null {
    const [mx, my] = [(x - view.dx) / view.scale, (y - view.dy) / view.scale];
    const found = this.app.data[level].findIndex((f) => mx >= f.x && my >= f.y && mx <= f.x + f.width && my <= f.y + f.height);
    return found < 0 ? null : found;
  }

  /** Return the shown tie nearest to a point of the screen, within 6 pixels. */
  tieAt(x: number, y: number, view: Viewport): number | null {
    const { app } = this;
    const far = levelAt(app, view) !== "bodies";
    let [best, least] = [null as number | null, 6];
    app.edges.forEach((edge, e) => {
      if (!app.shown.edges[e] || ((far || app.lit) && !(app.lit?.has(edge.from) && app.lit.has(edge.to)))) return;
      const [a, b] = [app.nodes[edge.from], app.nodes[edge.to]];
      const [ax, ay] = [a.x * view.scale + view.dx, a.y * view.scale + view.dy];
      const [dx, dy] = [(b.x - a.x) * view.scale, (b.y - a.y) * view.scale];
      const bend = a.group === b.group ? 0 : 0.12;
      const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      const lift = 2 * along * (1 - along) * bend; // height of the quadratic curve over its chord
      const distance = Math.hypot(ax + dx * along + dy * lift - x, ay + dy * along - dx * lift - y);
      if (distance < least) [best, least] = [e, distance];
    });
    return best;
  }
}
