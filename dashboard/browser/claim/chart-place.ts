import type { ArmData, Raw, UnitData } from "./claim-data.js";

/** A question whose observations could be read. */
export type Observed = UnitData & { readonly raw: Raw };

/** What a chart is of, and how wide it may be. */
export interface Place {
  readonly arm: ArmData;
  readonly width: number;
}
