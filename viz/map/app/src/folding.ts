/** One spelling for comparison: width, case, katakana, small kana and separators do not matter. */

const SMALL_KANA: Record<string, string> = { ぁ: "あ", ぃ: "い", ぅ: "う", ぇ: "え", ぉ: "お", っ: "つ", ゃ: "や", ゅ: "ゆ", ょ: "よ", ゎ: "わ" };

export function fold(text: unknown): string {
  return (typeof text === "string" ? text : typeof text === "number" ? String(text) : "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60))
    .replace(/[ぁぃぅぇぉっゃゅょゎ]/g, (c) => SMALL_KANA[c])
    .replace(/[\s・,、。()「」『』“”"'\-‐–—_/]/g, "");
}
