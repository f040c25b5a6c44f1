import { denseEigenvalues, updateAndMultiply, workspaceOf } from "../../src/numerics/dense-eigenvalues.ts";
import { eigenvaluesOfDiagonalPlusRankOne } from "../../src/numerics/diagonal-plus-rank-one.ts";
import { exp, log } from "../../src/numerics/elementary.ts";
import { applyHaar, fillHaar } from "../../src/numerics/haar.ts";
import { fillGaussian, fillRademacher, fillUniform, openStream } from "../../src/numerics/random.ts";
import type { StreamKey } from "../../src/numerics/stream.ts";
import type { SpeedCase } from "../../src/speed/speed-case.ts";

/** Speed of random numbers, elementary functions and spectra. */

/** Small enough for the second cache, large enough that a call costs nothing beside its values. */
const VALUES = 10_000;
const DIMENSION = 64;
const KEY: StreamKey = [1, 2, 3, 4];

type Fill = (stream: ReturnType<typeof openStream>, values: Float64Array, first: number, count: number) => void;

const filling = (name: string, fill: Fill): SpeedCase => ({
  name,
  unit: "values",
  open: () => {
    const values = new Float64Array(VALUES);
    return (call) => {
      fill(openStream(KEY, call, 0), values, 0, VALUES);
      return VALUES;
    };
  },
});

const mapping = (name: string, transform: (x: number) => number): SpeedCase => ({
  name,
  unit: "values",
  open: () => {
    const inputs = new Float64Array(VALUES);
    const outputs = new Float64Array(VALUES);
    fillUniform(openStream(KEY, 0, 0), inputs, 0, VALUES);
    return () => {
      for (let i = 0; i < VALUES; i++) outputs[i] = transform(inputs[i]!);
      return VALUES;
    };
  },
});

const spectrum = (name: string, solve: (diagonal: Float64Array, vector: Float64Array) => unknown): SpeedCase => ({
  name,
  unit: "spectra",
  open: () => {
    const diagonal = new Float64Array(DIMENSION);
    const vector = new Float64Array(DIMENSION);
    return (call) => {
      const stream = openStream(KEY, call, 0);
      fillGaussian(stream, diagonal, 0, DIMENSION);
      fillGaussian(stream, vector, 0, DIMENSION);
      solve(diagonal, vector);
      return 1;
    };
  },
});

export const cases: readonly SpeedCase[] = [
  filling("normals", fillGaussian),
  filling("uniforms", fillUniform),
  filling("signs", fillRademacher),
  mapping("log", log),
  mapping("exp", exp),
  {
    name: "streams opened",
    unit: "streams",
    open: () => (call) => {
      for (let replicate = 0; replicate < VALUES; replicate++) openStream(KEY, call + replicate, 0);
      return VALUES;
    },
  },
  {
    name: `vectors turned by Haar, n = ${DIMENSION}`,
    unit: "vectors",
    open: () => {
      const vector = new Float64Array(DIMENSION).fill(1);
      return (call) => {
        applyHaar(openStream(KEY, call, 0), vector, 0, DIMENSION);
        return 1;
      };
    },
  },
  {
    name: `Haar matrices, n = ${DIMENSION}`,
    unit: "matrices",
    open: () => {
      const square = new Float64Array(DIMENSION * DIMENSION);
      return (call) => {
        fillHaar(openStream(KEY, call, 0), square, DIMENSION);
        return 1;
      };
    },
  },
  spectrum(`spectra, dense, n = ${DIMENSION}`, solveDense),
  spectrum(`spectra, diagonal plus rank one, n = ${DIMENSION}`, (diagonal, vector) =>
    eigenvaluesOfDiagonalPlusRankOne(diagonal, 1, vector),
  ),
];

function solveDense(diagonal: Float64Array, vector: Float64Array): void {
  const entries = DIMENSION * DIMENSION;
  const memory = new Float64Array(entries + workspaceOf(DIMENSION) + DIMENSION);
  for (let i = 0; i < DIMENSION; i++) {
    for (let j = 0; j < DIMENSION; j++) memory[i * DIMENSION + j] = vector[i]! * vector[j]!;
    memory[i * DIMENSION + i]! += diagonal[i]!;
  }
  denseEigenvalues(memory, DIMENSION, 0, entries, memory.length - DIMENSION, updateAndMultiply(memory));
}
