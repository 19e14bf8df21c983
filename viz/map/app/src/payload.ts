/** What the page carries: compressed JSON, tables as columns. */

export type Value = string | number | boolean | null | Value[];
/** Values as they are, distinct values and places among them, steps from number to number, or keys as places among the nodes. */
export type Column = { v: Value[] } | { d: Value[]; i: number[] } | { s: (number | null)[] } | { n: Value[] };
export type Table = Record<string, Column>;
export type Row = Record<string, Value>;

export interface Node {
  label: string;
  x: number;
  y: number;
  degree: number;
  key: string;
  reading: string;
  alt: string[];
  kind: string;
  cls: string;
  sector: string;
  sector_label: string;
  place: string;
  prefecture: string;
  fields: string[];
  reach: string[];
  stated_size: number | null;
  status: string;
  group: number;
  community: string;
  platforms: number[];
  ev: number[];
  measures: (number | null)[];
}

export interface Edge {
  from: number;
  to: number;
  kind: string;
  status: string;
  valid_from: string | null;
  valid_to: string | null;
  ev: number[];
}

export interface Evidence {
  document: string;
  title: string;
  line: number | null;
  page: string | null;
  quote: string | null;
  row: number | null;
  sheet: string | null;
}

export interface Frame {
  title: string;
  role: string;
  lines: number;
  region: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Region {
  title: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Style {
  colour: string;
  sign: string;
  ink: string;
  shape?: string;
}

export interface Matrix {
  kind: string;
  rows: string[];
  row_ids: string[];
  columns: string[];
  column_ids: string[];
  cells: (string | number | null)[][];
}

export interface TableColumn {
  name: string;
  label: string;
  type: string;
  printed: boolean;
}

export interface RollUp {
  key: string;
  /** Group of each row (or column) of the matrix of municipalities and fields by its identifier; several where they overlap. */
  rows?: Record<string, string[]>;
  columns?: Record<string, string[]>;
}

export interface Source {
  title?: string;
  source?: string;
  publisher?: string;
  issued?: string;
  identifier?: string;
}

export interface Payload {
  meta: { title: string; as_of: string; lang: "ja" | "en"; credits: string; looked: string[]; told: number; days: { day: string; off: number[]; gone: number[] }[] };
  text: Record<string, string>;
  method: [string, string, string][];
  options: Record<string, unknown>;
  palette: {
    sectors: Record<string, Style>;
    kinds: Record<string, Style>;
    statuses: Record<string, Style>;
    coverage: Record<string, Style>;
    categorical: string[];
    counts: string[];
    none: string;
  };
  names: Record<string, Record<string, string>>;
  measures: { key: string; label: string }[];
  frames: Frame[];
  regions: Region[];
  nodes: Table;
  edges: Table;
  contacts: { from: number[]; to: number[] };
  evidence: Table;
  matrices: Matrix[];
  rollups: RollUp[];
  coverage: Record<string, number>;
  tables: Record<string, { columns: TableColumn[]; rows: Table; borrowed: Record<string, string> }>;
  remedies: Table;
  losses: Record<string, string>;
  sources: Source[];
}

function valuesOf(column: Column, keys: readonly string[]): Value[] {
  if ("v" in column) return column.v;
  if ("d" in column) return column.i.map((i) => column.d[i]);
  if ("s" in column) {
    let sum = 0;
    return column.s.map((step) => (step === null ? null : (sum += step)));
  }
  const key = (value: Value): Value => (typeof value === "number" ? keys[value] : Array.isArray(value) ? value.map(key) : value);
  return column.n.map(key);
}

/** Return the rows of a table that came as columns; `keys` are those of the nodes. */
export function rowsOf<T = Row>(table: Table, keys: readonly string[] = []): T[] {
  const names = Object.keys(table);
  const columns = names.map((name) => valuesOf(table[name], keys));
  const rows: Row[] = new Array<Row>(columns.length ? columns[0].length : 0);
  for (let r = 0; r < rows.length; r++) {
    const row: Row = {};
    for (let c = 0; c < names.length; c++) row[names[c]] = columns[c][r];
    rows[r] = row;
  }
  return rows as T[];
}

/** Return what `text` holds: JSON, compressed by gzip, written in base64. */
export async function unpack(text: string): Promise<Payload> {
  const bytes = Uint8Array.from(atob(text.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as Payload;
}
