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

/**
 * What takes a column each and combines with nothing, so that it needs none of Unicode's tables, which take 25 ms: printable ASCII,
 * letters of Latin and Greek, dashes and dots, raised and lowered digits, arrows, and signs of mathematics.
 */
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u03ff\u2010-\u2027\u2070-\u209c\u2190-\u22ff]*$/;

let graphemes: Intl.Segmenter | undefined;

/** Made when it is needed: 9 ms. */
function segmenter(): Intl.Segmenter {
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return graphemes;
}

/** Never torn within what a person sees as one character. */
function pieces(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = "";
  for (const { segment } of segmenter().segment(word)) {
    if (part !== "" && displayWidth(part) + displayWidth(segment) > width) {
      parts.push(part);
      part = "";
    }
    part += segment;
  }
  return [...parts, part];
}
