import { createRequire } from "node:module";
import { env } from "node:process";
import { isMainThread } from "node:worker_threads";
import { UnsupportedError } from "../contract/engine.ts";
import type { Library } from "./library.ts";

/**
 * What the library reads from the process's environment when it is loaded first: one thread for one operation, and no
 * greeting. A worker's `process.env` is a copy that native code never sees, so a program that starts workers sets these
 * before, in its main thread.
 */
export const TENSORFLOW_ENVIRONMENT: Readonly<Record<string, string>> = {
  TF_CPP_MIN_LOG_LEVEL: "1",
  TF_NUM_INTRAOP_THREADS: "1",
};

export interface OpenLibrary {
  readonly tf: Library;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * The real TensorFlow, by its package for Node, as the module at `from` finds it.
 * @throws UnsupportedError where the package or its native library is not there, with the cure
 */
export function openLibrary(from: string = import.meta.url): OpenLibrary {
  prepareEnvironment();
  const require = createRequire(from);
  restoreUtilities(require("node:util") as Record<string, unknown>);
  const tf = load(require);
  if (tf.getBackend() !== "tensorflow") {
    throw new UnsupportedError(`engine tensorflow requires the native backend, got ${tf.getBackend()}`);
  }
  const versions = {
    tensorflow: tf.backend().binding.TF_Version,
    tfjs: tf.version["tfjs-node"]!,
    threads: env["TF_NUM_INTRAOP_THREADS"] ?? "all",
  };
  return { tf, versions };
}

function prepareEnvironment(): void {
  if (!isMainThread) return;
  for (const [name, value] of Object.entries(TENSORFLOW_ENVIRONMENT)) env[name] ??= value;
}

/**
 * The package's last release calls `util.isNullOrUndefined`, which Node 23 removed. An assignment, because reading the old
 * one prints a deprecation warning on Node 22.
 */
function restoreUtilities(util: Record<string, unknown>): void {
  util["isNullOrUndefined"] = (value: unknown) => value === null || value === undefined;
}

function load(require: NodeJS.Require): Library {
  try {
    return require("@tensorflow/tfjs-node") as Library;
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split("\n");
    throw new UnsupportedError(
      `engine tensorflow requires @tensorflow/tfjs-node with its native library (scripts/install-tensorflow.sh brings it), got: ${reason}`,
      { cause: error },
    );
  }
}
