"""Medians of several measures within bands, by SciPy's exact quantile test: writes band.json beside this file.

python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python band.py
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import stats

ALPHA = 1e-3
sets = []
for i in range(24):
    rng = np.random.default_rng(9000 + i)
    n, measures = int(rng.integers(20, 61)), int(rng.integers(2, 5))
    common = rng.normal(size=n)
    columns = [np.round(common * rng.uniform(-1, 1) + rng.standard_t(3, n) + m, 3) for m in range(measures)]
    values, within = np.round(rng.normal(size=measures), 3), np.round(rng.uniform(0.3, 2, measures), 3)

    def distances(alpha):
        """Of each measure: least and most |median - value| over the interval whose ends each err with alpha."""
        found = []
        for x, value, margin in zip(columns, values, within):
            ci = stats.quantile_test(x, p=0.5).confidence_interval(1 - 2 * alpha)
            low, high = (ci.low - value) / margin, (ci.high - value) / margin
            found.append((max(0.0, low, -high), max(-low, high)))
        return found

    sets.append(
        {
            "columns": [x.tolist() for x in columns],
            "values": values.tolist(),
            "within": within.tolist(),
            "estimate": float(max(abs(np.median(x) - v) / w for x, v, w in zip(columns, values, within))),
            "low": max(low for low, _ in distances(ALPHA / (2 * measures))),
            "high": max(high for _, high in distances(ALPHA)),
        }
    )

versions = {"numpy": np.__version__, "scipy": scipy.__version__}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"versions": versions, "alpha": ALPHA, "sets": sets}) + "\n")
