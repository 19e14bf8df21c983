/** The part of the map on the screen. vis-network keeps it (pan, zoom, pinch); what is in it the scene draws. */

import type { Network as VisNetwork } from "vis-network";

import { neighboursOf, type App } from "./app.ts";
import { Captions } from "./captions.ts";
import { byId, el } from "./dom.ts";
import type { Level } from "./levels.ts";
import { Scene, type Viewport } from "./scene.ts";
import { within } from "./ties.ts";

declare const vis: { Network: typeof VisNetwork };

const FIRST = 20; // of the neighbours of what is chosen so many come into view

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export class View {
  readonly scene: Scene;
  readonly captions: Captions;
  readonly network: VisNetwork;
  readonly stage = byId("network");
  level: Level = "bodies";
  private placed = false;
  private remembering = 0;

  constructor(
    private readonly app: App,
    private readonly select: (i: number) => void,
    private readonly selectTie: (e: number) => void,
    private readonly clear: () => void,
  ) {
    this.scene = new Scene(app);
    this.captions = new Captions(app, this.scene);
    this.network = new vis.Network(this.stage, { nodes: [], edges: [] }, app.data.options);
    this.network.on("afterDrawing", (ctx: CanvasRenderingContext2D) => this.draw(ctx));
    this.network.on("click", (event: { pointer: { DOM: { x: number; y: number } } }) => this.click(event.pointer.DOM));
    this.network.on("doubleClick", (event: { pointer: { DOM: { x: number; y: number } } }) => {
      if (this.scene.bodyAt(event.pointer.DOM.x, event.pointer.DOM.y, this.viewport()) !== null) app.update({ depth: 1 });
    });
    for (const name of ["dragEnd", "zoom"] as const) this.network.on(name, () => this.remember());
    this.stage.addEventListener("mousemove", (event) => this.point(event.offsetX, event.offsetY));
    this.stage.addEventListener("mouseleave", () => this.hover(null));
    new ResizeObserver(() => {
      this.place();
      this.network.redraw();
    }).observe(this.stage);
  }

  viewport(): Viewport {
    const scale = this.network.getScale();
    const { x, y } = this.network.getViewPosition();
    const [width, height] = [this.stage.clientWidth, this.stage.clientHeight];
    return { scale, dx: width / 2 - x * scale, dy: height / 2 - y * scale, width, height };
  }

  redraw(): void {
    if (this.placed) this.network.redraw();
  }

  private draw(ctx: CanvasRenderingContext2D): void {
    const view = this.viewport();
    if (!view.width) return;
    const ratio = ctx.canvas.width / view.width;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.level = this.scene.draw(ctx, view);
    this.captions.draw(ctx, view, this.level);
    ctx.restore();
  }

  box(nodes?: Iterable<number>): Box {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    const take = (x: number, y: number, w: number, h: number) => {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + w);
      bottom = Math.max(bottom, y + h);
    };
    if (nodes) for (const i of nodes) take(this.app.nodes[i].x - 60, this.app.nodes[i].y - 50, 120, 100);
    else for (const f of this.app.data.frames) take(f.x, f.y, f.width, f.height);
    return Number.isFinite(left) ? { left, top, width: right - left, height: bottom - top } : { left: 0, top: 0, width: 100, height: 100 };
  }

  moveTo(box: Box, most = 2.2, animate = true): void {
    const [width, height] = [this.stage.clientWidth, this.stage.clientHeight];
    if (!width) return;
    const scale = Math.min(most, (width - 24) / box.width, (height - 76) / box.height);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches || this.app.edges.length > 3000 || !animate;
    const all = this.box();
    this.network.moveTo({
      position: {
        x: keepInside(box.left + box.width / 2, all.left, all.width, width / scale),
        y: keepInside(box.top + box.height / 2, all.top, all.height, height / scale, 56 / scale),
      },
      scale,
      animation: calm ? false : { duration: 320, easingFunction: "easeInOutQuad" },
    });
    this.remember();
  }

  fit(): void {
    this.moveTo(this.box());
    this.app.state.view = null;
    this.app.remember();
  }

  zoom(factor: number): void {
    this.network.moveTo({ scale: Math.min(6, Math.max(0.02, this.network.getScale() * factor)) });
    this.remember();
  }

  pan(x: number, y: number): void {
    const view = this.network.getViewPosition();
    const scale = this.network.getScale();
    this.network.moveTo({ position: { x: view.x + x / scale, y: view.y + y / scale } });
    this.remember();
  }

  centre(i: number): void {
    const near = [i, ...neighboursOf(this.app, i).slice(0, FIRST)];
    this.moveTo(this.box(near), Math.max(1.1, Math.min(1.6, this.network.getScale())));
  }

  /** The first view; a link may open another tab, then it waits until the map has a size. */
  place(): void {
    if (this.placed || !this.stage.clientWidth) return;
    this.placed = true;
    this.network.setSize("100%", "100%");
    const { state, node } = this.app;
    if (state.view) this.network.moveTo({ position: { x: state.view[0], y: state.view[1] }, scale: state.view[2] });
    else if (node === null) {
      this.moveTo(this.box(), 2.2, false);
      clearTimeout(this.remembering);
    } else if (state.depth) this.moveTo(this.box(within(this.app.ties, node, state.depth, this.app.shown.edges).keys()), 1.8, false);
    else this.centre(node);
  }

  get isPlaced(): boolean {
    return this.placed;
  }

  private remember(): void {
    clearTimeout(this.remembering);
    this.remembering = window.setTimeout(() => {
      const { x, y } = this.network.getViewPosition();
      this.app.state.view = [x, y, this.network.getScale()];
      this.app.remember();
    }, 400);
  }

  private click({ x, y }: { x: number; y: number }): void {
    this.stage.focus({ preventScroll: true });
    const view = this.viewport();
    const body = this.scene.bodyAt(x, y, view);
    if (body !== null) return this.select(body);
    const tie = this.scene.tieAt(x, y, view);
    if (tie !== null) return this.selectTie(tie);
    const place = this.level === "bodies" ? null : this.scene.placeAt(this.level, x, y, view);
    if (place === null || this.level === "bodies") return this.clear();
    const f = this.app.data[this.level][place];
    this.moveTo({ left: f.x - 10, top: f.y - 10, width: f.width + 20, height: f.height + 20 });
  }

  private point(x: number, y: number): void {
    const view = this.viewport();
    const body = this.scene.bodyAt(x, y, view);
    if (body !== null || this.level === "bodies") return this.hover(body);
    const place = this.scene.placeAt(this.level, x, y, view);
    this.hover(null);
    if (place === null) return;
    const count = this.app.t("bodies", this.app.number(this.scene.count(this.level, place)));
    this.tip(x, y, this.app.data[this.level][place].title, count);
  }

  private hover(i: number | null): void {
    const tip = byId("tip");
    tip.hidden = i === null;
    if (i !== null) {
      const node = this.app.nodes[i];
      const view = this.viewport();
      this.tip(node.x * view.scale + view.dx, node.y * view.scale + view.dy, node.label, [node.cls, node.sector_label, node.place].filter(Boolean).join("・"));
    }
    this.stage.style.cursor = i === null ? "" : "pointer";
    if (this.app.hover === i) return;
    this.app.hover = i;
    this.app.light();
    this.redraw();
  }

  private tip(x: number, y: number, title: string, more: string): void {
    const tip = byId("tip");
    tip.hidden = false;
    tip.replaceChildren(el("strong", null, title), el("span", null, more));
    tip.style.left = `${Math.max(4, Math.min(x + 16, this.stage.clientWidth - 270))}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 14, this.stage.clientHeight - 70))}px`;
  }
}

/** The middle of a view that shows no more empty paper than it must; `below` is room for the line of counts. */
function keepInside(middle: number, start: number, size: number, view: number, below = 0): number {
  if (view >= size + below) return start + (size + below) / 2;
  const rim = view * 0.02;
  return Math.min(start + size + below + rim - view / 2, Math.max(start - rim + view / 2, middle));
}
