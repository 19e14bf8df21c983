/** Building elements. Text from the data only ever becomes textContent. */

export type Child = Node | string | number | null | undefined | false | Child[];
type Handler = (event: never) => unknown;
type Attributes = Record<string, string | number | boolean | null | undefined | Handler>;

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes | null = null, ...children: Child[]): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value as EventListener);
    else if (name === "class") node.className = String(value);
    else if (name === "colour" || name === "ink") node.style.setProperty(`--${name}`, String(value));
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

function append(node: HTMLElement, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(node, child);
    else if (child !== null && child !== undefined && child !== false && child !== "") node.append(child instanceof Node ? child : String(child));
  }
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

export function icon(path: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export function choice(label: string, options: [string, string][], current: string, change: (value: string) => void): HTMLElement {
  const select: HTMLSelectElement = el("select", { onchange: () => change(select.value) }, options.map(([value, text]) => el("option", { value, selected: value === current }, text)));
  return el("label", { class: "choice" }, el("span", null, label), select);
}

export function button(text: Child, act: (event: MouseEvent) => void, more: Attributes = {}): HTMLButtonElement {
  return el("button", { type: "button", onclick: act as Handler, ...more }, text);
}

export function save(name: string, blob: Blob): void {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Say to who listens what has just been chosen. */
export function announce(text: string): void {
  byId("announce").textContent = text;
}

/**
 * Make the items of `host` one stop of the Tab key: arrows move among the rows and, in a row of several, across it.
 * `rows` gives the items as they stand now; `edge` may draw more rows when the arrow leaves those that are drawn.
 */
export function roving(host: HTMLElement, rows: () => HTMLElement[][], edge?: (down: number) => void): void {
  const place = (node: EventTarget | null): [number, number] | null => {
    const all = rows();
    for (let r = 0; r < all.length; r++) {
      const c = all[r].indexOf(node as HTMLElement);
      if (c >= 0) return [r, c];
    }
    return null;
  };
  host.addEventListener("focusin", (event) => {
    const at = place(event.target);
    if (at) for (const item of rows().flat()) item.tabIndex = item === event.target ? 0 : -1;
  });
  host.addEventListener("keydown", (event) => {
    const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], Home: [-Infinity, 0], End: [Infinity, 0] }[event.key];
    const at = place(event.target);
    if (!step || !at) return;
    event.preventDefault();
    event.stopPropagation();
    let all = rows();
    if ((step[0] === 1 && at[0] === all.length - 1) || (step[0] === -1 && at[0] === 0)) {
      edge?.(step[0]);
      all = rows();
      at[0] = place(event.target)?.[0] ?? at[0];
    }
    const row = all[Math.min(all.length - 1, Math.max(0, at[0] + step[0]))];
    row?.[Math.min(row.length - 1, Math.max(0, at[1] + step[1]))]?.focus();
  });
}
