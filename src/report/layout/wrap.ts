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

/** Characters as a person counts them; all that plateau prints is of single width. */
export function displayWidth(text: string): number {
  return [...text].length;
}

function pieces(word: string, width: number): readonly string[] {
  const letters = [...word];
  if (letters.length <= width) return [word];
  const parts: string[] = [];
  for (let from = 0; from < letters.length; from += width) parts.push(letters.slice(from, from + width).join(""));
  return parts;
}
