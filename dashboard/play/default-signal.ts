import { createHash } from "node:crypto";
import { checked } from "../../src/lab/contract/checked.ts";
import { openWasm } from "../../src/lab/wasm/engine.ts";
import type { SignalAnswer, SignalRequest } from "../browser/play/messages.ts";
import { signals } from "./signal.ts";

/** What the first page shows before a reader has chosen anything: a narrow deep network that loses its signal. */
const DEFAULT: SignalRequest = {
  ...{ kind: "signal", width: 16, depth: 64, activation: "relu", init: "he" },
  ...{ residual: false, normalisation: "none", seed: "7", count: 12 },
};

/** That signal, computed while the site is built: the numbers that a browser computes for the same choice. */
export async function defaultSignal(): Promise<{ readonly request: SignalRequest; readonly answer: SignalAnswer }> {
  const digest = async (text: string) => createHash("sha256").update(text).digest();
  return { request: DEFAULT, answer: await signals(checked(await openWasm()), digest, DEFAULT) };
}
