/**
 * The patches of an image as the columns of a matrix: rows are (channel, kernel row, kernel column), columns are places, row by
 * row. Each row of the matrix is the image's own rows, shifted: two stretches where they wrap around, one and zeros where they
 * end. The kernel's size is odd and at most the image's height and width.
 */

/** The patch matrix of one image. */
export function gatherPatches(
  channels: i32,
  height: i32,
  width: i32,
  size: i32,
  circular: bool,
  image: usize,
  patches: usize,
): void {
  const half = (size - 1) / 2;
  const line = (<usize>width) << 3;
  for (let channel = 0; channel < channels; channel++, image += <usize>height * line) {
    for (let down = -half; down <= half; down++) {
      for (let shift = -half; shift <= half; shift++) {
        for (let row = 0; row < height; row++, patches += line) {
          const y = placedRow(row + down, height, circular);
          if (y < 0) memory.fill(patches, 0, line);
          else gatherRow(image + <usize>y * line, width, shift, circular, patches);
        }
      }
    }
  }
}

/** image += each entry of the patch matrix at its pixel, in the matrix's order: the transpose of gathering. */
export function scatterPatches(
  channels: i32,
  height: i32,
  width: i32,
  size: i32,
  circular: bool,
  patches: usize,
  image: usize,
): void {
  const half = (size - 1) / 2;
  const line = (<usize>width) << 3;
  for (let channel = 0; channel < channels; channel++, image += <usize>height * line) {
    for (let down = -half; down <= half; down++) {
      for (let shift = -half; shift <= half; shift++) {
        for (let row = 0; row < height; row++, patches += line) {
          const y = placedRow(row + down, height, circular);
          if (y >= 0) scatterRow(patches, width, shift, circular, image + <usize>y * line);
        }
      }
    }
  }
}

/** Where row y lies in an image of that height, or -1: outside. */
// @ts-ignore: decorator
@inline
function placedRow(y: i32, height: i32, circular: bool): i32 {
  if (y >= 0 && y < height) return y;
  return circular ? (y < 0 ? y + height : y - height) : -1;
}

/** One row of `width` numbers of the image, moved by `shift` columns. */
function gatherRow(row: usize, width: i32, shift: i32, circular: bool, to: usize): void {
  const from = max(0, -shift);
  const end = width - max(0, shift);
  for (let c = 0; c < from; c++) store<f64>(place(to, c), circular ? load<f64>(place(row, c + shift + width)) : 0);
  copyRow(end - from, place(row, from + shift), place(to, from));
  for (let c = end; c < width; c++) store<f64>(place(to, c), circular ? load<f64>(place(row, c + shift - width)) : 0);
}

function scatterRow(patch: usize, width: i32, shift: i32, circular: bool, row: usize): void {
  const from = max(0, -shift);
  const end = width - max(0, shift);
  if (circular) addRowTo(from, patch, place(row, shift + width));
  addRowTo(end - from, place(patch, from), place(row, from + shift));
  if (circular) addRowTo(width - end, place(patch, end), place(row, end + shift - width));
}

// @ts-ignore: decorator
@inline
function place(row: usize, column: i32): usize {
  return row + ((<usize>column) << 3);
}

// @ts-ignore: decorator
@inline
function copyRow(length: i32, from: usize, to: usize): void {
  const end = to + ((<usize>length) << 3);
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, v128.load(from));
  if (to < end) store<f64>(to, load<f64>(from));
}

// @ts-ignore: decorator
@inline
function addRowTo(length: i32, from: usize, to: usize): void {
  const end = to + ((<usize>length) << 3);
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, f64x2.add(v128.load(to), v128.load(from)));
  if (to < end) store<f64>(to, load<f64>(to) + load<f64>(from));
}
