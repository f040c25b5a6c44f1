import { expect, test } from "vitest";
import { xavierNormal, xavierUniform } from "../../../src/lab/networks/network.ts";
import { gaussNewtonLessHessianSlope, hessianSlope, probabilityOfSmallWeight } from "./chain-curvature.theory.ts";

test("between two depths the Hessian's slope is the difference quotient of L E ln|w| + 2 ln L", () => {
  // E ln|w| of U[-sqrt 3, sqrt 3]: ln sqrt 3 - 1.
  const expected = Math.log(Math.sqrt(3)) - 1 + (2 * Math.log(8)) / 112;
  expect(hessianSlope(xavierUniform, [16, 128])).toBeCloseTo(expected, 14);
});

test("over four depths it is -0.4160, by the normal equations in exact arithmetic", () => {
  // Depths 16, 32, 64, 128, ln L / ln 2 = 4, 5, 6, 7; mean depth 60; sum (L - 60)^2 = 7,360; sum (L - 60) log2 L = 184.
  const expected = Math.log(Math.sqrt(3)) - 1 + (2 * Math.LN2 * 184) / 7360;
  expect(hessianSlope(xavierUniform, [16, 32, 64, 128])).toBeCloseTo(expected, 14);
});

test("the Gauss-Newton matrix falls behind by E ln|w| a layer: -0.63518 for standard normals", () => {
  expect(gaussNewtonLessHessianSlope(xavierNormal)).toBeCloseTo(-0.635181, 6);
});

test("a small weight is as likely as counting says", () => {
  // Two weights of U[-1, 1]: both above 1/4 in size with probability (3/4)^2.
  expect(probabilityOfSmallWeight(1, 2, 4)).toBeCloseTo(7 / 16, 15);
});
