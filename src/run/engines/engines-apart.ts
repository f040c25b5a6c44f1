import type { Agreement, AgreementSubject } from "../../lab/agreement.ts";
import type { EngineName } from "../../lab/contract/engine.ts";
import { BYTE_EQUAL_ENGINES, OWN_DRAWS_ENGINES } from "../../lab/engines.ts";

/** What can be said of two engines' observations. */
export interface EnginesApart {
  /** Whether replicate r is the same network on both. */
  readonly paired: boolean;
  readonly boundOf: (subject: AgreementSubject) => Agreement | undefined;
}

/** Whether evidence of two engines, by name, may be compared byte for byte. */
export function promiseEqualBytes(first: string, second: string): boolean {
  return [first, second].every((name) => (BYTE_EQUAL_ENGINES as readonly string[]).includes(name));
}

/** An engine's distance from the float64 reference, as `agreementBound` derives it. */
export type AgreementBound = (engine: EngineName, subject: AgreementSubject) => Agreement | undefined;

/** Two engines that each keep a distance from the reference are at most the sum of both apart. */
export function enginesApart(primary: EngineName, other: EngineName, boundOf: AgreementBound): EnginesApart {
  return {
    paired: ![primary, other].some((name) => OWN_DRAWS_ENGINES.includes(name)),
    boundOf: (subject) => {
      const [first, second] = [boundOf(primary, subject), boundOf(other, subject)];
      return first && second && sumOf(first, second);
    },
  };
}

function sumOf(first: Agreement, second: Agreement): Agreement {
  // the reference's own words would say nothing beside another engine's
  const words = [first, second].filter(({ bound, rate }) => bound > 0 || rate > 0).map(({ because }) => because);
  return {
    bound: first.bound + second.bound,
    rate: Math.min(1, first.rate + second.rate),
    because: [...new Set(words)].join("; ") || first.because,
  };
}
