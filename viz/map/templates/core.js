// Small tools of the page: reading the data block, texts, building elements. Text from the data only ever becomes textContent.
const DATA = JSON.parse(document.getElementById("data").textContent);
const TEXT = DATA.text;
const LANG = DATA.meta.lang;

function t(key, ...values) {
  return values.reduce((text, value, i) => text.replace(`{${i}}`, value), TEXT[key] ?? key);
}

function decode(table) {
  const names = Object.keys(table);
  const columns = names.map((name) => {
    const column = table[name];
    return column.v ?? column.i.map((i) => column.d[i]);
  });
  const length = columns.length ? columns[0].length : 0;
  const rows = new Array(length);
  for (let r = 0; r < length; r++) {
    const row = {};
    for (let c = 0; c < names.length; c++) row[names[c]] = columns[c][r];
    rows[r] = row;
  }
  return rows;
}

function el(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "colour") node.style.setProperty("--colour", value);
    else if (name === "ink") node.style.setProperty("--ink", value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== "") node.append(child);
  }
  return node;
}

const SMALL_KANA = { ぁ: "あ", ぃ: "い", ぅ: "う", ぇ: "え", ぉ: "お", っ: "つ", ゃ: "や", ゅ: "ゆ", ょ: "よ", ゎ: "わ" };

// One spelling for comparison: width, case, katakana, small kana and separators do not matter.
function fold(text) {
  return String(text ?? "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60))
    .replace(/[ぁぃぅぇぉっゃゅょゎ]/g, (c) => SMALL_KANA[c])
    .replace(/[\s・,、。()「」『』“”"'\-‐–—_/]/g, "");
}

function number(value) {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return value.toLocaleString(LANG);
  return value.toLocaleString(LANG, { minimumFractionDigits: 2, maximumFractionDigits: 3 });
}

function save(name, blob) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// A spreadsheet would run text that begins like a formula; the apostrophe keeps it text.
function csvCell(value) {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  let text = Array.isArray(value) ? value.join("、") : String(value ?? "");
  if (/^[=+\-@\t\r]/.test(text)) text = "'" + text;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function saveCsv(name, header, rows) {
  const lines = [header, ...rows].map((row) => row.map(csvCell).join(","));
  save(`${name}.csv`, new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" }));
}

const NODES = decode(DATA.nodes);
const EDGES = decode(DATA.edges);
const EVIDENCE = decode(DATA.evidence);
const BY_KEY = new Map(NODES.map((node, i) => [node.key, i]));
const NEIGHBOURS = NODES.map(() => []);
EDGES.forEach((edge, e) => {
  NEIGHBOURS[edge.from].push({ node: edge.to, edge: e });
  NEIGHBOURS[edge.to].push({ node: edge.from, edge: e });
});
NODES.forEach((node) => {
  node.search = [fold(node.label), fold(node.reading), ...(node.alt ?? []).map(fold)];
});

function within(start, depth) {
  const seen = new Map([[start, 0]]);
  let frontier = [start];
  for (let step = 1; step <= depth; step++) {
    const next = [];
    for (const i of frontier) {
      for (const { node, edge } of NEIGHBOURS[i]) {
        if (!seen.has(node) && FILTER.edges[edge]) {
          seen.set(node, step);
          next.push(node);
        }
      }
    }
    frontier = next;
  }
  return seen;
}
