/* Kernels with MADD in them once more, each a fused multiply-add: what engine `native-fast` has of its own. */
#include "elementwise.c"
#include "matrix-product.c"
#include "optimiser.c"
#include "peak.c"
#include "row-blocks.c"
#include "single-law-exact.c"
#include "single-propagation.c"
#include "tridiagonalise.c"
