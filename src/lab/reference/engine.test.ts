import { describe, expect, test } from "vitest";
import { diffusion } from "../../../test/conformance/engines/fixtures.ts";
import type { Dataset } from "../../numerics/dataset.ts";
import { fillUniform, openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey, type StreamRange } from "../../numerics/stream.ts";
import { heNormal, mlp, xavierUniform } from "../networks/network.ts";
import { reference } from "./engine.ts";

const KEY: StreamKey = [71, 72, 73, 74];
const data = pictures();
const network = mlp({ width: 6, depth: 5, activation: "relu", init: heNormal });
const chain = { kind: "chain", depth: 6, activation: "linear", init: xavierUniform } as const;
const classifier = { ...network, widths: [6, 4, 4, 3] };

/** Every operation of the interface, as a function of the streams alone. */
const OPERATIONS: readonly (readonly [string, (streams: StreamRange) => object])[] = [
  ["propagate", (streams) => reference.propagate({ network, input: { law: "sphere" }, streams, revive: true })],
  [
    "propagate of images",
    (streams) => reference.propagate({ network, input: { law: "raw-image", data: "dots" }, streams, data }),
  ],
  ["backpropagate", (streams) => reference.backpropagate({ network, input: { law: "sphere" }, streams })],
  ["propagateBatch", (streams) => reference.propagateBatch({ network, batch: 4, streams, data })],
  ["lossGradients", (streams) => reference.lossGradients({ network: classifier, batch: 4, streams, data })],
  ["chainWeights", (streams) => ({ weights: reference.chainWeights({ network: chain, streams }) })],
  ["chainHessians", (streams) => reference.chainHessians({ network: chain, target: 1, streams })],
  ["diffusionExits", (streams) => reference.diffusionExits({ process: diffusion, streams })],
  ["chainEscapes", (streams) => reference.chainEscapes({ network: chain, method: { name: "gradient-flow" }, streams })],
];

describe("reference", () => {
  test.each(OPERATIONS)("%s: ten replicates are the bytes of two times five", (_, operation) => {
    const whole = operation({ key: KEY, first: 3, count: 10 });
    const head = operation({ key: KEY, first: 3, count: 5 });
    const tail = operation({ key: KEY, first: 8, count: 5 });
    expect(bytesOf(head, tail)).toEqual(bytesOf(whole));
    expect(Object.keys(whole).length).toBeGreaterThan(0);
  });

  test.each(OPERATIONS)("%s: the same streams give the same bytes twice, another key gives others", (_, operation) => {
    const once = bytesOf(operation({ key: KEY, first: 0, count: 4 }));
    expect(bytesOf(operation({ key: KEY, first: 0, count: 4 }))).toEqual(once);
    expect(bytesOf(operation({ key: [71, 72, 73, 75], first: 0, count: 4 }))).not.toEqual(once);
  });

  test.each(OPERATIONS)("%s: no NaN among its observations", (_, operation) => {
    for (const values of Object.values(operation({ key: KEY, first: 0, count: 20 }))) {
      expect(values).toBeInstanceOf(Float64Array);
      expect((values as Float64Array).some(Number.isNaN)).toBe(false);
    }
  });
});

/** The bytes of each array of one observation, or of several one after another. */
function bytesOf(...parts: readonly object[]): Readonly<Record<string, readonly number[]>> {
  const names = Object.keys(parts[0]!);
  return Object.fromEntries(
    names.map((name) => [
      name,
      parts.flatMap((part) => {
        const values = (part as Record<string, Float64Array>)[name]!;
        return [...new Uint8Array(values.buffer, values.byteOffset, values.byteLength)];
      }),
    ]),
  );
}

function pictures(): Dataset {
  const images = new Float64Array(6 * 8);
  fillUniform(openStream(KEY, 0, LANES.noise), images, 0, images.length);
  const labels = Uint8Array.from({ length: 8 }, (_, picture) => picture % 3);
  return { name: "dots", digest: "", width: 6, classes: 3, images, labels };
}
