"""Survival by lifelines and statsmodels: estimates and asymptotic intervals that Plateau's judges are held against.

Run by hand: python -m venv env && env/bin/pip install -r test/oracles/requirements.txt && env/bin/python test/oracles/survival.py
"""

import json
from pathlib import Path

import lifelines
import numpy as np
import pandas as pd
import statsmodels
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from scipy.stats import norm
from statsmodels.duration.survfunc import SurvfuncRight

from oracle import short

ALPHA = 1e-3
LAWS = ["exponential", "weibull", "whole steps", "some at once"]


def draw(rng, law, count, scale):
    if law == "exponential":
        return scale * rng.exponential(size=count)
    if law == "weibull":
        return scale * rng.weibull(2, size=count)
    if law == "whole steps":
        return np.ceil(4 * scale * rng.exponential(size=count))
    return np.where(rng.random(count) < 0.2, 0.5, scale * rng.exponential(size=count))


def censor(rng, times, heavy):
    until = rng.uniform(0, heavy * np.quantile(times, 0.9), size=len(times))
    until = np.maximum(np.ceil(8 * until) / 8, 0.125)
    return np.minimum(times, until), (until < times).astype(int)


def curve_case(seed):
    rng = np.random.default_rng(seed)
    law = LAWS[seed % len(LAWS)]
    times, censored = censor(rng, draw(rng, law, int(rng.integers(60, 300)), 1.0), [1.2, 3.0][seed % 2])
    at = float(np.quantile(times, 0.4))
    fit = KaplanMeierFitter(alpha=2 * ALPHA).fit(times, 1 - censored)
    band = fit.confidence_interval_survival_function_
    row = band[band.index <= at].iloc[-1]
    other = SurvfuncRight(times, 1 - censored)
    before = other.surv_prob[other.surv_times <= at]
    median = fit.median_survival_time_
    return {
        "law": law, "times": times.tolist(), "censored": censored.tolist(), "at": at,
        "left": float(fit.predict(at)), "leftByStatsmodels": float(before[-1] if len(before) else 1.0),
        "interval": [float(row.iloc[0]), float(row.iloc[1])],
        "median": None if np.isinf(median) else float(median),
        "restrictedMean": float(restricted_mean_survival_time(fit, t=at)),
    }


def ratio_case(seed):
    rng = np.random.default_rng(1000 + seed)
    law = LAWS[seed % 3]
    groups = []
    for scale in (1.0, [1.0, 1.5, 2.5][seed % 3]):
        groups.append(censor(rng, draw(rng, law, int(rng.integers(60, 200)), scale), 2.0))
    rows = [pd.DataFrame({"time": t, "event": 1 - c, "first": 1 - g}) for g, (t, c) in enumerate(groups)]
    fit = CoxPHFitter(alpha=2 * ALPHA).fit(pd.concat(rows), "time", "event", fit_options={"precision": 1e-10})
    coefficient, error = float(fit.params_["first"]), float(fit.standard_errors_["first"])
    z = norm.isf(ALPHA)
    return {
        "law": law,
        "groups": [{"times": t.tolist(), "censored": c.tolist()} for t, c in groups],
        "logRatio": coefficient,
        "interval": [coefficient - z * error, coefficient + z * error],
    }


found = {
    "versions": {"lifelines": lifelines.__version__, "statsmodels": statsmodels.__version__, "numpy": np.__version__},
    "alpha": ALPHA,
    "curves": [curve_case(seed) for seed in range(24)],
    "ratios": [ratio_case(seed) for seed in range(21)],
}

Path(__file__).with_suffix(".json").write_text(json.dumps(short(found, 12)) + "\n")
