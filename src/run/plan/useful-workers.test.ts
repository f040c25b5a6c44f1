import { expect, test } from "vitest";
import { NOMINAL_RATES } from "./cost-model.ts";
import type { Plan } from "./plan.ts";
import { usefulWorkers } from "./useful-workers.ts";

/** One series of so many replicates at the nominal rates' microsecond. */
function planOf(replicates: number): Plan {
  const experiment = { cost: { draws: 0, multiplyAdds: 0 } };
  return { series: new Map([["one", { experiment, replicates }]]) } as unknown as Plan;
}

const [tenth, second] = [100_000, 1_000_000];

test.each([
  ["nothing", 0, 1, 1],
  ["a tenth of a second", tenth, 1, 1],
  ["a second", second, 1, 8],
  ["a tenth of a second on each of four engines", tenth, 4, 8],
])("%s is worth so many workers of eight", (_, replicates, engines, workers) => {
  expect(usefulWorkers(planOf(replicates), Array(engines).fill(NOMINAL_RATES), 8)).toBe(workers);
});
