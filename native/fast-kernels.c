/* Kernels with MADD in them once more, each a fused multiply-add: what engine `native-fast` has of its own. */
#include "elementwise/elementwise.c"
#include "products/matrix-product.c"
#include "elementwise/optimiser.c"
#include "peak/peak.c"
#include "products/row-blocks.c"
#include "single/single-law-exact.c"
#include "single/single-propagation.c"
#include "eigenvalues/tridiagonalise.c"
