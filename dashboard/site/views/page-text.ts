import type { UnitEvidence } from "../../../src/claim/result.ts";
import { type UnitText, unitText } from "../../../src/report/words/unit-text.ts";
import { readable } from "../html/readable.ts";

/** A question and its answer as a page prints them. */
export function pageText(unit: UnitEvidence): UnitText {
  const { predicted, margin, measured, interval } = unitText(unit);
  return {
    predicted: readable(predicted),
    margin: readable(margin),
    measured: readable(measured),
    interval: readable(interval),
  };
}
