/** What a page asks of the worker that computes, and what it answers; every question has a number of its own. */
export interface SampleRequest {
  readonly kind: "sample";
  readonly claim: string;
  /** `claimed`, `against`, or the assumption that a control breaks, as `plateau sample --arm` takes it. */
  readonly arm: string;
  readonly cell: Readonly<Record<string, string | number | boolean>>;
  readonly seed: string;
  /** The first replicate and how many. */
  readonly first: number;
  readonly count: number;
}

/** A column a measure, in the order of `names`. */
export interface SampleAnswer {
  readonly kind: "sample";
  readonly names: readonly string[];
  readonly words: readonly string[];
  /** Whether a measure is a number of which means are taken; else its median is shown. */
  readonly means: readonly boolean[];
  readonly columns: readonly Float64Array[];
}

export interface CsvRequest {
  readonly kind: "csv";
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

export interface CsvAnswer {
  readonly kind: "csv";
  readonly text: string;
}

/** A signal through random networks of one kind. */
export interface SignalRequest {
  readonly kind: "signal";
  readonly width: number;
  readonly depth: number;
  readonly activation: "linear" | "relu" | "tanh";
  readonly init: "he" | "xavier" | "orthogonal";
  readonly residual: boolean;
  readonly normalisation: "none" | "batch" | "layer";
  readonly seed: string;
  /** Networks. */
  readonly count: number;
}

/** log10 of the mean squared norm after each layer, divided by the input's; a row a network, null for an exact zero. */
export interface SignalAnswer {
  readonly kind: "signal";
  readonly rows: readonly (readonly (number | null)[])[];
}

/** A question with its answer. */
export interface SignalData {
  readonly request: SignalRequest;
  readonly answer: SignalAnswer;
}

export type PlayRequest = SampleRequest | CsvRequest | SignalRequest;
export type PlayAnswer = SampleAnswer | CsvAnswer | SignalAnswer;

/** What the worker is sent: first the address of its kernels, then questions. */
export type ToWorker = { readonly kernels: string } | { readonly number: number; readonly request: PlayRequest };

export type FromWorker =
  | { readonly number: number; readonly answer: PlayAnswer }
  | { readonly number: number; readonly refused: string };
