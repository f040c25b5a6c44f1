/*
 * A layer's weights drawn where they are needed and not before: a weight is a pure function of its place, so those that meet
 * a zero are never made. Columns go in pairs, as the draws do; lanes are rows, and no sum over columns is split.
 */
#ifndef PLATEAU_DRAWN_LAYER_H
#define PLATEAU_DRAWN_LAYER_H

#include "../draws/weights.h"

/* Rows side by side. */
#define ROWS 8

/* Whether a layer's pairs of draws are pairs of columns, below block 2^32. */
INLINE bool is_drawn_by_pair(int32_t law, uint64_t position, int32_t fan_in, int32_t fan_out) {
  if (fan_in % 2 != 0 || (law != LAW_GAUSSIAN && law != LAW_UNIFORM)) return false;
  if (law == LAW_UNIFORM && position % 2 != 0) return false;
  return next_block(position) + (uint64_t)fan_in * (uint64_t)(fan_out + 3) / 2 < 0x100000000u;
}

/* Lists the pairs of columns that have an entry different from 0 in `input` or in `other` (null: none); gives their number. */
INLINE int32_t list_pairs(const double *input, const double *other, int32_t columns, int32_t *pairs) {
  int32_t count = 0;
  for (int32_t pair = 0; pair < columns / 2; pair++) {
    bool used = (input[2 * pair] != 0) | (input[2 * pair + 1] != 0);
    if (other) used |= (other[2 * pair] != 0) | (other[2 * pair + 1] != 0);
    pairs[count] = pair;
    count += used;
  }
  return count;
}

/* What the rows of a drawn layer have in common. */
typedef struct {
  Key key;
  int32_t law;
  double factor;
  uint32_t first_block;
  uint32_t replicate;
  /* Blocks from one row's first to the next one's. */
  uint32_t row_blocks;
  const double *input;
} DrawnLayer;

/* Counters of `rows` rows from `row` on, side by side, for `count` listed pairs. */
INLINE void count_rows(const DrawnLayer *layer, int32_t row, int32_t rows, const int32_t *list, int32_t count,
                       uint32_t *restrict low) {
  const uint32_t first = layer->first_block + (uint32_t)row * layer->row_blocks;
  for (int32_t i = 0; i < count; i++) {
    for (int32_t r = 0; r < rows; r++) low[i * rows + r] = first + (uint32_t)r * layer->row_blocks + (uint32_t)list[i];
  }
}

INLINE void draw_weights(const DrawnLayer *layer, Blocks *blocks, int32_t count, Values *values) {
  const int32_t lanes = LANES_FULL(count);
  for (int32_t i = count; i < lanes; i++) blocks->word[0][i] = 0;
  for (int32_t i = 0; i < lanes; i++) {
    blocks->word[1][i] = 0;
    blocks->word[2][i] = layer->replicate;
    blocks->word[3][i] = 0;
  }
  threefry(layer->key, blocks, count);
  if (layer->law == LAW_UNIFORM) {
    to_uniforms(blocks, count, values);
    for (int32_t i = 0; i < lanes; i++) {
      values->first[i] = values->first[i] + values->first[i] - 1;
      values->second[i] = values->second[i] + values->second[i] - 1;
    }
  } else {
    to_gaussians(blocks, count, values);
  }
}

/* Adds weight times input to the rows' sums, pair after pair. */
INLINE void add_products(const DrawnLayer *layer, const double *restrict first, const double *restrict second,
                         int32_t rows, const int32_t *list, int32_t count, double *restrict sums) {
  double kept[ROWS];
  const double factor = layer->factor;
  for (int32_t r = 0; r < rows; r++) kept[r] = sums[r];
  for (int32_t i = 0; i < count; i++) {
    const double even = layer->input[2 * list[i]];
    const double odd = layer->input[2 * list[i] + 1];
    for (int32_t r = 0; r < rows; r++) {
      kept[r] = kept[r] + first[i * rows + r] * factor * even + second[i * rows + r] * factor * odd;
    }
  }
  for (int32_t r = 0; r < rows; r++) sums[r] = kept[r];
}

/* The weights of `rows` rows of memory, `row_length` numbers apart. */
INLINE void store_rows(const DrawnLayer *layer, const double *restrict first, const double *restrict second,
                       int32_t rows, int32_t count, double *restrict out, int64_t row_length) {
  const double factor = layer->factor;
  for (int32_t r = 0; r < rows; r++) {
    double *restrict to = out + r * row_length;
    for (int32_t i = 0; i < count; i++) {
      to[2 * i] = first[i * rows + r] * factor;
      to[2 * i + 1] = second[i * rows + r] * factor;
    }
  }
}

/* Moves the rows whose derivative is not 0 together; gives their end. */
INLINE double *drop_masked(const double *sums, int32_t rows, double slope, double *first, int64_t row_length) {
  if (slope != 0) return first + rows * row_length;
  double *to = first;
  for (int32_t r = 0; r < rows; r++) {
    if (!(sums[r] > 0)) continue;
    const double *from = first + r * row_length;
    if (to != from) memcpy(to, from, 8 * (size_t)row_length);
    to += row_length;
  }
  return to;
}

/* One chunk: `groups` groups of `rows` rows from `row` on, and of their pairs `count`, from `from` on. */
INLINE void apply_chunk(const DrawnLayer *layer, int32_t row, int32_t groups, int32_t rows, const int32_t *list,
                        int32_t count, double *output, double *keep, int64_t row_length) {
  Blocks blocks;
  Values values;
  for (int32_t group = 0; group < groups; group++) {
    count_rows(layer, row + group * rows, rows, list, count, blocks.word[0] + group * rows * count);
  }
  draw_weights(layer, &blocks, groups * rows * count, &values);
  for (int32_t group = 0; group < groups; group++) {
    const double *first = values.first + group * rows * count;
    const double *second = values.second + group * rows * count;
    if (keep) store_rows(layer, first, second, rows, count, keep + group * rows * row_length, row_length);
    add_products(layer, first, second, rows, list, count, output + row + group * rows);
  }
}

/*
 * output = W input over the listed pairs of columns, where W (`rows` x `columns`, `columns` even) is filled row by row from
 * `first_block` on, below block 2^32.
 *
 * With `keep`, the weights of the listed columns stay there, row after row, those of a row apart whose derivative is 0: it is
 * `slope` where its output is not positive. Room for all rows is needed. Gives the end of what was kept.
 */
static double *apply_drawn(const DrawnLayer *layer, int32_t rows, const int32_t *pairs, int32_t count, double *output,
                           double *keep, double slope) {
  memset(output, 0, 8 * (size_t)rows);
  if (count == 0) return keep;
  const int64_t row_length = 2 * (int64_t)count;
  /* Narrow layers have several groups of rows in a chunk, wide ones several chunks in a group. */
  const int32_t together = greater(1, CHUNK / ROWS / count);
  int32_t row = 0;
  while (row < rows) {
    const int32_t whole = lesser(together, (rows - row) / ROWS);
    const int32_t taken = whole > 0 ? whole * ROWS : rows - row;
    for (int32_t from = 0; from < count; from += CHUNK / ROWS) {
      const int32_t here = lesser(CHUNK / ROWS, count - from);
      double *kept = keep ? keep + 2 * from : 0;
      if (whole > 0) apply_chunk(layer, row, whole, ROWS, pairs + from, here, output, kept, row_length);
      else apply_chunk(layer, row, 1, taken, pairs + from, here, output, kept, row_length);
    }
    if (keep) keep = drop_masked(output + row, taken, slope, keep, row_length);
    row += taken;
  }
  return keep;
}

#endif
