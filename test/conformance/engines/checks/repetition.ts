import { type Arithmetic, arraysDiffer, bytesOf, type Check, differentBytes } from "../check.ts";
import { KEY, streamsOf } from "../fixtures.ts";
import { largest } from "../model-error.ts";
import { type Call, ensembleCalls, modelCalls } from "../requests.ts";

const COUNT = 11;

/** However a range of streams is cut, each replicate is the same: order and neighbours cannot matter. */
const CUTS = [1, 6];

function arraysOf(result: object): Readonly<Record<string, Float64Array>> {
  return result instanceof Float64Array ? { result } : (result as Record<string, Float64Array>);
}

/**
 * Nothing in float64. In float32 a library may choose another kernel for another number of networks at once, and so another
 * order of its sums: as far as the examples' own error may reach.
 */
function cutBound(values: Float64Array, { unit }: Arithmetic): number {
  const finite = values.filter(Number.isFinite);
  return unit <= 2 ** -53 ? 0 : 4096 * unit * (1 + largest(finite));
}

const check = (call: Call, name: string, violations: Check["violations"]): Check => ({
  name: `${call.name}: ${name}`,
  operations: [call.operation],
  violations,
});

export function repetitionOf(calls: readonly Call[]): readonly Check[] {
  return calls.flatMap((call) => [
    check(call, "asked twice, the same bytes; asked something else between, too", (engine) => {
      const once = call.result(engine, streamsOf(COUNT));
      call.result(engine, streamsOf(3, 100));
      const twice = call.result(engine, streamsOf(COUNT));
      return differentBytes(once, twice).map((name) => `${name}: other bytes the second time`);
    }),
    check(call, "a range cut in two gives the same rows", (engine, arithmetic) => {
      const whole = arraysOf(call.result(engine, streamsOf(COUNT, 2)));
      return CUTS.flatMap((cut) => {
        const head = arraysOf(call.result(engine, streamsOf(cut, 2)));
        const tail = arraysOf(call.result(engine, streamsOf(COUNT - cut, 2 + cut)));
        return Object.entries(whole).flatMap(([name, values]) => {
          const parts = [...head[name]!, ...tail[name]!];
          return arraysDiffer(`${name} when cut at ${cut}`, values, parts, cutBound(values, arithmetic));
        });
      });
    }),
    check(call, "results are not overwritten by the next call", (engine) => {
      const first = call.result(engine, streamsOf(5));
      const before = bytesOf(first);
      call.result(engine, streamsOf(5, 50));
      return Object.entries(bytesOf(first))
        .filter(([name, bytes]) => bytes !== before[name])
        .map(([name]) => `${name}: changed after it was given`);
    }),
    check(call, "another key, other observations; no NaN among them", (engine) => {
      const one = call.result(engine, streamsOf(COUNT));
      const other = call.result(engine, { key: [KEY[1], KEY[0], KEY[2], KEY[3]], first: 0, count: COUNT });
      const same = differentBytes(one, other).length === 0;
      return [...(same ? ["the same bytes for another key"] : []), ...nans(one), ...nans(other)];
    }),
    check(call, "no streams, no rows", (engine) => {
      const none = call.result(engine, streamsOf(0));
      return Object.entries(arraysOf(none)).flatMap(([name, values]) => arraysDiffer(name, values, [], 0));
    }),
  ]);
}

function nans(result: object): readonly string[] {
  return Object.entries(arraysOf(result))
    .filter(([, values]) => values.some(Number.isNaN))
    .map(([name]) => `${name}: NaN`);
}

export const repetition: readonly Check[] = repetitionOf([...ensembleCalls, ...modelCalls]);
