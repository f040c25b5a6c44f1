#include "log-domain.h"

KERNEL(void, fillDirection, uint32_t replicate, uint32_t lane, address key, address out, int32_t count) {
  fill_direction(key_at(memory, key), replicate, lane, doubles(memory, out), count);
}

KERNEL(double, sumOfSquares, address vector, int32_t count) { return sum_of_squares(doubles(memory, vector), count); }
