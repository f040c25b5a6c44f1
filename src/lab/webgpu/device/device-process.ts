/// <reference types="@webgpu/types" />
import { createRequire } from "node:module";
import process from "node:process";
import type { AdapterDescription, Answer, DeviceStart, FailureKind, Job, Request, Work } from "../job.ts";

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
  const made: GPUBuffer[] = [];
  try {
    const { work, copies, copy } = await scoped(device, () => prepare(on, job, made));
    const rest = unrolled(work)[Symbol.iterator]();
    for (let isDone = false; !isDone; ) {
      isDone = await scoped(device, () => submitSome(device, rest, copy));
      if (jobs === faults.loseDeviceAtJob || jobs >= (faults.loseDeviceFromJob ?? Infinity)) device.destroy();
      if (!isDone) await device.queue.onSubmittedWorkDone();
      if (on.lost !== undefined) throw new Error(on.lost);
    }
    return await readAll(copies);
  } finally {
    for (const buffer of made) buffer.destroy();
  }
}

/** Does, before any await, what may raise an error on the device; then looks whether it did. */
async function scoped<T>(device: GPUDevice, act: () => T): Promise<T> {
  for (const scope of SCOPES) device.pushErrorScope(scope);
  const outcome = settle(act);
  // popped in the order opposite to that of pushing, whatever happened in between
  const scopes = [...SCOPES].reverse().map(async (scope) => ({ scope, error: await device.popErrorScope() }));
  for (const { scope, error } of await Promise.all(scopes)) {
    if (error === null) continue;
    throw new Failed(scope === "out-of-memory" ? "out-of-memory" : "refused", firstLine(error.message));
  }
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

const SCOPES = ["out-of-memory", "internal", "validation"] as const;

function settle<T>(act: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: act() };
  } catch (error) {
    return { error };
  }
}

/** A pass with everything that the device needs for it. */
interface Prepared {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly groups: readonly [number, number, number];
}

type PreparedWork = Prepared | { readonly times: number; readonly passes: readonly PreparedWork[] };

interface PreparedJob {
  readonly work: readonly PreparedWork[];
  readonly copies: readonly GPUBuffer[];
  /** Behind all work. */
  readonly copy: (encoder: GPUCommandEncoder) => void;
}

/** Buffers, pipelines and uniforms of a job; `made` gathers what has to be destroyed. */
function prepare({ device, pipelines }: Opened, job: Job, made: GPUBuffer[]): PreparedJob {
  const make = (size: number, usage: GPUBufferUsageFlags) => {
    const buffer = device.createBuffer({ size, usage });
    made.push(buffer);
    return buffer;
  };
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const buffers = job.buffers.map(({ bytes, data, dataAt = 0 }) => {
    const buffer = make(bytes, STORAGE | COPY_SRC | COPY_DST);
    if (data !== undefined) device.queue.writeBuffer(buffer, dataAt, data);
    return buffer;
  });
  const uniforms = make(Math.max(1, passesIn(job.passes)) * UNIFORM_STRIDE, UNIFORM | COPY_DST);
  let index = 0;
  const prepareWork = (work: Work): PreparedWork => {
    if ("times" in work) return { times: work.times, passes: work.passes.map(prepareWork) };
    const { shader, parameters, bindings, groups } = work;
    const pipeline = pipelineOf(device, pipelines, shader);
    const uniform = { buffer: uniforms, offset: index * UNIFORM_STRIDE, size: UNIFORM_STRIDE };
    device.queue.writeBuffer(uniforms, uniform.offset, parameters);
    index += 1;
    const entries = [
      { binding: 0, resource: uniform },
      ...bindings.map((buffer, at) => ({ binding: at + 1, resource: { buffer: buffers[buffer]! } })),
    ];
    return { pipeline, bindGroup: device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }), groups };
  };
  const work = job.passes.map(prepareWork);
  const copies = job.reads.map(({ bytes }) => make(bytes, MAP_READ | COPY_DST));
  return {
    work,
    copies,
    copy(encoder) {
      for (const [at, { buffer, bytes }] of job.reads.entries()) {
        encoder.copyBufferToBuffer(buffers[buffer]!, 0, copies[at]!, 0, bytes);
      }
    },
  };
}

/** Different ones, however often they are repeated. */
function passesIn(works: readonly Work[]): number {
  return works.reduce((sum, work) => sum + ("times" in work ? passesIn(work.passes) : 1), 0);
}

function* unrolled(works: readonly PreparedWork[]): Generator<Prepared> {
  for (const work of works) {
    if (!("times" in work)) yield work;
    else for (let time = 0; time < work.times; time++) yield* unrolled(work.passes);
  }
}

/** So many passes a submission: a driver takes one that is too long for a hung device. */
const PASSES_A_SUBMISSION = 512;

/** Submits the next of the passes, behind the last of them the copies; gives whether those were the last. */
function submitSome(device: GPUDevice, rest: Iterator<Prepared>, copy: (encoder: GPUCommandEncoder) => void): boolean {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  let isDone = false;
  for (let submitted = 0; submitted < PASSES_A_SUBMISSION; submitted++) {
    const next = rest.next();
    isDone = next.done === true;
    if (next.done === true) break;
    const { pipeline, bindGroup, groups } = next.value;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(...groups);
  }
  pass.end();
  if (isDone) copy(encoder);
  device.queue.submit([encoder.finish()]);
  return isDone;
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
