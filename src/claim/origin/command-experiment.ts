import { ClaimError } from "../../predictions/claim-error.ts";
import type { Experiment, Json, Measure } from "../experiment.ts";
import { KEPT, type Program, type Takes } from "./origin.ts";

/** What an author says of a program. */
export interface CommandDefinition<M extends string> {
  readonly name: string;
  /** `import.meta.url` of the file that defines it. Paths are relative to the nearest folder above it with a plateau.json, else to its own. */
  readonly module: string;
  /** Run without a shell: `["python3", "experiments/train.py"]`. */
  readonly argv: readonly [command: string, ...words: string[]];
  /** Globs of all files that the program is made of: what was computed by other files is not found again. */
  readonly files: readonly [string, ...string[]];
  /** Sent with each request; with name, argv and environment it keys the random streams. */
  readonly cell: Json;
  readonly measures: { readonly [measure in M]: Omit<Measure, "rounding"> };
  /** Of one replicate, for plans, pieces of work (about a second each) and time limits (thirty times as long, a minute at least). */
  readonly seconds: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: one core. */
  readonly takes?: Takes;
  /** Default: true. */
  readonly deterministic?: boolean;
  /** The rate at which replicates may be lost (a training that diverges), above 0 and below 1. Without it a lost one is a crash. */
  readonly lost?: number;
  /** Default: the command's own `--version`. */
  readonly versions?: Program["versions"];
}

/**
 * An experiment that is a program. Nothing is run here: a run starts the program, keeps it for many requests and ends it.
 * Throws `ClaimError` for what makes no sense.
 */
export function commandExperiment<M extends string>(definition: CommandDefinition<M>): Experiment<M> {
  check(definition);
  const { name, module, argv, files, cell, measures, seconds, lost } = definition;
  const { environment = {}, takes = { cores: 1 }, deterministic = true } = definition;
  const versions = definition.versions ?? [[argv[0], "--version"]];
  const declared = Object.entries<Omit<Measure, "rounding">>({
    ...measures,
    ...(lost === undefined ? {} : KEPT_MEASURE),
  });
  const exact = declared.map(([key, measure]): [string, Measure] => [key, { ...measure, rounding: "exact" }]);
  const program = { by: "program", argv, files, environment, takes, deterministic, versions, cell } as const;
  return {
    name,
    module,
    setup: { argv: [...argv], environment: { ...environment }, cell },
    measures: Object.fromEntries(exact) as Experiment<M>["measures"],
    cost: { draws: 0, multiplyAdds: 0, seconds },
    origin: { ...program, ...(lost === undefined ? {} : { lost }) },
    observe: () => {
      throw new TypeError(`experiment ${name} is a program: a run computes it, no engine does`);
    },
  };
}

const KEPT_MEASURE = {
  [KEPT]: { kind: "bounded", range: [0, 1], description: "1 where the replicate has values, 0 where it was lost" },
} as const;

function check({ name, argv, files, measures, seconds, takes, lost }: CommandDefinition<string>): void {
  const required = (what: string, found: unknown) =>
    new ClaimError(`experiment ${name} requires ${what}, got ${JSON.stringify(found)}`);
  if (!(argv.length > 0 && argv.every((word) => typeof word === "string"))) throw required("argv of words", argv);
  if (!(files.length > 0)) throw required("files: globs of what the program is made of", files);
  if (!(seconds > 0 && Number.isFinite(seconds))) throw required("seconds of one replicate, above 0", seconds);
  if (lost !== undefined && !(lost > 0 && lost < 1)) throw required("lost, a rate above 0 and below 1", lost);
  if (takes !== undefined && takes !== "gpu" && !(Number.isInteger(takes.cores) && takes.cores >= 1)) {
    throw required('takes: "gpu" or a whole number of cores', takes);
  }
  const taken = Object.keys(measures).find((measure) => RESERVED.has(measure));
  if (taken !== undefined) throw required("measures by other names than the protocol's own", taken);
}

/** Names that mean something else in an answer. */
const RESERVED: ReadonlySet<string> = new Set(["replicate", "lost", "unsupported", KEPT]);
