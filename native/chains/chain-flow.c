#include "chain-others.h"

/*
 * `logGradientFlowEscape` of src/lab/reference/chains/chain-gradient-flow.ts, byte for byte, with the 15 points of a panel side by side.
 */
#define RELATIVE_ERROR 1e-8
#define PANEL_TOLERANCE (RELATIVE_ERROR / 1000)
#define MOST_BISECTIONS 60

/* Nodes, Kronrod weights and Gauss weights of qk15, https://www.netlib.org/quadpack/dqk15.f, the centre's own last. */
static const double nodes[7] = {
    0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945,
    0.5860872354676911, 0.4058451513773972, 0.20778495500789848,
};
static const double kronrod_weights[8] = {
    0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592,
    0.1690047266392679,   0.19035057806478542, 0.20443294007529889, 0.20948214108472782,
};
static const double gauss_weights[8] = {
    0, 0.1294849661688697, 0, 0.27970539148927664, 0, 0.3818300505051189, 0, 0.4179591836734694,
};

/* A chain seen from its smallest weight: w_i^2 - w_min^2 of all others, and the square root of the smallest of them. */
typedef struct {
  double *offsets;
  int32_t others;
  double smallest;
  double gap;
  /* Of the product of all weights. */
  double sign;
  /* The path is r = scale * sinh(x); ln q where the flow is slowest. */
  double scale;
  double log_slowest;
} Flow;

/* A time and a bound on its error. */
typedef struct {
  double value;
  double error;
} Estimate;

INLINE double lesser_double(double a, double b) { return a < b ? a : b; }
INLINE double greater_double(double a, double b) { return a > b ? a : b; }

static void place_offsets(Flow *flow, const double *weights, int32_t depth) {
  int32_t least = 0;
  flow->sign = 1;
  for (int32_t i = 0; i < depth; i++) {
    if (fabs(weights[i]) < fabs(weights[least])) least = i;
    flow->sign = weights[i] == 0 ? 0 : weights[i] < 0 ? -flow->sign : flow->sign;
  }
  flow->smallest = fabs(weights[least]);
  flow->others = depth - 1;
  double nearest = depth == 1 ? 1 : INFINITY;
  double *out = flow->offsets;
  for (int32_t i = 0; i < depth; i++) {
    if (i == least) continue;
    const double size = fabs(weights[i]);
    const double offset = (size - flow->smallest) * (size + flow->smallest);
    *out++ = offset;
    nearest = lesser_double(nearest, offset);
  }
  flow->gap = sqrt(nearest);
}

static double log_absolute_product(const double *weights, int32_t depth) {
  double logs[USUAL_BLOCK];
  double sum = 0;
  for (int32_t from = 0; from < depth; from += USUAL_BLOCK) {
    const int32_t here = lesser(depth - from, USUAL_BLOCK);
    for (int32_t i = 0; i < here; i++) logs[i] = fabs(weights[from + i]);
    logs_of(here, logs, logs);
    for (int32_t i = 0; i < here; i++) sum += logs[i];
  }
  return sum;
}

/* Newton's method for ln(r q(r)) = ln(1/2) in ln r, from above. */
static double escape_point(const Flow *flow) {
  const double target = natural_log(0.5);
  double x = target / (flow->others + 1);
  for (;;) {
    const double r = exponential(x);
    const double error = x + log_others(flow->offsets, flow->others, r) - target;
    const double next = x - error / log_slope(flow->offsets, flow->others, r);
    if (!(next < x)) return r;
    x = next;
  }
}

/* For x >= 0. */
INLINE double inverse_hyperbolic_sine(double x) { return natural_log(x + sqrt(x * x + 1)); }

/* Replaces the points x by dT/dx there, up to the factor of `log_slowest`. */
static void evaluate_points(const Flow *flow, double *restrict points) {
  double radii[POINTS], speeds[POINTS], logs[POINTS], shares[POINTS], products[POINTS];
  exponentials_of(POINTS, points, points);
  for (int32_t j = 0; j < POINTS; j++) {
    const double grown = 0.5 * points[j];
    const double shrunk = 0.25 / grown;
    radii[j] = flow->scale * (grown - shrunk);
    speeds[j] = flow->scale * (grown + shrunk);
  }
  log_others_of_points(flow->offsets, flow->others, radii, logs);
  for (int32_t j = 0; j < POINTS; j++) shares[j] = flow->log_slowest - logs[j];
  exponentials_of(POINTS, shares, shares);
  exponentials_of(POINTS, logs, products);
  for (int32_t j = 0; j < POINTS; j++) points[j] = speeds[j] * shares[j] / (1 - radii[j] * products[j]);
}

/* Points stand as node -, node +, node -, ..., and twice the centre. */
static Estimate estimate_panel(const Flow *flow, double from, double to) {
  const double centre = 0.5 * (from + to);
  const double half = 0.5 * (to - from);
  double points[POINTS];
  for (int32_t node = 0; node < 7; node++) {
    const double offset = half * nodes[node];
    points[2 * node] = centre - offset;
    points[2 * node + 1] = centre + offset;
  }
  points[14] = points[15] = centre;
  evaluate_points(flow, points);
  double kronrod = kronrod_weights[7] * points[14];
  double gauss = gauss_weights[7] * points[14];
  for (int32_t node = 0; node < 7; node++) {
    const double pair = points[2 * node] + points[2 * node + 1];
    kronrod += kronrod_weights[node] * pair;
    gauss += gauss_weights[node] * pair;
  }
  return (Estimate){kronrod * half, fabs(kronrod - gauss) * fabs(half)};
}

/* An interval that waits, and the bisections that led to it. */
typedef struct {
  double from;
  double to;
  int32_t bisections;
} Panel;

/* `integratePositive` of src/lab/reference/chains/chain-quadrature.ts; false where bisections do not suffice. */
static bool integrate(const Flow *flow, double from, double to, double known, Estimate *total) {
  /* At most one more than the bisections wait. */
  Panel panels[MOST_BISECTIONS + 4];
  int32_t pending = 0;
  panels[0] = (Panel){from, to, 0};
  *total = (Estimate){0, 0};
  while (pending >= 0) {
    const Panel panel = panels[pending];
    const Estimate here = estimate_panel(flow, panel.from, panel.to);
    if (here.error <= PANEL_TOLERANCE * (known + total->value + here.value)) {
      total->value += here.value;
      total->error += here.error;
      pending--;
    } else {
      if (panel.bisections == MOST_BISECTIONS) return false;
      const double middle = 0.5 * (panel.from + panel.to);
      panels[pending] = (Panel){middle, panel.to, panel.bisections + 1};
      panels[++pending] = (Panel){panel.from, middle, panel.bisections + 1};
    }
  }
  return true;
}

static double log_travel_time(Flow *flow, double start, double end) {
  if (!(end > 1e-300)) return NAN;
  flow->scale = greater_double(lesser_double(flow->gap, end), start);
  const double slowest = greater_double(start, 0);
  flow->log_slowest = log_others(flow->offsets, flow->others, slowest);
  const double from = inverse_hyperbolic_sine(slowest / flow->scale);
  Estimate rise;
  Estimate fall = {0, 0};
  if (!integrate(flow, from, inverse_hyperbolic_sine(end / flow->scale), 0, &rise)) return NAN;
  if (start < 0) {
    const double bottom = -inverse_hyperbolic_sine((slowest - start) / flow->scale);
    if (!integrate(flow, bottom, from, rise.value, &fall)) return NAN;
  }
  const double time = rise.value + fall.value;
  if (!(rise.error + fall.error <= RELATIVE_ERROR * time)) return NAN;
  return natural_log(time) - flow->log_slowest;
}

/* NaN where that function refuses the chain: it then says why. `scratch` takes 8 bytes a weight. */
KERNEL(double, chainFlow, address weights, int32_t depth, address scratch) {
  const double *weight = doubles(memory, weights);
  Flow flow;
  flow.offsets = doubles(memory, scratch);
  place_offsets(&flow, weight, depth);
  if (flow.sign > 0 && log_absolute_product(weight, depth) >= natural_log(0.5)) return -INFINITY;
  const double start = flow.sign * flow.smallest;
  if (flow.gap == 0 && start <= 0) return INFINITY;
  return log_travel_time(&flow, start, escape_point(&flow));
}
