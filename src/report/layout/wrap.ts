import stringWidth from "string-width";

/** Breaks text into lines of at most `width` characters at spaces; a longer word is broken, or kept whole to be copied. */
export function wrap(text: string, width: number, longWords: "break" | "keep" = "break"): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/).filter((part) => part !== "")) {
    for (const piece of longWords === "keep" ? [word] : pieces(word, width)) {
      if (line === "") line = piece;
      else if (displayWidth(line) + 1 + displayWidth(piece) <= width) line += ` ${piece}`;
      else {
        lines.push(line);
        line = piece;
      }
    }
  }
  if (line !== "" || lines.length === 0) lines.push(line);
  return lines;
}

/** Columns that a terminal gives to text: two for a wide character, none for one that combines with its neighbour. */
export function displayWidth(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** Printable ASCII: a column each, which needs none of Unicode's tables. */
const PLAIN = /^[ -~]*$/;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Never torn within what a person sees as one character. */
function pieces(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = "";
  for (const { segment } of graphemes.segment(word)) {
    if (part !== "" && displayWidth(part) + displayWidth(segment) > width) {
      parts.push(part);
      part = "";
    }
    part += segment;
  }
  return [...parts, part];
}
