#include "elementary.h"

/* out = ln x; `out` may be `x`. */
KERNEL(void, logArray, int32_t count, address x, address out) {
  logs_of(count, doubles(memory, x), doubles(memory, out));
}

/* out = e^x; `out` may be `x`. */
KERNEL(void, expArray, int32_t count, address x, address out) {
  exponentials_of(count, doubles(memory, x), doubles(memory, out));
}
