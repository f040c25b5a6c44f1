import type { ImageShape } from "../../networks/network.ts";

/**
 * Which pixel each entry of the patch matrix is: rows are (channel, kernel row, kernel column), columns are places, row by row;
 * -1 is a zero outside the image.
 */
export function patchTable(image: ImageShape, size: number, padding: "circular" | "zero"): Int32Array {
  const { channels, height, width } = image;
  const table = new Int32Array(channels * size * size * height * width);
  const half = (size - 1) / 2;
  let at = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let kernelRow = -half; kernelRow <= half; kernelRow++) {
      for (let kernelColumn = -half; kernelColumn <= half; kernelColumn++) {
        for (let row = 0; row < height; row++) {
          for (let column = 0; column < width; column++) {
            const y = place(row + kernelRow, height, padding);
            const x = place(column + kernelColumn, width, padding);
            table[at++] = y < 0 || x < 0 ? -1 : (channel * height + y) * width + x;
          }
        }
      }
    }
  }
  return table;
}

/** Patch matrix at `out` of the image at `from`. */
export function gatherPatches(values: Float64Array, table: Int32Array, from: number, out: number): void {
  for (let entry = 0; entry < table.length; entry++) {
    const pixel = table[entry]!;
    values[out + entry] = pixel < 0 ? 0 : values[from + pixel]!;
  }
}

/** Adds each entry of the patch matrix to its pixel, in the matrix's order: the transpose of gathering. */
export function scatterPatches(values: Float64Array, table: Int32Array, patches: number, out: number): void {
  for (let entry = 0; entry < table.length; entry++) {
    const pixel = table[entry]!;
    if (pixel >= 0) values[out + pixel]! += values[patches + entry]!;
  }
}

/** The index itself, wrapped around or, outside, -1. */
function place(index: number, length: number, padding: "circular" | "zero"): number {
  if (index >= 0 && index < length) return index;
  return padding === "zero" ? -1 : (index + length) % length;
}
