/** Names that tell apart: what many names begin with is cut, so that the distinguishing word is read first. */

const LONG = 9; // shorter names are shown whole
const SHARED = 4; // a common beginning of fewer characters is no burden
const FOLLOWERS = 3; // as many names must share a beginning before it is cut

function common(a: string, b: string): number {
  let k = 0;
  while (k < a.length && k < b.length && a[k] === b[k]) k++;
  return k;
}

/** Limits of words in `text`, as positions; `segment` gives the words. */
function limits(text: string, segment: (text: string) => string[]): number[] {
  const found = [0];
  for (const word of segment(text)) found.push(found[found.length - 1] + word.length);
  return found;
}

/**
 * Return for each name the part to show: its common beginning with at least two other names cut at a limit of words.
 * A name that would be left empty or ambiguous stays whole; equal names stay equal.
 */
export function distinguish(names: readonly string[], segment: (text: string) => string[]): string[] {
  const order = names.map((_, i) => i).sort((a, b) => (names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : a - b));
  const shown = [...names];
  order.forEach((i, place) => {
    const name = names[i];
    if (name.length < LONG) return;
    let cut = 0;
    for (let first = Math.max(0, place - FOLLOWERS + 1); first <= place; first++) {
      const last = first + FOLLOWERS - 1;
      if (last < order.length && names[order[first]] !== names[order[last]]) cut = Math.max(cut, common(names[order[first]], names[order[last]]));
    }
    if (cut < SHARED) return;
    const limit = Math.max(...limits(name, segment).filter((at) => at <= cut));
    const rest = name.slice(limit).replace(/^[\s　・、･\-－_]+/, "");
    if (limit >= SHARED && rest.length >= 2) shown[i] = rest;
  });
  const often = new Map<string, Set<string>>();
  shown.forEach((text, i) => often.set(text, (often.get(text) ?? new Set()).add(names[i])));
  return shown.map((text, i) => (often.get(text)!.size > 1 ? names[i] : text));
}
