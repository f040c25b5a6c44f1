"""Quantiles, standard deviations, variances and Poisson rates of one group, by SciPy and statsmodels.

    python test/oracles/single.py    writes single.json beside it
"""

import numpy as np
from scipy import stats
from statsmodels.stats.rates import confint_poisson

from oracle import rounded, write

LEVELS = [1e-2, 1e-3, 1e-5]


def quantile(values, part, alpha):
    """Exact bounds by ranks; infinite where so few values bound nothing."""
    side = lambda alternative: stats.quantile_test(values, p=part, alternative=alternative).confidence_interval(1 - alpha)
    low, high = side("greater").low, side("less").high
    return [-np.inf if np.isnan(low) else low, np.inf if np.isnan(high) else high]


def deviation(values, alpha):
    """Of a normal law, by chi-square."""
    n = len(values)
    square = (n - 1) * values.var(ddof=1)
    return [np.sqrt(square / stats.chi2.isf(alpha, n - 1)), np.sqrt(square / stats.chi2.ppf(alpha, n - 1))]


def at_most(values, bound, alpha):
    """What chi-square tests of a normal law say of "the variance is at most the bound"."""
    n = len(values)
    square = (n - 1) * values.var(ddof=1) / bound
    if stats.chi2.cdf(square, n - 1) <= alpha:
        return "supported"
    return "refuted" if stats.chi2.sf(square, n - 1) <= alpha else "inconclusive"


def variances(rng):
    """Of normal values, beside bounds from far below to far above: the law that a kurtosis of 0 is declared for."""
    for i in range(24):
        true = float(rng.choice([0.01, 1, 9, 400]))
        values = rounded(rng.normal(3, np.sqrt(true), int(rng.integers(400, 700))))
        found = values.var(ddof=1)
        bounds = [[alpha, *np.square(deviation(values, alpha))] for alpha in LEVELS]
        asked = [float(f"{factor * true:.7g}") for factor in (0.4, 0.85, 1, 1.2, 2.5)]
        yield {"kind": "variance", "values": values, "estimate": found, "bounds": bounds,
               "atMost": [[alpha, bound, at_most(values, bound, alpha)] for alpha in LEVELS for bound in asked]}


def main():
    rng = np.random.default_rng(90)
    sets = []
    for _ in range(24):
        part = float(rng.choice([0.1, 0.25, 0.5, 0.9, 0.97]))
        values = rounded(rng.standard_t(3, int(rng.integers(20, 150))))
        sets.append({"kind": "quantile", "part": part, "values": values,
                     "estimate": np.quantile(values, part, method="inverted_cdf"),
                     "bounds": [[alpha, *quantile(values, part, alpha)] for alpha in LEVELS]})
        values = rounded(rng.normal(3, 2, int(rng.integers(150, 300))))
        sets.append({"kind": "standard-deviation", "values": values, "estimate": values.std(ddof=1),
                     "bounds": [[alpha, *deviation(values, alpha)] for alpha in LEVELS]})
        values = rng.poisson(float(rng.choice([0.05, 1, 20, 400])), int(rng.integers(2, 60)))
        sets.append({"kind": "rate", "values": values, "estimate": values.mean(),
                     "bounds": [[alpha, *(confint_poisson(values.sum(), len(values), "exact-c", 2 * alpha))]
                                for alpha in LEVELS]})
    sets.extend(variances(np.random.default_rng(91)))
    write("single", ["numpy", "scipy", "statsmodels"], sets)


if __name__ == "__main__":
    main()
