/// <reference types="@webgpu/types" />
import { createRequire } from "node:module";
import process from "node:process";
import type { AdapterDescription, Answer, DeviceStart, FailureKind, Job, Request } from "../job.ts";

/**
 * Program of the device process: opens the device and runs jobs, one after another. A process of its own, because Dawn's binding
 * aborts the process when the thread that it runs in is ended during a job (seen on Node 20, 22 and 24), and drivers crash.
 */
const { software, faults } = JSON.parse(process.argv[2]!) as DeviceStart;

/** One backend a platform, so that results can name it: Dawn does not say which it took. */
const BACKENDS: Partial<Record<NodeJS.Platform, string>> = { darwin: "metal", win32: "d3d12" };
const backend = BACKENDS[process.platform] ?? "vulkan";

interface Opened {
  readonly device: GPUDevice;
  readonly pipelines: Map<string, GPUComputePipeline>;
  lost: string | undefined;
}

let opened: Opened | undefined;
let jobs = 0;

process.on("message", async (request: Request) => {
  process.send!(await answerTo(request));
});
// Not an ordinary end, during which the driver's threads may still be at work.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// A Ctrl-C of the terminal reaches this process too: whoever asks for results decides what becomes of them.
process.on("SIGINT", () => undefined);

async function answerTo(request: Request): Promise<Answer> {
  try {
    if (request.kind === "open") return { state: "opened", adapter: await open() };
    const results = await run(opened!, request.job);
    return { state: "done", results };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const lost = request.kind === "run" ? opened?.lost : undefined;
    const failure = lost !== undefined ? "lost" : error instanceof Failed ? error.failure : "refused";
    return { state: "failed", failure, message: lost ?? message };
  }
}

class Failed extends Error {
  override readonly name = "Failed";
  readonly failure: FailureKind;
  constructor(failure: FailureKind, message: string) {
    super(message);
    this.failure = failure;
  }
}

/** Kept for the life of the process: adapters and devices must not outlive it. */
let gpu: GPU | undefined;

async function open(): Promise<AdapterDescription> {
  gpu ??= await loadDawn();
  const adapter = await findAdapter(gpu);
  const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupStorageSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupStorageSize },
  });
  const next: Opened = { device, pipelines: new Map(), lost: undefined };
  device.lost.then(({ reason, message }) => {
    next.lost = `the device was lost (${reason}): ${firstLine(message)}`;
  });
  opened = next;
  const { vendor, architecture, device: model, description, isFallbackAdapter } = adapter.info;
  return {
    webgpu: packageVersion(),
    ...{ vendor, architecture, device: model, description, backend },
    fallback: isFallbackAdapter,
    workgroupBytes: maxComputeWorkgroupStorageSize,
    bufferBytes: Math.min(maxStorageBufferBindingSize, maxBufferSize),
  };
}

async function loadDawn(): Promise<GPU> {
  try {
    const { create, globals } = await import("webgpu");
    Object.assign(globalThis, globals);
    return create([`backend=${backend}`]);
  } catch (error) {
    throw new Failed("no-package", firstLine(error instanceof Error ? error.message : String(error)));
  }
}

function packageVersion(): string {
  const { version } = createRequire(import.meta.url)("webgpu/package.json") as { readonly version: string };
  return version;
}

/** A real adapter if there is one: a software one may be offered first. */
async function findAdapter(from: GPU): Promise<GPUAdapter> {
  const wishes: readonly GPURequestAdapterOptions[] = software
    ? [{ forceFallbackAdapter: true }]
    : [{ powerPreference: "high-performance" }, { powerPreference: "low-power" }];
  const found: GPUAdapter[] = [];
  for (const wish of wishes) {
    const adapter = await from.requestAdapter(wish);
    if (adapter !== null) found.push(adapter);
  }
  const adapter = found.find(({ info }) => !info.isFallbackAdapter) ?? found[0];
  if (adapter === undefined) throw new Failed("no-adapter", `${backend} offers none`);
  return adapter;
}

async function run(on: Opened, job: Job): Promise<ArrayBuffer[]> {
  const { device } = on;
  jobs += 1;
  if (jobs === faults.crashAtJob) process.kill(process.pid, "SIGABRT");
  const bytes = job.buffers.reduce((total, buffer) => total + buffer.bytes, 0);
  if (bytes > (faults.memoryBytes ?? Infinity)) {
    throw new Failed("out-of-memory", `the buffers require ${bytes} bytes, the limit is ${faults.memoryBytes}`);
  }
  for (const scope of SCOPES) device.pushErrorScope(scope);
  const pending = submit(on, job);
  // popped in the order opposite to that of pushing, whatever happened in between
  const scopes = [...SCOPES].reverse().map(async (scope) => ({ scope, error: await device.popErrorScope() }));
  const [outcome, ...errors] = await Promise.all([settle(pending), ...scopes]);
  for (const { scope, error } of errors) {
    if (error === null) continue;
    throw new Failed(scope === "out-of-memory" ? "out-of-memory" : "refused", firstLine(error.message));
  }
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

const SCOPES = ["out-of-memory", "internal", "validation"] as const;

async function settle<T>(promise: Promise<T>): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}

/** Everything that may raise an error on the device happens before the first await, inside the error scopes. */
async function submit({ device, pipelines }: Opened, job: Job): Promise<ArrayBuffer[]> {
  const made: GPUBuffer[] = [];
  const make = (size: number, usage: GPUBufferUsageFlags) => {
    const buffer = device.createBuffer({ size, usage });
    made.push(buffer);
    return buffer;
  };
  try {
    const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const buffers = job.buffers.map(({ bytes, data, dataAt = 0 }) => {
      const buffer = make(bytes, STORAGE | COPY_SRC | COPY_DST);
      if (data !== undefined) device.queue.writeBuffer(buffer, dataAt, data);
      return buffer;
    });
    const uniforms = make(Math.max(1, job.passes.length) * UNIFORM_STRIDE, UNIFORM | COPY_DST);
    const encoder = device.createCommandEncoder();
    for (const [index, { shader, parameters, bindings, groups }] of job.passes.entries()) {
      const pipeline = pipelineOf(device, pipelines, shader);
      device.queue.writeBuffer(uniforms, index * UNIFORM_STRIDE, parameters);
      const uniform = { buffer: uniforms, offset: index * UNIFORM_STRIDE, size: UNIFORM_STRIDE };
      const entries = [
        { binding: 0, resource: uniform },
        ...bindings.map((buffer, at) => ({ binding: at + 1, resource: { buffer: buffers[buffer]! } })),
      ];
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
      pass.dispatchWorkgroups(...groups);
      pass.end();
    }
    const copies = job.reads.map(({ buffer, bytes }) => {
      const copy = make(bytes, MAP_READ | COPY_DST);
      encoder.copyBufferToBuffer(buffers[buffer]!, 0, copy, 0, bytes);
      return copy;
    });
    device.queue.submit([encoder.finish()]);
    if (jobs === faults.loseDeviceAtJob || jobs >= (faults.loseDeviceFromJob ?? Infinity)) device.destroy();
    return await readAll(copies);
  } finally {
    for (const buffer of made) buffer.destroy();
  }
}

/** Every device allows uniforms at multiples of this. */
const UNIFORM_STRIDE = 256;

async function readAll(copies: readonly GPUBuffer[]): Promise<ArrayBuffer[]> {
  await Promise.all(copies.map((copy) => copy.mapAsync(GPUMapMode.READ)));
  return copies.map((copy) => copy.getMappedRange().slice(0));
}

function pipelineOf(device: GPUDevice, pipelines: Map<string, GPUComputePipeline>, code: string): GPUComputePipeline {
  const known = pipelines.get(code);
  if (known !== undefined) return known;
  const pipeline = device.createComputePipeline({
    layout: "auto",
    compute: { module: device.createShaderModule({ code }), entryPoint: "main" },
  });
  pipelines.set(code, pipeline);
  return pipeline;
}

function firstLine(message: string): string {
  return message.split("\n")[0]!;
}
