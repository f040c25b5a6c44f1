/*
 * Layers of float32 numbers. Block `row / 4 * columns + column` of a layer holds the weights of four rows of one column, so that a
 * column which meets a zero is not drawn; lanes are quadruples of rows. Weights have variance 1 (or, uniform, lie in [-1, 1)):
 * their scale belongs to the logarithms of the norms.
 */
#ifndef PLATEAU_SINGLE_LAYER_H
#define PLATEAU_SINGLE_LAYER_H

#include "single-draws.h"

/* Quadruples of rows side by side. */
#define QUADRUPLES 8

/*
 * Lists the columns whose entry in `input` or `derivative` (null: none) is not 0, and puts their entries one after another. Gives
 * their number.
 */
INLINE int32_t list_columns(const float *input, const float *derivative, int32_t columns, int32_t *list,
                            float *packed) {
  int32_t count = 0;
  for (int32_t column = 0; column < columns; column++) {
    list[count] = column;
    packed[count] = input[column];
    count += (input[column] != 0) | (derivative && derivative[column] != 0);
  }
  return count;
}

/* What the rows of a drawn layer have in common. */
typedef struct {
  Key key;
  int32_t law;
  uint32_t first_block;
  uint32_t replicate;
  uint32_t columns;
  const int32_t *list;
  const float *packed;
} SingleLayer;

/* Weights of `count` listed columns from `from` on in `side` quadruples of rows from `quadruple` on, side by side. */
INLINE void draw_single(const SingleLayer *layer, int32_t quadruple, int32_t side, int32_t from, int32_t count,
                        SingleValues *values) {
  Blocks blocks;
  const uint32_t first = layer->first_block + (uint32_t)quadruple * layer->columns;
  for (int32_t i = 0; i < LANES_FULL(side * count); i++) {
    blocks.word[0][i] = 0;
    blocks.word[1][i] = 0;
    blocks.word[2][i] = layer->replicate;
    blocks.word[3][i] = 0;
  }
  for (int32_t i = 0; i < count; i++) {
    for (int32_t q = 0; q < side; q++) {
      blocks.word[0][i * side + q] = first + (uint32_t)q * layer->columns + (uint32_t)layer->list[from + i];
    }
  }
  threefry(layer->key, &blocks, side * count);
  if (layer->law == LAW_UNIFORM) to_single_uniforms(&blocks, side * count, values);
  else to_single_gaussians(&blocks, side * count, values);
}

/* The weights of the quadruples' rows, `row_length` numbers apart. */
INLINE void store_single_rows(const SingleValues *values, int32_t side, int32_t count, float *out, int64_t row_length) {
  for (int32_t q = 0; q < side; q++) {
    for (int32_t r = 0; r < 4; r++) {
      float *restrict row = out + (4 * q + r) * row_length;
      for (int32_t i = 0; i < count; i++) row[i] = values->of[r][i * side + q];
    }
  }
}

/* Moves the rows whose derivative is not 0 together; gives their end. */
INLINE float *drop_masked_single(const float *sums, int32_t rows, float slope, float *first, int64_t row_length) {
  if (slope != 0) return first + rows * row_length;
  float *to = first;
  for (int32_t r = 0; r < rows; r++) {
    if (!(sums[r] > 0)) continue;
    const float *from = first + r * row_length;
    if (to != from) memcpy(to, from, 4 * (size_t)row_length);
    to += row_length;
  }
  return to;
}

/* `side` quadruples of rows from `quadruple` on, over all listed columns. */
INLINE void apply_quadruples(const SingleLayer *layer, int32_t quadruple, int32_t side, int32_t count, float *output,
                             float *keep) {
  float sums[4][QUADRUPLES] = {{0}};
  for (int32_t from = 0; from < count; from += CHUNK / QUADRUPLES) {
    const int32_t here = lesser(CHUNK / QUADRUPLES, count - from);
    SingleValues values;
    draw_single(layer, quadruple, side, from, here, &values);
    for (int32_t i = 0; i < here; i++) {
      const float x = layer->packed[from + i];
      for (int32_t r = 0; r < 4; r++) {
        for (int32_t q = 0; q < side; q++) sums[r][q] = MADD_SINGLE(values.of[r][i * side + q], x, sums[r][q]);
      }
    }
    if (keep) store_single_rows(&values, side, here, keep + from, count);
  }
  for (int32_t q = 0; q < side; q++) {
    for (int32_t r = 0; r < 4; r++) output[4 * (quadruple + q) + r] = sums[r][q];
  }
}

/*
 * output = W packed over the `count` listed columns; it has room for a multiple of four rows. With `keep`, the rows whose derivative
 * (`slope` where the output is not positive) is not 0 stay there, one after another; gives the end of what was kept.
 */
static float *apply_drawn_single(const SingleLayer *layer, int32_t rows, int32_t count, float *output, float *keep,
                                 float slope) {
  const int32_t quadruples = (rows + 3) / 4;
  for (int32_t first = 0; first < quadruples; first += QUADRUPLES) {
    const int32_t side = lesser(QUADRUPLES, quadruples - first);
    if (side == QUADRUPLES) apply_quadruples(layer, first, QUADRUPLES, count, output, keep);
    else apply_quadruples(layer, first, side, count, output, keep);
    if (!keep) continue;
    keep = drop_masked_single(output + 4 * first, lesser(4 * side, rows - 4 * first), slope, keep, count);
  }
  return keep;
}

/* Partial sums of squares, so that none waits for another. */
#define PARTS 16

INLINE float single_squares(const float *vector, int32_t count) {
  float parts[PARTS] = {0};
  int32_t i = 0;
  for (; i + PARTS <= count; i += PARTS) {
    for (int32_t p = 0; p < PARTS; p++) parts[p] = MADD_SINGLE(vector[i + p], vector[i + p], parts[p]);
  }
  for (; i < count; i++) parts[0] = MADD_SINGLE(vector[i], vector[i], parts[0]);
  for (int32_t half = PARTS / 2; half > 0; half /= 2) {
    for (int32_t p = 0; p < half; p++) parts[p] += parts[p + half];
  }
  return parts[0];
}

/* Divides a vector by its norm and gives the logarithm of its squared norm, in float64. */
static double normalise_single(float *restrict vector, int32_t count) {
  const float sum = single_squares(vector, count);
  if (sum == 0) return -INFINITY;
  const float factor = 1 / sqrtf(sum);
  for (int32_t i = 0; i < count; i++) vector[i] *= factor;
  return natural_log(sum);
}

/* h = f(z), in place, and its derivative where that is wanted (null: not). */
INLINE void differentiate_single(int32_t count, float slope, float *restrict z, float *restrict derivative) {
  for (int32_t i = 0; i < count; i++) {
    const float factor = z[i] > 0 ? 1 : slope;
    z[i] *= factor;
    if (derivative) derivative[i] = factor;
  }
}

#endif
