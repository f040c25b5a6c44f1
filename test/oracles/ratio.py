"""Ratios of two groups' means, medians, proportions and Poisson rates, by SciPy and statsmodels and by search over whole regions.

    python test/oracles/ratio.py    writes ratio.json beside it
"""

import numpy as np
from scipy import optimize, stats
from statsmodels.stats.rates import test_poisson_2indep

from oracle import rounded, write

LEVELS = [1e-2, 1e-3, 1e-5]
SETS = 24


def fieller(a, b, alpha):
    """Fieller's interval for pairs of a normal law, from the quadratic (mean a - r mean b)^2 = t^2 var(a - r b) / n."""
    n = len(a)
    t2 = stats.t.isf(alpha, n - 1) ** 2 / n
    (saa, sab), (_, sbb) = np.cov(a, b)
    square = b.mean() ** 2 - t2 * sbb
    half = a.mean() * b.mean() - t2 * sab
    constant = a.mean() ** 2 - t2 * saa
    if square <= 0:
        return [-np.inf, np.inf]
    root = np.sqrt(half**2 - square * constant)
    return [(half - root) / square, (half + root) / square]


def budget(alpha):
    """q with P(S > q) = alpha, S the sum of the squared positive parts of two normals."""
    tail = lambda q: stats.chi2.sf(q, 1) / 2 + stats.chi2.sf(q, 2) / 4 - alpha
    return optimize.brentq(tail, 1e-9, 200, xtol=1e-13)


def deviates(n):
    """Of the exact p-values of the ranks 0, 1, ... of n ordered values as bounds of a median."""
    return np.maximum(0, stats.norm.isf(stats.binom.cdf(np.arange(n), n, 0.5)))


def median_ratio(a, b, alpha):
    """Least and largest quotient of two order statistics within the joint region, of all pairs of ranks."""
    q = budget(alpha)
    a, b = np.log(np.sort(a)), np.log(np.sort(b))

    def least(x, y):
        best = np.inf
        dx, dy = deviates(len(x)), deviates(len(y))
        # rank r of n: the median is at least x_(r) but for a p-value of P(Bin <= r - 1); none below x_(1)
        for r in range(len(x)):
            for s in range(len(y)):
                if dx[r] ** 2 + dy[s] ** 2 <= q:
                    low = -np.inf if r == 0 else x[r - 1]
                    high = np.inf if s == 0 else y[len(y) - s]
                    best = min(best, low - high)
        return best

    return [np.exp(least(a, b)), np.exp(-least(b, a))]


def proportion_ratio(i, n, j, m, alpha):
    """Least and largest ratio of proportions within the joint region of exact p-values, on a fine grid of splits."""
    q = budget(alpha)
    first = np.linspace(0, np.sqrt(q), 4001)
    second = np.sqrt(np.maximum(0, q - first**2))

    def least(k, size, l, other):
        low = np.zeros_like(first) if k == 0 else stats.beta.ppf(stats.norm.sf(first), k, size - k + 1)
        high = np.ones_like(first) if l == other else stats.beta.isf(stats.norm.sf(second), l + 1, other - l)
        return np.min(low / high)

    low, inverse = least(i, n, j, m), least(j, m, i, n)
    return [low, np.inf if inverse == 0 else 1 / inverse]


def rate_ratio(i, n, j, m, alpha):
    """Exact conditional bounds; statsmodels' exact test has the level as its p-value there."""
    found = stats.binomtest(i, i + j).proportion_ci(1 - 2 * alpha, "exact")
    odds = lambda p: np.inf if p == 1 else p / (1 - p) * m / n
    low, high = odds(found.low), odds(found.high)
    for bound, side in ((low, "larger"), (high, "smaller")):
        if 0 < bound < np.inf:
            p = test_poisson_2indep(i, n, j, m, value=bound, method="exact-cond", alternative=side).pvalue
            assert abs(p / alpha - 1) < 1e-6, (bound, side, p)
    return [low, high]


def main():
    rng = np.random.default_rng(2106)
    sets = []
    for index in range(SETS):
        ratio = float(rng.choice([0.5, 1, 2, 10]))
        n = int(rng.integers(5, 40))
        b = rounded(rng.normal(1, 0.1 + 0.3 * rng.random(), n))
        a = rounded(ratio * rng.normal(1, 0.2, n) + (0.3 * ratio * (b - 1) if index % 2 else 0))
        sets.append({"kind": "mean", "first": a, "second": b, "estimate": a.mean() / b.mean(),
                     "bounds": [[alpha, *fieller(a, b, alpha)] for alpha in LEVELS]})
        n, m = (int(rng.integers(22, 60)) for _ in range(2))
        a = rounded(ratio * np.exp(rng.standard_t(2, n)))
        b = rounded(np.exp(rng.normal(0, 0.5, m)))
        sets.append({"kind": "median", "first": a, "second": b, "estimate": np.median(a) / np.median(b),
                     "bounds": [[alpha, *median_ratio(a, b, alpha)] for alpha in LEVELS]})
        n, m = (int(rng.integers(20, 400)) for _ in range(2))
        i, j = int(rng.binomial(n, 0.6 * rng.random())), max(1, int(rng.binomial(m, rng.random())))
        sets.append({"kind": "proportion", "first": [i, n], "second": [j, m], "estimate": i / n / (j / m),
                     "bounds": [[alpha, *proportion_ratio(i, n, j, m, alpha)] for alpha in LEVELS]})
        n, m = (int(rng.integers(3, 60)) for _ in range(2))
        rate = float(rng.choice([0.2, 1, 8]))
        i, j = int(rng.poisson(n * rate)), max(1, int(rng.poisson(m * rate * ratio)))
        sets.append({"kind": "rate", "first": [i, n], "second": [j, m], "estimate": i / n / (j / m),
                     "bounds": [[alpha, *rate_ratio(i, n, j, m, alpha)] for alpha in LEVELS]})
    write("ratio", ["numpy", "scipy", "statsmodels"], sets)


if __name__ == "__main__":
    main()
