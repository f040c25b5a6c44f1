import type { Io } from "../arguments/command.ts";

/** Styles of our own tables and the redrawing of a line: whatever else begins with an escape character is somebody's text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const STYLES = /\u001b\[(?:0|1|2|22|39|3[0-7]|9[0-7])m/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const REDRAW = /\r\u001b\[2K/y;
// C0 and C1 controls but tab and line feed, and the Unicode marks that reorder or hide text
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const OLD_COMMAND = /##(?=\[)/g;
/** In JSON the same text. */
const OLD_COMMAND_SHOWN = "#\\u0023";

/** What of our own a stream may carry. */
interface Own {
  readonly color: boolean;
  readonly redraw: boolean;
}

/**
 * Text as it may reach a terminal or a log, whoever wrote it: a control character is shown as its escape (`\\u001b`, which a
 * JSON string reads back as the same), and nothing reads as a command to a workflow's runner, neither `::error::` at the start
 * of a line nor `##[error]` anywhere in one (https://github.com/actions/runner, ActionCommand).
 */
export function cleanOutput(text: string, { color, redraw }: Own): string {
  return text
    .replace(CONTROL, (found, at: number) => {
      if (color && matchesAt(STYLES, text, at)) return found;
      if (redraw && (matchesAt(REDRAW, text, at) || (at > 0 && matchesAt(REDRAW, text, at - 1)))) return found;
      return `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
    })
    .replace(/^(\s*):(?=:)/gm, "$1: ")
    .replace(OLD_COMMAND, OLD_COMMAND_SHOWN);
}

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

type Streams = Pick<Io, "stdout" | "stderr" | "color" | "isTTY">;

/** The world of a command with all that it prints cleaned; only a line of `command` reaches a workflow's runner as it is. */
export function cleaned<R extends Streams>(raw: R): R & Pick<Io, "command"> {
  const { stdout, stderr, color, isTTY } = raw;
  return {
    ...raw,
    stdout: (text) => stdout(cleanOutput(text, { color, redraw: false })),
    stderr: (text) => stderr(cleanOutput(text, { color, redraw: isTTY })),
    command: (line) =>
      stdout(`${line.replace(CONTROL, " ").replace(/\n/g, " ").replace(OLD_COMMAND, OLD_COMMAND_SHOWN)}\n`),
  };
}
