import { arraysDiffer, bytesOf, type Check, type Contractor, differentBytes } from "../check.ts";
import { KEY, streamsOf } from "../fixtures.ts";
import { type Call, ensembleCalls, modelCalls } from "../requests.ts";

const COUNT = 11;

/** However a range of streams is cut, each replicate is the same, bytes and all: order and neighbours cannot matter. */
const CUTS = [1, 2, 5, 8];

function joined(parts: readonly object[]): Readonly<Record<string, string>> {
  const all = parts.map(bytesOf).map((part) => Object.entries(part));
  return Object.fromEntries(
    all[0]!.map(([name], at) => [
      name,
      Buffer.concat(all.map((part) => Buffer.from(part[at]![1], "base64"))).toString("base64"),
    ]),
  );
}

const check = (call: Call, name: string, violations: (engine: Contractor) => readonly string[]): Check => ({
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
    check(call, "a range cut in two gives the same bytes", (engine) => {
      const whole = bytesOf(call.result(engine, streamsOf(COUNT, 2)));
      return CUTS.flatMap((cut) => {
        const parts = joined([
          call.result(engine, streamsOf(cut, 2)),
          call.result(engine, streamsOf(COUNT - cut, 2 + cut)),
        ]);
        return Object.keys(whole)
          .filter((name) => parts[name] !== whole[name])
          .map((name) => `${name}: other bytes when cut at ${cut}`);
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
      const arrays = none instanceof Float64Array ? { none } : (none as Record<string, Float64Array>);
      return Object.entries(arrays).flatMap(([name, values]) => arraysDiffer(name, values, [], 0));
    }),
  ]);
}

function nans(result: object): readonly string[] {
  const arrays = result instanceof Float64Array ? { result } : (result as Record<string, Float64Array>);
  return Object.entries(arrays)
    .filter(([, values]) => values.some(Number.isNaN))
    .map(([name]) => `${name}: NaN`);
}

export const repetition: readonly Check[] = repetitionOf([...ensembleCalls, ...modelCalls]);
