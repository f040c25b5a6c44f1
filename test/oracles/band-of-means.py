"""Means of normal measures and proportions within bands, by statsmodels: writes band-of-means.json beside this file.

    python test/oracles/band-of-means.py
"""

import numpy as np
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from oracle import rounded, write

LEVELS = [1e-2, 1e-3, 1e-5]
SETS = 24


def mean(values, alpha):
    low, _ = DescrStatsW(values).tconfint_mean(alpha, alternative="larger")
    _, high = DescrStatsW(values).tconfint_mean(alpha, alternative="smaller")
    return low, high


def share(values, alpha):
    return proportion_confint(int(values.sum()), len(values), 2 * alpha, "beta")


def distance(bounds, value, within):
    low, high = ((bound - value) / within for bound in bounds)
    return max(0.0, low, -high), max(-low, high)


def main():
    rng = np.random.default_rng(412)
    sets = []
    for _ in range(SETS):
        n = int(rng.integers(5, 120))
        common = rng.normal(size=n)
        columns = [rounded(common * rng.uniform(-2, 2) + rng.normal(size=n) + 5 * m) for m in range(2)]
        columns.append((common + rng.normal(size=n) > rng.normal()).astype(int))
        values = [*rounded(rng.normal(size=2) + [0, 5]), float(rounded([rng.uniform(0.1, 0.9)])[0])]
        within = [*rounded(rng.uniform(0.3, 2, 2)), float(rounded([rng.uniform(0.05, 0.3)])[0])]
        judged = [mean, mean, share]

        def all_of(alpha):
            return [distance(by(x, alpha), v, w) for by, x, v, w in zip(judged, columns, values, within)]

        sets.append({
            "kind": "band", "columns": columns, "values": values, "within": within,
            "estimate": max(abs(x.mean() - v) / w for x, v, w in zip(columns, values, within)),
            "bounds": [[alpha, max(low for low, _ in all_of(alpha / 6)), max(high for _, high in all_of(alpha))]
                       for alpha in LEVELS],
        })
    write("band-of-means", ["numpy", "statsmodels"], sets)


if __name__ == "__main__":
    main()
