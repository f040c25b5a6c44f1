import type { Patches } from "../program/primitives.ts";

/** The patch matrix at `out` of the image at `from`, pixel by pixel. Memory: any float64 array. */
export function gatherPatches(memory: Float64Array, patches: Patches, from: number, out: number): void {
  eachEntry(patches, (entry, pixel) => {
    memory[out + entry] = pixel < 0 ? 0 : memory[from + pixel]!;
  });
}

/** Adds each entry of the patch matrix at `matrix` to its pixel of the image at `out`, in the matrix's order. */
export function scatterPatches(memory: Float64Array, patches: Patches, matrix: number, out: number): void {
  eachEntry(patches, (entry, pixel) => {
    if (pixel >= 0) memory[out + pixel]! += memory[matrix + entry]!;
  });
}

/** Rows are (channel, kernel row, kernel column), columns are places, row by row; pixel -1 lies outside the image. */
function eachEntry({ image, size, padding }: Patches, visit: (entry: number, pixel: number) => void): void {
  const { channels, height, width } = image;
  const half = (size - 1) / 2;
  let entry = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let down = -half; down <= half; down++) {
      for (let right = -half; right <= half; right++) {
        for (let row = 0; row < height; row++) {
          for (let column = 0; column < width; column++) {
            const y = place(row + down, height, padding);
            const x = place(column + right, width, padding);
            visit(entry++, y < 0 || x < 0 ? -1 : (channel * height + y) * width + x);
          }
        }
      }
    }
  }
}

/** The index itself, wrapped around or, outside, -1. */
function place(index: number, length: number, padding: Patches["padding"]): number {
  if (index >= 0 && index < length) return index;
  return padding === "zero" ? -1 : (index + length) % length;
}
