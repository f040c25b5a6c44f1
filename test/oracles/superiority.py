"""Chances to exceed, by SciPy and statsmodels: writes superiority.json beside this file.

python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python superiority.py
"""

import json
import pathlib
import warnings

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.nonparametric import rank_compare_2indep

warnings.simplefilter("ignore")  # Brunner and Munzel's variance is 0 where one arm is wholly above the other
rng = np.random.default_rng(20220328)
ALPHA = 1e-3


def arms(i):
    """Two arms: normal, skewed, whole numbers with ties, one with its failures at minus infinity."""
    n, m = int(rng.integers(8, 41)), int(rng.integers(8, 41))
    shift = float(rng.uniform(0, 1.5))
    match i % 4:
        case 0:
            return rng.normal(shift, 1, n), rng.normal(0, 2, m)
        case 1:
            return rng.exponential(1 + shift, n), rng.exponential(1, m)
        case 2:
            return rng.poisson(2 + shift, n).astype(float), rng.poisson(2, m).astype(float)
        case _:
            return rng.normal(shift, 1, n), np.where(rng.random(m) < 0.2, -99.0, rng.normal(0, 1, m))


unpaired = []
for i in range(24):
    first, second = (np.round(x, 3) for x in arms(i))
    u = stats.mannwhitneyu(first, second).statistic
    low, high = rank_compare_2indep(first, second, use_t=True).conf_int(alpha=2 * 0.05)
    unpaired.append(
        {
            "first": first.tolist(),
            "second": second.tolist(),
            "share": u / (len(first) * len(second)),
            # Brunner and Munzel's approximate interval, each end at 5 %: further out its normal tails leave [0, 1]
            "interval": [None if not np.isfinite(low) else low, None if not np.isfinite(high) else high],
        }
    )

paired = []
for i in range(24):
    n = int(rng.integers(12, 80))
    first, second = np.round(rng.normal(0.6, 1, n), 3), np.round(rng.normal(0, 1, n), 3)
    if i % 2 == 1:
        first, second = np.round(2 * first), np.round(2 * second)
    wins, ties = int((first > second).sum()), int((first == second).sum())
    # sign test's exact interval, each end at ALPHA / 2, of the wins among all: where no pair is a tie
    found = stats.binomtest(wins, n).proportion_ci(1 - ALPHA, "exact")
    paired.append(
        {
            "first": first.tolist(),
            "second": second.tolist(),
            "ties": ties,
            "share": (wins + ties / 2) / n,
            "interval": [found.low, found.high],
        }
    )

versions = {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"versions": versions, "alpha": ALPHA, "unpaired": unpaired, "paired": paired}) + "\n")
