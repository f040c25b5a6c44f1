#include "activation.h"

KERNEL(void, activate, int32_t count, double slope, address z, address h) {
  activate_vector(count, slope, doubles(memory, z), doubles(memory, h));
}

KERNEL(void, differentiate, int32_t count, double slope, address z, address h, address derivative) {
  differentiate_vector(count, slope, doubles(memory, z), doubles(memory, h), doubles(memory, derivative));
}

/* vector *= factors. */
KERNEL(void, multiplyBy, int32_t count, address vector, address factors) {
  multiply_vectors(count, doubles(memory, vector), doubles(memory, factors));
}
