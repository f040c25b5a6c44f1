import stringWidth from "string-width";

/**
 * Columns that a terminal gives to text: two for a wide character, none for one that combines with its neighbour. Any text has one,
 * also text that is no Unicode.
 */
export function displayWidth(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(withoutFormat(text));
}

/**
 * What takes a column each and combines with nothing, so that it needs none of Unicode's tables, which take 25 ms: printable ASCII,
 * letters of Latin and Greek, dashes and dots, raised and lowered digits, arrows, and signs of mathematics.
 */
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u03ff\u2010-\u2027\u2070-\u209c\u2190-\u22ff]*$/;

/** Signs that are drawn although they are format characters: Unicode's Prepended_Concatenation_Mark, of which JavaScript knows nothing. */
const DRAWN_FORMAT = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/gu;
/** Any sign of one column that combines with nothing. */
const ONE_COLUMN = "x";

/** Other format characters that string-width takes for visible, and whose width it then asks for: without a neighbour it throws. */
const FORMAT = /(?!\p{Default_Ignorable_Code_Point})\p{Format}/gu;

/** The same columns as glibc's wcwidth says: one for each format character that is drawn, none for the others. */
function withoutFormat(text: string): string {
  return text.replace(DRAWN_FORMAT, ONE_COLUMN).replace(FORMAT, "");
}
