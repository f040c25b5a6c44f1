"""Kendall's tau and Spearman's rho by SciPy: writes kendall.json beside this file.

python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python kendall.py
"""

import itertools
import json
import pathlib

import numpy as np
import scipy
from scipy import stats

ALPHA = 1e-3


def rho_of(first, second):
    """Three times the mean of sign(x_i - x_j) sign(y_i - y_k) over all three different replicates, by going through them."""
    n = len(first)
    one, other = [np.sign(np.subtract.outer(x, x)).astype(int) for x in (first, second)]
    total = sum(one[i, j] * other[i, k] for i, j, k in itertools.permutations(range(n), 3))
    return 3 * total / (n * (n - 1) * (n - 2))


sets = []
for i in range(24):
    rng = np.random.default_rng(8000 + i)
    n = int(rng.integers(10, 61))
    first = rng.normal(size=n)
    second = rng.uniform(-2, 2) * first + rng.standard_t(2, n)
    if i % 3 == 0:
        first, second = np.round(first), np.round(second)
    first, second = np.round(first, 3), np.round(second, 3)
    tau_b = stats.kendalltau(first, second).statistic
    # tau-b divides by the pairs that are no tie, of each measure: tau-a by all
    pairs = n * (n - 1) / 2
    untied = [pairs - sum(c * (c - 1) / 2 for c in np.unique(x, return_counts=True)[1]) for x in (first, second)]
    # Sen's jackknife of the pairwise scores, a normal interval of 5 % at each end
    scores = np.sign(np.subtract.outer(first, first)) * np.sign(np.subtract.outer(second, second))
    tau_a = tau_b * np.sqrt(untied[0] * untied[1]) / pairs
    error = 2 * np.std(scores.sum(axis=1) / (n - 1), ddof=1) / np.sqrt(n)
    z = stats.norm.isf(0.05)
    rho = rho_of(first, second)
    if len(np.unique(first)) == n and len(np.unique(second)) == n:
        # Hoeffding 1948: what the correlation of ranks estimates is the grades' but for a part that is Kendall's
        assert abs(((n - 2) * rho + 3 * tau_a) / (n + 1) - stats.spearmanr(first, second).statistic) < 1e-12
    left_out = [rho_of(np.delete(first, i), np.delete(second, i)) for i in range(n)]
    spread = np.sqrt((n - 1) / n * np.square(left_out - np.mean(left_out)).sum())
    sets.append(
        {
            "first": first.tolist(),
            "second": second.tolist(),
            "tau": float(tau_a),
            "interval": [float(tau_a - z * error), float(tau_a + z * error)],
            "rho": float(rho),
            "rhoInterval": [float(rho - z * spread), float(rho + z * spread)],
        }
    )

versions = {"numpy": np.__version__, "scipy": scipy.__version__}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"versions": versions, "alpha": ALPHA, "sets": sets}) + "\n")
