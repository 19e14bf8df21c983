/** The start of the page: tabs, keys, printing, and who is told of what. */

import { App, importance, neighboursOf } from "./app.ts";
import { announce, button, byId, el, icon } from "./dom.ts";
import { isOpen, renderFilters } from "./filters.ts";
import { Grid } from "./grid.ts";
import { MatrixView } from "./matrix.ts";
import { findPath, Panel } from "./panel.ts";
import { unpack } from "./payload.ts";
import { Picture } from "./picture.ts";
import { buildSearch } from "./searchbox.ts";
import { View } from "./view.ts";

// Drawn, because fonts of office machines lack such signs.
const ICONS: Record<string, string> = {
  zoom_in: "M10 4v12M4 10h12", zoom_out: "M4 10h12", fit: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  png: "M10 3v9M6 9l4 4 4-4M4 16h12", svg: "M4 15c5 0 3-10 12-10M2 13h4v4H2zM14 3h4v4h-4z", print: "M6 8V3h8v5M6 14H4V8h12v6h-2M6 12h8v5H6z",
  keys: "M7.4 7.6a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.1.9-1.1 1.8M10 15v.3", fold_filters: "M3 4h14v12H3zM8 4v12", fold_panel: "M3 4h14v12H3zM12 4v12",
};

class Page {
  private readonly view: View;
  private readonly panel: Panel;
  private readonly picture: Picture;
  private readonly matrix: MatrixView;
  private readonly grids = new Map<string, Grid>();

  constructor(private readonly app: App) {
    app.onChange(() => {
      findPath(app);
      app.light();
    });
    this.renderTabs(); // first, because its height is part of the drawing area's
    this.view = new View(app, (i) => this.select(i), (e) => app.update({ edge: app.edgeKey(e), cell: null, list: null }), () => this.panel.clear());
    this.matrix = new MatrixView(app);
    for (const name of Object.keys(app.tables)) this.grids.set(name, new Grid(app, name, (i) => this.panel.goTo(i)));
    app.onChange(() => this.render());
    this.panel = new Panel(app, this.view);
    this.picture = new Picture(app, this.view);
    this.buildTools();
    const openArea = (code: string) => {
      const matrix = app.data.matrices.findIndex((one) => one.kind === "municipality-field");
      const row = app.data.matrices[matrix].row_ids.indexOf(code);
      app.state.queries = new Map(app.state.queries).set("matrix", app.data.matrices[matrix].rows[row]);
      app.update({ tab: "matrix", matrix, roll: "", cell: null });
      this.matrix.showAll();
    };
    buildSearch(app, (i) => {
      this.panel.goTo(i);
      this.view.stage.focus({ preventScroll: true });
    }, openArea, (i) => this.panel.icon(i));
    document.addEventListener("keydown", (event) => this.onKey(event));
    window.addEventListener("beforeprint", () => this.beforePrint());
    window.addEventListener("afterprint", () => document.getElementById("print-map")?.remove());
    window.addEventListener("hashchange", () => this.recall(true));
    this.recall(false);
    this.view.place();
  }

  private select(i: number): void {
    this.app.update({ node: this.app.nodes[i].key, edge: null, cell: null, list: null });
  }

  private recall(later: boolean): void {
    const missing = this.app.recall();
    if (!missing) return;
    this.app.update({ ...this.app.state });
    const notice = byId("notice");
    notice.hidden = !missing.length;
    notice.replaceChildren(el("span", null, this.app.t("stale_link", this.app.listed([...new Set(missing)].slice(0, 5)))), button("×", () => (notice.hidden = true), { class: "close", "aria-label": this.app.t("close") }));
    if (later && this.app.state.view) {
      const [x, y, scale] = this.app.state.view;
      this.view.network.moveTo({ position: { x, y }, scale });
    }
  }

  private renderTabs(): void {
    const { app } = this;
    const tabs = byId("tabs");
    if (!tabs.children.length) {
      tabs.append(...app.tabs.map((tab) => button(app.t(tab), () => app.update({ tab }), { role: "tab", id: `tab-button-${tab}`, "aria-controls": `tab-${tab}` })));
      tabs.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        app.update({ tab: app.tabs[(app.tabs.indexOf(app.state.tab) + step + app.tabs.length) % app.tabs.length] });
        byId(`tab-button-${app.state.tab}`).focus();
      });
    }
    for (const tab of app.tabs) {
      const chosen = tab === app.state.tab;
      byId(`tab-button-${tab}`).setAttribute("aria-selected", String(chosen));
      byId(`tab-button-${tab}`).tabIndex = chosen ? 0 : -1;
      byId(`tab-${tab}`).hidden = !chosen;
    }
    document.body.dataset.tab = app.state.tab;
  }

  private rendered = "";

  private render(): void {
    const { app } = this;
    const { tab } = app.state;
    this.renderTabs();
    if (tab === "map") {
      this.view.place();
      renderFilters(app, this.view);
      this.view.redraw();
    } else if (tab === "matrix") this.matrix.render();
    else if (tab === "method") this.renderMethod();
    else if (this.rendered !== tab) this.grids.get(tab)?.render();
    this.rendered = tab;
  }

  private renderMethod(): void {
    const { app } = this;
    byId("tab-method").replaceChildren(
      el("article", { tabindex: 0 },
        el("h2", null, app.t("method")),
        app.data.method.map(([title, text, formula]) => [el("h3", null, title), el("p", null, text), formula ? el("p", { class: "formula" }, formula) : null]),
        el("h3", null, app.t("keys")), el("p", null, app.t("keys_text")),
        el("h3", null, app.t("sources")),
        el("ul", null, app.data.sources.map((source) => el("li", null, source.title ?? source.source ?? "", el("small", null, [source.publisher, source.issued, source.identifier].filter(Boolean).join("　"))))),
        el("p", { class: "quiet" }, app.data.meta.credits),
      ),
    );
  }

  private stepNode(step: number): void {
    const { app } = this;
    const shown = app.nodes.map((_, i) => i).filter((i) => app.shown.nodes[i]).sort((a, b) => importance(app.nodes[b]) - importance(app.nodes[a]) || a - b);
    if (!shown.length) return;
    const at = app.node === null ? (step > 0 ? -1 : 0) : shown.indexOf(app.node);
    const next = shown[(at + step + shown.length) % shown.length];
    this.select(next);
    this.view.centre(next);
  }

  private toggleHelp(): void {
    byId("help").hidden = !byId("help").hidden;
  }

  private fold(side: string): void {
    const folded = new Set((document.body.dataset.folded ?? "").split(" ").filter(Boolean));
    if (!folded.delete(side)) folded.add(side);
    document.body.dataset.folded = [...folded].join(" ");
    byId(`tool-fold_${side}`).setAttribute("aria-pressed", String(folded.has(side)));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
    const always: Record<string, () => void> = {
      "/": () => byId("search").focus(),
      Escape: () => (byId("help").hidden ? this.panel.clear() : this.toggleHelp()),
      "?": () => this.toggleHelp(),
    };
    const { view } = this;
    const onMap: Record<string, () => void> = {
      1: () => this.panel.setDepth(1), 2: () => this.panel.setDepth(2), 3: () => this.panel.setDepth(3), 0: () => { this.app.update({ depth: 0 }); view.fit(); },
      "+": () => view.zoom(1.25), "=": () => view.zoom(1.25), "-": () => view.zoom(0.8), n: () => this.stepNode(1), p: () => this.stepNode(-1),
      ArrowLeft: () => view.pan(-80, 0), ArrowRight: () => view.pan(80, 0), ArrowUp: () => view.pan(0, -80), ArrowDown: () => view.pan(0, 80),
    };
    const inside = target === document.body || target.id === "network";
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = always[key] ?? (this.app.state.tab === "map" && (inside || !key.startsWith("Arrow")) ? onMap[key] : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  }

  private buildTools(): void {
    const { app, view } = this;
    const acts: Record<string, () => void> = {
      zoom_in: () => view.zoom(1.25), zoom_out: () => view.zoom(0.8), fit: () => view.fit(), png: () => this.picture.savePng(), svg: () => this.picture.saveSvg(),
      print: () => window.print(), keys: () => this.toggleHelp(), fold_filters: () => this.fold("filters"), fold_panel: () => this.fold("panel"),
    };
    byId("tools").append(...Object.entries(acts).map(([name, act]) => button(icon(ICONS[name]), act, { id: `tool-${name}`, title: app.t(name), "aria-label": app.t(name) })));
    byId("help").textContent = app.t("keys_text");
    byId("print-footer").textContent = `${app.data.meta.title}　${app.data.meta.as_of}　${app.t("sources")}: ${app.data.sources.map((source) => source.title ?? source.source ?? "").join(" / ")}`;
    // On a narrow screen the list comes first, the map by this button.
    const flip = byId("flip");
    const say = () => (flip.textContent = app.t(document.body.dataset.narrow === "map" ? "to_list" : "to_map"));
    flip.addEventListener("click", () => {
      document.body.dataset.narrow = document.body.dataset.narrow === "map" ? "list" : "map";
      say();
    });
    say();
  }

  /** The live drawing follows the width of the paper and loses its edges; a picture of it does not, and is sharper. */
  private beforePrint(): void {
    const { tab } = this.app.state;
    if (tab === "map") byId("network").after(el("img", { id: "print-map", alt: this.app.t("canvas"), src: this.picture.map(3).toDataURL() }));
    else if (tab === "matrix") this.matrix.showAll();
    else this.grids.get(tab)?.showAll();
    for (const details of document.querySelectorAll<HTMLDetailsElement>("details.facet")) details.open = isOpen(details.dataset.facet ?? "");
  }

  /** An account of the page for tests and scripts; it changes nothing. */
  account(): Record<string, unknown> {
    const { app, view } = this;
    return {
      captions: () => view.captions.placed.map((caption) => ({ ...caption })),
      position: (key: string) => {
        const node = app.nodes[app.byKey.get(key)!];
        return view.network.canvasToDOM({ x: node.x, y: node.y });
      },
      scale: () => view.network.getScale(),
      level: () => view.level,
      drawn: () => view.scene.drawn,
      selected: () => app.state.node,
      path: () => app.path?.nodes.map((i) => app.nodes[i].key) ?? null,
      neighbours: (key: string) => {
        const i = app.byKey.get(key)!;
        return neighboursOf(app, i).map((k) => ({ key: app.nodes[k].key, name: app.shortNames[k], number: k }));
      },
      /** Of the bodies with the most ties those at equal steps down to those with few. */
      most: (count: number) => {
        const order = app.nodes.map((_, i) => i).filter((i) => app.nodes[i].degree > 0).sort((a, b) => app.nodes[b].degree - app.nodes[a].degree || a - b);
        return Array.from({ length: Math.min(count, order.length) }, (_, k) => app.nodes[order[Math.floor((k * order.length) / count / 4)]].key);
      },
      places: () => [app.nodes.map((node) => [node.label, node.x, node.y]), app.edges.map((edge) => [edge.from, edge.to])],
      svg: () => this.picture.svg(),
      draw: () => {
        const start = performance.now();
        this.picture.map(1);
        return performance.now() - start;
      },
    };
  }

  /** What the first search and the first look from near need, made while the reader looks at the first picture. */
  prepare(): void {
    this.app.entries.at(0);
    setTimeout(() => this.app.shortNames.at(0), 50);
  }

  whenDrawn(ready: () => void): void {
    if (!this.view.isPlaced) return void requestAnimationFrame(ready);
    this.view.network.once("afterDrawing", ready);
    this.view.network.redraw();
  }
}

async function start(): Promise<void> {
  const block = byId("data");
  const page = new Page(new App(await unpack(block.textContent ?? "")));
  block.remove();
  (window as unknown as { tsunagariMap: unknown }).tsunagariMap = page.account();
  page.whenDrawn(() => {
    performance.mark("painted");
    document.body.dataset.ready = "1";
    setTimeout(() => page.prepare(), 50);
  });
}

start().catch((error: unknown) => {
  const notice = byId("notice");
  notice.hidden = false;
  notice.textContent = notice.dataset.failed ?? "";
  announce(notice.textContent);
  throw error;
});
