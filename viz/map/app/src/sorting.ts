/** Tables: sorting, searching, and saving without formulas. */

import { fold } from "./folding.ts";
import type { Row, Value } from "./payload.ts";

export interface Sort {
  name: string;
  down: boolean;
}

export function isEmpty(value: Value | undefined): value is null | undefined | "" {
  return value === null || value === undefined || value === "";
}

/** Return the rows in order; empty values stand last whichever way is sorted. */
export function sortRows(rows: readonly Row[], sort: Sort | null, lang: string): Row[] {
  if (!sort) return [...rows];
  const collator = new Intl.Collator(lang, { numeric: true });
  return [...rows].sort((a, b) => {
    const [x, y] = [a[sort.name], b[sort.name]];
    if (isEmpty(x) || isEmpty(y)) return Number(isEmpty(x)) - Number(isEmpty(y));
    const order = typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y));
    return sort.down ? -order : order;
  });
}

/** Return the sort after one more choice of `name`: its first direction, the other one, none. */
export function nextSort(sort: Sort | null, name: string, numeric: boolean): Sort | null {
  if (sort?.name !== name) return { name, down: numeric }; // large numbers first, texts from the start
  return sort.down === numeric ? { name, down: !numeric } : null;
}

/** Return the rows whose `names` hold `query`, with width and kana folded. */
export function findRows(rows: readonly Row[], names: readonly string[], query: string): Row[] {
  const wanted = fold(query);
  if (!wanted) return [...rows];
  return rows.filter((row) => fold(names.map((name) => String(row[name] ?? "")).join(" ")).includes(wanted));
}

/** A spreadsheet would run text that begins like a formula, full-width signs included; the apostrophe keeps it text. */
export function csvCell(value: Value | undefined): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  let text = Array.isArray(value) ? value.join("、") : (value ?? "");
  if (/^[\s]*[=+\-@＝＋－＠]/.test(text) || /^[\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvText(header: readonly string[], rows: readonly (readonly (Value | undefined)[])[]): string {
  return `\ufeff${[header, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
