/** The pages of the atlas: search, the choice of figures and days, lists that can be searched, links that open. */

import { fold } from "./folding.ts";
import { search, type Entry } from "./search.ts";
import { limits, shade, written, type Values } from "./shading.ts";

interface Index {
  pages: string[];
  where: string[];
  name: string[];
  reading: string[];
  page: number[];
  anchor: string[];
  place: number[];
  rank: number[];
}

interface Figure {
  key: string;
  label: string;
  meaning: string;
  digits: number;
  values: Values[];
}

interface Figures {
  days: string[];
  codes: string[];
  figures: Figure[];
}

const told = document.body.dataset;
const byId = (id: string): HTMLElement | null => document.getElementById(id);

// ---- search ----

class Search {
  private index: Index | null = null;
  private entries: Entry[] = [];
  private loading: Promise<void> | null = null;
  private chosen = -1;

  constructor(private readonly input: HTMLInputElement, private readonly hits: HTMLElement, private readonly status: HTMLElement) {
    input.addEventListener("focus", () => void this.load());
    input.addEventListener("input", () => void this.show());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => setTimeout(() => (this.hits.hidden = true), 200));
    document.addEventListener("keydown", (event) => {
      const target = event.target as HTMLElement;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
      event.preventDefault();
      input.focus();
    });
  }

  /** Read the index once: a script of the same folder, because a page of a file may not read another file. */
  private load(): Promise<void> {
    this.loading ??= new Promise<string>((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${told.root ?? ""}search.js`;
      script.onload = () => resolve((globalThis as unknown as { TSUNAGARI_SEARCH: string }).TSUNAGARI_SEARCH);
      script.onerror = () => reject(new Error("search.js"));
      document.head.append(script);
    })
      .then(unpack)
      .then((found) => {
        const index = found as Index;
        this.index = index;
        this.entries = index.name.map((name, i) => ({ texts: index.reading[i] ? [fold(name), fold(index.reading[i])] : [fold(name)], importance: index.rank[i] }));
        this.input.dataset.ready = String(this.entries.length);
      })
      .catch(() => this.say(told.failed ?? ""));
    return this.loading;
  }

  private async show(): Promise<void> {
    if (!this.index) this.say(told.loading ?? "");
    await this.load();
    const index = this.index;
    if (!index) return;
    const found = search(this.entries, this.input.value, 15);
    this.chosen = -1;
    this.hits.replaceChildren(...found.map((i, place) => this.row(index, i, place)));
    this.hits.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.say(this.input.value && !found.length ? (told.noHit ?? "") : "");
    if (this.input.value && !found.length) {
      const none = document.createElement("li");
      none.textContent = told.noHit ?? "";
      this.hits.replaceChildren(none);
      this.hits.hidden = false;
    }
  }

  private row(index: Index, i: number, place: number): HTMLElement {
    const row = document.createElement("li");
    row.id = `hit-${place}`;
    row.setAttribute("role", "option");
    row.dataset.href = `${told.root ?? ""}${index.pages[index.page[i]]}${index.anchor[i] ? `#${encodeURIComponent(index.anchor[i])}` : ""}`;
    const name = document.createElement("bdi");
    name.textContent = index.name[i];
    const where = document.createElement("small");
    where.textContent = ` ${index.where[index.place[i]] ?? ""}`;
    row.append(name, where);
    row.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.go(row);
    });
    return row;
  }

  private go(row: HTMLElement): void {
    if (row.dataset.href) location.href = row.dataset.href;
    this.hits.hidden = true;
  }

  private onKey(event: KeyboardEvent): void {
    const rows = [...this.hits.querySelectorAll<HTMLElement>("[role=option]")];
    if (event.key === "Escape") this.hits.hidden = true;
    else if (event.key === "Enter") {
      const row = rows[Math.max(this.chosen, 0)];
      if (row && !this.hits.hidden) this.go(row);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!rows.length) return;
      event.preventDefault();
      this.chosen = (this.chosen + (event.key === "ArrowDown" ? 1 : -1) + rows.length + (this.chosen < 0 && event.key === "ArrowUp" ? 1 : 0)) % rows.length;
      rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === this.chosen)));
      rows[this.chosen].scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", rows[this.chosen].id);
    }
  }

  private say(text: string): void {
    this.status.textContent = text;
  }
}

/** Return what stands in a text of base64: JSON, compressed. */
async function unpack(text: string): Promise<unknown> {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text()) as unknown;
}

// ---- figures ----

function chooseFigures(data: Figures, form: HTMLElement): void {
  const select = byId("figure") as HTMLSelectElement;
  const slider = byId("day") as HTMLInputElement;
  select.append(...data.figures.map((figure) => new Option(figure.label, figure.key)));
  slider.max = String(data.days.length - 1);
  slider.value = slider.max;
  byId("days")!.hidden = data.days.length < 2;
  const draw = () => {
    const figure = data.figures[select.selectedIndex];
    const wave = Number(slider.value);
    byId("shown")!.textContent = data.days[wave];
    byId("meaning")!.textContent = figure.meaning;
    location.replace(`#${new URLSearchParams({ figure: figure.key, day: data.days[wave] }).toString()}`);
    drawFigure(data, figure, wave);
  };
  const wanted = new URLSearchParams(location.hash.slice(1));
  const place = data.figures.findIndex((figure) => figure.key === wanted.get("figure"));
  const day = data.days.indexOf(wanted.get("day") ?? "");
  if (place >= 0) select.selectedIndex = place;
  if (day >= 0) slider.value = String(day);
  select.addEventListener("change", draw);
  slider.addEventListener("input", draw);
  byId("shown")!.textContent = data.days[Number(slider.value)];
  if (place >= 0 || day >= 0) draw();
  form.hidden = false;
}

function drawFigure(data: Figures, figure: Figure, wave: number): void {
  const everyDay = limits(figure.values.flat()); // one scale for all days, or a slider would show nothing
  data.codes.forEach((code, i) => {
    const value = figure.values[wave][i];
    const [fill, ink] = shade(value, everyDay);
    const number = written(value, figure.digits);
    for (const area of document.querySelectorAll<SVGElement>(`.picture [data-code="${code}"]`)) {
      const shape = area.matches("path") ? area : area.querySelector("rect");
      shape?.setAttribute("fill", fill);
      const texts = area.querySelectorAll("text");
      texts.forEach((text) => text.setAttribute("fill", ink));
      if (texts.length > 1) texts[1].textContent = number;
      const title = area.querySelector("title");
      if (title) title.textContent = `${(title.textContent ?? "").split(":")[0]}: ${number}`;
    }
    const cells = document.querySelectorAll(`tr[data-code="${code}"] td`);
    data.figures.forEach((one, column) => {
      const cell = cells[column];
      if (cell) cell.textContent = written(one.values[wave][i], one.digits);
    });
  });
  for (const picture of document.querySelectorAll(".picture svg")) {
    picture.setAttribute("aria-label", `${figure.label} ${data.days[wave]}`);
    const head = picture.querySelector(":scope > text");
    if (head) head.textContent = `${figure.label} (${written(everyDay[0], figure.digits)} – ${written(everyDay[1], figure.digits)})`;
  }
}

// ---- lists and links ----

function searchLists(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input.filter")) {
    const rows = [...(input.parentElement?.querySelectorAll<HTMLElement>(".bodies > details, tbody > tr") ?? [])];
    const texts = rows.map((row) => fold(row.textContent));
    input.hidden = rows.length < 10;
    input.addEventListener("input", () => {
      const wanted = fold(input.value);
      rows.forEach((row, i) => (row.hidden = !texts[i].includes(wanted)));
    });
  }
}

function openTarget(): void {
  let name = location.hash.slice(1);
  try {
    name = decodeURIComponent(name);
  } catch {
    // a fragment that is no text names nothing
  }
  const exact = document.getElementById(name);
  if (exact && !(exact instanceof HTMLDetailsElement)) return;
  const target = exact ?? (name ? [...document.querySelectorAll("details")].find((one) => one.id.endsWith(name)) : undefined); // search knows only how an id ends
  if (!target) return;
  if (!exact) history.replaceState(null, "", `#${encodeURIComponent(target.id)}`);
  (target).open = true;
  target.scrollIntoView({ block: "start" });
  target.querySelector("summary")?.focus({ preventScroll: true });
}

const input = byId("search") as HTMLInputElement | null;
if (input) new Search(input, byId("hits")!, byId("told")!);
const figures = byId("figures")?.textContent;
const form = byId("choice");
if (figures && form) chooseFigures(JSON.parse(figures) as Figures, form);
searchLists();
openTarget();
window.addEventListener("hashchange", openTarget);
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
told.ready = "";
