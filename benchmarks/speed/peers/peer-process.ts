import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

/** What a peer says of itself when it starts. */
export interface PeerGreeting {
  readonly versions: { readonly [library: string]: string };
  readonly flags: { readonly [variable: string]: string };
  /** Pairs of workload and variant. */
  readonly workloads: readonly (readonly [workload: string, variant: string])[];
}

export interface Peer {
  readonly script: string;
  readonly greeting: PeerGreeting;
  /** Units a second of processor time in the quickest of `batches` stretches; a text says what went wrong. */
  readonly rate: (question: PeerQuestion) => Promise<number | string>;
  readonly close: () => Promise<void>;
}

export interface PeerQuestion {
  readonly workload: string;
  readonly variant: string;
  readonly seconds: number;
  readonly batches: number;
}

/** The scripts lie beside the source, also for the compiled driver: dist/ mirrors the repository one level down. */
const FOLDER = fileURLToPath(
  new URL(import.meta.url.includes("/dist/") ? "../../../../benchmarks/speed/peers/" : "./", import.meta.url),
);

/** Starts one script; a text says why it cannot be had (no such library, no such Python). */
export async function openPeer(python: string, script: string): Promise<Peer | string> {
  const process = execa(python, [`${FOLDER}${script}`, "--serve"], {
    ...{ reject: false, buffer: { stdout: false }, stdin: "pipe", cleanup: true },
  });
  const lines = createInterface({ input: process.stdout! })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value as string);
    const { stderr, message } = (await process) as { readonly stderr?: string; readonly message?: string };
    throw new Error(`${script} ended: ${stderr?.trim().split("\n").at(-1) || message || "no output"}`);
  };
  try {
    const greeting = (await next()) as PeerGreeting;
    return {
      script,
      greeting,
      rate: async (question) => {
        process.stdin!.write(`${JSON.stringify(question)}\n`);
        const answer = (await next()) as { readonly rate?: number; readonly error?: string };
        return answer.rate ?? answer.error ?? "no rate";
      },
      close: async () => {
        process.kill();
        await process;
      },
    };
  } catch (error) {
    return (error as Error).message;
  }
}
