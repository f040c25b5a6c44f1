"""Coefficients of variation of normal values, by SciPy's noncentral Student law: writes variation.json beside this file.

    python test/oracles/variation.py
"""

import numpy as np
from scipy import optimize, stats

from oracle import rounded, write

LEVELS = [1e-2, 1e-3, 1e-5]
SETS = 24


def bounds(values, alpha):
    n = len(values)
    t = np.sqrt(n) * values.mean() / values.std(ddof=1)
    gap = lambda tail, at: np.log(max(tail(t, n - 1, at), 1e-300)) - np.log(alpha)
    most = 2 * t
    while gap(stats.nct.cdf, most) > 0:
        most *= 2
    low = np.sqrt(n) / optimize.brentq(lambda at: gap(stats.nct.cdf, at), t, most, xtol=1e-13)
    if stats.t.sf(t, n - 1) >= alpha:
        return [low, np.inf]
    return [low, np.sqrt(n) / optimize.brentq(lambda at: gap(stats.nct.sf, at), 0, t, xtol=1e-13)]


def main():
    rng = np.random.default_rng(1940)
    sets = []
    while len(sets) < SETS:
        n = int(rng.integers(4, 60))
        values = rounded(float(rng.choice([1, 50])) * rng.normal(1, float(rng.choice([0.05, 0.2, 0.5])), n))
        if values.mean() <= 0:
            continue
        sets.append({"kind": "coefficient-of-variation", "values": values,
                     "estimate": stats.variation(values, ddof=1),
                     "bounds": [[alpha, *bounds(values, alpha)] for alpha in LEVELS]})
    write("variation", ["numpy", "scipy"], sets)


if __name__ == "__main__":
    main()
