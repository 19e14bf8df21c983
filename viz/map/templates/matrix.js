// The coverage matrix: a colour and a sign a cell; a cell opens who provides, what is missing and what would settle it.
const GAP_AT = new Map((TABLES.gaps?.rows ?? []).map((row) => [`${row.area_code}\u0000${row.field_id}`, row]));
const MATRIX = { query: "", row: 0, column: 0 };
const MATRIX_ROW = 34;

function cellStyle(value, most) {
  if (typeof value === "string") return DATA.palette.coverage[value] ?? { colour: "#fff", sign: value, ink: "#333" };
  const steps = DATA.palette.counts;
  const step = !value ? 0 : Math.min(steps.length - 1, Math.max(1, Math.ceil((value / most) * (steps.length - 1))));
  return { colour: steps[step], sign: value === null ? "" : String(value), ink: step > 2 ? "#fff" : "#2b3442" };
}

function cellLabel(value) {
  return typeof value === "string" ? facetLabel("coverage", value) : value === null ? t("none_value") : t("count_cell", number(value));
}

function isPlanned(table, r, c) {
  return table.kind === "municipality-field" && GAP_AT.get(`${table.row_ids[r]}\u0000${table.column_ids[c]}`)?.planned > 0;
}

function placeLabel(table, r, c) {
  const label = cellLabel(table.cells[r][c]);
  return isPlanned(table, r, c) ? t("with_plan", label) : label;
}

function matrixRows(table) {
  const wanted = fold(MATRIX.query);
  return table.rows.map((_, k) => k).filter((k) => !wanted || fold(table.rows[k]).includes(wanted) || fold(table.row_ids[k]).includes(wanted));
}

function renderMatrix() {
  const host = document.getElementById("tab-matrix");
  const table = DATA.matrices[STATE.matrix];
  if (!table) return void host.replaceChildren(el("p", { class: "note" }, t("cell_none")));
  const most = Math.max(1, ...table.cells.flat().filter((value) => typeof value === "number"));
  const present = Object.keys(DATA.palette.coverage).filter((status) => table.cells.some((row) => row.includes(status)));
  const planned = table.rows.some((_, r) => table.columns.some((_, c) => isPlanned(table, r, c)));
  const corner = el("th", { class: "corner", scope: "col" });
  const header = el("tr", { role: "row" }, corner, table.columns.map((name) => el("th", { scope: "col", title: name }, el("div", {}, name))));
  const body = el("tbody");
  const scroller = el("div", { class: "scroller" }, el("table", { class: "matrix", role: "grid", "aria-label": t(table.kind) }, el("thead", {}, header), body));
  const count = el("span", { class: "quiet", role: "status" });
  const input = el("input", { type: "search", placeholder: t("row_filter"), "aria-label": t("row_filter"), value: MATRIX.query });
  const draw = () => fillMatrix(table, most, body, scroller, count);
  input.addEventListener("input", () => ((MATRIX.query = input.value), draw()));
  host.replaceChildren(
    el("div", { class: "table-head" },
      el("h2", {}, t("matrix")),
      choice(t("matrix_kind"), DATA.matrices.map((matrix, k) => [String(k), t(matrix.kind)]), String(STATE.matrix), (value) => { Object.assign(STATE, { matrix: Number(value), cell: null }); applyState(); }),
      input, count, el("span", { class: "spacer" }),
      el("button", { type: "button", class: "csv", onclick: () => saveCsv(table.kind, ["", ...table.columns], table.rows.map((name, r) => [name, ...table.cells[r].map((value, c) => (typeof value === "string" ? placeLabel(table, r, c) : value))])) }, t("csv")),
    ),
    present.length ? el("ul", { class: "bar-key wide" }, planned ? el("li", {}, el("span", { class: "cell-sign planned" }, t("plan_sign")), t("plan_meaning")) : null, present.map((status) => el("li", {}, el("span", { class: "cell-sign", colour: DATA.palette.coverage[status].colour, ink: DATA.palette.coverage[status].ink }, DATA.palette.coverage[status].sign), facetLabel("coverage", status)))) : "",
    scroller,
  );
  scroller.addEventListener("keydown", (event) => moveInMatrix(event, table));
  draw();
}

function matrixCell(table, r, c, most) {
  const value = table.cells[r][c];
  const style = cellStyle(value, most);
  const planned = isPlanned(table, r, c);
  const label = placeLabel(table, r, c);
  const chosen = STATE.cell && STATE.cell.row === table.row_ids[r] && STATE.cell.column === table.column_ids[c];
  return el("td", { role: "gridcell" }, el("button", {
    type: "button", class: `cell${chosen ? " chosen" : ""}${planned ? " planned" : ""}`, colour: style.colour, ink: style.ink, tabindex: r === MATRIX.row && c === MATRIX.column ? "0" : "-1",
    "data-row": r, "data-column": c, "aria-label": `${table.rows[r]}、${table.columns[c]}: ${label}`, title: `${table.rows[r]} × ${table.columns[c]}: ${label}`,
    onclick: () => openCell(table, r, c),
  }, planned ? `${style.sign}${t("plan_sign")}` : style.sign));
}

function fillMatrix(table, most, body, scroller, count) {
  const rows = matrixRows(table);
  count.textContent = t("rows", number(rows.length), number(table.rows.length));
  if (!rows.includes(MATRIX.row)) MATRIX.row = rows[0] ?? 0;
  MATRIX.column = Math.min(MATRIX.column, table.columns.length - 1);
  const line = (r) => el("tr", { role: "row" }, el("th", { scope: "row", title: table.rows[r] }, table.rows[r]), table.columns.map((_, c) => matrixCell(table, r, c, most)));
  table.showAll = () => body.replaceChildren(...rows.slice(0, 2000).map(line));
  let live = new Map(); // rows that stay in sight are kept as they are
  const draw = () => {
    const room = Math.ceil((scroller.clientHeight || 900) / MATRIX_ROW);
    const first = Math.max(0, Math.floor(scroller.scrollTop / MATRIX_ROW) - 6);
    const last = Math.min(rows.length, first + room + 12);
    const fill = (number) => { const row = spacer(0); row.firstChild.style.height = `${number * MATRIX_ROW}px`; return row; };
    live = new Map(rows.slice(first, last).map((r) => [r, live.get(r) ?? line(r)]));
    body.replaceChildren(fill(first), ...live.values(), fill(rows.length - last));
  };
  table.draw = rows.length > 120 ? () => (live.clear(), draw()) : table.showAll;
  scroller.onscroll = rows.length > 120 ? () => requestAnimationFrame(draw) : null;
  table.draw();
}

function moveInMatrix(event, table) {
  const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key] ?? [0, 0];
  if ((!down && !right) || !event.target.classList.contains("cell")) return;
  event.preventDefault();
  event.stopPropagation();
  const rows = matrixRows(table);
  const at = Math.min(rows.length - 1, Math.max(0, rows.indexOf(MATRIX.row) + down));
  MATRIX.row = rows[at];
  MATRIX.column = Math.min(table.columns.length - 1, Math.max(0, MATRIX.column + right));
  const find = () => document.querySelector(`#tab-matrix .cell[data-row="${MATRIX.row}"][data-column="${MATRIX.column}"]`);
  if (!find()) {
    document.querySelector("#tab-matrix .scroller").scrollTop = at * MATRIX_ROW;
    table.draw();
  }
  find()?.focus();
}

function openCell(table, r, c) {
  Object.assign(MATRIX, { row: r, column: c });
  Object.assign(STATE, { cell: { table, row: table.row_ids[r], column: table.column_ids[c], r, c }, edge: null });
  applyState();
  document.querySelector(`#tab-matrix .cell[data-row="${r}"][data-column="${c}"]`)?.focus({ preventScroll: true });
}

const REMEDIES = new Map();
for (const row of decode(DATA.remedies)) {
  const cell = `${row.area_code}\u0000${row.field_id}`;
  if (!REMEDIES.has(cell)) REMEDIES.set(cell, []);
  REMEDIES.get(cell).push(row);
}

function bodyButton(key, label) {
  if (!BY_KEY.has(key)) return el("span", {}, label);
  return el("button", { type: "button", class: "body", onclick: () => goToNode(BY_KEY.get(key)) }, NODES[BY_KEY.get(key)].label);
}

function candidateItem(row) {
  const steps = row.path_keys.length > 1 ? row.path_keys.flatMap((key, k) => [k ? " → " : "", bodyButton(key, row.path.split(" → ")[k] ?? key)]) : null;
  return el("li", {},
    BY_KEY.has(row.key) ? nodeButton(BY_KEY.get(row.key), row.reasons) : el("p", {}, row.candidate, el("small", {}, row.reasons)),
    row.broker ? el("p", { class: "broker" }, t("through"), bodyButton(row.broker_key, row.broker)) : null,
    steps ? el("p", { class: "way" }, t("way"), steps) : null,
    row.path_evidence ? el("p", { class: "quiet way" }, row.path_evidence) : null,
  );
}

// Who could fill a gap, and by which path to reach them; nothing for a cell that is none.
function candidateSection(gap) {
  if (gap.status === "multiple") return null;
  const rows = REMEDIES.get(`${gap.area_code}\u0000${gap.field_id}`) ?? [];
  if (!rows.length) {
    const names = [gap.candidates ?? []].flat().join(DATA.meta.lang === "en" ? ", " : "、");
    return section(t("candidates"), el("div", { id: "candidates" }, names ? el("p", {}, names) : null, el("p", { class: "quiet" }, t(names ? "names_only" : "no_candidates"))));
  }
  return section(t("candidates"), el("ol", { class: "candidates", id: "candidates" }, rows.map(candidateItem)), el("p", { class: "quiet" }, t("asked")));
}

function cellPanel({ table, row, column, r, c, gap: given }) {
  const gap = given ?? (table?.kind === "municipality-field" ? GAP_AT.get(`${row}\u0000${column}`) : null);
  if (!gap) {
    const value = table.cells[r][c];
    const style = cellStyle(value, Math.max(1, ...table.cells.flat().filter((cell) => typeof cell === "number")));
    return [
      head(el("span", { class: "cell-sign large", colour: style.colour, ink: style.ink }, style.sign), `${table.rows[r]} × ${table.columns[c]}`, cellLabel(value)),
      el("p", { class: "quiet pad" }, t("cell_none")),
    ];
  }
  const style = DATA.palette.coverage[gap.status];
  const providers = (gap.provider_keys ?? []).filter((key) => BY_KEY.has(key)).map((key) => BY_KEY.get(key));
  return [
    head(el("span", { class: "cell-sign large", colour: style.colour, ink: style.ink }, style.sign), `${gap.area} × ${gap.field}`, gap.status_label),
    gap.sentence ? el("p", { class: "sentence pad" }, gap.sentence) : null,
    section(t("providers"), providers.length ? el("ul", { class: "ties", id: "providers" }, providers.map((i) => el("li", {}, nodeButton(i)))) : el("p", { class: "quiet", id: "providers" }, gap.providers || t("no_providers"))),
    candidateSection(gap),
    section(t("counts_head"), el("p", {}, t("counts", number(gap.local), number(gap.wide), number(gap.partnership), number(gap.planned))), providers.length ? el("p", { class: "quiet" }, t(gap.connected ? "connected_yes" : "connected_no")) : null),
    gap.settle ? section(t("settle"), el("p", {}, gap.settle)) : null,
    gap.evidence ? section(t("evidence"), el("p", {}, gap.evidence)) : null,
  ];
}
