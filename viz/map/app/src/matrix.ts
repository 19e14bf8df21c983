/** The coverage matrix: a colour and a sign a cell; or put together by prefecture, partnership, broader field. */

import type { App } from "./app.ts";
import { cellLabel, cellStyle, gapAt } from "./cells.ts";
import { rollUp, type Rolled } from "./coverage.ts";
import { button, byId, choice, el, roving, save } from "./dom.ts";
import { fold } from "./folding.ts";
import { spacer } from "./grid.ts";
import type { Matrix } from "./payload.ts";
import { csvText } from "./sorting.ts";

const ROW = 34;
const VIRTUAL = 120;
const GOOD = new Set(["multiple", "single"]);

interface Cell {
  sign: string;
  colour: string;
  ink: string;
  label: string;
  planned: boolean;
  chosen: boolean;
  open: () => void;
}

interface Shown {
  rows: string[];
  columns: string[];
  cell: (r: number, c: number) => Cell;
  text: (r: number, c: number) => string | number | null;
}

export class MatrixView {
  private readonly host = byId("tab-matrix");
  private all = (): void => undefined;
  private again = (): void => undefined;
  private drawnFor = "";

  constructor(private readonly app: App) {}

  private get matrix(): Matrix | undefined {
    return this.app.data.matrices[this.app.state.matrix];
  }

  private isPlanned(r: number, c: number): boolean {
    const table = this.matrix!;
    return table.kind === "municipality-field" && Number(gapAt(this.app, table.row_ids[r], table.column_ids[c])?.planned ?? 0) > 0;
  }

  /** Draw the matrix; where only the choice changed, its cells alone. */
  render(): void {
    const { app } = this;
    const wanted = `${app.state.matrix} ${app.state.roll}`;
    if (this.drawnFor === wanted) return this.again();
    this.drawnFor = wanted;
    const table = this.matrix;
    if (!table) return this.host.replaceChildren(el("p", { class: "note" }, app.t("cell_none")));
    const shown = this.shownOf(table);
    const query = app.state.queries.get("matrix") ?? "";
    const body = el("tbody");
    const header = el("tr", { role: "row" }, el("th", { class: "corner", scope: "col", role: "columnheader" }, el("span", { class: "unseen" }, app.t(table.kind))), shown.columns.map((name) => el("th", { scope: "col", role: "columnheader", title: name }, el("div", null, name))));
    const grid = el("table", { class: "matrix", role: "grid", "aria-label": app.t(table.kind), "aria-rowcount": shown.rows.length + 1 }, el("thead", { role: "rowgroup" }, header), body);
    const scroller = el("div", { class: "scroller" }, grid);
    const count = el("span", { class: "quiet", role: "status" });
    const input = el("input", { type: "search", placeholder: app.t("row_filter"), "aria-label": app.t("row_filter"), value: query });
    input.addEventListener("input", () => {
      app.state.queries = new Map(app.state.queries).set("matrix", input.value);
      app.remember();
      this.fill(shown, body, scroller, count);
    });
    this.host.replaceChildren(this.head(table, shown, input, count), this.key(table), scroller);
    const items = () => [...body.querySelectorAll("tr[role]")].map((row) => [...row.querySelectorAll<HTMLElement>(".cell")]);
    roving(grid, items, (down) => {
      scroller.scrollTop += down * ROW * 4;
      this.again();
    });
    this.fill(shown, body, scroller, count);
    this.again = () => this.fill(shown, body, scroller, count, true);
  }

  showAll(): void {
    this.all();
  }

  private head(table: Matrix, shown: Shown, input: HTMLElement, count: HTMLElement): HTMLElement {
    const { app } = this;
    const rolls: [string, string][] = [["", app.t("roll_none")], ...app.data.rollups.map((roll): [string, string] => [roll.key, app.t(`roll_${roll.key}`)])];
    const saveCsv = () => save(`${table.kind}.csv`, new Blob([csvText(["", ...shown.columns], shown.rows.map((name, r) => [name, ...shown.columns.map((_, c) => shown.text(r, c))]))], { type: "text/csv;charset=utf-8" }));
    return el("div", { class: "table-head" },
      el("h2", null, app.t("matrix")),
      choice(app.t("matrix_kind"), app.data.matrices.map((matrix, k) => [String(k), app.t(matrix.kind)]), String(app.state.matrix), (value) => app.update({ matrix: Number(value), cell: null, roll: "" })),
      table.kind === "municipality-field" && rolls.length > 1 ? choice(app.t("roll"), rolls, app.state.roll, (roll) => app.update({ roll, cell: null })) : null,
      input, count, el("span", { class: "spacer" }), button(app.t("csv"), saveCsv, { class: "csv" }),
    );
  }

  private key(table: Matrix): HTMLElement {
    const { app } = this;
    if (app.state.roll) return el("p", { class: "note" }, app.t("roll_note"));
    const coverage = app.data.palette.coverage;
    const present = Object.keys(coverage).filter((status) => table.cells.some((row) => row.includes(status)));
    const planned = table.rows.some((_, r) => table.columns.some((_, c) => this.isPlanned(r, c)));
    return el("ul", { class: "bar-key wide" },
      planned ? el("li", null, el("span", { class: "cell-sign planned" }, app.t("plan_sign")), app.t("plan_meaning")) : null,
      present.map((status) => el("li", null, el("span", { class: "cell-sign", colour: coverage[status].colour, ink: coverage[status].ink }, coverage[status].sign), app.nameOf("coverage", status))),
    );
  }

  private shownOf(table: Matrix): Shown {
    const roll = table.kind === "municipality-field" ? this.app.data.rollups.find((one) => one.key === this.app.state.roll) : undefined;
    if (roll) return this.rolled(table, rollUp(table, roll.rows, roll.columns));
    const { app } = this;
    const most = Math.max(1, ...table.cells.flat().filter((value) => typeof value === "number"));
    const label = (r: number, c: number) => {
      const text = cellLabel(app, table.cells[r][c]);
      return this.isPlanned(r, c) ? app.t("with_plan", text) : text;
    };
    return {
      rows: table.rows,
      columns: table.columns,
      text: (r, c) => (typeof table.cells[r][c] === "string" ? label(r, c) : table.cells[r][c]),
      cell: (r, c) => {
        const style = cellStyle(app, table.cells[r][c], most);
        const planned = this.isPlanned(r, c);
        const [row, column] = [table.row_ids[r], table.column_ids[c]];
        const chosen = app.state.cell?.[0] === row && app.state.cell[1] === column;
        return { ...style, sign: planned ? `${style.sign}${app.t("plan_sign")}` : style.sign, label: label(r, c), planned, chosen, open: () => app.update({ cell: [row, column], edge: null, list: null }) };
      },
    };
  }

  /** Put together: how many of the cells have a local provider, of how many; the number opens the cells that have none. */
  private rolled(table: Matrix, rolled: Rolled): Shown {
    const { app } = this;
    const open = (r: number, c: number) => rolled.members[r][c].filter(([row, column]) => !GOOD.has(String(table.cells[row][column])));
    const label = (r: number, c: number) => app.t("roll_cell", app.number(open(r, c).length), app.number(rolled.members[r][c].length));
    return {
      rows: rolled.rows,
      columns: rolled.columns,
      text: label,
      cell: (r, c) => {
        const [all, without] = [rolled.members[r][c], open(r, c)];
        const steps = ["#1d6f68", "#79bdb0", "#f2cd7b", "#dd8a3e", "#c2492f"];
        const step = all.length ? Math.ceil((without.length / all.length) * (steps.length - 1)) : 0;
        const keys = without.map(([row, column]) => `${table.row_ids[row]}/${table.column_ids[column]}`);
        const list = `cells:${[`${rolled.rows[r]} × ${rolled.columns[c]}`, ...keys].map(encodeURIComponent).join("|")}`;
        return { sign: all.length ? String(without.length) : "", colour: all.length ? steps[step] : "#fff", ink: step === 0 || step === 4 ? "#fff" : "#12302d", label: label(r, c), planned: false, chosen: app.state.list === list, open: () => app.update({ list, cell: null }) };
      },
    };
  }

  private fill(shown: Shown, body: HTMLElement, scroller: HTMLElement, count: HTMLElement, keep = false): void {
    const wanted = fold(this.app.state.queries.get("matrix") ?? "");
    const rows = shown.rows.map((_, r) => r).filter((r) => !wanted || fold(shown.rows[r]).includes(wanted));
    count.textContent = this.app.t("rows", this.app.number(rows.length), this.app.number(shown.rows.length));
    const line = (r: number, position: number) => el("tr", { role: "row", "aria-rowindex": position + 2 },
      el("th", { scope: "row", role: "rowheader", title: shown.rows[r] }, shown.rows[r]),
      shown.columns.map((_, c) => this.button(shown, r, c)));
    this.all = () => body.replaceChildren(...rows.slice(0, 2000).map(line));
    const draw = () => {
      const focused = (document.activeElement as HTMLElement | null)?.dataset?.place;
      const room = Math.ceil((scroller.clientHeight || 900) / ROW);
      const whole = rows.length <= VIRTUAL;
      const first = whole ? 0 : Math.max(0, Math.floor(scroller.scrollTop / ROW) - 6);
      const last = whole ? rows.length : Math.min(rows.length, first + room + 12);
      body.replaceChildren(spacer(first * ROW), ...rows.slice(first, last).map((r, k) => line(r, first + k)), spacer((rows.length - last) * ROW));
      const again = focused ? body.querySelector<HTMLElement>(`[data-place="${focused}"]`) : null;
      (again ?? body.querySelector<HTMLElement>(".cell"))?.setAttribute("tabindex", "0");
      again?.focus({ preventScroll: true });
    };
    if (!keep) scroller.scrollTop = 0;
    scroller.onscroll = rows.length > VIRTUAL ? () => requestAnimationFrame(draw) : null;
    draw();
  }

  private button(shown: Shown, r: number, c: number): HTMLElement {
    const cell = shown.cell(r, c);
    const sign = cell.label.includes(cell.sign) ? "" : `${cell.sign} `; // what is read on the screen is also said
    const name = `${shown.rows[r]}、${shown.columns[c]}: ${sign}${cell.label}`;
    return el("td", { role: "gridcell" }, button(cell.sign, cell.open, {
      class: `cell${cell.chosen ? " chosen" : ""}${cell.planned ? " planned" : ""}`, colour: cell.colour, ink: cell.ink, tabindex: -1, "data-place": `${r} ${c}`, "aria-label": name, title: name,
    }));
  }
}
