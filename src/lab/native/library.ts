import { readFileSync } from "node:fs";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { UnsupportedError } from "../contract/engine.ts";
import type { KernelFunctions } from "../wasm/kernel-functions.ts";
import { type Kernels, withinAddresses } from "../wasm/module.ts";
import { INSTRUCTIONS } from "./cure.ts";
import { DESCRIPTION, LIBRARY, requireWhole } from "./presence.ts";

/** `plain`: float64 bytes are those of the reference. `fast`: fused multiply-adds, and draws in float32. */
export type NativeKind = "plain" | "fast";

export interface NativeKernels extends Kernels {
  readonly functions: KernelFunctions & {
    /** How many float64s a vector has. */
    vectorLanes(): number;
  };
}

/** The library that `npm run build` made of native/, with the kernels for the widest instructions that this machine has. */
export interface NativeLibrary {
  /** Kernels over a memory of their own, or over that of others. */
  readonly instantiate: (kind: NativeKind, over?: Pick<Kernels, "memory" | "heapBase">) => NativeKernels;
  /** Name of the set of instructions in use, and of all that this machine runs, the narrowest first. */
  readonly instructions: string;
  readonly sets: readonly string[];
  /** Whether the fast kernels fuse multiply-adds. */
  readonly fused: boolean;
  /** Version of the bridge. */
  readonly koffi: string;
}

/** What scripts/build-native.mjs writes beside the library. */
interface Description {
  /** Sets of instructions, the narrowest first; those with fast kernels. */
  readonly sets: readonly string[];
  readonly fast: readonly string[];
  readonly functions: Readonly<Record<string, Signature>>;
  /** Of the library. */
  readonly bytes: number;
}

interface Signature {
  readonly result: string;
  /** Whether the memory's base goes before the parameters. */
  readonly memory: boolean;
  /** Whether it is there with fused multiply-adds, too. */
  readonly fast: boolean;
  readonly parameters: readonly string[];
}

/** Rises with every change that may change a byte of an observation; the instructions change none. */
export const VERSIONS = { native: "1" } as const;

const CURE = "npm run build with a C compiler: gcc 10 or clang 14, or later";

/** What opens the library. */
export interface Opening {
  /** The engine that was asked for, which a refusal names. */
  readonly engine?: "native" | "native-fast";
  /** A set of instructions instead of the machine's widest, or of the one that the environment names. */
  readonly wanted?: string | undefined;
}

/**
 * Opens the library, for the machine's widest instructions unless others are `wanted`: bytes are the same.
 * @throws UnsupportedError without koffi or the library, or for instructions that the machine has not, with the cure
 */
export async function openLibrary({ engine = "native", wanted }: Opening = {}): Promise<NativeLibrary> {
  const koffi = await loadKoffi(engine);
  const description = describe(engine);
  const library = load(engine, koffi, description);
  const runs = library.func("plateau_runs", "int", ["int"]);
  const sets = description.sets.filter((_, number) => runs(number) === 1);
  const instructions = instructionsOf(engine, { built: description.sets, sets, wanted });
  const fused = description.fast.includes(instructions);
  return {
    instructions,
    sets,
    fused,
    koffi: koffi.version,
    instantiate: (kind, over) => {
      const symbolOf = (name: string, { fast }: Signature) =>
        `${instructions}${fast && kind === "fast" && fused ? "fast" : ""}_${name}`;
      return instantiate(koffi, library, { signatures: description.functions, symbolOf, ...(over ?? ownMemory()) });
    },
  };
}

interface Sets {
  readonly built: readonly string[];
  readonly sets: readonly string[];
  readonly wanted: string | undefined;
}

function instructionsOf(engine: string, { built, sets, wanted }: Sets): string {
  const [widest] = sets.slice(-1);
  if (widest === undefined) {
    throw new UnsupportedError(`engine ${engine} requires a processor with ${built.join(" or ")}, got one with none`);
  }
  const variable = env[INSTRUCTIONS] || undefined;
  const found = wanted ?? variable ?? widest;
  if (sets.includes(found)) return found;
  const name = wanted === undefined ? INSTRUCTIONS : "instructions";
  const lacking = built.filter((set) => !sets.includes(set));
  const others = lacking.length === 0 ? "" : ` (built, and not of this machine: ${lacking.join(", ")})`;
  throw new UnsupportedError(`engine ${engine} requires ${name} among ${sets.join(", ")}${others}, got ${found}`);
}

type Koffi = typeof import("koffi")["default"];
type Library = ReturnType<Koffi["load"]>;

async function loadKoffi(engine: string): Promise<Koffi> {
  try {
    return (await import("koffi")).default;
  } catch (error) {
    throw new UnsupportedError(
      `engine ${engine} requires the package koffi (npm install koffi), got: ${reasonOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

function describe(engine: string): Description {
  try {
    return JSON.parse(readFileSync(DESCRIPTION, "utf8"));
  } catch (error) {
    throw new UnsupportedError(`engine ${engine} requires its library (${CURE}), got none`, { cause: error });
  }
}

function load(engine: string, koffi: Koffi, { bytes }: Description): Library {
  try {
    requireWhole(LIBRARY, bytes);
    return koffi.load(fileURLToPath(LIBRARY));
  } catch (error) {
    throw new UnsupportedError(`engine ${engine} requires its library (${CURE}), got: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Chains and networks that native/chains/chain-frame.h and native/propagation/law-exact.c have side by side. */
const CHAINS = 32;
const NETWORKS = 8;

/** Address 0 says that an array is not wanted. */
const FIRST_ADDRESS = 64;

/**
 * A WebAssembly memory: its pages are aligned, it grows in place, what lies past its end is not mapped, and the code that lays
 * out buffers for the engine `wasm` does so for this one.
 */
function ownMemory(): Pick<Kernels, "memory" | "heapBase"> {
  const memory = withinAddresses(() => new WebAssembly.Memory({ initial: 1 }));
  return { memory, heapBase: FIRST_ADDRESS };
}

function instantiate(
  koffi: Koffi,
  library: Library,
  {
    signatures,
    symbolOf,
    memory,
    heapBase,
  }: Pick<Kernels, "memory" | "heapBase"> & {
    readonly signatures: Description["functions"];
    readonly symbolOf: (name: string, signature: Signature) => string;
  },
): NativeKernels {
  const base = baseOf(koffi, memory);
  const functions: Record<string, unknown> = {};
  for (const [name, signature] of Object.entries(signatures)) {
    const { result, memory: takesMemory, parameters } = signature;
    const types = takesMemory ? ["uintptr_t", ...parameters] : [...parameters];
    // Bound when it is first called: an engine uses few of them.
    let bound: ((...values: unknown[]) => unknown) | undefined;
    const call = (...values: unknown[]) => {
      bound ??= library.func(symbolOf(name, signature), result, types);
      return takesMemory ? bound(base(), ...values) : bound(...values);
    };
    functions[name] = call;
  }
  return {
    functions: functions as unknown as NativeKernels["functions"],
    memory,
    heapBase,
    chains: CHAINS,
    networks: NETWORKS,
  };
}

/** Where the memory begins, looked up again when it has grown: where address space is scarce, growing moves it. */
function baseOf(koffi: Koffi, memory: WebAssembly.Memory): () => number {
  let { buffer } = memory;
  let base = Number(koffi.address(new Uint8Array(buffer)));
  return () => {
    if (memory.buffer !== buffer) {
      buffer = memory.buffer;
      base = Number(koffi.address(new Uint8Array(buffer)));
    }
    return base;
  };
}

function reasonOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0]!;
}
