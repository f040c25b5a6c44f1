"""Rankings and trends of normal arms, by SciPy's t intervals: writes ordering.json beside this file.

python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python ordering.py
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20220329)
LEVELS = [1e-3, 1e-5]


def bounds(first, second, alpha):
    """Student's for the rows' differences, each end at alpha: arms of one size, row by row."""
    found = stats.ttest_rel(first, second).confidence_interval(1 - 2 * alpha)
    return float(found.low), float(found.high)


sets = []
for i in range(24):
    k, n = int(rng.integers(2, 6)), int(rng.integers(5, 25))
    places = np.sort(rng.normal(0, 2, k)) if i % 3 else rng.normal(0, 2, k)
    arms = [np.round(rng.normal(place, rng.uniform(0.3, 1.5), n), 3) for place in places]
    steps = [(arms[j + 1], arms[j]) for j in range(k - 1)]
    drops = [(arms[a], arms[b]) for b in range(k) for a in range(b)]
    best = [(arms[k - 1], arms[j]) for j in range(k - 1)]

    def smallest(pairs):
        return {
            "estimate": float(min(a.mean() - b.mean() for a, b in pairs)),
            "bounds": [
                {
                    "low": min(bounds(a, b, alpha)[0] for a, b in pairs),
                    "high": min(bounds(a, b, alpha / len(pairs))[1] for a, b in pairs),
                }
                for alpha in LEVELS
            ],
        }

    sets.append(
        {
            "arms": [arm.tolist() for arm in arms],
            "ranking": smallest(steps),
            "best": smallest(best),
            "violation": {
                "estimate": float(max(0.0, *(a.mean() - b.mean() for a, b in drops), 0.0)),
                "bounds": [
                    {
                        "low": max(0.0, *(bounds(a, b, alpha / len(drops))[0] for a, b in drops)),
                        "high": max(0.0, *(bounds(a, b, alpha)[1] for a, b in drops)),
                    }
                    for alpha in LEVELS
                ],
            },
        }
    )

versions = {"numpy": np.__version__, "scipy": scipy.__version__}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"versions": versions, "levels": LEVELS, "sets": sets}) + "\n")
