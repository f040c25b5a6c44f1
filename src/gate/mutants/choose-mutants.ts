import { createHash } from "node:crypto";
import { StepError } from "../step.ts";
import type { Mutant } from "./mutant.ts";

/**
 * The mutants that `wanted` asks for: `all`, so many at random by the seed, or ids with commas between them. Throws `StepError`
 * for what is none of these.
 */
export function chooseMutants(mutants: readonly Mutant[], wanted: string, seed: string): readonly Mutant[] {
  if (wanted === "all") return mutants;
  if (/^[1-9]\d*$/.test(wanted)) return drawn(mutants, seed).slice(0, Number(wanted));
  return wanted.split(",").map((id) => {
    const found = mutants.find((mutant) => mutant.id === id);
    if (found === undefined) throw new StepError(`there is no mutant ${id}, needed all, a number or ids of mutants`);
    return found;
  });
}

/** In an order that the seed alone decides: by the digests of seed and id. */
function drawn(mutants: readonly Mutant[], seed: string): readonly Mutant[] {
  const place = ({ id }: Mutant) => createHash("sha256").update(`${seed} ${id}`).digest("hex");
  return [...mutants].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
