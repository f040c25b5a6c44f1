import { describe, expect, test } from "vitest";
import type { Rates } from "../claim/experiment.ts";
import { engineRates } from "./engines.ts";
import { fitRates } from "./fit-rates.ts";
import { reference } from "./reference/engine.ts";

describe("rates fitted on the spot", () => {
  test("are those of an engine whose speed is known", () => {
    const slow: Rates = { draw: 5e-7, multiplyAdd: 3e-8, transcendental: 5e-7, replicate: 2e-5 };
    let now = 0;
    const spend = (replicates: number, draws: number, multiplyAdds: number) => {
      now += replicates * (draws * slow.draw + multiplyAdds * slow.multiplyAdd);
    };
    const weights = (widths: readonly number[]) =>
      widths.slice(1).reduce((sum, width, layer) => sum + width * widths[layer]!, 0);
    const engine = {
      ...reference,
      propagate: ((request) => {
        const count = weights(request.network.widths);
        spend(request.streams.count, count, count);
        return { logIncrements: new Float64Array(), logInput: new Float64Array(), layersAlive: new Float64Array() };
      }) satisfies typeof reference.propagate,
      propagateBatch: ((request) => {
        const count = weights(request.network.widths);
        spend(request.streams.count, count, request.batch * count);
        return reference.propagateBatch({ ...request, streams: { ...request.streams, count: 0 } });
      }) satisfies typeof reference.propagateBatch,
      chainWeights: ((request) => {
        now += request.streams.count * slow.replicate;
        return new Float64Array();
      }) satisfies typeof reference.chainWeights,
    };
    const fitted = fitRates(engine, () => now);
    // The two equations are solved exactly, up to the rounding of sums of about 1 s.
    expect(fitted.draw).toBeCloseTo(slow.draw, 12);
    expect(fitted.multiplyAdd).toBeCloseTo(slow.multiplyAdd, 12);
    expect(fitted.replicate).toBeCloseTo(slow.replicate, 12);
  });

  test("never predict nothing when the clock stands still", () => {
    const fitted = fitRates(reference, () => 0);
    for (const rate of ["draw", "multiplyAdd", "transcendental", "replicate"] as const) {
      expect(fitted[rate]).toBeGreaterThanOrEqual(engineRates("reference")[rate] / 10);
    }
  });
});
