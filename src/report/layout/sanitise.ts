// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const ESCAPE_SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b./g;
// C0 and C1 controls, and the Unicode marks that reorder or hide text
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** Text from a result file made safe for one line of a terminal: no escape sequences, no control or invisible characters. */
export function sanitise(text: string): string {
  return text
    .replace(ESCAPE_SEQUENCES, "")
    .replace(/[\t\r\n]+/g, " ")
    .replace(CONTROLS, "");
}
