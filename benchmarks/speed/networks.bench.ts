import { fillBasis, fillDirection } from "../../src/lab/draws/input.ts";
import { depthOf } from "../../src/lab/networks/architecture.ts";
import { heNormal, type Mlp, mlp } from "../../src/lab/networks/network.ts";
import { backpropagate } from "../../src/lab/reference/backpropagate.ts";
import { propagate } from "../../src/lab/reference/propagate.ts";
import { backward, drawNetwork, forward, openTape, type Tape } from "../../src/lab/reference/tape.ts";
import { multiply } from "../../src/numerics/matrix.ts";
import { openStream } from "../../src/numerics/random.ts";
import { LANES, type StreamKey } from "../../src/numerics/stream.ts";
import type { SpeedCase } from "../../src/speed/speed-case.ts";

/**
 * Speed of the reference's passes through multilayer perceptrons. The first two cases of a size are whole observations,
 * draws included; the others are their parts, on weights drawn once. The cost of the log domain is what the rescaled pass
 * takes beyond the plain one, which neither rescales nor takes logarithms and is right at small depth only.
 */

const KEY: StreamKey = [1, 2, 3, 4];

const SIZES = [
  // Calls of some 20 ms, so that the memory set up by each call is not what is timed.
  { width: 16, depth: 64, replicates: 32 },
  { width: 128, depth: 64, replicates: 1 },
] as const;

export const cases: readonly SpeedCase[] = SIZES.flatMap((size) => [...observations(size), ...parts(size)]);

function observations({ width, depth, replicates }: (typeof SIZES)[number]): readonly SpeedCase[] {
  const network = mlp({ width, depth, activation: "relu", init: heNormal });
  const streams = (call: number) => ({ key: KEY, first: call * replicates, count: replicates });
  return [
    named("forward", network, () => (call) => {
      propagate({ network, input: { law: "basis" }, streams: streams(call) });
      return replicates;
    }),
    named("forward and backward", network, () => (call) => {
      backpropagate({ network, input: { law: "sphere" }, streams: streams(call) });
      return replicates;
    }),
  ];
}

/** A network's drawing and each pass through it. */
function parts({ width, depth }: (typeof SIZES)[number]): readonly SpeedCase[] {
  const network = mlp({ width, depth, activation: "relu", init: heNormal });
  return [
    onTape("forward pass, plain", network, (tape) => {
      const [now, next] = [new Float64Array(width), new Float64Array(width)];
      return () => plainForward(tape, now, next);
    }),
    onTape("forward pass, log domain", network, (tape) => () => forward(tape)),
    onTape("backward pass, log domain", network, (tape) => {
      const last = tape.delta.slice(tape.unitsAt[tape.depth]!);
      forward(tape);
      return () => {
        tape.delta.set(last, tape.unitsAt[tape.depth]!);
        tape.logDelta[tape.depth] = 0;
        backward(tape);
      };
    }),
    onTape("draws alone", network, (tape) => (call) => drawNetwork(tape, openStream(KEY, call, LANES.weights))),
  ];
}

function onTape(name: string, network: Mlp, open: (tape: Tape) => (call: number) => void): SpeedCase {
  return named(name, network, () => {
    const tape = openTape(network, 1, "activated");
    // Replicate 0 of this key is alive at both sizes (a dead one, one in a thousand at d = 16, would be quicker).
    drawNetwork(tape, openStream(KEY, 0, LANES.weights));
    fillBasis(tape.hidden, network.widths[0]!);
    fillDirection(openStream(KEY, 0, LANES.cotangent), tape.delta, tape.unitsAt[tape.depth]!, tape.units);
    const work = open(tape);
    return (call) => {
      work(call);
      return 1;
    };
  });
}

function named(name: string, network: Mlp, open: SpeedCase["open"]): SpeedCase {
  return { name: `${name}, d = ${network.widths[0]}, L = ${depthOf(network)}`, unit: "networks", open };
}

/** The same products and masks with nothing kept in logs. */
function plainForward(tape: Tape, now: Float64Array, next: Float64Array): void {
  fillBasis(now, now.length);
  for (let layer = 0; layer < depthOf(tape.network); layer++) {
    multiply(tape.layers[layer]!, now, 0, next, 0);
    for (let unit = 0; unit < next.length; unit++) now[unit] = Math.max(next[unit]!, 0);
  }
}
