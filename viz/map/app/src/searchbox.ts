/** The search field with its suggestions: bodies, and the places that have a row in the matrix. */

import type { App } from "./app.ts";
import { byId, el } from "./dom.ts";
import { fold } from "./folding.ts";
import { search } from "./search.ts";

interface Hit {
  icon: HTMLElement | null;
  name: string;
  reading: string;
  more: string;
  open: () => void;
}

export function buildSearch(app: App, goTo: (i: number) => void, openArea: (code: string) => void, iconOf: (i: number) => HTMLElement): void {
  const input = byId("search") as HTMLInputElement;
  const list = byId("suggestions");
  let hits: Hit[] = [];
  let active = -1;
  const matrix = app.data.matrices.find((one) => one.kind === "municipality-field");
  const areas = (matrix?.rows ?? []).map((name) => ({ texts: [fold(name)], importance: 0 }));

  const find = (): Hit[] => [
    ...search(app.entries, input.value, 12).map((i) => {
      const node = app.nodes[i];
      return { icon: iconOf(i), name: node.label, reading: node.reading, more: [node.cls, node.place || node.prefecture].filter(Boolean).join("・"), open: () => goTo(i) };
    }),
    ...search(areas, input.value, 3).map((r) => ({ icon: null, name: matrix!.rows[r], reading: "", more: app.t("municipality-field"), open: () => openArea(matrix!.row_ids[r]) })),
  ];
  const mark = () => {
    [...list.children].forEach((item, k) => {
      item.setAttribute("aria-selected", String(k === active));
      if (k === active) item.scrollIntoView({ block: "nearest" });
    });
    if (active >= 0) input.setAttribute("aria-activedescendant", `option-${active}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (k: number) => {
    const hit = hits[k];
    if (!hit) return;
    input.value = hit.name;
    close();
    hit.open();
  };
  const render = () => {
    hits = find();
    active = hits.length ? 0 : -1;
    const open = input.value.trim() !== "";
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    list.replaceChildren(
      ...hits.map((hit, k) =>
        el("li", { role: "option", id: `option-${k}`, "aria-selected": String(k === active), onmousedown: (event: MouseEvent) => { event.preventDefault(); choose(k); } },
          hit.icon ?? el("span", { class: "tick area", "aria-hidden": "true" }),
          el("span", { class: "name" }, hit.name, hit.reading ? el("small", null, hit.reading) : null),
          el("span", { class: "quiet" }, hit.more),
        ),
      ),
    );
    if (open && !hits.length) list.append(el("li", { class: "empty", role: "option", "aria-disabled": "true", "aria-selected": "false" }, app.t("no_match")));
    mark();
  };
  input.addEventListener("input", render);
  input.addEventListener("focus", () => input.value && render());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter confirms kana conversion
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      event.preventDefault();
      active = (active + step + hits.length) % hits.length;
      mark();
    } else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape") {
      input.value = "";
      close();
      byId("network").focus({ preventScroll: true });
    }
  });
}
