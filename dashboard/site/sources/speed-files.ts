import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { AbsentRow, PeerRow } from "../../../benchmarks/speed/peers/compare-peers.ts";
import type { MachineLimits } from "../../../src/speed/machine-limits.ts";
import type { Needs } from "../../../src/speed/speed-case.ts";
import type { TimedCase } from "../../../src/speed/time-alone.ts";

const strict = z.strictObject;
const text = z.string();
const rate = z.number().positive();

const machine = strict({ node: text, platform: text, processor: text, cores: z.int().positive() });
/** When and of which code, where the file says so. */
const made = { at: z.iso.datetime().exactOptional(), commit: text.nullable().exactOptional() };

const peerRow = strict({
  workload: text,
  unit: text,
  engine: text,
  target: rate.exactOptional(),
  ours: rate,
  peer: rate,
  best: text,
  ratios: z.array(rate).min(1),
}) satisfies z.ZodType<PeerRow>;

const absentRow = strict({ workload: text, engine: text, absent: text }) satisfies z.ZodType<AbsentRow>;

/** What `npm run --silent speed:peers -- --json` prints. */
const peersFile = strict({
  ...made,
  machine,
  core: text.nullable(),
  node: text,
  peers: z.array(strict({ versions: z.record(text, text), flags: z.record(text, text) })),
  rows: z.array(peerRow).min(1),
  absent: z.array(absentRow).exactOptional(),
});

const limits = strict({
  ...{ double: rate, doubleFused: rate, single: rate, singleFused: rate, words: rate, bytes: rate },
}) satisfies z.ZodType<MachineLimits>;

const needs = strict({
  double: z.number().exactOptional(),
  single: z.number().exactOptional(),
  words: z.number().exactOptional(),
  bytes: z.number().exactOptional(),
  fused: z.boolean().exactOptional(),
  native: z.boolean().exactOptional(),
}) satisfies z.ZodType<Needs>;

const benchmark = strict({
  file: text,
  name: text,
  unit: text,
  needs: needs.exactOptional(),
  milliseconds: rate,
  shareOfLimit: rate.exactOptional(),
}) satisfies z.ZodType<TimedCase>;

/** What `npm run --silent speed -- --json` prints. */
const refused = strict({ file: text, name: text, unit: text, needs: needs.exactOptional(), unsupported: text });
const kernelsFile = strict({
  ...made,
  machine,
  limits,
  nativeLimits: limits.exactOptional(),
  benchmarks: z.array(benchmark).min(1),
  refused: z.array(refused).exactOptional(),
});

export type PeersFile = z.infer<typeof peersFile>;
export type KernelsFile = z.infer<typeof kernelsFile>;

/** What was measured on one machine; its name is that of its folder. */
export interface MachineSpeed {
  readonly name: string;
  readonly peers: PeersFile | undefined;
  readonly kernels: KernelsFile | undefined;
}

export type SpeedFiles = readonly MachineSpeed[];

/** One file of one machine's. */
export interface OfMachine<File> {
  readonly name: string;
  readonly file: File;
}

const PEERS = "peers.json";
const KERNELS = "kernels.json";

/**
 * The committed measurements of speed: `peers.json`, `kernels.json` or both in a folder for each machine, in the order of the
 * folders' names. Throws on a file that is something else, naming file and field, and on a measurement outside such a folder.
 */
export function readSpeedFiles(folder: string): SpeedFiles {
  if (!existsSync(folder)) return [];
  for (const file of [PEERS, KERNELS]) {
    const path = join(folder, file);
    if (existsSync(path))
      throw new Error(`${path} requires a folder of its machine: ${join(folder, "my-machine", file)}`);
  }
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  return names.sort().flatMap((name) => {
    if (!NAME.test(name)) throw new Error(`${join(folder, name)} requires a name of letters, digits, - and _`);
    const peers = read(join(folder, name, PEERS), peersFile);
    const kernels = read(join(folder, name, KERNELS), kernelsFile);
    return peers === undefined && kernels === undefined ? [] : [{ name, peers, kernels }];
  });
}

/** The name stands in addresses and selectors. */
const NAME = /^[\w-]+$/;

/** Those machines' files that are there. */
export function defined<File>(
  machines: SpeedFiles,
  of: (machine: MachineSpeed) => File | undefined,
): readonly OfMachine<File>[] {
  return machines.flatMap((machine) => {
    const file = of(machine);
    return file === undefined ? [] : [{ name: machine.name, file }];
  });
}

function read<S extends z.ZodType>(path: string, schema: S): z.infer<S> | undefined {
  if (!existsSync(path)) return undefined;
  const found = schema.safeParse(parsed(path));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new Error(`${path} requires a measurement of speed: ${placeOf(issue!.path)}: ${issue!.message}`);
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} requires JSON: ${(error as Error).message}`);
  }
}

/** `rows[3].ratios[0]`. */
function placeOf(path: readonly PropertyKey[]): string {
  const words = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return words.replace(/^\./, "") || "its top";
}
