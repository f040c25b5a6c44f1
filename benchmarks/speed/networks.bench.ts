import { Bench } from "tinybench";
import { depthOf } from "../../src/networks/architecture.ts";
import { backpropagate } from "../../src/networks/backpropagate.ts";
import { fillBasis, fillDirection } from "../../src/networks/input.ts";
import { multiply } from "../../src/networks/matrix.ts";
import { heNormal, type Mlp, mlp } from "../../src/networks/network.ts";
import { propagate } from "../../src/networks/propagate.ts";
import { backward, drawNetwork, forward, openTape, type Tape } from "../../src/networks/tape.ts";
import { openStream } from "../../src/numerics/random.ts";
import { LANES, type StreamKey } from "../../src/numerics/stream.ts";

/**
 * Speed of the reference's passes through multilayer perceptrons: `node dist/benchmarks/speed/networks.bench.js`. Prints
 * networks a second. The first two lines of a size are whole observations, draws included; the others are their parts,
 * on weights drawn once. The cost of the log domain is what the rescaled pass takes beyond the plain one, which neither
 * rescales nor takes logarithms and is right at small depth only.
 */

const KEY: StreamKey = [1, 2, 3, 4];

const SIZES = [
  // Calls of some 20 ms, so that the memory set up by each call is not what is timed.
  { width: 16, depth: 64, replicates: 32 },
  { width: 128, depth: 64, replicates: 1 },
] as const;

for (const { width, depth, replicates } of SIZES) {
  const network = mlp({ width, depth, activation: "relu", init: heNormal });
  const observe = {
    forward: await secondsPerNetwork((first) => {
      propagate({ network, input: { law: "basis" }, streams: { key: KEY, first, count: replicates } });
    }, replicates),
    "forward and backward": await secondsPerNetwork((first) => {
      backpropagate({ network, input: { law: "sphere" }, streams: { key: KEY, first, count: replicates } });
    }, replicates),
  };
  const parts = await partsOf(network);
  process.stdout.write(`d = ${width}, L = ${depth}\n`);
  for (const [name, seconds] of Object.entries({ ...observe, ...parts })) print(name, seconds);
  const plain = parts["forward pass, plain"]!;
  const rescaled = parts["forward pass, log domain"]!;
  const cost = ((rescaled / plain - 1) * 100).toFixed(0);
  const share = (((rescaled - plain) / observe.forward) * 100).toFixed(1);
  process.stdout.write(`  the log domain costs ${cost}% of a plain pass, ${share}% of an observation\n`);
}

/** Seconds a network for drawing it and for each pass through it. */
async function partsOf(network: Mlp): Promise<Readonly<Record<string, number>>> {
  const tape = openTape(network, 1, "activated");
  const width = network.widths[0]!;
  // Replicate 0 of this key is alive at both sizes (a dead one, one in a thousand at d = 16, would be quicker).
  drawNetwork(tape, openStream(KEY, 0, LANES.weights));
  fillBasis(tape.hidden, width);
  fillDirection(openStream(KEY, 0, LANES.cotangent), tape.delta, tape.unitsAt[tape.depth]!, tape.units);
  const last = tape.delta.slice(tape.unitsAt[tape.depth]!);
  const now = new Float64Array(width);
  const next = new Float64Array(width);
  return {
    "forward pass, plain": await secondsPerNetwork(() => plainForward(tape, now, next)),
    "forward pass, log domain": await secondsPerNetwork(() => forward(tape)),
    "backward pass, log domain": await secondsPerNetwork(() => {
      tape.delta.set(last, tape.unitsAt[tape.depth]!);
      tape.logDelta[tape.depth] = 0;
      backward(tape);
    }),
    "draws alone": await secondsPerNetwork((first) => drawNetwork(tape, openStream(KEY, first, LANES.weights))),
  };
}

/** The same products and masks with nothing kept in logs. */
function plainForward(tape: Tape, now: Float64Array, next: Float64Array): void {
  fillBasis(now, now.length);
  for (let layer = 0; layer < depthOf(tape.network); layer++) {
    multiply(tape.layers[layer]!, now, 0, next, 0);
    for (let unit = 0; unit < next.length; unit++) now[unit] = Math.max(next[unit]!, 0);
  }
}

/** Median seconds of a call over its networks; `work` gets the first of its replicates, so that no two calls draw the same. */
async function secondsPerNetwork(work: (first: number) => void, replicates = 1): Promise<number> {
  const bench = new Bench({ time: 1000, warmupTime: 200 });
  let first = 0;
  bench.add("work", () => {
    work(first);
    first += replicates;
  });
  await bench.run();
  const result = bench.tasks[0]?.result;
  if (result?.state !== "completed") throw new Error(`a benchmark requires a completed run, got ${result?.state}`);
  return result.latency.p50 / 1000 / replicates;
}

function print(name: string, seconds: number): void {
  const milliseconds = (1000 * seconds).toFixed(4).padStart(10);
  const rate = (1 / seconds).toPrecision(3).padStart(10);
  process.stdout.write(`  ${name.padEnd(26)} ${milliseconds} ms a network ${rate} networks/s\n`);
}
