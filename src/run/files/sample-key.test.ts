import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import lab from "../../lab/instrument.ts";
import type { PlannedSeries } from "../plan/plan.ts";
import { codeFiles, codeReader } from "./code/code-hash.ts";
import { sampleKeyer } from "./sample-key.ts";

const series = {
  stream: "s",
  measures: ["value"],
  experiment: { name: "trial", setup: {}, module: import.meta.url },
} as unknown as PlannedSeries;

function keyOf(name: string, versions: Readonly<Record<string, string>>): string {
  return sampleKeyer({ name, versions }, lab, codeReader())(series).key;
}

describe("the key of samples", () => {
  test("is another for each engine, and for each version of what it computes with", () => {
    const keys = [
      keyOf("reference", { reference: "1" }),
      keyOf("wasm", { reference: "1" }),
      keyOf("openblas", { openblas: "0.3.21", kernel: "Haswell" }),
      keyOf("openblas", { openblas: "0.3.21", kernel: "SkylakeX" }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyOf("reference", { reference: "1" })).toBe(keys[0]);
  });

  test.each([
    ["wasm", ["plain.wasm", "threefry.ts"]],
    ["openblas", ["plain.wasm", "library.ts"]],
    ["tensorflow", ["open-library.ts", "model-operations.ts"]],
    ["webgpu", ["relay-thread.ts", "device-process.ts"]],
  ] as const)("of engine %s covers what it loads while running: %j", (name, files) => {
    expect(codeFiles(lab.engineModule(name)).map((path) => basename(path))).toEqual(expect.arrayContaining([...files]));
  });
});
