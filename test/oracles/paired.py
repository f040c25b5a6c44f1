"""Mean differences of pairs, by SciPy's paired t test, and ratios of their means, by the roots of Fieller's quadratic.

    python test/oracles/paired.py    writes paired.json beside it
"""

import numpy as np
from scipy import stats

from oracle import rounded, write

LEVELS = [1e-2, 1e-3, 1e-5]


def pairs(rng, correlation):
    """Two normal measures that have a part in common."""
    n = int(rng.integers(3, 60))
    common = rng.normal(0, 1, n)
    noise = np.sqrt(1 - correlation**2)
    of = rounded(3 + rng.uniform(0.5, 2) * (correlation * common + noise * rng.normal(0, 1, n)))
    over = rounded(2 + rng.uniform(0.5, 2) * (correlation * common + noise * rng.normal(0, 1, n)))
    return of, over


def difference(of, over, alpha):
    found = stats.ttest_rel(of, over).confidence_interval(1 - 2 * alpha)
    return [found.low, found.high]


def ratio(of, over, alpha):
    """Ratios r at which a t test of `of - r over` does not reject; none bounded where the second mean is not told from zero."""
    n = len(of)
    square = stats.t.isf(alpha, n - 1) ** 2 / n
    (a, cov), (_, b) = np.cov(of, over)
    found = np.roots([over.mean() ** 2 - square * b, -2 * (of.mean() * over.mean() - square * cov), of.mean() ** 2 - square * a])
    if over.mean() ** 2 <= square * b:
        return [-np.inf, np.inf]
    return sorted(found.real)


def main():
    rng = np.random.default_rng(52)
    sets = []
    for _ in range(24):
        of, over = pairs(rng, float(rng.choice([-0.8, 0, 0.7, 0.99])))
        sets.append({"kind": "difference", "of": of, "over": over, "estimate": np.mean(of - over),
                     "bounds": [[alpha, *difference(of, over, alpha)] for alpha in LEVELS]})
        sets.append({"kind": "ratio", "of": of, "over": over, "estimate": of.mean() / over.mean(),
                     "bounds": [[alpha, *ratio(of, over, alpha)] for alpha in LEVELS]})
    write("paired", ["numpy", "scipy"], sets)


if __name__ == "__main__":
    main()
