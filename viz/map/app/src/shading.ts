/** Colours of figures between the least and the greatest, as the picture that the page brings was drawn. */

export const LIGHT = [232, 240, 246];
export const DARK = [23, 74, 117];
export const MISSING = "#f4f4f2";
export const INK = "#1c2733";

export type Values = readonly (number | null)[];

/** Return the least and the greatest figure; zeros when there is none. */
export function limits(values: Values): [number, number] {
  const known = values.filter((value): value is number => value !== null);
  return known.length ? [Math.min(...known), Math.max(...known)] : [0, 0];
}

/** Return the colour of an area and of what is written on it. */
export function shade(value: number | null, [low, high]: readonly [number, number]): [string, string] {
  if (value === null) return [MISSING, INK];
  const share = high > low ? (value - low) / (high - low) : 0.5;
  const parts = LIGHT.map((light, i) => Math.round(light + (DARK[i] - light) * share));
  return [`#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`, share > 0.62 ? "#ffffff" : INK];
}

/** Return a figure as people read it, a dash for none. */
export function written(value: number | null, digits: number): string {
  return value === null ? "–" : value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
