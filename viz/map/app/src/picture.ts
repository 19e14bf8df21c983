/** The view as a picture that can stand alone: title, day, legend and sources go with it; PNG at twice the screen, or SVG. */

import { FAMILY, INK, type App } from "./app.ts";
import { el, save } from "./dom.ts";
import { legendEntries } from "./legend.ts";
import { SvgPen, tracePath, type Pen } from "./shapes.ts";
import type { View } from "./view.ts";

const HEAD = 48;
const LINE = 20;
const GREY = "#5c6675";

export class Picture {
  constructor(
    private readonly app: App,
    private readonly view: View,
  ) {}

  /** The map alone, `sharpness` times the resolution of the screen. */
  map(sharpness: number): HTMLCanvasElement {
    const { width, height } = this.size();
    const canvas = el("canvas", { width: width * sharpness, height: height * sharpness });
    const pen = canvas.getContext("2d")!;
    pen.scale(sharpness, sharpness);
    this.drawMap(pen);
    return canvas;
  }

  savePng(): void {
    const measuring = el("canvas").getContext("2d")!;
    const height = this.height(measuring);
    const { width } = this.size();
    const canvas = el("canvas", { width: width * 2, height: height * 2 });
    const pen = canvas.getContext("2d")!;
    pen.scale(2, 2);
    this.drawAll(pen, this.map(2));
    canvas.toBlob((blob) => blob && save("map.png", blob));
  }

  saveSvg(): void {
    save("map.svg", new Blob([this.svg()], { type: "image/svg+xml" }));
  }

  svg(): string {
    const pen = new SvgPen(el("canvas").getContext("2d")!);
    this.drawAll(pen, null);
    return pen.text(this.size().width, this.height(pen));
  }

  private size(): { width: number; height: number } {
    return { width: this.view.stage.clientWidth || 1024, height: this.view.stage.clientHeight || 860 };
  }

  private drawMap(pen: Pen, top = 0): void {
    const view = { ...this.view.viewport(), ...this.size() };
    view.dy += top;
    pen.fillStyle = "#f1f2f0";
    pen.beginPath();
    pen.rect(0, top, view.width, view.height);
    pen.fill();
    const onScreen = this.view.captions.placed;
    const level = this.view.scene.draw(pen, view);
    this.view.captions.draw(pen, view, level);
    this.view.captions.placed = onScreen;
  }

  private legend(): { label: string; colour: string; sign: string; shape: string }[] {
    const { app } = this;
    const sectors = legendEntries(app).map((entry) => ({ ...entry, shape: "dot" }));
    if (app.state.colour === "kind") return legendEntries(app).map((entry) => ({ ...entry, shape: entry.shape ?? "capsule" }));
    const kinds = Object.entries(app.data.palette.kinds).filter(([kind]) => app.nodes.some((node) => node.kind === kind));
    return [...sectors, ...kinds.map(([kind, style]) => ({ label: app.nameOf("kind", kind), colour: style.colour, sign: "", shape: style.shape ?? "capsule" }))];
  }

  private sources(): string {
    return `${this.app.t("sources")}: ${this.app.data.sources.map((source) => source.title ?? source.source ?? "").join(" / ")}`;
  }

  /** Lines of a text that is `width` wide at most. */
  private lines(pen: Pen, text: string, width: number): string[] {
    const found = [""];
    for (const character of text) {
      if (pen.measureText(found[found.length - 1] + character).width > width) found.push("");
      found[found.length - 1] += character;
    }
    return found.slice(0, 6);
  }

  /** Places of the legend's entries, left to right and down. */
  private legendPlaces(pen: Pen): { x: number; line: number }[] {
    pen.font = `400 12px ${FAMILY}`;
    const { width } = this.size();
    let [x, line] = [16, 0];
    return this.legend().map((entry) => {
      const wide = 26 + pen.measureText(entry.label).width;
      if (x + wide > width - 16 && x > 16) [x, line] = [16, line + 1];
      const place = { x, line };
      x += wide + 14;
      return place;
    });
  }

  private height(pen: Pen): number {
    const legend = this.legendPlaces(pen).reduce((most, place) => Math.max(most, place.line + 1), 0);
    pen.font = `400 11px ${FAMILY}`;
    return HEAD + this.size().height + 12 + LINE * legend + 16 * (this.lines(pen, this.sources(), this.size().width - 32).length + 1) + 10;
  }

  private drawAll(pen: Pen, map: HTMLCanvasElement | null): void {
    const { app } = this;
    const { width, height } = this.size();
    pen.fillStyle = "#ffffff";
    pen.beginPath();
    pen.rect(0, 0, width, this.height(pen));
    pen.fill();
    if (map) (pen as CanvasRenderingContext2D).drawImage(map, 0, HEAD, width, height);
    else this.drawMap(pen, HEAD);
    // what the drawing of an SVG leaves over the edge is covered
    if (!map) {
      pen.fillStyle = "#ffffff";
      pen.beginPath();
      pen.rect(0, 0, width, HEAD);
      pen.rect(0, HEAD + height, width, this.height(pen));
      pen.fill();
    }
    pen.globalAlpha = 1;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.fillStyle = INK;
    pen.font = `600 16px ${FAMILY}`;
    pen.fillText(`${app.data.meta.title}　${app.state.day || app.data.meta.as_of}`, 16, HEAD / 2);
    const places = this.legendPlaces(pen);
    this.legend().forEach((entry, k) => {
      const y = HEAD + height + 20 + LINE * places[k].line;
      tracePath(pen, entry.shape, places[k].x + 8, y, 6);
      pen.fillStyle = entry.colour;
      pen.fill();
      pen.fillStyle = INK;
      pen.font = `400 12px ${FAMILY}`;
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      pen.fillText(`${entry.label}${entry.sign ? `（${entry.sign}）` : ""}`, places[k].x + 19, y);
    });
    const below = HEAD + height + 20 + LINE * (places.reduce((most, place) => Math.max(most, place.line), 0) + 1);
    pen.font = `400 11px ${FAMILY}`;
    pen.fillStyle = GREY;
    this.lines(pen, this.sources(), width - 32).forEach((line, k) => pen.fillText(line, 16, below + 16 * k));
  }
}
