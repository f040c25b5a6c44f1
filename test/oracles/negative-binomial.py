"""Rates of negative binomial counts of a known dispersion and their ratios, by SciPy's tails and by search over whole regions.

    python test/oracles/negative-binomial.py    writes negative-binomial.json beside it
"""

import numpy as np
from scipy import optimize, stats

from oracle import write

LEVELS = [1e-2, 1e-3, 1e-5]
SETS = 24


def solved(tail, alpha, start):
    """The mean at which a tail is alpha, by its logarithm."""
    gap = lambda mean: np.log(max(tail(mean), 1e-300)) - np.log(alpha)
    low, high = start / 2, start * 2
    while gap(low) * gap(high) > 0:
        low, high = low / 2, high * 2
    return optimize.brentq(gap, low, high, xtol=1e-14, rtol=1e-13)


def lowest(total, n, dispersion, alpha):
    shape = n / dispersion
    if total == 0:
        return 0.0
    return solved(lambda mean: stats.nbinom.sf(total - 1, shape, shape / (shape + mean)), alpha, total) / n


def highest(total, n, dispersion, alpha):
    shape = n / dispersion
    return solved(lambda mean: stats.nbinom.cdf(total, shape, shape / (shape + mean)), alpha, total + 1) / n


def budget(alpha):
    """q with P(S > q) = alpha, S the sum of the squared positive parts of two normals."""
    tail = lambda q: stats.chi2.sf(q, 1) / 2 + stats.chi2.sf(q, 2) / 4 - alpha
    return optimize.brentq(tail, 1e-9, 200, xtol=1e-13)


def ratio(i, n, j, m, dispersion, alpha):
    """Least and largest ratio within the joint region of exact p-values, on a grid of splits."""
    q = budget(alpha)
    first = np.linspace(0, np.sqrt(q), 401)
    second = np.sqrt(np.maximum(0, q - first**2))

    def least(k, size, l, other):
        return min(lowest(k, size, dispersion, a) / highest(l, other, dispersion, b)
                   for a, b in zip(stats.norm.sf(first), stats.norm.sf(second)))

    low, inverse = least(i, n, j, m), least(j, m, i, n)
    return [low, np.inf if inverse == 0 else 1 / inverse]


def draw(rng, rate, dispersion, n):
    return rng.negative_binomial(1 / dispersion, 1 / (1 + dispersion * rate), n)


def main():
    rng = np.random.default_rng(1716)
    sets = []
    for index in range(SETS):
        dispersion = float(rng.choice([1e-4, 0.1, 0.5, 1.5, 4]))
        rate = float(rng.choice([0.05, 1, 20, 400]))
        n = int(rng.integers(5, 80))
        values = draw(rng, rate, dispersion, n)
        total = int(values.sum())
        sets.append({"kind": "rate", "dispersion": dispersion, "first": values, "estimate": values.mean(),
                     "bounds": [[alpha, lowest(total, n, dispersion, alpha), highest(total, n, dispersion, alpha)]
                                for alpha in LEVELS]})
        m = int(rng.integers(5, 60))
        other = draw(rng, rate * float(rng.choice([0.5, 1, 3])), dispersion, m)
        other[0] += 1
        total, others = int(values.sum()), int(other.sum())
        sets.append({"kind": "ratio", "dispersion": dispersion, "first": values, "second": other,
                     "estimate": values.mean() / other.mean(),
                     "bounds": [[alpha, *ratio(total, n, others, m, dispersion, alpha)] for alpha in LEVELS]})
    write("negative-binomial", ["numpy", "scipy"], sets)


if __name__ == "__main__":
    main()
