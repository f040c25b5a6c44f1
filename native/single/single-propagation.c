#include "single-layer.h"

/*
 * Passes of one network in float32 with draws of its own, rescaled to norm 1 after every layer; logarithms are float64. The
 * arguments are those of `propagateNetwork` and `backpropagateNetwork`, vectors float32; `offsets` are the logarithms of the
 * squared scales of each layer's weights.
 */
KERNEL(int32_t, propagateSingle, int32_t law, float slope, int32_t revive, uint32_t replicate, address key,
       int32_t depth, address widths, address offsets, address now, address next, address list,
       address logIncrements) {
  const int32_t *width = integers(memory, widths);
  float *vector = floats(memory, now);
  double *logs = doubles(memory, logIncrements);
  uint32_t block = 0;
  int32_t alive = depth;
  for (int32_t layer = 1; layer <= depth; layer++) {
    const int32_t fan_in = width[layer - 1];
    const int32_t fan_out = width[layer];
    const int32_t count = list_columns(vector, 0, fan_in, integers(memory, list), floats(memory, next));
    const SingleLayer drawn = {key_at(memory, key),       law, block, replicate, (uint32_t)fan_in,
                               integers(memory, list), floats(memory, next)};
    apply_drawn_single(&drawn, fan_out, count, vector, 0, 0);
    block += (uint32_t)(fan_out + 3) / 4 * (uint32_t)fan_in;
    differentiate_single(fan_out, slope, vector, 0);
    logs[layer - 1] = normalise_single(vector, fan_out) + doubles(memory, offsets)[layer - 1];
    if (logs[layer - 1] != -INFINITY) continue;
    alive = lesser(alive, layer - 1);
    if (!revive) {
      for (int32_t rest = layer; rest < depth; rest++) logs[rest] = -INFINITY;
      return alive;
    }
    memset(vector, 0, 4 * (size_t)fan_out);
    vector[0] = 1;
  }
  return alive;
}

/* What the forward pass leaves of a layer: where its weights begin, its list of columns, and their number. */
typedef struct {
  address weights;
  address list;
  int32_t count;
  int32_t unused;
} SingleRecord;

/* output = the sum of the listed rows times their factors. */
static void add_single_rows(char *memory, int32_t count, const address *rows, const float *factors, int32_t columns,
                            float *restrict output) {
  memset(output, 0, 4 * (size_t)columns);
  int32_t row = 0;
  for (; row + 4 <= count; row += 4) {
    const float *a = floats(memory, rows[row]), *b = floats(memory, rows[row + 1]);
    const float *c = floats(memory, rows[row + 2]), *d = floats(memory, rows[row + 3]);
    const float fa = factors[row], fb = factors[row + 1], fc = factors[row + 2], fd = factors[row + 3];
    for (int32_t i = 0; i < columns; i++) {
      const float two = MADD_SINGLE(b[i], fb, MADD_SINGLE(a[i], fa, output[i]));
      output[i] = MADD_SINGLE(d[i], fd, MADD_SINGLE(c[i], fc, two));
    }
  }
  for (; row < count; row++) {
    const float *a = floats(memory, rows[row]);
    for (int32_t i = 0; i < columns; i++) output[i] = MADD_SINGLE(a[i], factors[row], output[i]);
  }
}

/* delta = W^T delta, where it is not about to be masked. */
static void apply_single_transposed(char *memory, const SingleRecord *record, float slope, int32_t fan_in,
                                    int32_t fan_out, const float *derivative, float *delta, float *other,
                                    address *rows) {
  address weights = record->weights;
  int32_t count = 0;
  for (int32_t row = 0; row < fan_out; row++) {
    rows[count] = weights;
    other[count] = delta[row];
    count += delta[row] != 0;
    if (slope != 0 || derivative[row] != 0) weights += 4 * (address)record->count;
  }
  float *sums = other + count;
  add_single_rows(memory, count, rows, other, record->count, sums);
  memset(delta, 0, 4 * (size_t)fan_in);
  const int32_t *list = integers(memory, record->list);
  for (int32_t i = 0; i < record->count; i++) delta[list[i]] = sums[i];
}

/* `cotangent` is a vector of norm 1, which is overwritten. */
KERNEL(void, backpropagateSingle, int32_t law, float slope, uint32_t replicate, address key, int32_t depth,
       address widths, address offsets, address now, address next, address cotangent, address derivatives,
       address lists, address records, address rows, address weights, address logHidden, address logGradients) {
  const int32_t *width = integers(memory, widths);
  const double *offset = doubles(memory, offsets);
  SingleRecord *record = (SingleRecord *)(memory + records);
  float *vector = floats(memory, now);
  float *derivative = floats(memory, derivatives);
  float *before = 0;
  double *hidden = doubles(memory, logHidden);
  uint32_t block = 0;
  address kept = weights;
  address list = lists;
  for (int32_t layer = 1; layer <= depth; layer++) {
    const int32_t fan_in = width[layer - 1];
    const int32_t fan_out = width[layer];
    const int32_t count = list_columns(vector, before, fan_in, integers(memory, list), floats(memory, next));
    const SingleLayer drawn = {key_at(memory, key),       law, block, replicate, (uint32_t)fan_in,
                               integers(memory, list), floats(memory, next)};
    record[layer - 1] = (SingleRecord){kept, list, count, 0};
    /* Nothing goes back through the first layer. */
    float *keep = layer == 1 ? 0 : floats(memory, kept);
    float *end = apply_drawn_single(&drawn, fan_out, count, vector, keep, slope);
    if (layer > 1) kept = (address)((char *)end - memory);
    list += 4 * (address)count;
    block += (uint32_t)(fan_out + 3) / 4 * (uint32_t)fan_in;
    differentiate_single(fan_out, slope, vector, derivative);
    hidden[layer] = hidden[layer - 1] + (normalise_single(vector, fan_out) + offset[layer - 1]);
    before = derivative;
    derivative += fan_out;
  }
  float *delta = floats(memory, cotangent);
  double log_delta = 0;
  for (int32_t layer = depth; layer >= 1; layer--) {
    const int32_t fan_out = width[layer];
    derivative -= fan_out;
    for (int32_t i = 0; i < fan_out; i++) delta[i] *= derivative[i];
    log_delta += normalise_single(delta, fan_out);
    doubles(memory, logGradients)[layer - 1] = log_delta + hidden[layer - 1];
    if (layer == 1) return;
    apply_single_transposed(memory, &record[layer - 1], slope, width[layer - 1], fan_out, derivative, delta,
                            floats(memory, next), words(memory, rows));
    log_delta += offset[layer - 1];
  }
}
