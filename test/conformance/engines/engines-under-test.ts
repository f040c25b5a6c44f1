import type { EngineName } from "../../../src/engines/engine.ts";
import { openEngine } from "../../../src/engines/engines.ts";
import { type Arithmetic, type Contractor, DOUBLE } from "./check.ts";

/** An engine and what the contract holds it to. */
export interface EngineUnderTest {
  readonly name: EngineName;
  readonly arithmetic: Arithmetic;
  /** Whether its float64 observations are the reference's, bytes and all. */
  readonly bytes: boolean;
}

export const enginesUnderTest: readonly EngineUnderTest[] = [{ name: "reference", arithmetic: DOUBLE, bytes: true }];

/** What opening gave: the engine, or why there is none. */
export async function openUnderTest(name: EngineName): Promise<Contractor | Error> {
  try {
    return (await openEngine(name)) as Contractor;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
