import { describe, expect, test } from "vitest";
import {
  dawson,
  dawsonIntegral,
  digamma,
  EULER_GAMMA,
  integrate,
  logGamma,
  polygamma,
  trigamma,
} from "./special-functions.ts";

/*
 * Reference values: mpmath 1.3.0 at 40 digits, `psi(0..2, x)`, `loggamma(x)`, `sqrt(pi)/2*exp(-x*x)*erfi(x)` and
 * `k*hyp2f2(1,1,mpf(3)/2,2,-k)`, rounded to the nearest float64.
 */

/** Four units of the last place: what @stdlib is trusted for. It was found right to 1.5 at every one of these. */
const CLOSE = 4 * 2 ** -53;

describe("digamma, trigamma and polygamma of order 2", () => {
  test.each([
    [1e-10, -10000000000.577215, 1e20, -2e30],
    [0.001, -1000.5755719318103, 1000001.6425331959, -2000000002.3976324],
    [0.1, -10.423754940411078, 101.43329915079276, -2001.861457378344],
    [0.5, -1.9635100260214235, 4.934802200544679, -16.82879664423432],
    [1, -0.5772156649015329, 1.6449340668482264, -2.4041138063191885],
    [1.5, 0.03648997397857652, 0.9348022005446793, -0.82879664423432],
    [2, 0.42278433509846713, 0.6449340668482264, -0.4041138063191886],
    [2.5, 0.7031566406452432, 0.49035775610023485, -0.2362040516417274],
    [3, 0.9227843350984671, 0.39493406684822646, -0.15411380631918858],
    [5, 1.5061176684318005, 0.22132295573711533, -0.048789732245114494],
    [8, 2.01564147795561, 0.1331370146940314, -0.017699569195767775],
    [10.5, 2.3030010342976865, 0.09991695605912673, -0.00997514424771517],
    [20.5, 2.9958363947076467, 0.04998959242996099, -0.0024984397723677343],
    [64, 4.1510502388042365, 0.01574770606433893, -0.00024798512216328534],
    [1e6, 13.815510057964191, 1.0000005000001667e-6, -1.0000010000005e-12],
  ])("are @stdlib's and right at %d", (x, zeroth, first, second) => {
    expect(Math.abs(digamma(x) / zeroth - 1)).toBeLessThan(CLOSE);
    expect(Math.abs(trigamma(x) / first - 1)).toBeLessThan(CLOSE);
    expect(Math.abs(polygamma(2, x) / second - 1)).toBeLessThan(CLOSE);
  });

  test("obey the recurrence at every half integer up to 200", () => {
    for (let x = 0.5; x < 200; x += 0.5) {
      expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x)).toBeLessThan(CLOSE * (Math.abs(digamma(x + 1)) + 2 / x));
      expect(Math.abs(trigamma(x) - trigamma(x + 1) - x ** -2)).toBeLessThan(2 * CLOSE * trigamma(x));
      expect(Math.abs(polygamma(2, x + 1) - polygamma(2, x) - 2 * x ** -3)).toBeLessThan(-2 * CLOSE * polygamma(2, x));
    }
  });

  test("are one family", () => {
    expect([polygamma(0, 2.5), polygamma(1, 2.5)]).toEqual([digamma(2.5), trigamma(2.5)]);
    // psi'''(1) = pi^4 / 15.
    expect(polygamma(3, 1)).toBeCloseTo(Math.PI ** 4 / 15, 13);
  });

  test("know Euler's constant", () => {
    expect(digamma(1)).toBe(-EULER_GAMMA);
  });

  test.each([0, -0.5, Number.NaN])("refuse %d", (x) => {
    expect(() => digamma(x)).toThrow(`digamma requires an argument above 0, got ${x}`);
    expect(() => trigamma(x)).toThrow(`trigamma requires an argument above 0, got ${x}`);
    expect(() => polygamma(2, x)).toThrow(`polygamma requires an argument above 0, got ${x}`);
  });

  test.each([-1, 0.5, Number.NaN])("refuse order %d", (order) => {
    expect(() => polygamma(order, 1)).toThrow(`polygamma requires an order of 0 or more, got ${order}`);
  });
});

describe("logGamma", () => {
  test.each([
    [1e-10, 23.025850929882736],
    [0.001, 6.907178885383853],
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247001],
    [1, 0],
    [1.5, -0.12078223763524522],
    [2, 0],
    [2.5, 0.2846828704729192],
    [3, Math.LN2],
    [5, 3.1780538303479458],
    [8, 8.525161361065415],
    [10.5, 13.940625219403763],
    [20.5, 40.8315009745308],
    [64, 201.00931639928152],
    [1e6, 12815504.569147611],
  ])("of %d is %d", (x, value) => {
    expect(Math.abs(logGamma(x) - value)).toBeLessThan(2e-14 * Math.max(1, Math.abs(value)));
  });

  test("is ln (n - 1)! at whole numbers", () => {
    let factorial = 1n;
    for (let n = 1; n < 170; n++) {
      expect(Math.abs(logGamma(n) - Math.log(Number(factorial)))).toBeLessThan(2e-14 * Math.max(1, logGamma(n)));
      factorial *= BigInt(n);
    }
  });

  test("refuses 0", () => {
    expect(() => logGamma(0)).toThrow("logGamma requires an argument above 0, got 0");
  });
});

describe("dawson", () => {
  test.each([
    [1e-8, 9.999999999999999e-9],
    [0.1, 0.09933599239785286],
    [0.5, 0.4244363835020223],
    [0.924138873, 0.5410442246351816],
    [1, 0.5380795069127684],
    [2, 0.30134038892379195],
    [3.5, 0.14962159308075648],
    [5, 0.10213407442427684],
    [7, 0.0721809746582363],
    [8, 0.06300019870755338],
    [10, 0.05025384718759853],
    [50, 0.010002001201201684],
    [1e4, 5.000000025e-5],
  ])("of %d is %d", (x, value) => {
    expect(Math.abs(dawson(x) / value - 1)).toBeLessThan(2e-14);
    expect(dawson(-x)).toBe(-dawson(x));
  });

  test("does not jump where its two series meet", () => {
    const [below, above] = [7 * (1 - 2 ** -53), 7].map(dawson) as [number, number];
    expect(Math.abs(below / above - 1)).toBeLessThan(2e-14);
  });

  test("is 0 at 0 and NaN at NaN", () => {
    expect([dawson(0), dawson(Number.NaN)]).toEqual([0, Number.NaN]);
  });
});

describe("dawsonIntegral", () => {
  test.each([
    [1e-6, 9.999996666667556e-7],
    [0.01, 0.009966755365417477],
    [0.5, 0.4266856042960448],
    [1, 0.7394416300990793],
    [4, 1.5923744096903332],
    [16, 2.351598984061421],
    [63, 3.049305576067438],
    [65, 3.0650569288027687],
    [400, 3.976861109774555],
    [1e6, 7.889510041992661],
    [1e12, 14.797265570974735],
  ])("of %d is %d", (kappa, value) => {
    expect(Math.abs(dawsonIntegral(kappa) / value - 1)).toBeLessThan(1e-12);
  });

  test("is 0 at 0 and does not jump where the quadrature gives way to the series", () => {
    expect(dawsonIntegral(0)).toBe(0);
    expect(Math.abs(dawsonIntegral(64 * (1 - 2 ** -53)) / dawsonIntegral(64) - 1)).toBeLessThan(1e-12);
  });

  test.each([-1, Number.NaN])("refuses %d", (kappa) => {
    expect(() => dawsonIntegral(kappa)).toThrow(`dawsonIntegral requires kappa of 0 or more, got ${kappa}`);
  });
});

describe("integrate", () => {
  test("is exact for polynomials up to degree 39, the sum of the weights included", () => {
    for (let degree = 0; degree < 40; degree++) {
      const exact = degree % 2 === 0 ? 2 / (degree + 1) : 0;
      expect(Math.abs(integrate((x) => x ** degree, -1, 1, 1e-12) - exact)).toBeLessThan(1e-14);
    }
  });

  test.each([
    ["an oscillation", Math.cos, 0, 100, Math.sin(100)],
    ["a spike", (x: number) => 1 / (1 + 1e6 * x * x), -1, 1, (2 * Math.atan(1e3)) / 1e3],
    ["a root", Math.sqrt, 0, 1, 2 / 3],
    ["a reversed interval", Math.exp, 1, 0, 1 - Math.E],
    ["an empty interval", Math.exp, 1, 1, 0],
  ])("halves panels as %s needs", (_name, integrand, from, to, exact) => {
    expect(Math.abs(integrate(integrand, from, to, 1e-12) - exact)).toBeLessThan(1e-11);
  });

  test("refuses what it cannot integrate to the tolerance", () => {
    expect(() => integrate((x) => 1 / x, 0, 1, 1e-10)).toThrow("integrate requires a smooth integrand");
    expect(() => integrate(() => Number.NaN, 0, 1, 1e-10)).toThrow("integrate requires a smooth integrand");
  });
});
