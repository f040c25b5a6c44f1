/** What a caller, its relay thread and the device process say to each other. */

/** One submission to the device: buffers are made for it and destroyed after it. */
export interface Job {
  readonly buffers: readonly JobBuffer[];
  /** In this order, each sees what those before it wrote. */
  readonly passes: readonly Work[];
  /** The contents that are wanted. */
  readonly reads: readonly Read[];
}

/** One pass, or several again and again: what differs from one time to the next is counted on the device. */
export type Work = Pass | Repeat;

export interface Repeat {
  readonly times: number;
  readonly passes: readonly Work[];
}

export interface Read {
  /** Index of the buffer. */
  readonly buffer: number;
  /** From its beginning; a multiple of 4. */
  readonly bytes: number;
}

export interface JobBuffer {
  /** A multiple of 4. */
  readonly bytes: number;
  /** What is in it from byte `dataAt` (0) on, a multiple of 4; the rest is zero. */
  readonly dataAt?: number;
  readonly data?: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
}

export interface Pass {
  /** WGSL with the entry point `main`; `parameters` are the uniform at binding 0, `bindings` the buffers from binding 1 on. */
  readonly shader: string;
  readonly parameters: Uint32Array<ArrayBuffer>;
  readonly bindings: readonly number[];
  readonly groups: readonly [x: number, y: number, z: number];
}

export interface AdapterDescription {
  /** Version of the package. */
  readonly webgpu: string;
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly backend: string;
  /** A software adapter. */
  readonly fallback: boolean;
  /** Bytes of workgroup memory. */
  readonly workgroupBytes: number;
  /** Largest buffer that a pass can be given, in bytes. */
  readonly bufferBytes: number;
}

export type FailureKind = "no-package" | "no-adapter" | "lost" | "out-of-memory" | "refused";

export type Request = { readonly kind: "open" } | { readonly kind: "run"; readonly job: Job };

export type Answer =
  | { readonly state: "opened"; readonly adapter: AdapterDescription }
  | { readonly state: "done"; readonly results: readonly ArrayBuffer[] }
  | { readonly state: "failed"; readonly failure: FailureKind; readonly message: string };

/** Faults that a test plants in the device. */
export interface Faults {
  /** The device is destroyed while this job (counted from 1) is under way. */
  readonly loseDeviceAtJob?: number;
  /** The same while this job and every later one is. */
  readonly loseDeviceFromJob?: number;
  /** The process ends with a signal in the place of this job, once. */
  readonly crashAtJob?: number;
  /** A job whose buffers hold more bytes than this runs out of memory. */
  readonly memoryBytes?: number;
}

/** What the device process is started with. */
export interface DeviceStart {
  /** A software adapter, though there may be a real one. */
  readonly software: boolean;
  readonly faults: Faults;
}

/** What the relay thread is started with. */
export interface RelayStart {
  readonly port: import("node:worker_threads").MessagePort;
  /** Entry 0 rises with each answer and when the thread ends, entry 1 is 1 once it has ended. */
  readonly signals: Int32Array<SharedArrayBuffer>;
  readonly device: DeviceStart;
}
