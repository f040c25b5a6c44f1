import type { OriginEvidence } from "../result.ts";
import type { SampleSource } from "../unit.ts";
import type { Origin } from "./origin.ts";

/** What makes the observations of these sources where no engine does, each once, as evidence has it. */
export function originsOf(sources: readonly Pick<SampleSource, "experiment">[]): readonly OriginEvidence[] {
  const origins = sources.map(({ experiment }) => experiment.origin).filter((origin) => origin !== undefined);
  return [...new Map(origins.map(evidenceOf).map((origin) => [JSON.stringify(origin), origin])).values()];
}

function evidenceOf(origin: Origin): OriginEvidence {
  if (origin.by === "recorded") return { by: "recorded", file: origin.file, digest: origin.digest };
  const { argv, deterministic, lost } = origin;
  return { by: "program", program: argv.join(" "), deterministic, ...(lost === undefined ? {} : { lost }) };
}
