#include "activation.h"
#include "drawn-layer.h"
#include "stored-layer.h"

/* The stream of the cotangent. */
#define LANE_COTANGENT 2

/* Stands for the number of pairs where all weights are there. */
#define ALL_PAIRS -1

/* What the forward pass leaves of a layer: where its weights begin, the pairs of columns that were drawn, and their number. */
typedef struct {
  address weights;
  address pairs;
  int32_t used;
  int32_t unused;
} LayerRecord;

/* Rows of weights that a delta meets, and its entries other than 0; gives their number. */
static int32_t list_rows(const LayerRecord *record, double slope, int32_t fan_in, int32_t fan_out,
                         const double *derivative, const double *delta, address *rows, double *values) {
  const bool drawn = record->used != ALL_PAIRS;
  const address row_bytes = drawn ? (address)record->used * 16 : (address)fan_in * 8;
  address weights = record->weights;
  int32_t count = 0;
  for (int32_t row = 0; row < fan_out; row++) {
    rows[count] = weights;
    values[count] = delta[row];
    count += delta[row] != 0;
    if (!drawn || slope != 0 || derivative[row] != 0) weights += row_bytes;
  }
  return count;
}

/* delta = W^T delta, where it is not about to be masked. */
static void apply_transposed(char *memory, const LayerRecord *record, double slope, int32_t fan_in, int32_t fan_out,
                             const double *derivative, double *delta, double *other, address *rows) {
  const int32_t count = list_rows(record, slope, fan_in, fan_out, derivative, delta, rows, other);
  if (record->used == ALL_PAIRS) {
    add_listed_rows(memory, count, rows, other, fan_in, delta);
    return;
  }
  double *sums = other + ((count + 1) & ~1);
  add_listed_rows(memory, count, rows, other, 2 * record->used, sums);
  memset(delta, 0, 8 * (size_t)fan_in);
  const int32_t *list = integers(memory, record->pairs);
  for (int32_t i = 0; i < record->used; i++) {
    delta[2 * list[i]] = sums[2 * i];
    delta[2 * list[i] + 1] = sums[2 * i + 1];
  }
}

/* Room for a layer's units. */
INLINE int32_t room(int32_t width) { return (width + 1) & ~1; }

/*
 * Forward and backward pass of one network (`backpropagate` in src/lab/reference/backpropagate.ts). `now`, `widths` and `factors`
 * are as in `propagateNetwork`, `next` has room for twice the widest layer; `derivatives` for all units, two more a layer,
 * `pairs` for half of them, `records` for 16 bytes a layer, `rows` for 4 bytes a unit of the widest layer, `weights` for all
 * weights. `logHidden` is depth + 1 numbers, the first of which is there; `logGradients` takes depth numbers.
 */
KERNEL(void, backpropagateNetwork, int32_t law, double slope, uint32_t replicate, address key, int32_t depth,
       address widths, address factors, address now, address next, address derivatives, address pairs, address records,
       address rows, address weights, address logHidden, address logGradients) {
  const Key prepared = key_at(memory, key);
  const int32_t *width = integers(memory, widths);
  double *vector = doubles(memory, now);
  double *other = doubles(memory, next);
  double *hidden = doubles(memory, logHidden);
  LayerRecord *record = (LayerRecord *)(memory + records);
  uint64_t position = 0;
  address kept = weights;
  address list = pairs;
  double *derivative = doubles(memory, derivatives);
  double *before = 0;
  for (int32_t layer = 1; layer <= depth; layer++) {
    const int32_t fan_in = width[layer - 1];
    const int32_t fan_out = width[layer];
    const double factor = doubles(memory, factors)[layer - 1];
    LayerRecord *here = &record[layer - 1];
    *here = (LayerRecord){kept, list, ALL_PAIRS, 0};
    if (is_drawn_by_pair(law, position, fan_in, fan_out)) {
      here->used = list_pairs(vector, before, fan_in, integers(memory, list));
      const uint32_t block = (uint32_t)next_block(position);
      const DrawnLayer drawn = {prepared, law, factor, block, replicate, (uint32_t)fan_in / 2, vector};
      /* Nothing goes back through the first layer. */
      double *keep = layer == 1 ? 0 : doubles(memory, kept);
      double *end = apply_drawn(&drawn, fan_out, integers(memory, list), here->used, other, keep, slope);
      if (layer > 1) kept = (address)((char *)end - memory);
      list += 4 * (address)here->used;
      position = position_after(law, position, fan_in * fan_out);
    } else {
      position = fill_weights(prepared, law, factor, position, replicate, doubles(memory, kept), fan_in, fan_out);
      multiply_rows(doubles(memory, kept), fan_out, fan_in, vector, other);
      if (layer > 1) kept += 8 * (address)fan_in * (address)fan_out;
    }
    differentiate_vector(fan_out, slope, other, vector, derivative);
    hidden[layer] = hidden[layer - 1] + normalise(vector, fan_out);
    before = derivative;
    derivative += room(fan_out);
  }
  double log_delta = 0;
  fill_direction(prepared, replicate, LANE_COTANGENT, vector, width[depth]);
  for (int32_t layer = depth; layer >= 1; layer--) {
    const int32_t fan_out = width[layer];
    derivative -= room(fan_out);
    multiply_vectors(fan_out, vector, derivative);
    log_delta += normalise(vector, fan_out);
    doubles(memory, logGradients)[layer - 1] = log_delta + hidden[layer - 1];
    if (layer == 1) break;
    apply_transposed(memory, &record[layer - 1], slope, width[layer - 1], fan_out, derivative, vector, other,
                     words(memory, rows));
  }
}
