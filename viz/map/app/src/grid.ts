/** Tables: sortable, searchable, saved as CSV, one stop of the Tab key. Rows beyond a few hundred are drawn while in sight. */

import type { App } from "./app.ts";
import { markedWide } from "./cells.ts";
import { button, byId, el, roving, save, type Child } from "./dom.ts";
import { toggleFilter } from "./filters.ts";
import { countButton } from "./lists.ts";
import type { Row, TableColumn } from "./payload.ts";
import { csvText, findRows, isEmpty, nextSort, sortRows } from "./sorting.ts";

const VIRTUAL = 700;
const ROW = 46;
const PRINTED = 2; // names of a list on paper; how many more there are is said

function classOf(column: TableColumn): string {
  return column.printed ? column.type : `${column.type} screen-only`;
}

export class Grid {
  private readonly host: HTMLElement;
  private showAllRows = (): void => undefined;

  constructor(
    private readonly app: App,
    private readonly name: string,
    private readonly goTo: (i: number) => void,
  ) {
    this.host = byId(`tab-${name}`);
  }

  private get table() {
    return this.app.tables[this.name];
  }

  private rows(): Row[] {
    const { state, lang } = this.app;
    const found = findRows(this.table.rows, this.table.columns.map((column) => column.name), state.queries.get(this.name) ?? "");
    return sortRows(found, state.sorts.get(this.name) ?? null, lang);
  }

  private cell(column: TableColumn, row: Row): Child {
    const value = row[column.name];
    if (column.type === "coverage" && row.status) {
      const style = this.app.data.palette.coverage[String(row.status)];
      return [el("span", { class: "cell-sign", colour: style?.colour, ink: style?.ink, "aria-hidden": "true" }, style?.sign ?? ""), String(value ?? "")];
    }
    if (typeof value === "boolean") return value ? "✓" : "";
    if (column.name === "degree" && this.name === "brokers") {
      const count = countButton(this.app, Number(value), `contacts:${String(row.key)}`);
      count.tabIndex = -1; // the table is one stop; by key the row opens its body, whose sentence has the number too
      return count;
    }
    const whole = this.text(column, value, row);
    if (!Array.isArray(value) || value.length <= PRINTED) return whole;
    const first = this.app.listed((column.name === "providers" ? markedWide(this.app, row) : value).slice(0, PRINTED));
    return [el("span", { class: "screen-only" }, whole), el("span", { class: "print-only" }, this.app.t("and_more", first, this.app.number(value.length - PRINTED)))];
  }

  private text(column: TableColumn, value: Row[string], row: Row): string {
    if (column.name === "providers" && this.name === "gaps") return this.app.listed(markedWide(this.app, row));
    return Array.isArray(value) ? this.app.listed(value) : this.app.number(value);
  }

  private row(row: Row, position: number): HTMLElement {
    const choose = () => this.choose(row);
    return el("tr", { tabindex: -1, "aria-rowindex": position + 2, onclick: (event: MouseEvent) => !(event.target as Element).closest(".count[data-list]") && choose(), onkeydown: (event: KeyboardEvent) => event.key === "Enter" && choose() },
      this.table.columns.map((column) => el("td", { class: classOf(column) }, el("div", null, this.cell(column, row)))));
  }

  private choose(row: Row): void {
    if (this.name === "gaps") this.app.update({ cell: [String(row.area_code), String(row.field_id)], edge: null, list: null });
    else {
      const i = this.app.byKey.get(String(row.key));
      if (i !== undefined) this.goTo(i);
    }
  }

  private sortBy(column: string): void {
    const numeric = typeof this.table.rows.find((row) => !isEmpty(row[column]))?.[column] === "number";
    const sort = nextSort(this.app.state.sorts.get(this.name) ?? null, column, numeric);
    const sorts = new Map(this.app.state.sorts);
    sorts.delete(this.name);
    if (sort) sorts.set(this.name, sort);
    this.app.update({ sorts });
    this.render();
    this.host.querySelector<HTMLElement>(`th[data-column="${CSS.escape(column)}"] button`)?.focus();
  }

  render(): void {
    const { app, table, name } = this;
    const sort = app.state.sorts.get(name);
    const heads = table.columns.map((column) =>
      el("th", { scope: "col", class: classOf(column), "data-column": column.name, "aria-sort": sort?.name === column.name ? (sort.down ? "descending" : "ascending") : "none" }, button(column.label, () => this.sortBy(column.name), { tabindex: -1 })));
    const body = el("tbody");
    const rows = this.rows();
    const grid = el("table", { class: rows.length > VIRTUAL ? "virtual" : "", "aria-label": app.t(name), "aria-rowcount": rows.length + 1 }, el("thead", null, el("tr", { "aria-rowindex": 1 }, heads)), body);
    const scroller = el("div", { class: "scroller" }, grid);
    const count = el("span", { class: "quiet", role: "status" });
    const input = el("input", { type: "search", placeholder: app.t("filter_rows"), "aria-label": app.t("filter_rows"), value: app.state.queries.get(name) ?? "" });
    input.addEventListener("input", () => {
      app.state.queries = new Map(app.state.queries).set(name, input.value);
      app.remember();
      this.fill(body, scroller, count);
    });
    const saveCsv = () => save(`${name}.csv`, new Blob([csvText(table.columns.map((column) => column.label), this.rows().map((row) => table.columns.map((column) => (column.name === "providers" ? this.text(column, row[column.name], row) : row[column.name]))))], { type: "text/csv;charset=utf-8" }));
    this.host.replaceChildren(
      el("div", { class: "table-head" }, el("h2", null, app.t(name)), input, count, this.shown(), el("span", { class: "spacer" }), button(app.t("csv"), saveCsv, { class: "csv" })),
      scroller,
    );
    const items = () => [heads.map((head) => head.firstElementChild as HTMLElement), ...[...body.querySelectorAll<HTMLElement>("tr[tabindex]")].map((row) => [row])];
    roving(grid, items, (down) => {
      scroller.scrollTop += down * ROW * 4;
      this.fill(body, scroller, count, true);
    });
    this.fill(body, scroller, count);
    (body.querySelector<HTMLElement>("tr[tabindex]") ?? items()[0][0])?.setAttribute("tabindex", "0");
  }

  /** What the lists on the map narrow is said here too: the table holds all of it. */
  private shown(): HTMLElement | null {
    const [[key, values] = []] = this.app.state.filters;
    if (!key || !values) return null;
    const [value] = values;
    return button(`${this.app.t(key)}: ${this.app.nameOf(key, value)} ×`, () => toggleFilter(this.app, key, value), { class: "reset" });
  }

  showAll(): void {
    this.showAllRows();
  }

  private fill(body: HTMLElement, scroller: HTMLElement, count: HTMLElement, keep = false): void {
    const rows = this.rows();
    count.textContent = this.app.t("rows", this.app.number(rows.length), this.app.number(this.table.rows.length));
    this.showAllRows = () => body.replaceChildren(...rows.slice(0, 4000).map((row, k) => this.row(row, k)));
    if (rows.length <= VIRTUAL) {
      scroller.onscroll = null;
      if (!keep) this.showAllRows();
      return;
    }
    let live = new Map<number, HTMLElement>(); // rows that stay in sight keep the focus they have
    [...body.querySelectorAll<HTMLElement>("tr[tabindex]")].forEach((row) => keep && live.set(Number(row.ariaRowIndex ?? row.getAttribute("aria-rowindex")) - 2, row));
    const draw = () => {
      const first = Math.max(0, Math.floor(scroller.scrollTop / ROW) - 8);
      const last = Math.min(rows.length, first + Math.ceil((scroller.clientHeight || 900) / ROW) + 16);
      const next = new Map<number, HTMLElement>();
      for (let k = first; k < last; k++) next.set(k, live.get(k) ?? this.row(rows[k], k));
      live = next;
      body.replaceChildren(spacer(first * ROW), ...live.values(), spacer((rows.length - last) * ROW));
    };
    if (!keep) scroller.scrollTop = 0;
    scroller.onscroll = () => requestAnimationFrame(draw);
    const focused = document.activeElement;
    draw();
    if (keep && focused instanceof HTMLElement && body.contains(focused)) focused.focus();
  }
}

export function spacer(height: number): HTMLElement {
  const cell = el("td", { class: "spacer-cell", colspan: 99 });
  cell.style.height = `${height}px`;
  return el("tr", { "aria-hidden": "true" }, cell);
}
