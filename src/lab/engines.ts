import type { Rates } from "../claim/experiment.ts";
import type { EngineAbout } from "./contract/about.ts";
import { checked } from "./contract/checked.ts";
import type { Engine } from "./contract/engine.ts";
import { native } from "./native/about.ts";
import { nativeFast } from "./native/fast/about.ts";
import { type Presence, presenceOf } from "./native/presence.ts";
import { openblas } from "./openblas/about.ts";
import { reference } from "./reference/about.ts";
import { tensorflow } from "./tensorflow/about.ts";
import { wasm } from "./wasm/about.ts";
import { wasmFast } from "./wasm/fast/about.ts";
import { webgpu } from "./webgpu/about.ts";

/** Every engine, in the order in which they are shown: a new one is a folder with its `about.ts`, and a line here. */
const ENGINES = [reference, native, nativeFast, wasm, wasmFast, openblas, tensorflow, webgpu] as const;

export type EngineName = (typeof ENGINES)[number]["name"];

export const ENGINE_NAMES: readonly EngineName[] = ENGINES.map(({ name }) => name);

/**
 * What computes where no engine is named: the fastest here whose bytes are the reference's, so that evidence does not tell which.
 * `instead` is one line of a faster one that was built and opens no more.
 */
export function defaultEngine(native: Presence = presenceOf()): {
  readonly engine: EngineName;
  readonly instead?: string;
} {
  if (native === "opens") return { engine: "native" };
  if (native === "absent") return { engine: "wasm" };
  const instead = `engine wasm computes, which gives the same bytes: native was built and does not open (${native.fault}), npm run build makes it anew`;
  return { engine: "wasm", instead };
}

/** Engines whose float64 observations are equal byte for byte on every machine; evidence of others is never compared by bytes. */
export const BYTE_EQUAL_ENGINES: readonly EngineName[] = ENGINES.filter(({ bytes }) => bytes === "reference").map(
  ({ name }) => name,
);

/**
 * What is known of the engine of that name.
 * @throws RangeError for another name
 */
export function aboutEngine(name: string): EngineAbout<EngineName> {
  const found = ENGINES.find((engine) => engine.name === name);
  if (found === undefined) throw new RangeError(`an engine requires one of ${ENGINE_NAMES.join(" ")}, got ${name}`);
  return found;
}

/** Rates of an engine without measuring anything here: those of the reference where its own are not known. */
export function engineRates(name: string): Rates {
  return aboutEngine(name).rates ?? reference.rates!;
}

/**
 * The engine of that name, behind the checks of its contract; never another one in its place. Each call opens one anew: a thread that computes keeps its own.
 * @throws UnsupportedError with the reason why it cannot be had, and what cures that
 */
export async function openEngine(name: string): Promise<Engine> {
  return checked(await aboutEngine(name).open());
}

/**
 * Name and versions of the engine that `openEngine` gives, which is opened only where they cannot be told before.
 * @throws UnsupportedError as `openEngine` does
 */
export async function identifyEngine(name: string): Promise<Pick<Engine, "name" | "versions">> {
  const { identify, open } = aboutEngine(name);
  return identify === undefined ? open() : { name, versions: await identify() };
}
