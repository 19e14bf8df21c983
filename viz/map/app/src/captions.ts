/** Names on the map: constant size on the screen, the most important first, none over another name or a body, none twice. */

import { FAMILY, INK, importance, type App } from "./app.ts";
import type { Level } from "./levels.ts";
import { Occupied, type Rectangle } from "./rectangles.ts";
import type { Scene, Viewport } from "./scene.ts";
import type { Pen } from "./shapes.ts";

const NO_START = /^[、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.)\]]/;
// Signs that change the direction of what follows or show nothing: a name must not disturb its neighbours.
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const TRIES = 700;

export interface Caption extends Rectangle {
  text: string;
  title: boolean;
  chosen: boolean;
}

interface Room {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export class Captions {
  placed: Caption[] = [];
  private readonly widths = new Map<string, Map<string, number>>();
  private readonly lines = new Map<string, string[]>();
  private readonly order: number[];

  constructor(
    private readonly app: App,
    private readonly scene: Scene,
  ) {
    const weight = app.nodes.map(importance);
    this.order = app.nodes.map((_, i) => i).sort((a, b) => weight[b] - weight[a] || a - b);
  }

  draw(pen: Pen, view: Viewport, level: Level): void {
    const { app, scene } = this;
    const occupied = new Occupied();
    this.placed = [];
    const shown = (i: number) => app.shown.nodes[i] && (!app.lit || app.lit.has(i));
    if (level === "bodies" || app.lit) {
      for (const i of level === "bodies" && !app.lit ? this.order : (app.lit ?? [])) {
        if (!shown(i)) continue;
        const [x, y] = this.screen(i, view);
        const r = scene.screenRadius(i, view);
        if (r > 2.5 && x > -50 && y > -50 && x < view.width + 50 && y < view.height + 50) occupied.add({ x: x - r, y: y - r, w: 2 * r, h: 2 * r, owner: i });
      }
    }
    if (app.lit) this.drawNames(pen, view, occupied);
    this.drawTitles(pen, view, level, occupied);
    if (!app.lit && level === "bodies") this.drawNames(pen, view, occupied);
  }

  private screen(i: number, view: Viewport): [number, number] {
    return [this.app.nodes[i].x * view.scale + view.dx, this.app.nodes[i].y * view.scale + view.dy];
  }

  private drawNames(pen: Pen, view: Viewport, occupied: Occupied): void {
    const { app } = this;
    const size = view.scale > 1.3 ? 13 : 11.5;
    pen.font = `500 ${size}px ${FAMILY}`;
    pen.textBaseline = "top";
    pen.textAlign = "center";
    const rooms = app.data.frames.map((f): Room => {
      const [left, top] = [f.x * view.scale + view.dx, f.y * view.scale + view.dy];
      return { left: Math.max(left, 0), top, right: Math.min(left + f.width * view.scale, view.width), bottom: top + f.height * view.scale };
    });
    const page: Room = { left: 2, top: 2, right: view.width - 2, bottom: view.height - 2 };
    const first = [app.node, app.hover].filter((i) => i !== null);
    const order = app.lit ? [...first, ...this.order.filter((i) => app.lit?.has(i) && !first.includes(i))] : this.order;
    const texts = new Set(this.placed.map((caption) => caption.text));
    let tries = 0;
    for (const i of order) {
      if (tries > TRIES) break;
      if (!app.shown.nodes[i]) continue;
      const [x, y] = this.screen(i, view);
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const room = app.lit ? page : rooms[app.nodes[i].group];
      if (room.right - room.left < 5 * size) continue;
      tries++;
      this.placeName(pen, occupied, texts, i, [x, y, this.scene.screenRadius(i, view)], size, room);
    }
  }

  private placeName(pen: Pen, occupied: Occupied, texts: Set<string>, i: number, [x, y, r]: [number, number, number], size: number, room: Room): void {
    const { app } = this;
    const chosen = i === app.node || i === app.hover;
    const name = (chosen ? app.nodes[i].label : app.shortNames[i]).replace(UNSEEN, "");
    const most = chosen ? 4 : size > 12 ? 3 : 2;
    // A chosen name is written in any case: where it is free if possible, else over its neighbours.
    const widths: [number, boolean][] = chosen ? [[14, false], [9, false], [14, true]] : [[9, false], [6.5, false], [13, false]];
    for (const [em, forced] of widths) {
      const lines = this.wrap(pen, name, em * size, em < 9 ? most + 1 : most);
      const text = lines.join("\n");
      if (!text || texts.has(text)) continue;
      const w = Math.max(...lines.map((line) => this.width(pen, line))) + 4;
      const h = lines.length * size * 1.22 + 2;
      const found = this.freePlace(occupied, i, [x, y, r], [w, h], room, forced);
      if (!found) continue;
      const [left, top, away] = found;
      occupied.add({ x: left, y: top, w, h, owner: null });
      texts.add(text);
      this.placed.push({ x: left, y: top, w, h, owner: i, text, title: false, chosen });
      if (away) this.drawLeader(pen, [x, y], [left + w / 2, top + h / 2]);
      this.write(pen, lines, left + w / 2, top + 1, size * 1.22, chosen ? "#a63a10" : INK, "rgba(255,255,255,.92)");
      return;
    }
  }

  /** Beside the body where there is room; the neighbours of what is chosen also farther off, with a line that leads there. */
  private freePlace(occupied: Occupied, i: number, [x, y, r]: [number, number, number], [w, h]: [number, number], room: Room, forced: boolean): [number, number, boolean] | null {
    const inside = Math.min(Math.max(x - w / 2, room.left + 3), room.right - 3 - w);
    const places: [number, number, boolean][] = [
      [inside, y + r + 3, false],
      [inside, y - r - 3 - h, false],
      [x + r + 4, y - h / 2, false],
      [x - r - 4 - w, y - h / 2, false],
      [x + r * 0.7 + 2, y + r * 0.7, false],
      [x + r * 0.7 + 2, y - r * 0.7 - h, false],
      [x - r * 0.7 - 2 - w, y + r * 0.7, false],
      [x - r * 0.7 - 2 - w, y - r * 0.7 - h, false],
    ];
    if (this.app.lit)
      for (const far of [30, 60, 100, 150, 210])
        for (let k = 0; k < 12; k++) {
          const angle = (k * Math.PI) / 6;
          places.push([x + (far + w / 2) * Math.cos(angle) - w / 2, y + (far + h / 2) * Math.sin(angle) - h / 2, true]);
        }
    for (const place of places) {
      const [left, top] = place;
      if (left < room.left + 2 || left + w > room.right - 2 || top < room.top + 2 || top + h > room.bottom - 2) continue;
      if (forced || occupied.free({ x: left, y: top, w, h, owner: i }, i)) return place;
    }
    return null;
  }

  private drawLeader(pen: Pen, [x0, y0]: [number, number], [x1, y1]: [number, number]): void {
    pen.globalAlpha = 0.6;
    pen.lineWidth = 0.8;
    pen.strokeStyle = INK;
    pen.beginPath();
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
    pen.stroke();
    pen.globalAlpha = 1;
  }

  private write(pen: Pen, lines: readonly string[], x: number, top: number, step: number, ink: string, halo: string): void {
    pen.lineWidth = 3.4;
    pen.strokeStyle = halo;
    pen.fillStyle = ink;
    lines.forEach((line, k) => {
      pen.strokeText(line, x, top + k * step);
      pen.fillText(line, x, top + k * step);
    });
  }

  private drawTitles(pen: Pen, view: Viewport, level: Level, occupied: Occupied): void {
    const { frames, regions } = this.app.data;
    const far = level === "regions";
    if (regions.length > 1) for (const region of regions) this.drawTitle(pen, view, region, far ? 2 : 1, occupied, far ? 12.5 : 13.5);
    if (!far) for (const f of frames) this.drawTitle(pen, view, f, level === "frames" ? 2 : f.lines, occupied, 12.5);
  }

  private drawTitle(pen: Pen, view: Viewport, f: { title: string; x: number; y: number; width: number; height: number }, most: number, occupied: Occupied, size: number): void {
    const [x, y, w, h] = [f.x * view.scale + view.dx, f.y * view.scale + view.dy, f.width * view.scale, f.height * view.scale];
    if (w < 26 || h < 20 || x > view.width || y > view.height || x + w < 0 || y + h < 0) return;
    const small = w < 60 ? 9.5 : w < 110 ? 10.5 : size;
    pen.font = `600 ${small}px ${FAMILY}`;
    pen.textAlign = "left";
    pen.textBaseline = "top";
    const indent = w < 60 ? 3 : w < 110 ? 5 : 10;
    const left = Math.min(Math.max(x + indent, 8), x + w - Math.min(40, w * 0.6));
    const lines = this.wrap(pen, f.title.replace(UNSEEN, ""), x + w - left - indent, h < 60 ? 1 : most).filter(Boolean);
    const text = lines.join("\n");
    if (!text || this.placed.some((caption) => caption.title && caption.text === text)) return;
    const width = Math.max(...lines.map((line) => this.width(pen, line)));
    const rectangle = { x: left, y: Math.max(y + (h < 60 ? 3 : 6), 4), w: width + 2, h: lines.length * small * 1.28, owner: null };
    if (rectangle.y + rectangle.h > y + h || !occupied.free(rectangle, null)) return;
    occupied.add(rectangle);
    this.placed.push({ ...rectangle, text, title: true, chosen: false });
    this.write(pen, lines, left, rectangle.y + 1, small * 1.28, this.app.lit ? "#7d8694" : "#4b586e", "#ffffff");
  }

  /** Widths are added up from single characters: measuring every name whole takes over a second for 5,000 of them. */
  private width(pen: Pen, text: string): number {
    let known = this.widths.get(pen.font);
    if (!known) this.widths.set(pen.font, (known = new Map<string, number>()));
    let width = 0;
    for (const character of text) {
      let one = known.get(character);
      if (one === undefined) known.set(character, (one = pen.measureText(character).width));
      width += one;
    }
    return width;
  }

  /** Break at word limits (Japanese included), never before a closing mark; what does not fit ends with an ellipsis. */
  private wrap(pen: Pen, whole: string, width: number, most: number): string[] {
    const text = whole.slice(0, 200);
    const key = `${pen.font}|${Math.round(width)}|${most}|${text}`;
    const known = this.lines.get(key);
    if (known) return known;
    const lines = [""];
    for (const word of this.app.words(text)) {
      const last = lines.length - 1;
      if (this.width(pen, lines[last] + word) <= width || NO_START.test(word) || lines[last] === "") lines[last] += word;
      else lines.push(word.trimStart());
    }
    const fitted = lines.flatMap((line) => this.cutLine(pen, line, width * 1.15));
    const kept = fitted.slice(0, most).map((line) => line.trim());
    if (fitted.length > most) kept[most - 1] = this.shorten(pen, `${kept[most - 1]}…`, width);
    if (this.lines.size > 20000) this.lines.clear();
    this.lines.set(key, kept);
    return kept;
  }

  private cutLine(pen: Pen, line: string, width: number): string[] {
    const found: string[] = [];
    let rest = line;
    while (rest.length > 1 && this.width(pen, rest) > width) {
      let end = rest.length - 1;
      while (end > 1 && this.width(pen, rest.slice(0, end)) > width) end--;
      found.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    return [...found, rest];
  }

  private shorten(pen: Pen, text: string, width: number): string {
    if (this.width(pen, text) <= width) return text;
    let [low, high] = [0, text.length];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.width(pen, `${text.slice(0, middle)}…`) <= width) low = middle;
      else high = middle - 1;
    }
    return low ? `${text.slice(0, low).replace(/…$/, "")}…` : "";
  }
}
