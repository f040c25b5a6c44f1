import type { Lean } from "../../predictions/synthetic/standard-law.ts";
import { wordOf } from "../judges/case-key.ts";
import { newMemory } from "./remembered-law.ts";
import { type Setting, type SimulatedState, simulateArm } from "./simulate-arm.ts";
import type { NamedArm } from "./suite-arms.ts";

/** What a run of an arm may show. "refused": a judge threw, which would be a crash. */
export const EVENTS = ["undecided", "false verdict", "refused"] as const;
export type Event = (typeof EVENTS)[number];

/** Some of the simulated runs of one arm in several settings. */
export interface Runs {
  readonly settings: readonly Setting[];
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

/**
 * Simulates runs `from` to `to - 1` of an arm, an answer a setting. Each run is a function of the seed and the arm's name alone:
 * its settings move the same standard values, which are drawn once.
 */
export function armEvents({ name, ...simulated }: NamedArm, runs: Runs): readonly ArmEvents[] {
  const { settings, from, to, seed, lean } = runs;
  const key = [seed, wordOf(name, 0), wordOf(name, 1), 0] as const;
  const found = settings.map((setting) => ({ arm: name, setting, trials: noTrials() }));
  for (let trial = from; trial < to; trial++) {
    const memory = newMemory();
    for (const { setting, trials } of found) {
      const state = simulateArm(simulated, { setting, trial, key, lean, memory });
      for (const event of EVENTS) if (shows(event, setting, simulated.arm.kind, state)) trials[event].push(trial);
    }
  }
  return found;
}

function noTrials(): Record<Event, number[]> {
  return { undecided: [], "false verdict": [], refused: [] };
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
