import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { StreamKey } from "../../../numerics/stream.ts";
import { heNormal, mlp } from "../../networks/network.ts";
import { backpropagate } from "../backpropagate.ts";
import { openWebgpu } from "../engine.ts";
import type { Job } from "../job.ts";
import { propagate } from "../propagate.ts";
import { type Device, DeviceError, openDevice } from "./device.ts";

const KEY: StreamKey = [1, 2, 3, 4];
const network = mlp({ width: 6, depth: 3, activation: "relu", init: heNormal });
const request = { network, input: { law: "sphere" }, streams: { key: KEY, first: 0, count: 40 } } as const;

let wanted: ReturnType<typeof propagate>;
let healthy: Device;
beforeAll(async () => {
  healthy = await openDevice();
  wanted = propagate(healthy, request);
});

describe("an engine names", () => {
  test("its package, its shaders and the adapter, and whether that is a software one", async () => {
    const { name, versions } = await openWebgpu();
    expect(name).toBe("webgpu");
    expect(versions).toMatchObject({
      webgpu: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      shaders: expect.stringMatching(/^[1-9]\d*$/),
      vendor: expect.stringMatching(/./),
      backend: expect.stringMatching(/^(vulkan|metal|d3d12)$/),
      fallback: expect.stringMatching(/^(true: a software adapter|false$)/),
    });
  });
});

describe("a lost device", () => {
  test("is opened again, and the work is taken up where it was, with the same results", async () => {
    const device = await openDevice({ faults: { loseDeviceAtJob: 1 } });
    expect(propagate(device, request)).toEqual(wanted);
    expect(propagate(device, request)).toEqual(wanted);
  });

  test("and a driver that takes its process down with it, are one and the same", async () => {
    const device = await openDevice({ faults: { crashAtJob: 1 } });
    expect(propagate(device, request)).toEqual(wanted);
  });

  test("that is lost every time ends the work with the reason", async () => {
    const device = await openDevice({ faults: { loseDeviceFromJob: 1 } });
    expect(() => propagate(device, request)).toThrow(/the device was lost \(destroyed\)/);
  });
});

describe("too little memory", () => {
  // buffers of 48 bytes a network (inputs and norms), 108 with the backward pass, and 48 for the layers' table
  test("halves the batch until it fits, with the same results", async () => {
    const device = await openDevice({ faults: { memoryBytes: 48 + 48 * 6 } });
    expect(propagate(device, request)).toEqual(wanted);
    expect(backpropagate(await openDevice({ faults: { memoryBytes: 48 + 108 * 3 } }), request)).toEqual(
      backpropagate(healthy, request),
    );
  });

  test("for a single network says so, with what it requires", async () => {
    const device = await openDevice({ faults: { memoryBytes: 90 } });
    expect(() => propagate(device, request)).toThrow(
      "webgpu: the buffers require 96 bytes, the limit is 90, with one replicate at a time",
    );
  });
});

describe("a job that the device refuses", () => {
  const failure = (job: Job): unknown => {
    try {
      return healthy.run(job);
    } catch (error) {
      return error;
    }
  };
  const pass = { parameters: new Uint32Array(4), bindings: [], groups: [1, 1, 1] } as const;

  test.each([
    ["because of its shader", { buffers: [], passes: [{ ...pass, shader: "fn main( {" }], reads: [] }, /WGSL/],
    ["because a buffer is larger than any may be", { buffers: [{ bytes: 2 ** 50 }], passes: [], reads: [] }, /./],
  ])("%s brings its message along, and the next job runs", (_, job, message) => {
    const error = failure(job);
    expect(error).toBeInstanceOf(DeviceError);
    expect((error as DeviceError).message).toMatch(message);
    expect(propagate(healthy, request)).toEqual(wanted);
  });
});

describe("in a process of its own, the engine", () => {
  const engine = JSON.stringify(new URL("../engine.ts", import.meta.url).href);
  const run = (program: string, environment: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
      cwd: fileURLToPath(new URL("../../../..", import.meta.url)),
      encoding: "utf8",
      env: { ...process.env, ...environment },
      timeout: 60_000,
    });

  test("lets the process end by itself once it has computed, with status 0", () => {
    const program = `
      const { openWebgpu } = await import(${engine});
      const engine = await openWebgpu();
      console.log(engine.propagate(${JSON.stringify(request)}).logIncrements.length);`;
    expect(run(program)).toMatchObject({ status: 0, signal: null, stdout: "120\n" });
  });

  test("lets a thread be ended while it waits for the device, and the process goes on", () => {
    const busy = `
      import("tsx/esm/api").then(({ tsImport }) => tsImport(${engine}, ${engine})).then(async ({ openWebgpu }) => {
        const engine = await openWebgpu();
        (await import("node:worker_threads")).parentPort.postMessage("busy");
        for (;;) engine.propagate(${JSON.stringify(request)});
      });`;
    const program = `
      const { Worker } = await import("node:worker_threads");
      const thread = new Worker(${JSON.stringify(busy)}, { eval: true });
      await new Promise((resolve) => thread.once("message", resolve));
      await new Promise((resolve) => setTimeout(resolve, 100));
      await thread.terminate();
      console.log("ended");`;
    expect(run(program)).toMatchObject({ status: 0, signal: null, stdout: "ended\n" });
  });

  test("without an adapter is refused with the cure", () => {
    const program = `
      const { openWebgpu } = await import(${engine});
      await openWebgpu().catch((error) => console.log(error.name + ": " + error.message));`;
    const { status, stdout } = run(program, { VK_ICD_FILENAMES: "/none", PLATEAU_TEST_ADAPTER: "system" });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^UnsupportedError: engine webgpu requires a graphics adapter .*libvulkan1/);
  });
});
