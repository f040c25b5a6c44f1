import { describe, expect, test } from "vitest";
import type { Dataset } from "../../numerics/dataset.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import type { InputLaw } from "../contract/propagation.ts";
import { fillInput, fillPicture } from "./input.ts";

const KEY: StreamKey = [5, 6, 7, 8];
const data: Dataset = {
  name: "three",
  digest: "",
  width: 2,
  classes: 2,
  images: Float64Array.of(3, 4, 0, 2, 0, 0),
  labels: Uint8Array.of(0, 1, 0),
};
/** Without the black picture. */
const bright: Dataset = { ...data, images: data.images.subarray(0, 4), labels: data.labels.subarray(0, 2) };

describe("fillInput", () => {
  test("basis is the first basis vector, whatever was there before", () => {
    const out = new Float64Array(4).fill(3);
    expect(fillInput({ input: { law: "basis" }, width: 4, key: KEY }, 0, out)).toBe(0);
    expect([...out]).toEqual([1, 0, 0, 0]);
  });

  test("sphere is uniform on the unit sphere: the second moments are those of a direction", () => {
    const width = 3;
    const out = new Float64Array(width);
    const replicates = 20_000;
    const moments = new Float64Array(width * width);
    for (let replicate = 0; replicate < replicates; replicate++) {
      expect(fillInput({ input: { law: "sphere" }, width, key: KEY }, replicate, out)).toBe(0);
      for (let a = 0; a < width; a++) for (let b = 0; b < width; b++) moments[a * width + b]! += out[a]! * out[b]!;
    }
    for (let a = 0; a < width; a++) {
      for (let b = 0; b < width; b++) {
        // Var u_a^2 = 1/5 - 1/9 and Var u_a u_b = 1/15 on the sphere of R^3; the larger is 4/45.
        const bound = 5 * Math.sqrt(4 / 45 / replicates);
        expect(Math.abs(moments[a * width + b]! / replicates - (a === b ? 1 / 3 : 0))).toBeLessThan(bound);
      }
    }
  });

  test("image divides a picture by its norm; raw-image keeps the norm's logarithm too", () => {
    const seen = new Set<string>();
    for (let replicate = 0; replicate < 40; replicate++) {
      const scaled = new Float64Array(2);
      const raw = new Float64Array(2);
      expect(fillInput(source({ law: "image", data: "three" }), replicate, scaled)).toBe(0);
      const logSquare = fillInput(source({ law: "raw-image", data: "three" }), replicate, raw);
      expect(raw).toEqual(scaled);
      seen.add(`${[...scaled]} ${logSquare.toFixed(12)}`);
    }
    // Both pictures come up: probability 1 - 2^-39.
    expect([...seen].sort()).toEqual([`0,1 ${Math.log(4).toFixed(12)}`, `0.6,0.8 ${Math.log(25).toFixed(12)}`]);
  });

  test("a black picture has no direction and is refused", () => {
    expect(() => fillPicture(data, 2, new Float64Array(2), 0)).toThrow(
      new RangeError("a picture requires a positive norm, got all zeros in picture 2 of three"),
    );
  });
});

function source(input: InputLaw): Parameters<typeof fillInput>[0] {
  return { input, width: 2, key: KEY, data: bright };
}
