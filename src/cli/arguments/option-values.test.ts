import { describe, expect, test } from "vitest";
import { INSTRUMENT } from "../instrument.ts";
import { parseCount, parseEngine, parseEngines } from "./option-values.ts";

test.each(["0", "1.5", "-2", "1e2", "", "11"])("a count of %j from 1 to 10 is refused", (text) => {
  expect(() => parseCount("--workers", text, 10)).toThrow("--workers needs a whole number from 1 to 10, got");
});

const io = { stderr: () => undefined };

describe("engines", () => {
  test.each([
    [undefined, false, [INSTRUMENT.defaultEngine().engine]],
    ["wasm", false, ["wasm"]],
    ["wasm,tensorflow", false, ["wasm", "tensorflow"]],
    [undefined, true, ["wasm-fast"]],
    ["wasm", true, ["wasm-fast"]],
    ["wasm-fast", true, ["wasm-fast"]],
  ])("--engine %s, --fast %s: %j", (text, fast, engines) => expect(parseEngines(text, fast, io)).toEqual(engines));

  test.each([
    ["wams", false, "did you mean wasm?"],
    ["wasm,", false, "--engine needs one of"],
    ["wasm,wasm", false, "takes each engine once, got wasm twice"],
    ["tensorflow", true, "--fast is engine wasm-fast, got --engine tensorflow besides"],
    ["wasm,openblas", true, "--fast is engine wasm-fast"],
  ])("--engine %s, --fast %s is refused: %s", (text, fast, words) => {
    expect(() => parseEngines(text, fast, io)).toThrow(words);
  });

  test("of which a command takes one are refused in the plural", () => {
    expect(() => parseEngine("wasm,openblas", false, io)).toThrow("plateau run compares several");
  });
});
