/** Rectangles on the screen in cells of 64 px, so that a collision test looks at a few neighbours only. */

export interface Rectangle {
  x: number;
  y: number;
  w: number;
  h: number;
  /** The node the rectangle belongs to; it never stands in its own way. */
  owner: number | null;
}

export class Occupied {
  private readonly cells = new Map<number, Rectangle[]>();

  private *keys({ x, y, w, h }: Rectangle): Generator<number> {
    for (let cx = x >> 6; cx <= (x + w) >> 6; cx++) for (let cy = y >> 6; cy <= (y + h) >> 6; cy++) yield cx * 4096 + cy;
  }

  add(rectangle: Rectangle): void {
    for (const key of this.keys(rectangle)) {
      const known = this.cells.get(key);
      if (known) known.push(rectangle);
      else this.cells.set(key, [rectangle]);
    }
  }

  free(rectangle: Rectangle, owner: number | null): boolean {
    for (const key of this.keys(rectangle)) for (const other of this.cells.get(key) ?? []) if (other.owner !== owner || owner === null) if (overlap(rectangle, other)) return false;
    return true;
  }
}

export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
