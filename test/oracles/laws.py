"""Distances between laws by SciPy: of one sample to a law and to the nearest of a family, and of two samples with ties.

Run by hand, as survival.py.
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats
from scipy.optimize import differential_evolution

from oracle import short

FAMILIES = {"normal": stats.norm, "laplace": stats.laplace, "logistic": stats.logistic, "exponential": stats.expon}


def fitted_case(seed):
    rng = np.random.default_rng(seed)
    family = list(FAMILIES)[seed % 4]
    law = FAMILIES[family]
    count = int(rng.integers(50, 200))
    drawn = [law, stats.norm, stats.expon, stats.uniform, stats.t(3)][seed % 5]
    values = drawn.rvs(size=count, random_state=rng)
    values = np.abs(values) if family == "exponential" else 3 + 2 * values
    if seed % 3 == 0:
        values = np.round(values, 1)
    fixed = family == "exponential"
    spread = values.std()
    bounds = [] if fixed else [(np.quantile(values, 0.1), np.quantile(values, 0.9))]
    bounds.append((np.log(spread / 20), np.log(spread * 5)))

    def distance(at):
        where, scale = (0, np.exp(at[0])) if fixed else (at[0], np.exp(at[1]))
        return stats.kstest(values, law(loc=where, scale=scale).cdf, method="asymp").statistic

    best = differential_evolution(distance, bounds, seed=1, tol=1e-9, maxiter=150, popsize=12, polish=False)
    return {"family": family, "values": values.tolist(), "nearest": float(best.fun)}


GIVEN = {
    "cauchy": (stats.cauchy, [-20, 20]), "uniform": (stats.uniform, [0, 1]),
    "exponential": (stats.expon, [0, 20]), "logistic": (stats.logistic, [-20, 20]),
}


def given_case(seed):
    rng = np.random.default_rng(100 + seed)
    name = list(GIVEN)[seed % 4]
    law, over = GIVEN[name]
    values = law.rvs(size=int(rng.integers(30, 150)), random_state=rng) * rng.uniform(0.7, 1.3)
    return {"law": name, "over": over, "values": values.tolist(),
            "distance": float(stats.kstest(values, law.cdf).statistic)}


def discrete_case(seed):
    """No function of SciPy has atoms right: the largest difference at any jump of either function, from its own laws' cdf."""
    rng = np.random.default_rng(200 + seed)
    law = [stats.poisson(2.5), stats.binom(6, 0.4), stats.geom(0.3), stats.randint(1, 7)][seed % 4]
    at = np.arange(int(law.ppf(0)) if seed % 4 == 3 else 0, int(law.ppf(1 - 1e-12)) + 1)
    chances = law.pmf(at) / law.pmf(at).sum()
    values = rng.choice(at, p=chances, size=int(rng.integers(30, 150))) + (seed % 2) * rng.integers(0, 2)
    jumps = np.union1d(at, values)
    ours = np.searchsorted(np.sort(values), jumps, side="right") / len(values)
    theirs = np.array([chances[at <= jump].sum() for jump in jumps])
    return {"at": at.tolist(), "chances": chances.tolist(), "values": values.tolist(),
            "distance": float(np.abs(ours - theirs).max())}


def pair_case(seed):
    rng = np.random.default_rng(300 + seed)
    first, second = rng.poisson(3, int(rng.integers(20, 90))), rng.poisson(3 + seed % 3, int(rng.integers(20, 90)))
    return {"first": first.tolist(), "second": second.tolist(), "distance": float(stats.ks_2samp(first, second).statistic)}


found = {
    "versions": {"scipy": scipy.__version__, "numpy": np.__version__},
    "fitted": [fitted_case(seed) for seed in range(24)],
    "given": [given_case(seed) for seed in range(20)],
    "discrete": [discrete_case(seed) for seed in range(20)],
    "pairs": [pair_case(seed) for seed in range(20)],
}

Path(__file__).with_suffix(".json").write_text(json.dumps(short(found, 14)) + "\n")
