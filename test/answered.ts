import type { ArmEvidence, UnitEvidence } from "../src/claim/result.ts";

/** An arm that came to another state, with answers whose intervals bear it: made up, and without contradiction. */
export function answered(arm: ArmEvidence, state: UnitEvidence["state"]): ArmEvidence {
  return { ...arm, state, units: arm.units.map((unit) => (unit.state === state ? unit : answeredUnit(unit, state))) };
}

function answeredUnit(unit: UnitEvidence, state: UnitEvidence["state"]): UnitEvidence {
  const [low, high] = unit.region;
  const least = low ?? high! - 1;
  const most = high ?? low! + 1;
  // beyond the end that is closed
  const beyond = high === null ? [least - 2, least - 1] : [most + 1, most + 2];
  const reach = high === null ? [least - 1, least + 1] : [most - 1, most + 1];
  const [from, to] = { supported: [least, most], refuted: beyond, inconclusive: reach }[state] as [number, number];
  return { ...unit, state, estimate: (from + to) / 2, interval: [from, to] };
}
