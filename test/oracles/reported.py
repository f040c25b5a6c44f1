"""A mean less a reported one: Student's intervals of both, by SciPy, and Welch's of the difference.

    python test/oracles/reported.py    writes reported.json beside it
"""

import numpy as np
from scipy import stats

from oracle import rounded, write

LEVELS = [1e-2, 1e-3, 1e-5]
SHARE = 0.9


def main():
    rng = np.random.default_rng(913)
    sets = []
    for _ in range(24):
        n, m = int(rng.integers(3, 40)), int(rng.integers(3, 12))
        ours = rounded(rng.normal(91, 0.5, n))
        theirs = rounded(rng.normal(91, 0.2 + rng.random(), m))
        mean, deviation = theirs.mean(), theirs.std(ddof=1)
        bounds = []
        for alpha in LEVELS:
            low, high = stats.t.interval(1 - 2 * (1 - SHARE) * alpha, n - 1, ours.mean(), stats.sem(ours))
            least, most = stats.t.interval(1 - 2 * SHARE * alpha, m - 1, mean, stats.sem(theirs))
            welch = stats.ttest_ind(ours, theirs, equal_var=False).confidence_interval(1 - 2 * alpha)
            bounds.append([alpha, low - most, high - least, welch.low, welch.high])
        sets.append({"kind": "reported", "first": ours, "second": theirs, "mean": mean, "deviation": deviation,
                     "standardError": stats.sem(theirs), "interval95": stats.norm.interval(0.95, mean, stats.sem(theirs)),
                     "estimate": ours.mean() - mean, "bounds": bounds})
    write("reported", ["numpy", "scipy"], sets)


if __name__ == "__main__":
    main()
