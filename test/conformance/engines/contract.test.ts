import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { ENGINE_NAMES } from "../../../src/lab/engines.ts";
import { reference } from "../../../src/lab/reference/engine.ts";
import type { Contractor } from "./check.ts";
import { contract } from "./checks/all.ts";
import { wrongRequests } from "./wrong-requests.ts";

test("every engine is held to the contract, in a file of its name", () => {
  const files = readdirSync(import.meta.dirname);
  expect(ENGINE_NAMES.filter((name) => !files.includes(`${name}.test.ts`))).toEqual([]);
});

test("every operation refuses some request that makes no sense", () => {
  const offered = Object.entries(reference as Contractor).filter(([, value]) => typeof value === "function");
  expect([...new Set(wrongRequests.map(({ operation }) => operation))].sort()).toEqual(
    offered.map(([operation]) => operation).sort(),
  );
});

test("the contract asks for every operation of the interface", () => {
  const asked = new Set<string>(contract.flatMap(({ operations }) => operations));
  const offered = Object.entries(reference as Contractor).filter(([, value]) => typeof value === "function");
  expect([...asked].sort()).toEqual(offered.map(([operation]) => operation).sort());
});
