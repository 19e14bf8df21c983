// Tables: sortable, searchable, saved as CSV. Rows beyond a few hundred are drawn only while in sight.
const VIRTUAL = 700;
const ROW = 46;
const TABLES = {};
for (const [name, table] of Object.entries(DATA.tables)) TABLES[name] = { ...table, rows: decode(table.rows), sort: null, query: "" };

function tableRows(table) {
  const wanted = fold(table.query);
  let rows = table.rows;
  if (wanted) {
    const texts = (table.texts ??= table.rows.map((row) => fold(table.columns.map((column) => row[column.name]).join(" "))));
    rows = rows.filter((_, k) => texts[k].includes(wanted));
  }
  if (!table.sort) return rows;
  const { name, down } = table.sort;
  const collator = new Intl.Collator(LANG, { numeric: true });
  const empty = (value) => value === null || value === undefined || value === "";
  return [...rows].sort((a, b) => {
    const [x, y] = [a[name], b[name]];
    if (empty(x) || empty(y)) return empty(x) - empty(y);
    const order = typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y));
    return down ? -order : order;
  });
}

function cellContent(column, row) {
  const value = row[column.name];
  if (column.type === "coverage" && row.status) {
    const style = DATA.palette.coverage[row.status];
    return [el("span", { class: "cell-sign", colour: style?.colour, ink: style?.ink, "aria-hidden": "true" }, style?.sign ?? ""), String(value ?? "")];
  }
  if (typeof value === "boolean") return value ? "✓" : "";
  if (Array.isArray(value)) return value.join("、");
  return number(value);
}

function tableRow(name, table, row, position) {
  const choose = () => chooseRow(name, row);
  return el("tr", { tabindex: "0", "aria-rowindex": position + 2, onclick: choose, onkeydown: (event) => event.key === "Enter" && choose() },
    table.columns.map((column) => el("td", { class: column.type ?? "", title: column.wide ? String(row[column.name] ?? "") : undefined }, el("div", {}, cellContent(column, row)))));
}

function chooseRow(name, row) {
  if (name === "gaps") {
    Object.assign(STATE, { cell: { table: DATA.matrices.find((matrix) => matrix.kind === "municipality-field"), row: row.area_code, column: row.field_id, gap: row }, edge: null });
    applyState();
  } else if (BY_KEY.has(row.key)) selectNode(BY_KEY.get(row.key), { centre: true });
}

function sortBy(name, column) {
  const table = TABLES[name];
  const numeric = typeof table.rows.find((row) => row[column] !== null && row[column] !== "")?.[column] === "number";
  const first = numeric; // large numbers first, texts from the start
  if (table.sort?.name !== column) table.sort = { name: column, down: first };
  else if (table.sort.down === first) table.sort.down = !first;
  else table.sort = null;
  renderTable(name);
  document.querySelector(`#tab-${name} th[data-column="${column}"] button`)?.focus();
}

function renderTable(name) {
  const table = TABLES[name];
  const host = document.getElementById(`tab-${name}`);
  const rows = tableRows(table);
  const header = el("tr", {}, table.columns.map((column) =>
    el("th", { scope: "col", class: column.type ?? "", "data-column": column.name, "aria-sort": table.sort?.name === column.name ? (table.sort.down ? "descending" : "ascending") : "none" },
      el("button", { type: "button", onclick: () => sortBy(name, column.name) }, column.label))));
  const body = el("tbody");
  const count = el("span", { class: "quiet", role: "status" });
  const scroller = el("div", { class: "scroller" }, el("table", { class: rows.length > VIRTUAL ? "virtual" : "", "aria-rowcount": rows.length + 1 }, el("thead", {}, header), body));
  const input = el("input", { type: "search", placeholder: t("filter_rows"), "aria-label": t("filter_rows"), value: table.query });
  const fill = () => fillRows(name, table, tableRows(table), body, scroller, count);
  input.addEventListener("input", () => {
    table.query = input.value;
    fill();
  });
  host.replaceChildren(
    el("div", { class: "table-head" }, el("h2", {}, t(name)), input, count, el("span", { class: "spacer" }), el("button", { type: "button", class: "csv", onclick: () => saveCsv(name, table.columns.map((column) => column.label), tableRows(table).map((row) => table.columns.map((column) => row[column.name]))) }, t("csv"))),
    table.note ? el("p", { class: "note" }, table.note) : "",
    scroller,
  );
  fill();
}

function fillRows(name, table, rows, body, scroller, count) {
  count.textContent = t("rows", number(rows.length), number(table.rows.length));
  table.showAll = () => body.replaceChildren(...rows.slice(0, 4000).map((row, k) => tableRow(name, table, row, k)));
  if (rows.length <= VIRTUAL) {
    scroller.onscroll = null;
    return void table.showAll();
  }
  const draw = () => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / ROW) - 8);
    const last = Math.min(rows.length, first + Math.ceil((scroller.clientHeight || 900) / ROW) + 16);
    body.replaceChildren(spacer(first), ...rows.slice(first, last).map((row, k) => tableRow(name, table, row, first + k)), spacer(rows.length - last));
  };
  scroller.scrollTop = 0;
  scroller.onscroll = () => requestAnimationFrame(draw);
  draw();
}

function spacer(count) {
  const cell = el("td", { class: "spacer-cell", colspan: 99 });
  cell.style.height = `${count * ROW}px`;
  return el("tr", { "aria-hidden": "true" }, cell);
}
