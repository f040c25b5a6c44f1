import { resolve } from "node:path";
import { expect, test } from "vitest";
import { definitionsOf } from "../../src/baseline/definition.ts";
import { findBaselines } from "../../src/baseline/files/read.ts";
import { claims } from "./suites.ts";

const { baselines } = await findBaselines(resolve(import.meta.dirname, "../../baselines"));
const definitions = definitionsOf(claims.map(({ claim }) => claim));

test.each(claims)("$path as it is has been accepted at each of its tiers", ({ path, claim }) => {
  const { hash, tiers } = baselines.get(path)!;
  expect(hash).toBe(definitions.get(path)!.hash);
  expect(Object.keys(tiers)).toEqual(Object.keys(claim.tiers));
});
