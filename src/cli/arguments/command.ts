import type { ExitCode } from "../../report/exit-code.ts";

/** One flag of a command, in the form of `node:util` parseArgs with what help says of it. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  readonly default?: string;
  /** Stands for the value in help: `--tier TIER`. */
  readonly placeholder?: string;
  readonly description: string;
}

export type Options = { readonly [name: string]: Option };

/** Flags that every command has. */
export const COMMON_OPTIONS = {
  json: { type: "boolean", description: "print JSON for programs instead of text for people" },
  root: {
    type: "string",
    placeholder: "DIR",
    description:
      "folder that holds suites/ and baselines/ (default: PLATEAU_ROOT, else the nearest folder upwards with plateau.json, else this package)",
  },
  help: { type: "boolean", description: "show this help" },
} as const satisfies Options;

type ValueOf<O extends Option> = O extends { readonly type: "boolean" }
  ? boolean
  : O extends { readonly multiple: true }
    ? readonly string[]
    : O extends { readonly default: string }
      ? string
      : string | undefined;

type Values<O extends Options> = { readonly [Name in keyof O]: ValueOf<O[Name]> };

export interface Arguments<O extends Options> {
  readonly values: Values<O & typeof COMMON_OPTIONS>;
  readonly positionals: readonly string[];
}

/** All that a command may touch of the world besides files: nothing but process/program.ts uses `process`. */
export interface Io {
  /** Queues text, cleaned of controls; errors of writing are reported by main after the command has ended. */
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** One line for a workflow's runner, `::error::…`: what `stdout` prints is never one. */
  readonly command: (line: string) => void;
  /** Whether stderr, where progress goes, is a terminal. */
  readonly isTTY: boolean;
  /** Whether stdout takes colour. */
  readonly color: boolean;
  /** Width of stdout in characters, at least 80. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Folder of `results/` and `.plateau/`: the project's, see `homeOf`. */
  readonly home: string;
  readonly now: () => Date;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** A command: what help says of it, its flags, and what it does. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  readonly summary: string;
  /** After `plateau `: `run <suite|claim…> [options]`. */
  readonly usage: string;
  /** More that help says, a paragraph an entry. */
  readonly notes?: readonly string[];
  /** After `plateau `, each with what it is for. */
  readonly examples: readonly { readonly command: string; readonly does: string }[];
  readonly options: O;
  /** How many words it takes besides flags. */
  readonly positionals: { readonly min: number; readonly max: number; readonly what: string };
  // a method, so that commands with different options are all `Command`
  run(args: Arguments<O>, io: Io): Promise<ExitCode>;
}

/** Identity, so that TypeScript infers the flags' types. The value is the default export of the command's file. */
export function defineCommand<const O extends Options>(command: Command<O>): Command<O> {
  return command;
}
