"""Mean differences of pairs, by SciPy's paired t test.

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


def main():
    rng = np.random.default_rng(52)
    sets = []
    for _ in range(24):
        of, over = pairs(rng, float(rng.choice([-0.8, 0, 0.7, 0.99])))
        sets.append({"kind": "difference", "of": of, "over": over, "estimate": np.mean(of - over),
                     "bounds": [[alpha, *difference(of, over, alpha)] for alpha in LEVELS]})
    write("paired", ["numpy", "scipy"], sets)


if __name__ == "__main__":
    main()
