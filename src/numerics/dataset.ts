/** A named input, read at the edge and checked against its digest before anything uses it. */
export interface Dataset {
  readonly name: string;
  /** SHA-256 of `images` followed by `labels`, as bytes. */
  readonly digest: string;
  readonly width: number;
  readonly classes: number;
  /** One row of `width` a picture. */
  readonly images: Float64Array;
  readonly labels: Uint8Array;
}
