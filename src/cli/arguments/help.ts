import { wrap } from "../../report/layout/wrap.ts";
import { COMMON_OPTIONS, type Command, type Options } from "./command.ts";

/** Width of help, so that it reads the same in every terminal and in the golden files. */
const WIDTH = 80;

const EXIT_CODES = [
  "0    everything that was asked for holds",
  "1    a claim or a control failed, or got worse than its baseline",
  "2    wrong use, unreadable input, output that could not be written",
  "3    undecided at a tier that must decide; crashed or timed out at any tier",
  "70   a bug of plateau's own, with its stack; please report it",
  "130  interrupted",
];

/** `plateau --help`. */
export function overviewHelp(commands: readonly { readonly name: string; readonly summary: string }[]): string {
  const longest = Math.max(...commands.map(({ name }) => name.length));
  return [
    "plateau turns the claims of a paper into experiments that pass or fail, with",
    "error rates that are stated, controlled and measured.",
    "",
    "Usage: plateau <command> [options]",
    "",
    "Commands:",
    ...commands.map(({ name, summary }) => hanging(`  ${name.padEnd(longest)}  `, summary)),
    "",
    "Options:",
    "  --help     show this help; `plateau <command> --help` shows a command's",
    "  --version  show the version",
    "",
    "Examples:",
    "  plateau list",
    "  plateau run --tier smoke",
    "",
    "Exit codes, where several apply the first of 2, 1, 3:",
    ...EXIT_CODES.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

/** `plateau <command> --help`. */
export function commandHelp<O extends Options>(command: Command<O>): string {
  const options = Object.entries({ ...command.options, ...COMMON_OPTIONS } as Options);
  const flags = options.map(([name, { type, placeholder }]) => {
    return type === "boolean" ? `--${name}` : `--${name} ${placeholder ?? "VALUE"}`;
  });
  const longest = Math.max(...flags.map((flag) => flag.length));
  const described = options.map(([, { description, default: fallback }], index) => {
    const suffix = fallback === undefined ? "" : ` (default: ${fallback})`;
    return hanging(`  ${flags[index]!.padEnd(longest)}  `, description + suffix);
  });
  return [
    ...wrap(command.summary, WIDTH),
    "",
    `Usage: plateau ${command.usage}`,
    "",
    ...(command.notes ?? []).flatMap((note) => [...wrap(note, WIDTH), ""]),
    "Options:",
    ...described,
    "",
    "Examples:",
    ...command.examples.flatMap(({ command: line, does }) => [`  plateau ${line}`, hanging("      ", does)]),
    "",
  ].join("\n");
}

function hanging(lead: string, text: string): string {
  const indent = " ".repeat(lead.length);
  return wrap(text, WIDTH - lead.length)
    .map((line, index) => (index === 0 ? lead : indent) + line)
    .join("\n");
}
