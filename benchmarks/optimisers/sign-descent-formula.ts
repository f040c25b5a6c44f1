import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Chain } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import { escapeCost, untilHorizon } from "./optimiser-escape.ts";
import { signDescentTime } from "./sign-descent-time.ts";

export type FormulaMeasure = "time" | "formula" | "stepsOff" | "isClose" | "inBand";

/** A product passes its target, and the smallest weight 0, between two steps; each of the two costs at most two steps. */
const CLOSE = 4;

const measures: Experiment<FormulaMeasure>["measures"] = {
  time: { kind: "raw", rounding: "underived", description: "steps times rate to reach half the target" },
  formula: {
    kind: "raw",
    rounding: "underived",
    description: "sign descent's time on the same chain in closed form, for infinitely small steps",
  },
  stepsOff: { kind: "raw", rounding: "underived", description: "distance of the two in steps" },
  isClose: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: `1 when they are at most ${CLOSE} steps apart`,
  },
  inBand: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the time lies in the band that is asked for",
  },
};

/** Half of the target 1, which an escape reaches. */
const HALF = 0.5;

/**
 * Escape times of a chain beside what the closed form of sign descent says of its weights.
 * @param band times that count as inside, the ends too
 */
export function signDescentFormula(
  network: Chain,
  optimiser: Optimiser,
  horizon: number,
  band: readonly [low: number, high: number] = [0, horizon],
): Experiment<FormulaMeasure> {
  const cost = escapeCost(network, optimiser, horizon);
  return {
    name: "sign-descent-formula",
    module: import.meta.url,
    setup: { network: { ...network } as never, optimiser: { ...optimiser }, horizon, band: [...band] },
    measures,
    cost: { ...cost, transcendentals: 80 * network.depth },
    observe: (context) => observe(network, optimiser, horizon, band, context),
  };
}

function observe(
  network: Chain,
  optimiser: Optimiser,
  horizon: number,
  [low, high]: readonly [number, number],
  { engine, streams }: Context,
) {
  const { depth } = network;
  const method = untilHorizon(optimiser, horizon);
  const time = engine.chainEscapes({ network, method, streams }).times;
  const weights = engine.chainWeights({ network, streams });
  const formula = time.map((_, row) => signDescentTime(weights.subarray(row * depth, (row + 1) * depth), HALF));
  const stepsOff = time.map((taken, row) => Math.abs(taken - formula[row]!) / optimiser.rate);
  return {
    time,
    formula,
    stepsOff,
    isClose: stepsOff.map((off) => (off <= CLOSE ? 1 : 0)),
    inBand: time.map((taken) => (taken >= low && taken <= high ? 1 : 0)),
  };
}
