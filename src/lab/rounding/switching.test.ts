import { expect, test } from "vitest";
import { EXACT, naiveSizes, ofBits } from "../../../test/conformance/engines/naive/layered-sizes.ts";
import { multilayerPerceptron } from "../networks/multilayer-perceptron.ts";
import { heNormal } from "../networks/network.ts";
import { probe } from "./probes.ts";
import { kinkErrors, switchingChance } from "./switching.ts";

const BITS = 9;
const PRECISION = { unit: 2 ** -BITS, draw: 1, curves: 10, words: `${BITS} bits` };
const network = multilayerPerceptron({
  ...{ width: 8, depth: 5, activation: "relu", init: heNormal },
  bias: { standardDeviation: 0.2 },
});
const batch = { size: 1, inputs: "sphere", targets: { constant: 1 } } as const;
const replicates = Array.from({ length: 500 }, (_, index) => ({ key: [3, 1, 4, 1], index }) as const);

test("masks of networks in 9 bits switch, and not more often than the chances say", () => {
  let [switched, chances, clear] = [0, 0, 0];
  for (const replicate of replicates) {
    const chance = switchingChance(probe({ network, batch }, replicate, PRECISION, "kinks")!, PRECISION.unit);
    const [exact, rounded] = [EXACT, ofBits(BITS)].map((how) => naiveSizes(network, batch, replicate, how).masks);
    const differs = exact!.some((mask, at) => mask !== rounded![at]);
    chances += chance;
    if (differs) switched++;
    if (chance < 1e-6) {
      clear++;
      expect(differs).toBe(false);
    }
  }
  expect(switched).toBeGreaterThan(2);
  expect(switched).toBeLessThan(chances);
  // a chance that is always 1 would say nothing
  expect(chances).toBeLessThan(60 * switched);
  expect(clear).toBeGreaterThan(100);
});

test("a unit whose side is open may be as far off as what it is given, a clear one is not", () => {
  const probed = {
    exact: { kinks: [Float64Array.of(1, 1e-7, 0, -1e-7)], outputs: new Float64Array(0) },
    squares: { kinks: [Float64Array.of(4, 4, 0, 4)], outputs: new Float64Array(0) },
  };
  expect(kinkErrors(probed, 0, 2 ** -24)).toEqual(Float64Array.of(0, 16, 0, 16));
  expect(kinkErrors(probed, 0, 2 ** -40)).toBeUndefined();
});
