import type { Instrument, OpenedEngine } from "../claim/instrument.ts";
import { enginesApart } from "./agreement.ts";
import type { Engine } from "./contract/engine.ts";
import { aboutEngine, defaultEngine, ENGINE_NAMES, engineRates, identifyEngine, openEngine } from "./engines.ts";
import { fitRates } from "./fit-rates.ts";

/** The instrument of random networks. */
export default {
  name: "lab",
  module: import.meta.url,
  engines: ENGINE_NAMES,
  defaultEngine: () => defaultEngine(),
  defaultEngineIs: "native where it is built, else wasm",
  fast: { engine: "wasm-fast", of: "wasm" },
  open: openEngine,
  identify: identifyEngine,
  engineModule: (name) => aboutEngine(name).module,
  rates: engineRates,
  together: (name) => aboutEngine(name).together ?? 1,
  fitRates: (engine, clock) => fitRates(ownEngine(engine), clock),
  equalBytes: (first, second) => hasReferenceBytes(first) && hasReferenceBytes(second),
  unitRoundoff: (engine) => aboutEngine(engine).precision?.unit ?? 2 ** -53,
  apart: (first, second) => enginesApart(aboutEngine(first), aboutEngine(second)),
  tryOut: (engine) => tryOut(ownEngine(engine)),
  cure: (name, reason, folder) =>
    reason.includes("ulimit -v") ? "ulimit -v unlimited" : aboutEngine(name).cure(reason, folder),
} satisfies Instrument;

/** Evidence may name an engine that this version does not have any more. */
function hasReferenceBytes(name: string): boolean {
  return (ENGINE_NAMES as readonly string[]).includes(name) && aboutEngine(name).bytes === "reference";
}

/** What is handed back is what `open` gave. */
function ownEngine(engine: OpenedEngine): Engine {
  return engine as Engine;
}

function tryOut(engine: Engine): void {
  const { logIncrements } = engine.propagate({
    network: { kind: "mlp", widths: [4, 4, 4], activation: "linear", init: { law: "gaussian", gain: 1, fan: "in" } },
    input: { law: "sphere" },
    streams: { key: [1, 2, 3, 4], first: 0, count: 2 },
  });
  if (!logIncrements.every(Number.isFinite)) throw new Error(`engine ${engine.name} computes what is not finite`);
}
