"""Isotonic fits and the nearest monotone curve, by SciPy: writes isotonic.json beside this file.

    python test/oracles/isotonic.py
"""

import numpy as np
from scipy import optimize

from oracle import rounded, write


def nearest(values):
    """How far the nearest rising sequence is at its farthest value: a linear program in the sequence and that distance."""
    k = len(values)
    rows, most = [], []
    for i in range(k):
        for sign in (1, -1):
            row = np.zeros(k + 1)
            row[i], row[k] = sign, -1
            rows.append(row)
            most.append(sign * values[i])
    for i in range(k - 1):
        row = np.zeros(k + 1)
        row[i], row[i + 1] = 1, -1
        rows.append(row)
        most.append(0)
    cost = np.zeros(k + 1)
    cost[k] = 1
    found = optimize.linprog(cost, A_ub=rows, b_ub=most, bounds=[(None, None)] * k + [(0, None)])
    return found.fun


def main():
    sets = []
    for i in range(24):
        rng = np.random.default_rng(1300 + i)
        k = int(rng.integers(2, 12))
        values = rounded(np.linspace(0, rng.uniform(-1, 3), k) + rng.normal(0, 0.7, k))
        weights = rng.integers(1, 60, k)
        fits = [optimize.isotonic_regression(values, weights=weights, increasing=rising).x for rising in (True, False)]
        sets.append({"kind": "isotonic", "values": values, "weights": weights, "ascending": fits[0], "descending": fits[1],
                     "distance": nearest(values)})
    write("isotonic", ["numpy", "scipy"], sets)


if __name__ == "__main__":
    main()
