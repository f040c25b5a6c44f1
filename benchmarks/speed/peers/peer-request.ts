import { parseArgs } from "node:util";
import { parseCount } from "../../../src/cli/arguments/option-values.ts";
import { UsageError } from "../../../src/cli/errors.ts";
import { type Workload, workloads } from "./workloads.ts";

export const USAGE = `Our engines and PyTorch, JAX and NumPy on the same workloads, on one core, one
thread against one.

Usage: npm run speed:peers -- [word…] [--rounds N] [--json]

Words choose the workloads whose names have them all.

Options:
  --rounds N  rounds in which each is timed once (default: 7)
  --json      print JSON for programs instead of text for people
  --help      show this help

PLATEAU_PYTHON names the Python that has the peers (default: python3).

Examples:
  npm run speed:peers
  npm run speed:peers -- signal float64 --rounds 15
`;

/** More would take days. */
const MOST_ROUNDS = 1000;

export interface PeerRequest {
  readonly workloads: readonly Workload[];
  readonly rounds: number;
  readonly json: boolean;
}

/** What the words ask for; `help` alone where they ask for that. Throws `UsageError` for words that name nothing. */
export function readRequest(args: readonly string[]): PeerRequest | "help" {
  const { values, positionals } = parsed(args);
  if (values.help) return "help";
  const chosen = workloads.filter(({ name }) => positionals.every((word) => name.includes(word)));
  if (chosen.length === 0) {
    const names = workloads.map(({ name }) => name).join("; ");
    throw new UsageError(`no workload has ${positionals.join(" and ")} in its name, there are ${names}`);
  }
  return { workloads: chosen, rounds: parseCount("--rounds", values.rounds, MOST_ROUNDS), json: values.json };
}

function parsed(args: readonly string[]) {
  const options = {
    rounds: { type: "string", default: "7" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message.split(". ")[0]}, needed words, --rounds N, --json or --help`);
  }
}
