import type { Lean } from "../../predictions/synthetic/standard-law.ts";
import { wordOf } from "../judges/case-key.ts";
import { type Setting, type SimulatedState, simulateArm } from "./simulate-arm.ts";
import type { NamedArm } from "./suite-arms.ts";

/** What a run of an arm may show. "refused": a judge threw, which would be a crash. */
export const EVENTS = ["undecided", "false verdict", "refused"] as const;
export type Event = (typeof EVENTS)[number];

/** Some of the simulated runs of one arm in one setting. */
export interface Runs {
  readonly setting: Setting;
  readonly from: number;
  readonly to: number;
  /** 32 bits. */
  readonly seed: number;
  readonly lean: Lean;
}

/** In which runs of an arm which event happened. */
export interface ArmEvents {
  readonly arm: string;
  readonly setting: Setting;
  readonly trials: { readonly [event in Event]: readonly number[] };
}

/** Simulates runs `from` to `to - 1` of an arm. Each is a function of the seed, the arm's name and the setting alone. */
export function armEvents({ name, ...simulated }: NamedArm, { setting, from, to, seed, lean }: Runs): ArmEvents {
  const key = [seed, wordOf(name, 0), wordOf(name, 1), wordOf(setting, 0)] as const;
  const trials: Record<Event, number[]> = { undecided: [], "false verdict": [], refused: [] };
  for (let trial = from; trial < to; trial++) {
    const state = simulateArm(simulated, { setting, trial, key, lean });
    for (const event of EVENTS) if (shows(event, setting, simulated.arm.kind, state)) trials[event].push(trial);
  }
  return { arm: name, setting, trials };
}

/** At the centre everything has to be decided. Inside nothing is promised of controls, which should be outside. */
function shows(event: Event, setting: Setting, kind: "claimed" | "control", state: SimulatedState): boolean {
  switch (event) {
    case "refused":
      return state === "refused";
    case "undecided":
      return setting === "centre" && (state === "inconclusive" || state === "refused");
    case "false verdict":
      if (setting === "outside") return state === "supported";
      if (setting === "inside") return kind === "claimed" && state === "refuted";
      return state === (kind === "claimed" ? "refuted" : "supported");
  }
}
