import { logOthers, logOthersOfEight, logSlope } from "./chain-others";
import { exp, expPair, log } from "../elementwise/elementary";

/**
 * `logGradientFlowEscape` of src/lab/reference/chains/chain-gradient-flow.ts, byte for byte, with the 15 points of a panel side by side. NaN
 * where that function refuses the chain: it then says why. `scratch` takes 8 * depth + 4096 bytes.
 */
export function chainFlow(weights: usize, depth: i32, scratch: usize): f64 {
  panels = scratch;
  points = scratch + PANEL_BYTES;
  offsets = points + POINT_BYTES;
  const sign = placeOffsets(weights, depth);
  if (sign > 0 && logAbsoluteProduct(weights, depth) >= log(0.5)) return -Infinity;
  const start = sign * smallest;
  if (gap == 0 && start <= 0) return Infinity;
  return logTravelTime(start, escapePoint());
}

/** Panels that wait, 24 bytes each: at most one more than the bisections. */
const PANEL_BYTES: usize = 64 * 24;
/** Eight arrays of 16 numbers. */
const POINT_BYTES: usize = 8 * 128;
let panels: usize = 0;
let points: usize = 0;

/** w_i^2 - w_min^2 of all other weights, and the square root of the smallest of them. */
let offsets: usize = 0;
let others: i32 = 0;
let smallest: f64 = 0;
let gap: f64 = 0;

/** Returns the sign of the product of all weights. */
function placeOffsets(weights: usize, depth: i32): f64 {
  const end = weights + ((<usize>depth) << 3);
  let least = weights;
  let sign: f64 = 1;
  for (let at = weights; at < end; at += 8) {
    const weight = load<f64>(at);
    if (abs(weight) < abs(load<f64>(least))) least = at;
    sign = weight == 0 ? 0 : weight < 0 ? -sign : sign;
  }
  smallest = abs(load<f64>(least));
  let nearest: f64 = depth == 1 ? 1 : Infinity;
  let out = offsets;
  for (let at = weights; at < end; at += 8) {
    if (at == least) continue;
    const size = abs(load<f64>(at));
    const offset = (size - smallest) * (size + smallest);
    store<f64>(out, offset);
    nearest = min(nearest, offset);
    out += 8;
  }
  others = depth - 1;
  gap = sqrt(nearest);
  return sign;
}

function logAbsoluteProduct(weights: usize, depth: i32): f64 {
  let sum: f64 = 0;
  const end = weights + ((<usize>depth) << 3);
  for (let at = weights; at < end; at += 8) sum += log(abs(load<f64>(at)));
  return sum;
}

/** Newton's method for ln(r q(r)) = ln(1/2) in ln r, from above. */
function escapePoint(): f64 {
  const target = log(0.5);
  let x = target / <f64>(others + 1);
  while (true) {
    const r = exp(x);
    const next = x - (x + logOthers(offsets, others, r) - target) / logSlope(offsets, others, r);
    if (!(next < x)) return r;
    x = next;
  }
}

/** The path r = scale * sinh(x), and ln q where the flow is slowest. */
let scale: f64 = 0;
let logSlowest: f64 = 0;

// @ts-ignore: decorator
@inline
const RELATIVE_ERROR: f64 = 1e-8;

function logTravelTime(start: f64, end: f64): f64 {
  if (!(end > 1e-300)) return NaN;
  scale = max(min(gap, end), start);
  const slowest = max<f64>(start, 0);
  logSlowest = logOthers(offsets, others, slowest);
  const from = inverseHyperbolicSine(slowest / scale);
  if (!integrate(from, inverseHyperbolicSine(end / scale), 0)) return NaN;
  const rise = total;
  const riseError = totalError;
  total = 0;
  totalError = 0;
  if (start < 0 && !integrate(-inverseHyperbolicSine((slowest - start) / scale), from, rise)) return NaN;
  const time = rise + total;
  if (!(riseError + totalError <= RELATIVE_ERROR * time)) return NaN;
  return log(time) - logSlowest;
}

/** For x >= 0. */
function inverseHyperbolicSine(x: f64): f64 {
  return log(x + sqrt(x * x + 1));
}

/** What `integrate` finds. */
let total: f64 = 0;
let totalError: f64 = 0;

// @ts-ignore: decorator
@inline
const PANEL_TOLERANCE: f64 = RELATIVE_ERROR / 1000;
// @ts-ignore: decorator
@inline
const MOST_BISECTIONS: i32 = 60;

/** `integratePositive` of src/lab/reference/chains/chain-quadrature.ts; false where bisections do not suffice. */
function integrate(from: f64, to: f64, known: f64): bool {
  total = 0;
  totalError = 0;
  let pending = panels;
  pushPanel(pending, from, to, 0);
  while (pending >= panels) {
    const left = load<f64>(pending);
    const right = load<f64>(pending, 8);
    const bisections = load<i32>(pending, 16);
    estimate(left, right);
    if (panelError <= PANEL_TOLERANCE * (known + total + panelValue)) {
      total += panelValue;
      totalError += panelError;
      pending -= 24;
    } else {
      if (bisections == MOST_BISECTIONS) return false;
      const middle = 0.5 * (left + right);
      pushPanel(pending, middle, right, bisections + 1);
      pending += 24;
      pushPanel(pending, left, middle, bisections + 1);
    }
  }
  return true;
}

function pushPanel(at: usize, from: f64, to: f64, bisections: i32): void {
  store<f64>(at, from);
  store<f64>(at, to, 8);
  store<i32>(at, bisections, 16);
}

/** What `estimate` finds. */
let panelValue: f64 = 0;
let panelError: f64 = 0;

/** Nodes, Kronrod weights and Gauss weights of qk15, https://www.netlib.org/quadpack/dqk15.f, the centre's own last. */
const NODES = memory.data<f64>([
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945, 0.5860872354676911,
  0.4058451513773972, 0.20778495500789848,
]);
const KRONROD = memory.data<f64>([
  0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592, 0.1690047266392679,
  0.19035057806478542, 0.20443294007529889, 0.20948214108472782,
]);
const GAUSS = memory.data<f64>([
  0, 0.1294849661688697, 0, 0.27970539148927664, 0, 0.3818300505051189, 0, 0.4179591836734694,
]);

/** Points stand as node - , node + , node - , ..., and twice the centre. */
function estimate(from: f64, to: f64): void {
  const centre = 0.5 * (from + to);
  const half = 0.5 * (to - from);
  for (let node: usize = 0; node < 7; node++) {
    const offset = half * load<f64>(NODES + 8 * node);
    v128.store(points + 16 * node, f64x2(centre - offset, centre + offset));
  }
  v128.store(points, f64x2.splat(centre), 112);
  evaluate();
  const middle = load<f64>(points, 112);
  let kronrod = load<f64>(KRONROD, 56) * middle;
  let gauss = load<f64>(GAUSS, 56) * middle;
  for (let node: usize = 0; node < 7; node++) {
    const pair = load<f64>(points + 16 * node) + load<f64>(points + 16 * node, 8);
    kronrod += load<f64>(KRONROD + 8 * node) * pair;
    gauss += load<f64>(GAUSS + 8 * node) * pair;
  }
  panelValue = kronrod * half;
  panelError = abs(kronrod - gauss) * abs(half);
}

/** Replaces the 16 points x by dT/dx there, up to the factor of `logSlowest`. */
function evaluate(): void {
  const radii = points + 128;
  const speeds = points + 256;
  const logs = points + 384;
  const scales = f64x2.splat(scale);
  for (let at: usize = 0; at < 128; at += 16) {
    const grown = f64x2.mul(f64x2.splat(0.5), expPair(v128.load(points + at)));
    const shrunk = f64x2.div(f64x2.splat(0.25), grown);
    v128.store(radii + at, f64x2.mul(scales, f64x2.sub(grown, shrunk)));
    v128.store(speeds + at, f64x2.mul(scales, f64x2.add(grown, shrunk)));
  }
  logOthersOfEight(offsets, others, radii, logs, points + 512);
  logOthersOfEight(offsets, others, radii + 64, logs + 64, points + 512);
  for (let at: usize = 0; at < 128; at += 16) {
    const logQ = v128.load(logs + at);
    const share = expPair(f64x2.sub(f64x2.splat(logSlowest), logQ));
    const left = f64x2.sub(f64x2.splat(1), f64x2.mul(v128.load(radii + at), expPair(logQ)));
    v128.store(points + at, f64x2.div(f64x2.mul(v128.load(speeds + at), share), left));
  }
}
