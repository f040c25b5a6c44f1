"""Aggregates over tasks by rliable: writes aggregate.json beside this file.

python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python aggregate.py
"""

import json
import pathlib
from importlib.metadata import version

import numpy as np
from rliable import library, metrics

GAMMA, TAU = 1.0, 0.8
sets = []
for i in range(24):
    rng = np.random.default_rng(7000 + i)
    runs, tasks = int(rng.integers(10, 31)), int(rng.integers(4, 13))
    centres = rng.uniform(0.2, 1.6, tasks)
    scores = np.round(np.abs(centres + rng.gamma(2, 0.2, (runs, tasks)) - 0.4), 3)
    if i % 3 == 0:  # tasks that are solved or not
        scores[:, 0] = np.where(rng.random(runs) < 0.5, 0.0, 1.0)
    other = np.round(np.abs(centres + rng.gamma(2, 0.2, (runs, tasks)) - rng.uniform(0.4, 0.8)), 3)
    both = lambda x: np.array([metrics.aggregate_iqm(x), metrics.aggregate_optimality_gap(x, GAMMA), np.mean(x > TAU)])
    np.random.seed(i)  # rliable draws from it, whatever random_state it is given
    points, intervals = library.get_interval_estimates({"a": scores}, both, reps=2000, confidence_interval_size=0.95)
    profile, _ = library.create_performance_profile({"a": scores}, np.array([TAU]), reps=10)
    sets.append(
        {
            # one list a task
            "scores": scores.T.tolist(),
            "other": other.T.tolist(),
            "interquartile-mean": points["a"][0],
            "optimality-gap": points["a"][1],
            "share-above": float(profile["a"][0]),
            # stratified bootstrap, 95 %
            "intervals": intervals["a"].T.tolist(),
            "improvement": metrics.probability_of_improvement(scores, other),
        }
    )

versions = {name: version(name) for name in ("numpy", "scipy", "rliable")}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"versions": versions, "target": GAMMA, "threshold": TAU, "sets": sets}) + "\n")
