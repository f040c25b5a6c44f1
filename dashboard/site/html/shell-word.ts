import { sanitise } from "../../../src/report/layout/sanitise.ts";

/** One word of a command line: a result file's text must not become a second command. */
export function shellWord(value: string): string {
  const word = sanitise(value);
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
