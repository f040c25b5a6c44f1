"""Verdicts on laws with atoms by SciPy: of one sample beside a given law, of two samples, and of families far from the nearest law.

    python test/oracles/law-verdicts.py    writes law-verdicts.json beside it
"""

import numpy as np
from scipy import stats
from scipy.optimize import differential_evolution

from oracle import rounded, write

LEVELS = [1e-3, 1e-5]


def mixture(weight, at, law):
    """A part of the values at one number, else of a continuous law: its functions, and how it is drawn."""
    upto = lambda x: weight * (x >= at) + (1 - weight) * law.cdf(x)
    below = lambda x: weight * (x > at) + (1 - weight) * law.cdf(x)
    return upto, below


def distance(values, upto, below):
    """The largest difference of both functions at any value and just below it."""
    x = np.unique(values)
    ours = np.sort(values)
    return max(np.abs(np.searchsorted(ours, x, "right") / len(ours) - upto(x)).max(),
               np.abs(np.searchsorted(ours, x, "left") / len(ours) - below(x)).max())


def verdict(found, width, within):
    """Of "at most so far": decided where the exact law of Kolmogorov and Smirnov's statistic leaves no other answer."""
    return "supported" if found + width <= within else "refuted" if found - width > within else "inconclusive"


def given(i):
    """A sample of an atom beside a density, or of one that is off by as much as `moved`; exact critical values without atoms, which
    with them are only less often reached."""
    rng = np.random.default_rng(500 + i)
    weight, at = float(rng.choice([0.1, 0.3, 0.6])), float(rng.choice([-1.0, 0.0, 0.5]))
    law = [stats.norm, stats.expon, stats.laplace][i % 3]
    moved = 0 if i < 3 else 0.35
    n = int(rng.integers(500, 800))
    values = rounded(np.where(rng.uniform(size=n) < weight, at, law.rvs(size=n, random_state=rng)))
    values[rng.uniform(size=n) < moved] = -9
    upto, below = mixture(weight, at, law)
    found = distance(values, upto, below)
    widths = [stats.kstwo.isf(alpha, n) for alpha in LEVELS]
    return {"kind": "given", "law": ["normal", "exponential", "laplace"][i % 3], "weight": weight, "at": at, "values": values,
            "distance": found, "widths": [[alpha, width] for alpha, width in zip(LEVELS, widths)],
            "verdicts": [[alpha, within, verdict(found, width, within)] for alpha, width in zip(LEVELS, widths)
                         for within in (0.02, moved + 0.03, moved + 0.25)]}


def two(i):
    """Two samples of a few values each, as counts; two exact widths at half of the level, and SciPy's exact test that they are alike."""
    rng = np.random.default_rng(700 + i)
    k = int(rng.integers(2, 7))
    one = rng.dirichlet(np.full(k, 2.0))
    far = 0 if i < 3 else 0.8
    other = (1 - far) * one + far * np.eye(k)[int(np.argmin(one))]
    true = float(f"{np.abs(np.cumsum(one) - np.cumsum(other)).max():.7g}")
    counts = [rng.multinomial(int(rng.integers(700, 1500)), law) for law in (one, other)]
    first, second = [np.repeat(np.arange(k), count) for count in counts]
    found = float(np.abs(np.cumsum(counts[0]) / len(first) - np.cumsum(counts[1]) / len(second)).max())
    widths = [sum(stats.kstwo.isf(alpha / 2, len(x)) for x in (first, second)) for alpha in LEVELS]
    return {"kind": "two", "first": counts[0], "second": counts[1], "distance": found,
            "widths": [[alpha, width] for alpha, width in zip(LEVELS, widths)],
            "alike": float(stats.ks_2samp(first, second, method="exact").pvalue),
            "verdicts": [[alpha, within, verdict(found, width, within)] for alpha, width in zip(LEVELS, widths)
                         for within in (0.02, true + 0.03, true + 0.3)]}


FAMILIES = {"normal": stats.norm, "laplace": stats.laplace, "logistic": stats.logistic, "exponential": stats.expon}


def far(i):
    """Samples from which every law of a family is far: most values at one number, tails of many decades, or two clusters far apart."""
    rng = np.random.default_rng(900 + i)
    family = list(FAMILIES)[i % 4]
    n = int(rng.integers(150, 300))
    part = float(rng.uniform(0.55, 0.9))
    values = [lambda: np.where(rng.uniform(size=n) < part, 0, rng.exponential(size=n)),
              lambda: np.where(rng.uniform(size=n) < part, rng.normal(size=n), 300),
              lambda: np.round(rng.exponential(size=n) ** 6),
              lambda: rng.choice([0, 1, 1000], p=[part, (1 - part) / 2, (1 - part) / 2], size=n)][i // 4 % 4]()
    values = rounded(np.abs(values) if family == "exponential" else values)
    law = FAMILIES[family]

    def off(where, scale):
        upto = lambda x: law.cdf(x, loc=where, scale=scale)
        return distance(values, upto, upto)

    def search(of, bounds):
        return min(differential_evolution(lambda at: off(*of(at)), bounds, seed=seed, tol=1e-9, maxiter=200, popsize=20,
                                          polish=False).fun for seed in (1, 2))

    scales = (np.log(values.std()) - 14, np.log(values.std()) + 3)
    if family == "exponential":
        best = search(lambda at: (0, np.exp(at[0])), [scales])
    else:
        # by location and scale, and by where two of the values lie in the standard law: the scale may be any part of the range
        x = np.unique(values)
        middle = np.searchsorted(x, np.median(values))
        one, other = x[middle - 1 if middle > 0 else 0], x[max(middle, 1)]
        places = (np.quantile(values, 0.01) - 2, np.quantile(values, 0.99) + 2)
        scale = lambda at: (other - one) / np.exp(at[1])
        best = min(search(lambda at: (at[0], np.exp(at[1])), [places, scales]),
                   search(lambda at: (one - at[0] * scale(at), scale(at)), [(-6, 6), (-14, 4)]))
    return {"kind": "far", "family": family, "values": values, "nearest": float(best)}


if __name__ == "__main__":
    sets = [make(i) for make in (given, two, far) for i in range(24)]
    write("law-verdicts", ["numpy", "scipy"], sets)
