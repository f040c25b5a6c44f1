import { expect, test } from "vitest";
import { extremesInStep, type MultiplyEach } from "./lanczos-in-step.ts";

/** Spectra of diagonal matrices: the whole space, one that is invariant at once, and a dead network's. */
const SPECTRA = [
  [-3, -1, 0.5, 2],
  [2, 2, 2, 2],
  [0, 0, 0, 0],
];
const streams = { key: [1, 2, 3, 4], first: 7, count: SPECTRA.length } as const;

function counted(): { readonly multiply: MultiplyEach; readonly rounds: boolean[][] } {
  const rounds: boolean[][] = [];
  return {
    rounds,
    multiply: (vectors) => {
      rounds.push(vectors.map((vector) => vector !== undefined));
      // what was not asked for is not to be read
      return vectors.map((vector, row) =>
        vector === undefined ? new Float64Array(4).fill(Number.NaN) : vector.map((x, i) => SPECTRA[row]![i]! * x),
      );
    },
  };
}

test("each matrix has the ends of its own spectrum, though they come to an end at different steps", () => {
  const { multiply, rounds } = counted();
  const { smallest, largest, residual } = extremesInStep(streams, { parameters: 4, iterations: 9 }, multiply);
  for (const [row, spectrum] of SPECTRA.entries()) {
    expect(smallest[row]).toBeCloseTo(Math.min(...spectrum), 12);
    expect(largest[row]).toBeCloseTo(Math.max(...spectrum), 12);
    expect(residual[row]).toBeLessThan(1e-12);
  }
  const steps = [[true, true, true], ...new Array(3).fill([true, false, false])];
  expect(rounds).toEqual([...steps, [true, true, true], [true, true, true]]);
});

test("a matrix alone comes to the same bytes as among others", () => {
  const { multiply } = counted();
  const together = extremesInStep(streams, { parameters: 4, iterations: 2 }, multiply);
  const alone = extremesInStep({ ...streams, count: 1 }, { parameters: 4, iterations: 2 }, multiply);
  for (const name of ["smallest", "largest", "residual"] as const) expect(together[name][0]).toBe(alone[name][0]);
});
