/** The page's own world: what it carries, what is chosen, what is shown, and who is told when that changes. */

import { facetCounts, makeFacet, passing, type Facet } from "./facets.ts";
import { fold } from "./folding.ts";
import { emptyState, readFragment, writeFragment, type State } from "./fragment.ts";
import { distinguish } from "./names.ts";
import { rowsOf, type Edge, type Evidence, type Node, type Payload, type Row, type TableColumn } from "./payload.ts";
import type { Entry } from "./search.ts";
import { makeTies, within, type Ties } from "./ties.ts";

export const INK = "#1d2430";
export const FAMILY = '"Noto Sans JP","Noto Sans CJK JP","Yu Gothic UI","Hiragino Sans","Hiragino Kaku Gothic ProN",Meiryo,sans-serif';
export const COLOURS = ["sector", "kind", "fields", "community", "prefecture", "place", "group", "status"];

export interface DataTable {
  columns: TableColumn[];
  rows: Row[];
}

const KINDS: Record<string, number> = { platform: 60, programme: 50, body: 14, organization: 8, service: 6, activity: 3 };

export class App {
  readonly nodes: Node[];
  readonly edges: Edge[];
  readonly evidence: Evidence[];
  readonly tables: Record<string, DataTable> = {};
  readonly keys: string[];
  readonly byKey: Map<string, number>;
  readonly brokerOf: Map<string, Row>;
  readonly ties: Ties;
  /** Who is in contact with whom in the network that brokers, losses and paths are counted in. */
  readonly contacts: Ties;
  readonly everyContact: Uint8Array;
  private readonly known: { entries?: Entry[]; shortNames?: string[] } = {};
  readonly shapes: string[];
  readonly facets: Facet[];
  readonly tieFacet: Facet;
  readonly tabs: string[];
  readonly lang: string;
  state: State = emptyState();
  /** Whether each node and tie is shown; `passed` are the nodes that the lists alone let through. */
  shown: { nodes: Uint8Array; edges: Uint8Array; passed: Uint8Array };
  /** What holds on the chosen day. */
  held: { nodes: Uint8Array; edges: Uint8Array };
  hover: number | null = null;
  lit: Set<number> | null = null;
  /** Nodes on the path that is asked for, and its ties. */
  path: { nodes: number[]; pairs: Set<string> } | null = null;
  private readonly listeners: ((what: Set<keyof State>) => void)[] = [];
  private readonly segmenter: Intl.Segmenter | null;
  private ownFragment = "";

  constructor(readonly data: Payload) {
    this.lang = data.meta.lang;
    this.segmenter = "Segmenter" in Intl ? new Intl.Segmenter(this.lang, { granularity: "word" }) : null;
    this.nodes = rowsOf<Node>(data.nodes);
    this.edges = rowsOf<Edge>(data.edges);
    this.evidence = rowsOf<Evidence>(data.evidence);
    this.keys = this.nodes.map((node) => node.key);
    for (const [name, table] of Object.entries(data.tables)) this.tables[name] = { columns: table.columns, rows: rowsOf(table.rows, this.keys) };
    this.byKey = new Map(this.keys.map((key, i) => [key, i]));
    for (const [name, table] of Object.entries(data.tables)) this.lend(this.tables[name].rows, table.borrowed);
    this.brokerOf = new Map((this.tables.brokers?.rows ?? []).map((row) => [String(row.key), row]));
    this.ties = makeTies(this.nodes.length, this.edges.map((edge) => edge.from), this.edges.map((edge) => edge.to));
    this.contacts = makeTies(this.nodes.length, data.contacts.from, data.contacts.to);
    this.everyContact = new Uint8Array(data.contacts.from.length).fill(1);
    this.shapes = this.nodes.map((node) => data.palette.kinds[node.kind]?.shape ?? "capsule");
    this.tabs = ["map", "matrix", ...Object.keys(data.tables), "method"];
    const lists: [string, (node: Node) => string[]][] = [
      ["kind", (node) => [node.kind]],
      ["sector", (node) => some(node.sector)],
      ["class", (node) => some(node.cls)],
      ["fields", (node) => node.fields],
      ["prefecture", (node) => some(node.prefecture)],
      ["place", (node) => some(node.place)],
      ["platform", (node) => node.platforms.map((i) => this.nodes[i].label)],
      ["community", (node) => some(node.community)],
      ["status", (node) => [node.status]],
    ];
    this.facets = lists.map(([key, get]) => makeFacet(key, this.nodes.length, (i) => get(this.nodes[i])));
    this.tieFacet = makeFacet("tie_kind", this.edges.length, (e) => [this.edges[e].kind]);
    this.held = this.holding(data.meta.as_of);
    this.shown = { nodes: new Uint8Array(this.nodes.length).fill(1), edges: new Uint8Array(this.edges.length).fill(1), passed: new Uint8Array(this.nodes.length).fill(1) };
  }

  /** Give rows back what was left out of them because their nodes say it. */
  private lend(rows: Row[], borrowed: Record<string, string>): void {
    const label = (key: string) => this.nodes[this.byKey.get(key) ?? -1]?.label;
    for (const [column, field] of Object.entries(borrowed))
      for (const row of rows) {
        const keys = [...((row.local_keys ?? []) as string[]), ...((row.wide_keys ?? []) as string[])];
        if (field === "providers") row[column] = keys.map(label).filter((name) => name !== undefined);
        else row[column] = this.nodes[this.byKey.get(String(row.key))!][field as "label" | "reading"];
      }
  }

  /** What search looks through. */
  get entries(): Entry[] {
    return (this.known.entries ??= this.nodes.map((node) => ({ texts: [fold(node.label), fold(node.reading), ...node.alt.map(fold)], importance: importance(node) })));
  }

  /** The names as the map writes them: what tells apart first. */
  get shortNames(): string[] {
    return (this.known.shortNames ??= distinguish(this.nodes.map((node) => node.label), this.words));
  }

  readonly words = (text: string): string[] => (this.segmenter ? Array.from(this.segmenter.segment(text), (part) => part.segment) : Array.from(text));

  t(key: string, ...values: (string | number)[]): string {
    return values.reduce<string>((text, value, i) => text.replace(`{${i}}`, String(value)), this.data.text[key] ?? key);
  }

  /** The entries of a list as one text. */
  listed(values: readonly unknown[]): string {
    return values.join(this.lang === "en" ? ", " : "、");
  }

  number(value: unknown): string {
    if (typeof value === "string") return value;
    if (typeof value !== "number") return "";
    if (Number.isInteger(value)) return value.toLocaleString(this.lang);
    return value.toLocaleString(this.lang, { minimumFractionDigits: 2, maximumFractionDigits: 3 });
  }

  nameOf(facet: string, value: string): string {
    return this.data.names[facet]?.[value] ?? value;
  }

  get node(): number | null {
    return this.state.node === null ? null : (this.byKey.get(this.state.node) ?? null);
  }

  get edge(): number | null {
    if (this.state.edge === null) return null;
    const [from, to, kind] = this.state.edge.split(">").map(decodeURIComponent);
    const found = this.edges.findIndex((edge) => edge.kind === kind && this.nodes[edge.from].key === from && this.nodes[edge.to].key === to);
    return found < 0 ? null : found;
  }

  edgeKey(e: number): string {
    const edge = this.edges[e];
    return [this.nodes[edge.from].key, this.nodes[edge.to].key, edge.kind].map(encodeURIComponent).join(">");
  }

  onChange(listener: (what: Set<keyof State>) => void): void {
    this.listeners.push(listener);
  }

  /** Take over what was chosen, see what is shown then, tell everybody, and keep it in the address. */
  update(change: Partial<State>): void {
    Object.assign(this.state, change);
    this.filter();
    this.light();
    const what = new Set(Object.keys(change) as (keyof State)[]);
    for (const listener of this.listeners) listener(what);
    this.remember();
  }

  remember(): void {
    this.ownFragment = writeFragment(this.state);
    if (location.hash.slice(1) !== this.ownFragment) history.replaceState(null, "", `#${this.ownFragment}`);
  }

  /** Read the address; return what of it this page does not have (it may be of an older file). */
  recall(): string[] | null {
    if (location.hash.slice(1) === this.ownFragment && this.ownFragment) return null;
    const state = readFragment(location.hash.slice(1));
    const missing: string[] = [];
    const known = <T extends string>(value: T, among: readonly string[], usual: T): T => {
      if (among.includes(value) || value === usual) return value;
      missing.push(value);
      return usual;
    };
    state.tab = known(state.tab, this.tabs, "map");
    state.colour = known(state.colour, COLOURS, "sector");
    state.size = known(state.size, this.sizes(), "degree");
    for (const name of ["node", "goal"] as const) {
      const key = state[name];
      if (key !== null && !this.byKey.has(key)) {
        missing.push(key);
        state[name] = null;
      }
    }
    state.removed = state.removed.filter((key) => this.byKey.has(key) || void missing.push(key));
    if (state.matrix >= this.data.matrices.length) state.matrix = 0;
    for (const [key, values] of state.filters) {
      const facet = [...this.facets, this.tieFacet].find((one) => one.key === key);
      for (const value of values) {
        if (facet?.names.includes(value)) continue;
        missing.push(value);
        values.delete(value);
      }
      if (!values.size) state.filters.delete(key);
    }
    this.state = state;
    if (state.edge !== null && this.edge === null) {
      missing.push(state.edge);
      state.edge = null;
    }
    return missing;
  }

  sizes(): string[] {
    return [...this.data.measures.map((measure) => measure.key), "same"];
  }

  chosen(): Map<string, Set<number>> {
    const found = new Map<string, Set<number>>();
    for (const facet of [...this.facets, this.tieFacet]) {
      const values = this.state.filters.get(facet.key);
      if (values?.size) found.set(facet.key, new Set([...values].map((value) => facet.names.indexOf(value)).filter((at) => at >= 0)));
    }
    return found;
  }

  /** Which nodes and ties hold on a day; without a slider all that the page carries do. */
  private holding(day: string): { nodes: Uint8Array; edges: Uint8Array } {
    const found = { nodes: new Uint8Array(this.nodes.length).fill(1), edges: new Uint8Array(this.edges.length).fill(1) };
    const known = this.data.meta.days.find((one) => one.day === day);
    for (const i of known?.gone ?? []) found.nodes[i] = 0;
    for (const e of known?.off ?? []) found.edges[e] = 0;
    return found;
  }

  private filter(): void {
    const chosen = this.chosen();
    const passed = passing(this.facets, chosen, this.nodes.length);
    const edges = passing([this.tieFacet], chosen, this.edges.length);
    this.held = this.holding(this.state.day || this.data.meta.as_of);
    passed.forEach((_, i) => (passed[i] &= this.held.nodes[i]));
    edges.forEach((_, e) => (edges[e] &= this.held.edges[e]));
    const gone = this.state.removed.map((key) => this.byKey.get(key)!);
    for (const i of gone) passed[i] = 0;
    const nodes = passed.slice();
    this.edges.forEach((edge, e) => {
      if (!passed[edge.from] || !passed[edge.to]) edges[e] = 0;
    });
    if (chosen.has("tie_kind")) {
      const touched = new Uint8Array(nodes.length);
      this.edges.forEach((edge, e) => {
        if (edges[e]) touched[edge.from] = touched[edge.to] = 1;
      });
      nodes.forEach((_, i) => (nodes[i] &= touched[i]));
    }
    this.shown = { nodes, edges, passed };
    const centre = this.node;
    if (centre === null || !this.state.depth) return;
    const near = within(this.ties, centre, this.state.depth, edges);
    nodes.forEach((_, i) => {
      if (!near.has(i)) nodes[i] = 0;
    });
    nodes[centre] = 1;
    this.edges.forEach((edge, e) => {
      if (!near.has(edge.from) || !near.has(edge.to)) edges[e] = 0;
    });
  }

  counts(facet: Facet): number[] {
    return facetCounts(facet, this.facets, this.chosen(), this.held.nodes);
  }

  light(): void {
    const centre = this.hover ?? this.node;
    const edge = this.edge;
    if (this.path && this.hover === null) this.lit = new Set(this.path.nodes);
    else if (edge !== null && this.hover === null) this.lit = new Set([this.edges[edge].from, this.edges[edge].to]);
    else if (centre === null) this.lit = null;
    else this.lit = new Set(within(this.ties, centre, this.hover === null ? this.state.depth || 1 : 1, this.shown.edges).keys());
  }
}

function some(text: string): string[] {
  return text ? [text] : [];
}

/** Return the shown neighbours of a node, the most important first: so the map names them. */
export function neighboursOf(app: App, i: number): number[] {
  const near = [...within(app.ties, i, 1, app.shown.edges).keys()].filter((k) => k !== i && app.shown.nodes[k]);
  return near.sort((a, b) => importance(app.nodes[b]) - importance(app.nodes[a]) || a - b);
}

export function importance(node: Node): number {
  return (KINDS[node.kind] ?? 0) + Math.min(node.degree, 60) + 400 * (node.measures[1] ?? 0);
}
