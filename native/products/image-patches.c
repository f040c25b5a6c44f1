#include "../kernel.h"

/*
 * The patches of an image as the columns of a matrix: rows are (channel, kernel row, kernel column), columns are places, row by row.
 * Each row of the matrix is the image's own rows, shifted: two stretches where they wrap around, one and zeros where they end.
 */

/* One row of `width` numbers of the image, moved by `shift` columns. */
INLINE void gather_row(const double *row, int32_t width, int32_t shift, bool circular, double *restrict to) {
  const int32_t from = greater(0, -shift), end = width - greater(0, shift);
  for (int32_t c = 0; c < from; c++) to[c] = circular ? row[c + shift + width] : 0;
  for (int32_t c = from; c < end; c++) to[c] = row[c + shift];
  for (int32_t c = end; c < width; c++) to[c] = circular ? row[c + shift - width] : 0;
}

INLINE void scatter_row(const double *patch, int32_t width, int32_t shift, bool circular, double *restrict row) {
  const int32_t from = greater(0, -shift), end = width - greater(0, shift);
  if (circular) {
    for (int32_t c = 0; c < from; c++) row[c + shift + width] += patch[c];
  }
  for (int32_t c = from; c < end; c++) row[c + shift] += patch[c];
  if (circular) {
    for (int32_t c = end; c < width; c++) row[c + shift - width] += patch[c];
  }
}

/* Where row y lies in an image of that height, or -1: outside. */
INLINE int32_t placed_row(int32_t y, int32_t height, bool circular) {
  if (y >= 0 && y < height) return y;
  return circular ? (y < 0 ? y + height : y - height) : -1;
}

/* The patch matrix of one image. The kernel's size is odd and at most the image's height and width. */
KERNEL(void, gatherPatches, int32_t channels, int32_t height, int32_t width, int32_t size, bool circular, address image,
       address patches) {
  const double *pixels = doubles(memory, image);
  double *to = doubles(memory, patches);
  const int32_t half = (size - 1) / 2;
  for (int32_t channel = 0; channel < channels; channel++, pixels += (int64_t)height * width) {
    for (int32_t down = -half; down <= half; down++) {
      for (int32_t shift = -half; shift <= half; shift++) {
        for (int32_t row = 0; row < height; row++, to += width) {
          const int32_t y = placed_row(row + down, height, circular);
          if (y < 0) memset(to, 0, 8 * (size_t)width);
          else gather_row(pixels + (int64_t)y * width, width, shift, circular, to);
        }
      }
    }
  }
}

/* image += each entry of the patch matrix at its pixel, in the matrix's order: the transpose of gathering. */
KERNEL(void, scatterPatches, int32_t channels, int32_t height, int32_t width, int32_t size, bool circular,
       address patches, address image) {
  const double *from = doubles(memory, patches);
  double *pixels = doubles(memory, image);
  const int32_t half = (size - 1) / 2;
  for (int32_t channel = 0; channel < channels; channel++, pixels += (int64_t)height * width) {
    for (int32_t down = -half; down <= half; down++) {
      for (int32_t shift = -half; shift <= half; shift++) {
        for (int32_t row = 0; row < height; row++, from += width) {
          const int32_t y = placed_row(row + down, height, circular);
          if (y >= 0) scatter_row(from, width, shift, circular, pixels + (int64_t)y * width);
        }
      }
    }
  }
}
