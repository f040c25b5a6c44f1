import type { Dataset } from "../numerics/dataset.ts";

/** Data that a paper's folder provides for its experiments. */
export interface NamedInput {
  readonly name: string;
  /**
   * SHA-256 of the images (float64, little-endian) followed by the labels: enters the key of every sample that uses the data.
   * What has another digest is refused.
   */
  readonly digest: string;
  /** Reads it where it comes from, as bytes in a form of its own that is quick to read again. @throws DatasetError where it is missing */
  readonly load: () => Promise<Uint8Array>;
  /** What those bytes say. @throws DatasetError where they say nothing */
  readonly decode: (bytes: Uint8Array) => Omit<Dataset, "name" | "digest">;
}

/**
 * Of the data that an experiment was given, those that it asked for under that input.
 * @throws TypeError where it was given none
 */
export function dataOf(given: { readonly [name: string]: Dataset | undefined }, { name }: NamedInput): Dataset {
  const data = given[name];
  if (data === undefined) throw new TypeError(`the data set ${name} is required, got none of that name`);
  return data;
}

/** Data that are missing or not what they were. */
export class DatasetError extends Error {
  override readonly name = "DatasetError";
}
