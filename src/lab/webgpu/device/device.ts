import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { UnsupportedError } from "../../contract/engine.ts";
import type { AdapterDescription, Answer, FailureKind, Faults, Job, RelayStart, Request } from "../job.ts";

/** A device in a process of its own, to which calls are synchronous: a relay thread waits for the answers. */
export interface Device {
  readonly adapter: AdapterDescription;
  /**
   * Runs a job and gives what it reads back. Blocks the calling thread.
   * @throws DeviceError when the device is lost, out of memory, or refuses the job
   */
  readonly run: (job: Job) => readonly ArrayBuffer[];
  /** A new device in the place of a lost one; blocks. */
  readonly reopen: () => void;
}

export interface DeviceOptions {
  /** Take a software adapter though there may be a real one. */
  readonly software?: boolean;
  /** For tests. */
  readonly faults?: Faults;
}

/** The device did not do a job; `failure` says why, so that a caller can try again with a smaller one. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
  readonly failure: FailureKind;
  constructor(failure: FailureKind, message: string) {
    super(message);
    this.failure = failure;
  }
}

/**
 * Starts relay and process and opens the device. They do not keep the caller's process alive, and end with it.
 * @throws UnsupportedError where the package or an adapter is missing, naming the cure
 */
export async function openDevice({ software = false, faults = {} }: DeviceOptions = {}): Promise<Device> {
  const { port1: port, port2 } = new MessageChannel();
  const signals = new Int32Array(new SharedArrayBuffer(8));
  const thread = startRelay({ port: port2, signals, device: { software, faults } });
  const first = await firstAnswer(thread, port);
  thread.unref();
  // A thread that dies of an error sets its signal; without a listener the event would end the process.
  thread.on("error", () => undefined);
  if (first.state !== "opened") {
    await thread.terminate();
    throw first.state === "failed" ? openingError(first) : new Error("the relay thread answered out of turn");
  }
  const ask = (request: Request) => askRelay(port, signals, request);
  return {
    adapter: first.adapter,
    run(job) {
      const answer = ask({ kind: "run", job });
      if (answer.state === "failed") throw new DeviceError(answer.failure, `webgpu: ${answer.message}`);
      if (answer.state !== "done") throw new Error("the relay thread answered out of turn");
      return answer.results;
    },
    reopen() {
      const answer = ask({ kind: "open" });
      if (answer.state === "failed") {
        throw new DeviceError(answer.failure, `webgpu could not open the device again: ${answer.message}`);
      }
    },
  };
}

function startRelay(start: RelayStart): Worker {
  const options = { workerData: start, transferList: [start.port] };
  if (!new URL(import.meta.url).pathname.endsWith(".ts"))
    return new Worker(new URL("./relay-thread.js", import.meta.url), options);
  // Run from the sources, as the tests are: Node 20 has no TypeScript, so a development dependency reads the thread's program.
  const program = JSON.stringify(new URL("./relay-thread.ts", import.meta.url).href);
  const load = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${program}, ${program}))`;
  return new Worker(load, { ...options, eval: true });
}

function firstAnswer(thread: Worker, port: MessagePort): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    const finish = (settle: () => void) => {
      port.removeAllListeners();
      thread.removeAllListeners();
      port.unref();
      settle();
    };
    port.once("message", (answer: Answer) => finish(() => resolve(answer)));
    thread.once("error", (error) => finish(() => reject(error)));
    thread.once("exit", (code) => finish(() => reject(new Error(`the relay thread ended with code ${code}`))));
    port.postMessage({ kind: "open" } satisfies Request);
  });
}

/** Waits without a lost wake-up: the count is read before the port, so that an answer in between ends the wait at once. */
function askRelay(port: MessagePort, signals: Int32Array<SharedArrayBuffer>, request: Request): Answer {
  port.postMessage(request);
  for (;;) {
    const seen = Atomics.load(signals, 0);
    const isEnded = Atomics.load(signals, 1) === 1;
    const answer = receiveMessageOnPort(port);
    if (answer !== undefined) return answer.message as Answer;
    if (isEnded) throw new DeviceError("refused", "webgpu: the relay thread ended");
    Atomics.wait(signals, 0, seen);
  }
}

const CURES: Partial<Record<FailureKind, string>> = {
  "no-package": "engine webgpu requires the optional package webgpu (npm install webgpu), which could not be loaded",
  "no-adapter":
    "engine webgpu requires a graphics adapter and its driver (Linux: a Vulkan driver and libvulkan.so.1, the packages mesa-vulkan-drivers and libvulkan1 in Debian), got none",
};

function openingError({ failure, message }: { readonly failure: FailureKind; readonly message: string }): Error {
  return new UnsupportedError(`${CURES[failure] ?? "engine webgpu could not open a device"}: ${message}`);
}
