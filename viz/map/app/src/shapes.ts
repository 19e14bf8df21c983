/** Shapes of the nodes, and a pen that writes SVG: what draws on a canvas draws a picture file as well. */

export type Pen = Pick<
  CanvasRenderingContext2D,
  "beginPath" | "moveTo" | "lineTo" | "closePath" | "arc" | "rect" | "roundRect" | "quadraticCurveTo" | "fill" | "stroke" | "fillText" | "strokeText" | "setLineDash" | "measureText"
> & {
  fillStyle: CanvasRenderingContext2D["fillStyle"];
  strokeStyle: CanvasRenderingContext2D["strokeStyle"];
  lineWidth: number;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  lineJoin: CanvasLineJoin;
};

export function tracePath(pen: Pen, shape: string, x: number, y: number, r: number): void {
  pen.beginPath();
  const ring = (count: number, turn: number, radii: number[]) => {
    for (let k = 0; k < count; k++) {
      const angle = turn + (2 * Math.PI * k) / count;
      const length = radii[k % radii.length];
      if (k) pen.lineTo(x + length * Math.cos(angle), y + length * Math.sin(angle));
      else pen.moveTo(x + length * Math.cos(angle), y + length * Math.sin(angle));
    }
    pen.closePath();
  };
  if (shape === "dot") pen.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "diamond") ring(4, -Math.PI / 2, [r * 1.3]);
  else if (shape === "triangle") ring(3, -Math.PI / 2, [r * 1.3]);
  else if (shape === "star") ring(10, -Math.PI / 2, [r * 1.4, r * 0.62]);
  else if (shape === "hexagon") ring(6, 0, [r * 1.08]);
  else if (shape === "pentagon") ring(5, -Math.PI / 2, [r * 1.12]);
  else if (shape === "square") pen.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else if (shape === "page") pen.rect(x - r * 0.72, y - r * 0.98, r * 1.44, r * 1.96);
  else if (shape === "plus") ring(12, -Math.PI / 4 - 0.28, [r * 1.15, r * 1.15, r * 0.55]);
  else if (shape === "flag") ring(3, 0, [r * 1.25]);
  else pen.roundRect(x - r * 1.15, y - r * 0.7, r * 2.3, r * 1.4, r * 0.7);
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeXml(text: string): string {
  // XML 1.0 forbids control characters
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (c) => ESCAPES[c]);
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export class SvgPen implements Pen {
  fillStyle: Pen["fillStyle"] = "#000";
  strokeStyle: Pen["strokeStyle"] = "#000";
  lineWidth = 1;
  globalAlpha = 1;
  textAlign: CanvasTextAlign = "start";
  textBaseline: CanvasTextBaseline = "alphabetic";
  lineJoin: CanvasLineJoin = "miter";
  private readonly parts: string[] = [];
  private path: string[] = [];
  private dash: number[] = [];

  constructor(private readonly measuring: CanvasRenderingContext2D) {}

  get font(): string {
    return this.measuring.font;
  }

  set font(value: string) {
    this.measuring.font = value;
  }

  beginPath(): void {
    this.path = [];
  }

  moveTo(x: number, y: number): void {
    this.path.push(`M${round(x)} ${round(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.path.push(`L${round(x)} ${round(y)}`);
  }

  closePath(): void {
    this.path.push("Z");
  }

  /** Whole circles and the sectors of a pie. */
  arc(x: number, y: number, r: number, from: number, to: number): void {
    const [x0, y0] = [x + r * Math.cos(from), y + r * Math.sin(from)];
    this.path.push(`${this.path.length && to - from < 2 * Math.PI - 1e-6 ? "L" : "M"}${round(x0)} ${round(y0)}`);
    const middle = from + (to - from) / 2;
    for (const angle of [middle, to]) this.path.push(`A${round(r)} ${round(r)} 0 0 1 ${round(x + r * Math.cos(angle))} ${round(y + r * Math.sin(angle))}`);
  }

  rect(x: number, y: number, w: number, h: number): void {
    this.path.push(`M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}Z`);
  }

  roundRect(x: number, y: number, w: number, h: number, radii?: number | DOMPointInit | Iterable<number | DOMPointInit>): void {
    const r = Math.min(typeof radii === "number" ? radii : 0, w / 2, h / 2);
    const corner = (dx: number, dy: number) => `a${round(r)} ${round(r)} 0 0 1 ${round(dx)} ${round(dy)}`;
    this.path.push(`M${round(x + r)} ${round(y)}h${round(w - 2 * r)}${corner(r, r)}v${round(h - 2 * r)}${corner(-r, r)}h${round(2 * r - w)}${corner(-r, -r)}v${round(2 * r - h)}${corner(r, -r)}Z`);
  }

  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.path.push(`Q${round(cx)} ${round(cy)} ${round(x)} ${round(y)}`);
  }

  setLineDash(segments: Iterable<number>): void {
    this.dash = [...segments];
  }

  fill(): void {
    this.parts.push(`<path d="${this.path.join("")}" fill="${paint(this.fillStyle)}"${this.alpha()}/>`);
  }

  stroke(): void {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(round).join(" ")}"` : "";
    this.parts.push(`<path d="${this.path.join("")}" fill="none" stroke="${paint(this.strokeStyle)}" stroke-width="${round(this.lineWidth)}"${dash}${this.alpha()}/>`);
  }

  fillText(text: string, x: number, y: number): void {
    this.write(text, x, y, `fill="${paint(this.fillStyle)}"`);
  }

  strokeText(text: string, x: number, y: number): void {
    this.write(text, x, y, `fill="none" stroke="${paint(this.strokeStyle)}" stroke-width="${round(this.lineWidth)}" stroke-linejoin="round"`);
  }

  measureText(text: string): TextMetrics {
    return this.measuring.measureText(text);
  }

  text(width: number, height: number): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}">${this.parts.join("\n")}</svg>\n`;
  }

  private write(text: string, x: number, y: number, look: string): void {
    const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(this.font) ?? ["", "400", "12"];
    const drop = { top: 0.88, middle: 0.36, bottom: -0.12 }[this.textBaseline as string] ?? 0;
    const anchor = { center: "middle", right: "end", end: "end" }[this.textAlign as string] ?? "start";
    const family = escapeXml(this.font.slice(this.font.indexOf("px") + 3)).replaceAll("&quot;", "'");
    this.parts.push(`<text x="${round(x)}" y="${round(y + Number(size) * drop)}" font-family="${family}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" ${look}${this.alpha()}>${escapeXml(text)}</text>`);
  }

  private alpha(): string {
    return this.globalAlpha < 1 ? ` opacity="${round(this.globalAlpha)}"` : "";
  }
}

function paint(style: Pen["fillStyle"]): string {
  return typeof style === "string" ? escapeXml(style) : "#000";
}
