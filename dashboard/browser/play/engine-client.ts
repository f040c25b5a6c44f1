import type { FromWorker, PlayAnswer, PlayRequest, ToWorker } from "./messages.js";

/** The addresses of the worker's module and of its kernels. */
export interface EngineFiles {
  readonly engine: { readonly href: string };
  readonly kernels: { readonly href: string };
}

/** The answer to a question has the question's kind. */
type AnswerTo<R extends PlayRequest> = Extract<PlayAnswer, { readonly kind: R["kind"] }>;

export interface EngineClient {
  readonly ask: <R extends PlayRequest>(request: R) => Promise<AnswerTo<R>>;
  /** Ends what is being computed, too; questions that wait fail. */
  readonly close: () => void;
}

/** Starts the engine in a worker of its own: nothing of it is loaded before. */
export function openEngine({ engine, kernels }: EngineFiles): EngineClient {
  const worker = new Worker(engine.href, { type: "module" });
  const waiting = new Map<number, { done: (answer: PlayAnswer) => void; fail: (error: Error) => void }>();
  let asked = 0;
  const send = (message: ToWorker) => worker.postMessage(message);
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    const one = waiting.get(data.number);
    waiting.delete(data.number);
    if ("answer" in data) one?.done(data.answer);
    else one?.fail(new Error(data.refused));
  });
  const failAll = (words: string) => {
    for (const { fail } of waiting.values()) fail(new Error(words));
    waiting.clear();
  };
  worker.addEventListener("error", ({ message }) => failAll(message || "the engine could not be started"));
  send({ kernels: kernels.href });
  return {
    ask: <R extends PlayRequest>(request: R) =>
      new Promise<AnswerTo<R>>((done, fail) => {
        asked += 1;
        waiting.set(asked, { done: done as (answer: PlayAnswer) => void, fail });
        send({ number: asked, request });
      }),
    close: () => {
      worker.terminate();
      failAll("it was stopped");
    },
  };
}
