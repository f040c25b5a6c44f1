import { expect, test } from "vitest";
import { readable } from "./readable.ts";

test.each([
  ["5.4e13 to 5.21e14", "5.4 × 10¹³ to 5.21 × 10¹⁴"],
  ["-1.2e-11", "−1.2 × 10⁻¹¹"],
  ["at most 3e+6", "at most 3 × 10⁶"],
  ["ln of a norm; -Infinity for a dead network", "ln of a norm; −∞ for a dead network"],
  ["(-0.5 to -0.4)", "(−0.5 to −0.4)"],
  ["-∞ to ∞", "−∞ to ∞"],
  ["wasm-fast at 1-2, case e5, Infinitys", "wasm-fast at 1-2, case e5, Infinitys"],
])("%j is printed as %j", (words, printed) => expect(readable(words)).toBe(printed));
