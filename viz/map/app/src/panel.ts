/** The right side: an overview, or one body, tie, cell, path or list with its evidence. */

import { importance, type App } from "./app.ts";
import { cellPanel, gapItem } from "./cells.ts";
import { cellsWithout } from "./coverage.ts";
import { announce, button, byId, el, type Child } from "./dom.ts";
import { shapeIcon } from "./filters.ts";
import { ONE_BY_ONE } from "./levels.ts";
import { countButton, lengthOf, listing } from "./lists.ts";
import type { Edge, Evidence } from "./payload.ts";
import { parts, shortestPath } from "./ties.ts";
import type { View } from "./view.ts";

const FIRST = 12;
const WHAT_IF = 2000;

export class Panel {
  private readonly host = byId("panel");

  constructor(
    readonly app: App,
    readonly view: View,
  ) {
    app.onChange((what) => {
      if (what.size) this.render();
    });
  }

  icon(i: number): HTMLElement {
    return shapeIcon(this.app.shapes[i], this.view.scene.fillOf(i) ?? this.app.data.palette.none, this.view.scene.signOf(i) ?? "");
  }

  goTo(i: number): void {
    this.app.update({ tab: "map", node: this.app.nodes[i].key, edge: null, cell: null, list: null });
    this.view.centre(i);
  }

  nodeButton(i: number, note = ""): HTMLElement {
    return button([this.icon(i), el("span", { class: "name" }, this.app.nodes[i].label, note ? el("small", null, note) : null)], () => this.goTo(i), { class: "node-link" });
  }

  bodyButton(key: string, label: string): HTMLElement {
    const i = this.app.byKey.get(key);
    return i === undefined ? el("span", null, label) : button(this.app.nodes[i].label, () => this.goTo(i), { class: "body" });
  }

  section(title: Child, ...content: Child[]): HTMLElement | null {
    const kept = content.flat(3).filter(Boolean);
    return kept.length ? el("section", null, el("h3", null, title), kept) : null;
  }

  facts(pairs: [string, string | number | null | HTMLElement | string[]][]): HTMLElement | null {
    const kept = pairs.filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && !value.length));
    return kept.length ? el("dl", null, kept.flatMap(([name, value]) => [el("dt", null, name), el("dd", null, Array.isArray(value) ? this.app.listed(value) : value)])) : null;
  }

  head(icon: HTMLElement | null, title: string, small = ""): HTMLElement {
    return el("header", { class: "panel-head" }, icon, el("div", null, el("h2", null, title), small ? el("p", { class: "quiet" }, small) : null), button("×", () => this.clear(), { class: "close", "aria-label": this.app.t("close"), title: this.app.t("close") }));
  }

  clear(): void {
    this.app.update({ node: null, edge: null, cell: null, list: null, goal: null, depth: 0 });
  }

  evidence(numbers: readonly number[]): HTMLElement {
    const seen = [...new Set(numbers)].map((k) => this.app.evidence[k]);
    if (!seen.length) return el("p", { class: "quiet" }, this.app.t("no_evidence"));
    const list = el("ol", { class: "evidence" }, seen.slice(0, 30).map((item) => el("li", null, this.citation(item))));
    if (seen.length > 30) {
      const more = button(this.app.t("more", seen.length - 30), () => {
        more.remove();
        list.append(...seen.slice(30).map((item) => el("li", null, this.citation(item))));
      }, { class: "more" });
      return el("div", null, list, more);
    }
    return list;
  }

  private citation(item: Evidence): HTMLElement[] {
    const { app } = this;
    const place = [item.page ? app.t("page", item.page) : "", item.line ? app.t("line", item.line) : "", item.sheet ?? "", item.row ? app.t("row", item.row) : ""].filter(Boolean);
    const cite = el("cite", null, [item.title || item.document, ...place].join("　"));
    return item.quote ? [el("q", null, item.quote), cite] : [cite];
  }

  private period(item: Edge): string {
    return item.valid_from || item.valid_to ? this.app.t("from_to", item.valid_from ?? "", item.valid_to ?? "") : "";
  }

  private tieSections(i: number): HTMLElement[] {
    const { app } = this;
    const groups = new Map<string, { node: number; edge: number }[]>();
    for (let k = app.ties.start[i]; k < app.ties.start[i + 1]; k++) {
      const [node, edge] = [app.ties.ends[k], app.ties.edges[k]];
      if (!app.held.edges[edge] || !app.held.nodes[node]) continue;
      const name = [app.nodes[i].key, app.nodes[node].kind, app.edges[edge].kind].map(encodeURIComponent).join("|");
      groups.set(name, [...(groups.get(name) ?? []), { node, edge }]);
    }
    return [...groups].sort((a, b) => b[1].length - a[1].length).map(([name, ties]) => {
      ties.sort((a, b) => importance(app.nodes[b.node]) - importance(app.nodes[a.node]) || a.node - b.node);
      const label = app.t("tie_group", app.nameOf("kind", app.nodes[ties[0].node].kind), app.nameOf("tie_kind", app.edges[ties[0].edge].kind));
      const list = el("ul", { class: "ties" }, ties.slice(0, FIRST).map((tie) => this.tieItem(tie.node, tie.edge)));
      const more: HTMLElement | null = ties.length > FIRST ? button(app.t("more", ties.length - FIRST), () => {
        more?.remove();
        list.append(...ties.slice(FIRST).map((tie) => this.tieItem(tie.node, tie.edge)));
      }, { class: "more" }) : null;
      return el("section", null, el("h3", null, label, countButton(app, ties.length, `tied:${name}`)), list, more);
    });
  }

  private tieItem(node: number, e: number): HTMLElement {
    const { app } = this;
    const { status } = app.edges[e];
    const note = [status !== "stated" ? app.nameOf("status", status) : "", this.period(app.edges[e])].filter(Boolean).join("　");
    return el("li", null, this.nodeButton(node, note), button("❝", () => app.update({ edge: app.edgeKey(e), cell: null, list: null }), { class: "why", title: app.t("evidence"), "aria-label": `${app.t("evidence")}: ${app.nodes[node].label}` }));
  }

  private focusButtons(): HTMLElement {
    const { app } = this;
    const options: [number, string][] = [[0, app.t("focus_off")], ...[1, 2, 3].map((depth): [number, string] => [depth, app.t("steps", depth)])];
    return el("div", { class: "focus", role: "group", "aria-label": app.t("focus") }, el("span", null, app.t("focus")), options.map(([depth, label]) => button(label, () => this.setDepth(depth), { "aria-pressed": String(app.state.depth === depth) })));
  }

  setDepth(depth: number): void {
    if (this.app.node === null && depth) return;
    this.app.update({ depth });
    if (this.app.state.tab !== "map") return;
    if (depth) this.view.moveTo(this.view.box([...this.app.shown.nodes].flatMap((on, i) => (on ? [i] : []))), 1.8);
    else this.view.fit();
  }

  private nodePanel(i: number): Child[] {
    const { app } = this;
    const node = app.nodes[i];
    const broker = app.brokerOf.get(node.key);
    const loss = app.data.losses[node.key];
    const removed = app.state.removed.includes(node.key);
    return [
      this.head(this.icon(i), node.label, [node.cls, node.sector_label].filter(Boolean).join("・")),
      el("div", { class: "actions" },
        this.focusButtons(),
        button(app.t("centre"), () => { app.update({ tab: "map" }); this.view.centre(i); }),
        app.state.goal === null ? button(app.t("path_from"), () => app.update({ goal: node.key }), { title: app.t("path_hint") }) : null,
        app.nodes.length <= WHAT_IF || removed ? button(app.t(removed ? "put_back" : "take_away"), () => this.toggleRemoved(node.key), { "aria-pressed": String(removed) }) : null,
      ),
      this.pathSection(i),
      this.removalSection(),
      this.section(app.t("about"), this.facts([
        [app.t("reading"), node.reading],
        [app.t("place"), node.place],
        [app.t("prefecture"), node.prefecture],
        [app.t("fields"), node.fields.map((value) => app.nameOf("fields", value))],
        [app.t("reach"), node.reach],
        [app.t("stated_size"), node.stated_size],
        [app.t("status"), app.nameOf("status", node.status)],
      ])),
      broker ? this.section(app.t("why"), this.sentence(String(broker.sentence ?? ""), Number(broker.degree), `contacts:${node.key}`)) : null,
      loss ? this.section(app.t("loss"), el("p", { class: "sentence" }, loss), this.lossCount(node.key)) : null,
      ...this.tieSections(i),
      this.section(app.t("evidence"), this.evidence(node.ev)),
    ];
  }

  /** A sentence in which the first `count` opens the list that it counts. */
  private sentence(text: string, count: number, list: string): HTMLElement {
    const written = [String(count), this.app.number(count)].find((form) => new RegExp(`(?<![\\d.,])${form}(?![\\d,.]*\\d)`).test(text));
    if (!written || !count) return el("p", { class: "sentence" }, text);
    const at = text.search(new RegExp(`(?<![\\d.,])${written}(?![\\d,.]*\\d)`));
    return el("p", { class: "sentence" }, text.slice(0, at), countButton(this.app, count, list, written), text.slice(at + written.length));
  }

  private lossCount(key: string): HTMLElement | null {
    const cells = listing(this.app, `lost:${key}`)?.gaps ?? [];
    return cells.length ? el("p", { class: "quiet" }, `${this.app.t("lost_cells")} `, countButton(this.app, cells.length, `lost:${key}`)) : null;
  }

  private toggleRemoved(key: string): void {
    const removed = this.app.state.removed.includes(key) ? this.app.state.removed.filter((one) => one !== key) : [...this.app.state.removed, key];
    this.app.update({ removed });
  }

  /** What the coverage and the network would be without the bodies that are taken away, beside what they are. */
  private removalSection(): HTMLElement | null {
    const { app } = this;
    if (!app.state.removed.length) return null;
    const gone = new Set(app.state.removed.map((key) => app.byKey.get(key)!));
    const count = (without: Set<number>) => {
      const part = parts(app.contacts, app.everyContact, without);
      const sizes = new Map<number, number>();
      part.forEach((k, i) => {
        if (k >= 0 && app.contacts.start[i + 1] > app.contacts.start[i]) sizes.set(k, (sizes.get(k) ?? 0) + 1);
      });
      return sizes.size;
    };
    const changes = cellsWithout(app.tables.gaps?.rows ?? [], new Set(app.state.removed));
    return this.section(app.t("without"),
      el("ul", { class: "ties" }, [...gone].map((i) => el("li", null, this.nodeButton(i), button(app.t("put_back"), () => this.toggleRemoved(app.nodes[i].key), { class: "more" })))),
      this.facts([[app.t("parts_of_contacts"), `${app.number(count(new Set()))} → ${app.number(count(gone))}`], [app.t("cells_fallen"), app.number(changes.length)]]),
      el("ul", { class: "listed", id: "fallen" }, changes.slice(0, 200).map(({ gap, before, after }) => el("li", null, gapItem(this, gap), el("small", null, `${app.nameOf("coverage", before)} → ${app.t(`after_${after}`)}`)))),
    );
  }

  /** The shortest path in the network of contacts between two chosen bodies, with where each step is stated. */
  private pathSection(i: number): HTMLElement | null {
    const { app } = this;
    const goal = app.state.goal === null ? undefined : app.byKey.get(app.state.goal);
    if (goal === undefined) return null;
    const stop = button(app.t("path_off"), () => app.update({ goal: null }), { class: "more" });
    if (goal === i) return this.section(app.t("path"), el("p", null, app.t("path_choose", app.nodes[goal].label)), stop);
    const path = app.path?.nodes;
    if (!path) return this.section(app.t("path"), el("p", { id: "path" }, app.t("path_none", app.nodes[goal].label)), stop);
    const steps = path.map((node, k) => el("li", null, this.nodeButton(node), k ? this.evidence(stepEvidence(app, path[k - 1], node)) : null));
    return this.section([app.t("path"), el("span", { class: "count" }, app.t("steps", path.length - 1))], el("ol", { class: "listed path", id: "path" }, steps), stop);
  }

  private edgePanel(e: number): Child[] {
    const { app } = this;
    const edge = app.edges[e];
    return [
      this.head(el("span", { class: "tie-icon", "aria-hidden": "true" }), app.nameOf("tie_kind", edge.kind), app.t("tie")),
      el("section", null, el("ul", { class: "ties" }, el("li", null, this.nodeButton(edge.from)), el("li", null, this.nodeButton(edge.to)))),
      this.section(app.t("about"), this.facts([[app.t("status"), app.nameOf("status", edge.status)], [app.t("valid"), this.period(edge)]])),
      this.section(app.t("evidence"), this.evidence(edge.ev)),
    ];
  }

  private listPanel(name: string): Child[] {
    const { app } = this;
    const list = listing(app, name);
    if (!list) return [this.head(null, app.t("stale"))];
    const { nodes, edges, gaps } = list;
    const items: (() => HTMLElement)[] = [
      ...(nodes ?? []).map((i) => () => el("li", null, this.nodeButton(i, [app.nodes[i].cls, app.nodes[i].place].filter(Boolean).join("・")))),
      ...(edges ?? []).map((e) => () => el("li", null, button(`${app.nodes[app.edges[e].from].label} — ${app.nodes[app.edges[e].to].label}`, () => app.update({ edge: app.edgeKey(e), list: null }), { class: "body" }), el("small", null, app.nameOf("tie_kind", app.edges[e].kind)))),
      ...(gaps ?? []).map((gap) => () => el("li", null, gapItem(this, gap))),
    ];
    const host = el("ul", { class: "listed", "data-length": items.length }, items.slice(0, 300).map((item) => item()));
    const more: HTMLElement | null = items.length > 300 ? button(app.t("more", app.number(items.length - 300)), () => {
      more?.remove();
      host.append(...items.slice(300).map((item) => item()));
    }, { class: "more" }) : null;
    return [this.head(null, list.title, app.t("rows_listed", app.number(items.length))), el("section", null, host, more)];
  }

  private bar(counts: Record<string, number>): Child[] {
    const { app } = this;
    const styles = app.data.palette.coverage;
    const found = Object.keys(styles).filter((status) => counts[status]);
    const strip = el("div", { class: "bar", role: "img", "aria-label": found.map((status) => `${app.nameOf("coverage", status)} ${counts[status]}`).join(", ") });
    for (const status of found) {
      const piece = el("span", { colour: styles[status].colour });
      piece.style.flexGrow = String(counts[status]);
      strip.append(piece);
    }
    return [strip, el("ul", { class: "bar-key" }, found.map((status) => el("li", null, el("span", { class: "cell-sign", colour: styles[status].colour, ink: styles[status].ink }, styles[status].sign), app.nameOf("coverage", status), el("b", null, countButton(app, counts[status], `status:${status}`)))))];
  }

  private overviewPanel(): Child[] {
    const { app } = this;
    const kinds = new Map<string, number>();
    app.nodes.forEach((node, i) => app.held.nodes[i] && kinds.set(node.kind, (kinds.get(node.kind) ?? 0) + 1));
    const order = Object.keys(app.data.palette.kinds).filter((kind) => kinds.has(kind)).slice(0, 5);
    const figures: [number, string, string][] = [...order.map((kind): [number, string, string] => [kinds.get(kind)!, app.nameOf("kind", kind), `kind:${kind}`]), [lengthOf(listing(app, "ties")!), app.t("ties"), "ties"]];
    const brokers = (app.tables.brokers?.rows ?? []).filter((row) => Number(row.brokerage) > 0 && app.byKey.has(String(row.key))).slice(0, 5);
    return [
      el("header", { class: "panel-head" }, el("div", null, el("h2", null, app.t("overview")), el("p", { class: "quiet" }, app.t(app.nodes.length ? "overview_use" : "nothing")), app.nodes.length > ONE_BY_ONE ? el("p", { class: "quiet", id: "too-many" }, app.t("too_many", app.number(ONE_BY_ONE))) : null)),
      this.removalSection(),
      app.nodes.length ? this.section(app.t("overview_counts"), el("div", { class: "figures" }, figures.map(([value, label, list]) => el("div", null, el("b", null, countButton(app, value, list)), el("span", null, label))))) : null,
      Object.keys(app.data.coverage).length ? this.section(app.t("overview_gaps"), ...this.bar(app.data.coverage), button(`${app.t("matrix")} →`, () => app.update({ tab: "matrix" }), { class: "more" })) : null,
      brokers.length ? this.section(app.t("overview_brokers"), el("ol", { class: "ranks" }, brokers.map((row) => el("li", null, this.nodeButton(app.byKey.get(String(row.key))!, String(row.sentence ?? ""))))), button(`${app.t("brokers")} →`, () => app.update({ tab: "brokers" }), { class: "more" })) : null,
      this.section(app.t("sources"), el("ul", { class: "sources" }, app.data.sources.slice(0, 6).map((source) => el("li", null, source.title ?? source.source ?? "", el("small", null, [source.publisher, source.issued].filter(Boolean).join("　")))))),
    ];
  }

  private content(): Child[] {
    const { app } = this;
    if (app.state.list) return this.listPanel(app.state.list);
    if (app.state.cell) return cellPanel(this, app.state.cell);
    if (app.edge !== null) return this.edgePanel(app.edge);
    return app.node === null ? this.overviewPanel() : this.nodePanel(app.node);
  }

  render(): void {
    this.host.replaceChildren(el("div", null, this.content()));
    this.host.scrollTop = 0;
    const title = this.host.querySelector("h2")?.textContent ?? "";
    const chosen = this.app.state.list ?? this.app.state.cell ?? this.app.state.edge ?? this.app.state.node;
    if (chosen !== null) announce(this.app.t("announce", title, this.host.querySelector(".sentence")?.textContent ?? ""));
  }
}

/** Return where a step of a path is stated: the ties between both, or what both belong to. */
function stepEvidence(app: App, one: number, other: number): number[] {
  const found: number[] = [];
  const shared = new Map<number, number[]>();
  for (let k = app.ties.start[one]; k < app.ties.start[one + 1]; k++) {
    const { ev } = app.edges[app.ties.edges[k]];
    if (app.ties.ends[k] === other) found.push(...ev);
    shared.set(app.ties.ends[k], [...(shared.get(app.ties.ends[k]) ?? []), ...ev]);
  }
  if (found.length) return found;
  for (let k = app.ties.start[other]; k < app.ties.start[other + 1]; k++) {
    const first = shared.get(app.ties.ends[k]);
    if (first) found.push(...first, ...app.edges[app.ties.edges[k]].ev);
  }
  return found;
}

/** Keep the path between the chosen body and the other end that was asked for. */
export function findPath(app: App): void {
  const [start, goal] = [app.node, app.state.goal === null ? undefined : app.byKey.get(app.state.goal)];
  app.path = null;
  if (start === null || goal === undefined || start === goal) return;
  const gone = new Set(app.state.removed.map((key) => app.byKey.get(key)));
  const on = Uint8Array.from(app.data.contacts.from, (from, e) => Number(!gone.has(from) && !gone.has(app.data.contacts.to[e])));
  const hops = shortestPath(app.contacts, goal, start, on);
  if (!hops) return;
  const nodes = hops.map((hop) => hop.node);
  app.path = { nodes, pairs: new Set(nodes.slice(1).map((node, k) => `${nodes[k]} ${node}`)) };
}
