// Written from kernels/ by npm run kernel-functions; a test holds it to them.

/** What the modules of kernels/ export: addresses and lengths in bytes where they say nothing else. */
export interface KernelFunctions {
  /** kernels/propagation/backpropagation.ts */
  backpropagateNetwork(
    law: number,
    slope: number,
    replicate: number,
    key: number,
    depth: number,
    widths: number,
    factors: number,
    now: number,
    next: number,
    derivatives: number,
    pairs: number,
    records: number,
    rows: number,
    weights: number,
    logHidden: number,
    logGradients: number,
  ): void;
  /** kernels/propagation/activation.ts */
  activate(count: number, slope: number, z: number, h: number): void;
  /** kernels/propagation/activation.ts */
  differentiate(count: number, slope: number, z: number, h: number, derivative: number): void;
  /** kernels/propagation/activation.ts */
  multiplyBy(count: number, vector: number, factors: number): void;
  /** kernels/propagation/law-exact.ts */
  backpropagateLawExact(
    slope: number,
    replicate: number,
    key: number,
    depth: number,
    widths: number,
    factors: number,
    z: number,
    hidden: number,
    delta: number,
    seen: number,
    lane: number,
    logHidden: number,
    logGradients: number,
  ): void;
  /** kernels/propagation/law-exact.ts */
  propagateLawExact(
    slope: number,
    revive: number,
    replicate: number,
    key: number,
    depth: number,
    widths: number,
    factors: number,
    hidden: number,
    lane: number,
    logIncrements: number,
    alive: number,
  ): void;
  /** kernels/propagation/log-domain.ts */
  fillDirection(replicate: number, lane: number, key: number, out: number, count: number): void;
  /** kernels/propagation/log-domain.ts */
  sumOfSquares(vector: number, count: number): number;
  /** kernels/propagation/propagation.ts */
  propagateNetwork(
    law: number,
    slope: number,
    revive: number,
    replicate: number,
    key: number,
    depth: number,
    widths: number,
    factors: number,
    now: number,
    next: number,
    pairs: number,
    weights: number,
    logIncrements: number,
  ): number;
  /** kernels/chains/chain-descend.ts */
  descendChains(
    frame: number,
    depth: number,
    stride: number,
    kind: number,
    guarded: boolean,
    steps: number,
    table: number,
    last: number,
  ): void;
  /** kernels/chains/chain-descend.ts */
  escapeChains(
    frame: number,
    depth: number,
    stride: number,
    kind: number,
    guarded: boolean,
    budget: number,
    table: number,
    last: number,
  ): number;
  /** kernels/chains/chain-descend.ts */
  startChains(frame: number, depth: number, stride: number, kind: number): void;
  /** kernels/chains/chain-place.ts */
  placeGaussianChains(
    frame: number,
    depth: number,
    stride: number,
    replicate: number,
    lane: number,
    key: number,
    scale: number,
  ): void;
  /** kernels/chains/chain-place.ts */
  placeUniformChains(
    frame: number,
    depth: number,
    stride: number,
    replicate: number,
    lane: number,
    key: number,
    scale: number,
  ): void;
  /** kernels/chains/chain-place.ts */
  readChains(frame: number, depth: number, stride: number, rows: number): void;
  /** kernels/products/image-patches.ts */
  gatherPatches(
    channels: number,
    height: number,
    width: number,
    size: number,
    circular: boolean,
    image: number,
    patches: number,
  ): void;
  /** kernels/products/image-patches.ts */
  scatterPatches(
    channels: number,
    height: number,
    width: number,
    size: number,
    circular: boolean,
    patches: number,
    image: number,
  ): void;
  /** kernels/products/matrix-product.ts */
  multiply(
    layout: number,
    m: number,
    n: number,
    k: number,
    a: number,
    b: number,
    c: number,
    accumulate: boolean,
    scratch: number,
  ): void;
  /** kernels/products/matrix-product.ts */
  multiplyScratchBytes(): number;
  /** kernels/elementwise/normalisation.ts */
  meansOfGroups(
    count: number,
    stride: number,
    outer: number,
    outerStride: number,
    inner: number,
    a: number,
    y: number,
    means: number,
    products: number,
  ): void;
  /** kernels/elementwise/normalisation.ts */
  normaliseGroups(
    count: number,
    stride: number,
    outer: number,
    outerStride: number,
    inner: number,
    x: number,
    y: number,
    epsilon: number,
    scales: number,
  ): void;
  /** kernels/elementwise/normalisation.ts */
  projectGroups(
    count: number,
    stride: number,
    outer: number,
    outerStride: number,
    inner: number,
    a: number,
    y: number,
    out: number,
    scales: number,
    means: number,
    products: number,
  ): void;
  /** kernels/elementwise/tanh.ts */
  activateTanh(length: number, z: number, h: number, first: number, second: number): void;
  /** kernels/chains/chain-hessian.ts */
  chainHessian(weights: number, depth: number, target: number, scratch: number, out: number): boolean;
  /** kernels/eigenvalues/tridiagonalise.ts */
  updateAndMultiply(size: number, matrix: number, u: number, p: number, v: number, y: number): void;
  /** kernels/chains/chain-flow.ts */
  chainFlow(weights: number, depth: number, scratch: number): number;
  /** kernels/chains/diffusion.ts */
  diffuse(
    positions: number,
    directions: number,
    draws: number,
    drawBytes: number,
    exits: number,
    steps: number,
    rate: number,
    curvature: number,
    noise: number,
    squaredRadius: number,
  ): void;
  /** kernels/single/single-law-exact.ts */
  backpropagateLawExactSingle(
    slope: number,
    replicate: number,
    key: number,
    depth: number,
    widths: number,
    offsets: number,
    z: number,
    hidden: number,
    delta: number,
    seen: number,
    logHidden: number,
    logGradients: number,
  ): void;
  /** kernels/single/single-law-exact.ts */
  propagateLawExactSingle(
    slope: number,
    revive: number,
    replicate: number,
    key: number,
    depth: number,
    widths: number,
    offsets: number,
    hidden: number,
    logIncrements: number,
    alive: number,
  ): void;
  /** kernels/single/single-propagation.ts */
  backpropagateSingle(
    law: number,
    slope: number,
    replicate: number,
    key: number,
    depth: number,
    widths: number,
    offsets: number,
    now: number,
    next: number,
    cotangent: number,
    derivatives: number,
    lists: number,
    records: number,
    rows: number,
    weights: number,
    logHidden: number,
    logGradients: number,
  ): void;
  /** kernels/single/single-propagation.ts */
  propagateSingle(
    law: number,
    slope: number,
    revive: number,
    replicate: number,
    key: number,
    depth: number,
    widths: number,
    offsets: number,
    now: number,
    next: number,
    list: number,
    logIncrements: number,
  ): number;
  /** kernels/propagation/batch-rows.ts */
  drawWeights(
    law: number,
    factor: number,
    position: number,
    replicate: number,
    key: number,
    out: number,
    fanIn: number,
    fanOut: number,
  ): number;
  /** kernels/propagation/batch-rows.ts */
  normaliseRows(rows: number, width: number, matrix: number, logs: number): void;
  /** kernels/propagation/batch-rows.ts */
  scaleRows(rows: number, width: number, factors: number, matrix: number, out: number): void;
  /** kernels/propagation/batch-rows.ts */
  pairDistances(count: number, addresses: number, width: number, out: number): void;
  /** kernels/elementwise/elementary-arrays.ts */
  logArray(count: number, x: number, out: number): void;
  /** kernels/elementwise/elementary-arrays.ts */
  expArray(count: number, x: number, out: number): void;
  /** kernels/peak/peak.ts */
  heapBase(): number;
  /** kernels/peak/peak.ts */
  peakDouble(rounds: number, factor: number, term: number): number;
  /** kernels/peak/peak-single.ts */
  peakSingle(rounds: number, factor: number, term: number): number;
  /** kernels/peak/peak-words.ts */
  peakWords(rounds: number, start: number): number;
  /** kernels/peak/peak-words.ts */
  triad(a: number, b: number, c: number, factor: number, count: number): void;
  /** kernels/draws/random.ts */
  fillWords(low: number, high: number, replicate: number, lane: number, key: number, out: number, blocks: number): void;
  /** kernels/draws/random.ts */
  fillGaussian(firstBlock: number, replicate: number, lane: number, key: number, out: number, count: number): void;
  /** kernels/draws/random.ts */
  fillGaussianOfFour(
    firstBlock: number,
    replicate: number,
    lane: number,
    key: number,
    out: number,
    count: number,
  ): void;
  /** kernels/draws/random.ts */
  fillUniform(position: number, replicate: number, lane: number, key: number, out: number, count: number): void;
  /** kernels/draws/random.ts */
  fillRademacher(firstBlock: number, replicate: number, lane: number, key: number, out: number, count: number): void;
  /** kernels/draws/threefry.ts */
  prepareKey(key: number, k0: number, k1: number, k2: number, k3: number): void;
  /** kernels/elementwise/elementwise.ts */
  hadamard(length: number, a: number, b: number, out: number): void;
  /** kernels/elementwise/elementwise.ts */
  addHadamard(length: number, a: number, b: number, out: number): void;
  /** kernels/elementwise/elementwise.ts */
  scale(length: number, alpha: number, x: number): void;
  /** kernels/elementwise/elementwise.ts */
  axpy(length: number, alpha: number, x: number, y: number): void;
  /** kernels/elementwise/elementwise.ts */
  addRow(rows: number, columns: number, row: number, matrix: number): void;
  /** kernels/elementwise/elementwise.ts */
  sumRows(rows: number, columns: number, matrix: number, row: number, accumulate: boolean): void;
  /** kernels/elementwise/optimiser.ts */
  momentumStep(length: number, rate: number, momentum: number, w: number, g: number, m: number): void;
  /** kernels/elementwise/optimiser.ts */
  signStep(length: number, rate: number, w: number, g: number): void;
  /** kernels/elementwise/optimiser.ts */
  quotientStep(length: number, rate: number, denominator: number, w: number, g: number): void;
  /** kernels/elementwise/optimiser.ts */
  rootStep(
    length: number,
    rate: number,
    decay: number,
    rest: number,
    epsilon: number,
    w: number,
    g: number,
    v: number,
  ): void;
  /** kernels/elementwise/optimiser.ts */
  adamStep(
    length: number,
    rate: number,
    square: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    w: number,
    g: number,
    m: number,
    v: number,
  ): void;
  /** kernels/elementwise/piecewise.ts */
  rectify(length: number, z: number, h: number): void;
  /** kernels/elementwise/piecewise.ts */
  rectifyWithSlopes(length: number, z: number, h: number, first: number): void;
  /** kernels/elementwise/piecewise.ts */
  leak(length: number, slope: number, z: number, h: number): void;
  /** kernels/elementwise/piecewise.ts */
  slopes(length: number, slope: number, z: number, out: number): void;
  /** kernels/products/row-blocks.ts */
  dot(length: number, x: number, y: number): number;
  /** kernels/products/row-blocks.ts */
  dots(rows: number, length: number, matrix: number, x: number, out: number): void;
  /** kernels/products/row-blocks.ts */
  subtractRows(rows: number, length: number, matrix: number, coefficients: number, x: number): void;
  /** kernels/single/single-random.ts */
  fillSingleGaussian(
    firstBlock: number,
    replicate: number,
    lane: number,
    key: number,
    out: number,
    count: number,
  ): void;
}

export const KERNEL_CONSTANTS = {
  FRAME_ACTIVE: 256,
  FRAME_ESCAPED: 320,
  FRAME_LAYERS: 704,
  FRAME_SETTINGS: 608,
  FRAME_STEPS: 576,
  KEY_BYTES: 384,
  KIND_ADAGRAD: 7,
  KIND_ADAM: 6,
  KIND_CLIPPED_DESCENT: 4,
  KIND_GRADIENT_DESCENT: 0,
  KIND_MOMENTUM: 1,
  KIND_NORMALISED_DESCENT: 3,
  KIND_RMSPROP: 5,
  KIND_SIGN_DESCENT: 2,
  LAW_CAUCHY: 4,
  LAW_GAUSSIAN: 0,
  LAW_ORTHOGONAL: 3,
  LAW_RADEMACHER: 2,
  LAW_STUDENT_2: 5,
  LAW_UNIFORM: 1,
  LAYOUT_NN: 0,
  LAYOUT_NT: 2,
  LAYOUT_TN: 1,
} as const;
