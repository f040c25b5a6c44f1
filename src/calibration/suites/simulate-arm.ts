import type { Arm, Unit } from "../../claim/unit.ts";
import { nextUniform, openStream, type Stream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { type AnyQuestion, kindOf } from "../../predictions/kinds.ts";
import type { Lean } from "../../predictions/synthetic/standard-law.ts";
import { decide } from "../../statistics/decide.ts";
import { type Group, JudgeError, type PlanningErrors, type State } from "../../statistics/judges/judge.ts";
import { type Memory, remembered } from "./remembered-law.ts";

/** Where the truth of a unit is put. */
export type Setting = "centre" | "inside" | "outside";

/** "refused": a judge did not accept the values, by `JudgeError`; the rest of the arm is not judged then. */
export type SimulatedState = State | "refused";

/** One arm as the simulation sees it. */
export interface SimulatedArm {
  readonly arm: Arm;
  readonly levels: PlanningErrors;
}

/** One simulated run of an arm. */
export interface Simulation {
  readonly setting: Setting;
  readonly trial: number;
  readonly key: StreamKey;
  readonly lean: Lean;
  /** Standard values that other settings of the run have drawn. */
  readonly memory: Memory;
}

/**
 * State of an arm on synthetic draws of its own sizes and spreads, looks included, by the same `decide` that runs use.
 *
 * "centre": each unit at its known value. "inside": each unit just inside an edge of its region, so that every unit may
 * refute falsely. "outside": one unit just outside, the others at their known values, which is the nearest that an arm can
 * be to its region without being in it; the unit and the side change with the trial. Units are drawn independently, also
 * where they share samples (which can only make the union of their errors smaller).
 *
 * Units are judged in the order that settles the arm soonest, and no further: the state does not depend on it, because
 * the first refuted unit refutes and the first unit that is not supported prevents support. An answer "not supported" may
 * therefore stand for refuted in the setting outside, "not refuted" for supported inside.
 */
export function simulateArm({ arm, levels }: SimulatedArm, simulation: Simulation): SimulatedState {
  if (simulation.setting === "outside" && !canBeOutside(arm, simulation)) return "inconclusive";
  const looks = Math.max(...arm.sources.map((source) => source.looks.length));
  const used = looks === 1 ? levelsThatCount(levels, simulation.setting) : levels;
  const drawn = arm.units.map(() => undefined as readonly Drawn[] | undefined);
  for (let look = 1; look <= looks; look++) {
    const stateOfUnit = (index: number): SimulatedState => {
      drawn[index] ??= drawUnit(arm, index, simulation);
      return stateOrRefusal(arm.units[index]!, atLook(drawn[index], look), used);
    };
    const state = stateOf(orderOf(arm, simulation), stateOfUnit, simulation.setting);
    if (state !== "inconclusive" || look === looks) return state;
  }
  return "inconclusive";
}

/** Inside only refutation counts, outside only support: the other's bounds, at half of the cost, cannot change that at a single look. */
function levelsThatCount(levels: PlanningErrors, setting: Setting): PlanningErrors {
  if (setting === "centre") return levels;
  const level = setting === "inside" ? levels.refute : levels.support;
  return { ...levels, support: level, refute: level };
}

function stateOrRefusal({ question }: Unit, groups: readonly Group[], levels: PlanningErrors): SimulatedState {
  try {
    return decide(kindOf(question).judge, question, groups, levels).state;
  } catch (error) {
    if (error instanceof JudgeError) return "refused";
    throw error;
  }
}

/** Refuted by any unit, supported by all. Stops where what the setting counts is settled. */
function stateOf(
  order: readonly number[],
  stateOfUnit: (index: number) => SimulatedState,
  setting: Setting,
): SimulatedState {
  const countsSupport = setting === "outside";
  let all = true;
  for (const index of order) {
    const state = stateOfUnit(index);
    if (state === "refuted" || state === "refused") return state;
    if (state !== "supported") all = false;
    if (!all && countsSupport) return "inconclusive";
  }
  return all ? "supported" : "inconclusive";
}

/** Outside: the unit that is outside first. A control at its known value: the unit farthest from its region first. */
function orderOf(arm: Arm, { setting, trial }: Simulation): readonly number[] {
  const indices = arm.units.map((_, index) => index);
  if (setting === "outside") return [trial % indices.length, ...indices.filter((i) => i !== trial % indices.length)];
  if (setting === "centre" && arm.kind === "control") {
    const distance = indices.map((i) => distanceFromRegion(arm.units[i]!.question));
    return indices.sort((a, b) => distance[b]! - distance[a]!);
  }
  return indices;
}

/** In standard errors, but for a factor that the units of an arm share. */
function distanceFromRegion(question: AnyQuestion): number {
  const truth = kindOf(question).synthetic.knownTruth(question);
  const { low, high } = question.region;
  const spread = question.known?.[0]?.spread ?? 1;
  return Math.max(low - truth, truth - high) / (Number.isFinite(spread) && spread > 0 ? spread : 1);
}

/** One group at the last look, and how many of its values count at each. */
interface Drawn {
  readonly group: Group;
  readonly counted: readonly number[];
}

function drawUnit(arm: Arm, index: number, simulation: Simulation): readonly Drawn[] {
  const unit = arm.units[index]!;
  const stream = openStream(simulation.key, simulation.trial, LANES.weights);
  // Units of an arm are told apart by the high half of the counter's second word: 2^40 uniforms each.
  stream.position = index * 2 ** 40;
  const counted = unit.groups.map((group, g) => countedAt(arm, group, unit.question.known?.[g]?.counts ?? 1, stream));
  const sizes = counted.map((counts) => counts.at(-1)!);
  const truth = truthOf(unit, index, arm, simulation);
  const { synthetic } = kindOf(unit.question);
  const law = remembered(synthetic.law(unit.question, truth, simulation.lean), simulation.memory);
  const groups = synthetic.draw(unit.question, truth, { replicates: sizes, stream, law });
  return groups.map((group, g) => ({ group, counted: counted[g]! }));
}

/** Replicates that count at each look: each with its known probability. */
function countedAt(arm: Arm, group: Unit["groups"][number], probability: number, stream: Stream): readonly number[] {
  const { looks } = arm.sources[group.source]!;
  if (probability >= 1) return looks;
  const counts: number[] = [];
  let counted = 0;
  let drawn = 0;
  for (const look of looks) {
    for (; drawn < look; drawn++) if (nextUniform(stream) < probability) counted++;
    counts.push(counted);
  }
  return counts;
}

function truthOf({ question }: Unit, index: number, arm: Arm, { setting, trial }: Simulation): number {
  const units = arm.units.length;
  if (setting === "centre" || (setting === "outside" && index !== trial % units))
    return kindOf(question).synthetic.knownTruth(question);
  const edges = kindOf(question).synthetic.edges(question, setting);
  return edges[Math.floor(trial / units) % edges.length] ?? kindOf(question).synthetic.knownTruth(question);
}

/** A region that holds every possible value has no outside. */
function canBeOutside(arm: Arm, { trial }: Simulation): boolean {
  return edgesOutside(arm.units[trial % arm.units.length]!).length > 0;
}

function edgesOutside({ question }: Unit): readonly number[] {
  return kindOf(question).synthetic.edges(question, "outside");
}

function atLook(drawn: readonly Drawn[], look: number): readonly Group[] {
  return drawn.map(({ group, counted }) => {
    const count = counted[Math.min(look, counted.length) - 1]!;
    return { columns: group.columns.map((column) => (column.length === count ? column : column.subarray(0, count))) };
  });
}
