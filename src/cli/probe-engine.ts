import { writeSync } from "node:fs";
import { type EngineName, openEngine } from "../lab/engines.ts";
import { PROBE_MARK, type Probe } from "./engine-check.ts";

/**
 * A process of its own that opens one engine and lets it compute: a native library that crashes, hangs or keeps the process
 * alive takes nothing else with it.
 */
const answer = await probe(process.argv[2] as EngineName).catch((error: Error): Probe => ({ reason: error.message }));
writeSync(1, `${PROBE_MARK}${JSON.stringify(answer)}\n`);
process.exit(0);

async function probe(name: EngineName): Promise<Probe> {
  const engine = await openEngine(name);
  const { logIncrements } = engine.propagate({
    network: { kind: "mlp", widths: [4, 4, 4], activation: "linear", init: { law: "gaussian", gain: 1, fan: "in" } },
    input: { law: "sphere" },
    streams: { key: [1, 2, 3, 4], first: 0, count: 2 },
  });
  if (!logIncrements.every(Number.isFinite)) throw new Error(`engine ${name} computes what is not finite`);
  return { versions: engine.versions };
}
