import type { Instrument } from "../claim/instrument.ts";
import lab from "../lab/instrument.ts";

/** What the experiments of this command line's suites are written for: handed to whatever runs, plans or compares them. */
export const INSTRUMENT: Instrument = lab;
