import type { Json } from "../claim/experiment.ts";
import type { EngineName } from "../engines/engine.ts";
import { BYTE_EQUAL_ENGINES, OWN_DRAWS_ENGINES } from "../engines/engines.ts";

/** What an observation is of, for a bound: an experiment, and one of its measures. */
export interface ObservedMeasure {
  readonly name: string;
  readonly setup: Json;
  readonly measure: string;
}

/** How far apart two engines' observations of one replicate may be, and the derivation in words. */
export interface ObservationBound {
  readonly bound: number;
  readonly because: string;
}

/** The bound of an engine against the float64 reference; undefined where none was derived. */
export type AgreementBound = (engine: EngineName, observed: ObservedMeasure) => ObservationBound | undefined;

/** What can be said of two engines' observations. */
export interface EnginesApart {
  /** Whether replicate r is the same network on both. */
  readonly paired: boolean;
  readonly boundOf: (observed: ObservedMeasure) => ObservationBound | undefined;
}

/** Whether evidence of two engines, by name, may be compared byte for byte. */
export function promiseEqualBytes(first: string, second: string): boolean {
  return [first, second].every((name) => (BYTE_EQUAL_ENGINES as readonly string[]).includes(name));
}

/** Two engines that each keep a distance from the reference are at most the sum of both apart. */
export function enginesApart(primary: EngineName, other: EngineName, agreementBound: AgreementBound): EnginesApart {
  const paired = ![primary, other].some((name) => OWN_DRAWS_ENGINES.includes(name));
  const inexact = [primary, other].filter((name) => !BYTE_EQUAL_ENGINES.includes(name));
  return {
    paired,
    boundOf: (observed) => {
      const bounds = inexact.map((name) => agreementBound(name, observed));
      if (bounds.includes(undefined)) return undefined;
      const found = bounds as readonly ObservationBound[];
      return {
        bound: found.reduce((sum, { bound }) => sum + bound, 0),
        because: found.map(({ because }) => because).join("; ") || "both engines promise equal bytes",
      };
    },
  };
}
