import type { AnyClaim } from "../../src/claim/claim.ts";
import type { Suite } from "../../src/claim/suite.ts";
import { checked } from "../../src/lab/contract/checked.ts";
import { openWasm } from "../../src/lab/wasm/engine.ts";
import { provideKernels } from "../../src/lab/wasm/module.ts";
import { sampleCsv } from "../../src/report/sample-csv.ts";
import type { FromWorker, PlayAnswer, PlayRequest, ToWorker } from "../browser/play/messages.ts";
import { draw } from "./draw.ts";
import { signals } from "./signal.ts";

/** Answers a page's questions in a worker: the claims of all suites, and the same engine as on the command line. */
export function answerQuestions(suites: readonly Suite[]): void {
  const claims = new Map(suites.flatMap((suite) => suite.claims.map(({ claim }) => [claim.id, claim] as const)));
  let opened: ReturnType<typeof openEngine> | undefined;
  addEventListener("message", async ({ data }: MessageEvent<ToWorker>) => {
    if ("kernels" in data) {
      opened = openEngine(data.kernels);
      // Whoever asks is told of a failure; before that nobody waits for it.
      opened.catch(() => undefined);
      return;
    }
    const { number, request } = data;
    try {
      tell({ number, answer: await answer(request, claims, await opened!) });
    } catch (error) {
      tell({ number, refused: error instanceof Error ? error.message : String(error) });
    }
  });
}

function tell(message: FromWorker): void {
  postMessage(message);
}

async function openEngine(address: string) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the engine could not be loaded: ${response.status}`);
  provideKernels("plain", await WebAssembly.compile(await response.arrayBuffer()));
  return checked(await openWasm());
}

type OpenedEngine = Awaited<ReturnType<typeof openEngine>>;

async function answer(
  request: PlayRequest,
  claims: ReadonlyMap<string, AnyClaim>,
  engine: OpenedEngine,
): Promise<PlayAnswer> {
  switch (request.kind) {
    case "sample":
      return draw(claims, engine, digest, request);
    case "signal":
      return signals(engine, digest, request);
    case "csv": {
      const measures = request.names.map((name, at) => ({ name, values: request.columns[at]! }));
      return { kind: "csv", text: sampleCsv({ replicates: request.columns[0]?.length ?? 0, measures }) };
    }
  }
}

async function digest(text: string): Promise<Uint8Array> {
  // Browsers have it on https and on this machine's own address only.
  if (crypto.subtle === undefined) throw new Error("the engine needs a page that was loaded over https");
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
