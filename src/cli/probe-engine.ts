import { writeSync } from "node:fs";
import { PROBE_MARK, type Probe } from "./engine-check.ts";
import { INSTRUMENT } from "./instrument.ts";

/**
 * A process of its own that opens one engine and lets it compute: a native library that crashes, hangs or keeps the process
 * alive takes nothing else with it.
 */
const answer = await probe(process.argv[2]!).catch((error: Error): Probe => ({ reason: error.message }));
writeSync(1, `${PROBE_MARK}${JSON.stringify(answer)}\n`);
process.exit(0);

async function probe(name: string): Promise<Probe> {
  const engine = await INSTRUMENT.open(name);
  INSTRUMENT.tryOut(engine);
  return { versions: engine.versions };
}
