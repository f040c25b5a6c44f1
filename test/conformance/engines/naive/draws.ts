import type { Initialisation } from "../../../../src/lab/networks/network.ts";
import { fillHaar } from "../../../../src/numerics/haar.ts";
import {
  fillGaussian,
  fillRademacher,
  fillUniform,
  nextUniform,
  type Stream,
} from "../../../../src/numerics/random.ts";

export type Matrix = readonly (readonly number[])[];

/** One layer's weights, row by row, said as the interface says them and in no other engine's words. */
export function drawMatrix(init: Initialisation, rows: number, columns: number, stream: Stream): Matrix {
  const standard = new Float64Array(rows * columns);
  fillStandard(init, rows, standard, stream);
  const fan = init.fan === "in" ? columns : (rows + columns) / 2;
  const deviation = init.law === "orthogonal" ? Math.sqrt(init.gain) : Math.sqrt(init.gain / fan);
  return Array.from({ length: rows }, (_, row) =>
    Array.from(standard.subarray(row * columns, (row + 1) * columns), (value) => value * deviation),
  );
}

function fillStandard(init: Initialisation, rows: number, out: Float64Array, stream: Stream): void {
  switch (init.law) {
    case "gaussian":
      fillGaussian(stream, out, 0, out.length);
      return;
    case "uniform":
      fillUniform(stream, out, 0, out.length);
      for (const [at, value] of out.entries()) out[at] = Math.sqrt(3) * (2 * value - 1);
      return;
    case "rademacher":
      fillRademacher(stream, out, 0, out.length);
      return;
    case "orthogonal":
      fillHaar(stream, out, rows);
      return;
    case "student-t":
      for (const at of out.keys()) out[at] = nextStudent(init.degreesOfFreedom!, stream);
  }
}

/** Bailey's polar method, scaled to the median of the normal law (tables: 0.67449 is its upper quartile). */
function nextStudent(freedom: number, stream: Stream): number {
  for (;;) {
    const u = 2 * nextUniform(stream) - 1;
    const v = 2 * nextUniform(stream) - 1;
    const w = u * u + v * v;
    if (w >= 1) continue;
    const t = u * Math.sqrt((freedom * (w ** (-2 / freedom) - 1)) / w);
    return (t * 0.6744897501960817) / (freedom === 1 ? 1 : Math.SQRT2 / Math.sqrt(3));
  }
}
