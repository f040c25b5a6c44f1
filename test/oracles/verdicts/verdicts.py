"""Verdicts of other programs on claims of each kind: SciPy, statsmodels, lifelines and rliable on 24 data sets a case.

    python test/oracles/verdicts/verdicts.py    writes verdicts.json beside it

A case is a question, a law of which its answer is known, and the interval of another program: "same" where ours is to be equal to it,
"wider" where theirs is approximate, or knows more of the law than the question declares, so that ours is to hold it; "wider on average"
where ours is about another estimate, or a bet whose gains depend on the order of the values, and so is the nearer one on some data.
"""

import json
import pathlib
import sys
import warnings
import zlib
from importlib.metadata import version

import numpy as np
import pandas as pd
import statsmodels.api as sm
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.utils import median_survival_times, restricted_mean_survival_time
from rliable import library, metrics
from scipy import optimize, stats
from statsmodels.stats.nonparametric import rank_compare_2indep
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

sys.path.append(str(pathlib.Path(__file__).parents[1]))

import paired  # noqa: E402
import profiles  # noqa: E402
import ratio  # noqa: E402
import single  # noqa: E402
import variation  # noqa: E402
from drawn import coin, column, exponential, normal, poisson, term, uniform, values  # noqa: E402
from oracle import plain, short  # noqa: E402
from statsmodels.stats.rates import confint_poisson  # noqa: E402

LEVELS = [1e-3, 1e-5]
SETS = 24
NORMAL = {"skewness": 0, "excessKurtosis": 0, "law": "normal"}
TAME = {"skewness": 0, "excessKurtosis": 0}
EXPONENTIAL = {"skewness": 2, "excessKurtosis": 6}
GAMMA = {"skewness": 1, "excessKurtosis": 1.5}
ROOT = np.sqrt(2 * np.pi)
CASES = []


def case(name, question, *, truth, known, groups, count, relation, estimate, bounds, digits=9):
    """`known`: value and spread of each group; `estimate` and `bounds` of a list of groups of columns. The data come from the name."""
    assert all(each["name"] != name for each in CASES), name
    CASES.append({"name": name, "question": question, "truth": truth, "known": known, "groups": groups, "count": count,
                  "relation": relation, "digits": digits, "estimate": estimate, "bounds": bounds})


def both(side, alpha):
    """Of a test's interval, each end at alpha."""
    found = side(1 - 2 * alpha)
    return found.low, found.high


def student(x, alpha):
    return stats.t.interval(1 - 2 * alpha, len(x) - 1, x.mean(), stats.sem(x))


def about(middle, error, alpha):
    z = stats.norm.isf(alpha)
    return middle - z * error, middle + z * error


def resampled(statistic, x, alpha):
    """A normal interval by the bootstrap's standard error."""
    found = stats.bootstrap((x,), statistic, n_resamples=999, vectorized=True, method="percentile", rng=1)
    return about(statistic(x), found.standard_error, alpha)


def jackknifed(statistic, n):
    """Standard error of a statistic of the places that are kept."""
    left_out = np.array([statistic(np.delete(np.arange(n), i)) for i in range(n)])
    return np.sqrt((n - 1) / n * np.square(left_out - left_out.mean()).sum())


def median_difference(a, b, alpha):
    """Within the joint region of exact p-values, of all pairs of ranks."""
    return np.log(ratio.median_ratio(np.exp(a), np.exp(b), alpha))


# one group

case("mean of a normal law", {"statistic": "mean", "families": [NORMAL]}, truth=1, known=[(1, 2)],
     groups=[[normal(0, 2, 1)]], count=40, relation="same",
     estimate=lambda g: g[0][0].mean(), bounds=lambda g, alpha: student(g[0][0], alpha))

case("mean of a declared kurtosis", {"statistic": "mean", "families": [EXPONENTIAL]}, truth=1, known=[(1, 1)],
     groups=[[exponential(0)]], count=2500, relation="wider",
     estimate=lambda g: g[0][0].mean(), bounds=lambda g, alpha: student(g[0][0], alpha))

case("mean of a declared deviation", {"statistic": "mean", "families": [EXPONENTIAL | {"deviation": 1}]}, truth=1,
     known=[(1, 1)], groups=[[exponential(0)]], count=400, relation="wider",
     estimate=lambda g: g[0][0].mean(), bounds=lambda g, alpha: about(g[0][0].mean(), 1 / np.sqrt(len(g[0][0])), alpha))

case("mean within a range", {"statistic": "mean", "range": [0, 1], "horizon": 400}, truth=0.5, known=[(0.5, 12**-0.5)],
     groups=[[uniform(0)]], count=400, relation="wider on average",
     estimate=lambda g: g[0][0].mean(), bounds=lambda g, alpha: student(g[0][0], alpha))

case("median", {"statistic": "median", "families": [EXPONENTIAL]}, truth=np.log(2), known=[(np.log(2), 2 / ROOT)],
     groups=[[exponential(0)]], count=151, relation="same",
     estimate=lambda g: np.median(g[0][0]), bounds=lambda g, alpha: single.quantile(g[0][0], 0.5, alpha))

case("quantile", {"statistic": "quantile", "part": 0.9, "families": [EXPONENTIAL]}, truth=np.log(10),
     known=[(np.log(10), stats.norm.pdf(stats.norm.ppf(0.9)) / 0.1)], groups=[[exponential(0)]], count=400, relation="same",
     estimate=lambda g: np.quantile(g[0][0], 0.9, method="inverted_cdf"),
     bounds=lambda g, alpha: single.quantile(g[0][0], 0.9, alpha))

case("variance", {"statistic": "variance", "families": [TAME]}, truth=4, known=[(4, 2)],
     groups=[[normal(0, 2)]], count=1500, relation="wider on average",
     estimate=lambda g: g[0][0].var(ddof=1), bounds=lambda g, alpha: np.square(single.deviation(g[0][0], alpha)))

case("standard deviation", {"statistic": "standard-deviation", "families": [TAME]}, truth=2, known=[(2, 2)],
     groups=[[normal(0, 2)]], count=1500, relation="wider on average",
     estimate=lambda g: g[0][0].std(ddof=1), bounds=lambda g, alpha: single.deviation(g[0][0], alpha))

case("coefficient of variation", {"statistic": "coefficient-of-variation", "families": [NORMAL]}, truth=0.25,
     known=[(0.25, 0.25)], groups=[[normal(0, 0.5, 2)]], count=60, relation="same",
     estimate=lambda g: stats.variation(g[0][0], ddof=1), bounds=lambda g, alpha: variation.bounds(g[0][0], alpha))

FOUR = column(*(term(draw, "exponential") for draw in range(4)))

case("skewness", {"statistic": "standardised-moment", "order": 3, "families": [GAMMA]}, truth=1, known=[(1, 2)],
     groups=[[FOUR]], count=4000, relation="wider",
     estimate=lambda g: stats.skew(g[0][0], bias=False),
     bounds=lambda g, alpha: resampled(lambda x, axis=-1: stats.skew(x, axis=axis, bias=False), g[0][0], alpha))

case("excess kurtosis", {"statistic": "standardised-moment", "order": 4, "families": [GAMMA]}, truth=1.5, known=[(1.5, 2)],
     groups=[[FOUR]], count=4000, relation="wider",
     estimate=lambda g: stats.kurtosis(g[0][0], bias=False),
     bounds=lambda g, alpha: resampled(lambda x, axis=-1: stats.kurtosis(x, axis=axis, bias=False), g[0][0], alpha))

case("proportion", {"statistic": "proportion"}, truth=0.3, known=[(0.3, 0.21**0.5)], groups=[[coin(0, 0.3)]], count=200,
     relation="same", estimate=lambda g: g[0][0].mean(),
     bounds=lambda g, alpha: proportion_confint(int(g[0][0].sum()), len(g[0][0]), 2 * alpha, "beta"))

case("rate", {"statistic": "rate"}, truth=2, known=[(2, 2**0.5)], groups=[[poisson(0, 2)]], count=60, relation="same",
     estimate=lambda g: g[0][0].mean(),
     bounds=lambda g, alpha: confint_poisson(g[0][0].sum(), len(g[0][0]), "exact-c", 2 * alpha))

THEIRS = values(normal(0, 0.4, 91.3), 4711, 12)
SHARE = 0.9


def reported(x, alpha):
    low, high = student(x, (1 - SHARE) * alpha)
    least, most = student(THEIRS, SHARE * alpha)
    return low - most, high - least


case("mean less a reported one",
     {"statistic": "reported", "families": [NORMAL],
      "reported": {"mean": THEIRS.mean(), "deviation": THEIRS.std(ddof=1), "count": len(THEIRS), "by": "normal"}},
     truth=91.5 - THEIRS.mean(), known=[(91.5 - THEIRS.mean(), 0.3)], groups=[[normal(0, 0.3, 91.5)]], count=40,
     relation="same", estimate=lambda g: g[0][0].mean() - THEIRS.mean(), bounds=lambda g, alpha: reported(g[0][0], alpha))


# laws

def kolmogorov(found, width):
    return max(0, found - width), found + width


case("distance to a law", {"statistic": "law", "law": {"name": "normal", "mean": 0, "standardDeviation": 1}},
     truth=2 * stats.norm.cdf(0.2) - 1, known=[(2 * stats.norm.cdf(0.2) - 1, 1)], groups=[[normal(0, plus=0.4)]], count=600,
     relation="wider", estimate=lambda g: stats.kstest(g[0][0], "norm").statistic,
     bounds=lambda g, alpha: kolmogorov(stats.kstest(g[0][0], "norm").statistic, stats.kstwo.isf(alpha, len(g[0][0]))))

case("distance between laws", {"statistic": "same-law"},
     truth=2 * stats.norm.cdf(0.25) - 1, known=[(2 * stats.norm.cdf(0.25) - 1, 1)] * 2,
     groups=[[normal(0)], [normal(1, plus=0.5)]], count=900, relation="wider",
     estimate=lambda g: stats.ks_2samp(g[0][0], g[1][0]).statistic,
     bounds=lambda g, alpha: kolmogorov(stats.ks_2samp(g[0][0], g[1][0]).statistic,
                                        sum(stats.kstwo.isf(alpha / 2, len(x)) for (x,) in g)))


# two groups

def rows(g, alpha):
    """Arms of one size, row by row."""
    return both(stats.ttest_rel(g[0][0], g[1][0]).confidence_interval, alpha)


case("difference of means", {"statistic": "difference", "of": "mean", "families": [NORMAL, NORMAL]}, truth=0.5,
     known=[(0.5, 1), (0, 2)], groups=[[normal(0, plus=0.5)], [normal(1, 2)]], count=60, relation="same",
     estimate=lambda g: g[0][0].mean() - g[1][0].mean(), bounds=rows)

case("difference of medians", {"statistic": "difference", "of": "median", "families": [EXPONENTIAL] * 2}, truth=1,
     known=[(1 + np.log(2), 2 / ROOT), (np.log(2), 2 / ROOT)], groups=[[exponential(0, plus=1)], [exponential(1)]], count=90,
     relation="wider", estimate=lambda g: np.median(g[0][0]) - np.median(g[1][0]),
     bounds=lambda g, alpha: median_difference(g[0][0], g[1][0], alpha))


def variances(a, b, alpha):
    found, degrees = np.log(a.var(ddof=1) / b.var(ddof=1)), (len(a) - 1, len(b) - 1)
    return found - np.log(stats.f.isf(alpha, *degrees)), found - np.log(stats.f.ppf(alpha, *degrees))


case("difference of log-variances", {"statistic": "difference", "of": "log-variance", "families": [TAME, TAME]},
     truth=np.log(4), known=[(np.log(4), 2), (0, 1)], groups=[[normal(0, 2)], [normal(1)]], count=2500, relation="wider",
     estimate=lambda g: np.log(g[0][0].var(ddof=1) / g[1][0].var(ddof=1)),
     bounds=lambda g, alpha: variances(g[0][0], g[1][0], alpha))

case("difference of proportions", {"statistic": "difference", "of": "proportion"}, truth=0.25,
     known=[(0.55, 0.2475**0.5), (0.3, 0.21**0.5)], groups=[[coin(0, 0.55)], [coin(1, 0.3)]], count=250, relation="wider",
     estimate=lambda g: g[0][0].mean() - g[1][0].mean(),
     bounds=lambda g, alpha: confint_proportions_2indep(g[0][0].sum(), len(g[0][0]), g[1][0].sum(), len(g[1][0]),
                                                        compare="diff", method="newcomb", alpha=2 * alpha))

case("ratio of means", {"statistic": "ratio", "of": "mean", "families": [NORMAL, NORMAL]}, truth=1.5,
     known=[(1.5, 0.2), (1, 0.2)], groups=[[normal(0, 0.3, 1.5)], [normal(1, 0.2, 1)]], count=50, relation="same",
     estimate=lambda g: g[0][0].mean() / g[1][0].mean(), bounds=lambda g, alpha: ratio.fieller(g[0][0], g[1][0], alpha))

LOGARITHMIC = 2 / (np.log(2) * ROOT)
case("ratio of medians", {"statistic": "ratio", "of": "median"}, truth=1.5,
     known=[(1.5, LOGARITHMIC), (1, LOGARITHMIC)], groups=[[exponential(0, 1.5)], [exponential(1)]], count=110,
     relation="wider", estimate=lambda g: np.median(g[0][0]) / np.median(g[1][0]),
     bounds=lambda g, alpha: ratio.median_ratio(g[0][0] + 1e-300, g[1][0] + 1e-300, alpha))

case("ratio of proportions", {"statistic": "ratio", "of": "proportion"}, truth=1.5,
     known=[(1.5, (0.7 / 0.3)**0.5), (1, (0.7 / 0.3)**0.5)], groups=[[coin(0, 0.45)], [coin(1, 0.3)]], count=400,
     relation="wider", estimate=lambda g: g[0][0].mean() / g[1][0].mean(),
     bounds=lambda g, alpha: ratio.proportion_ratio(*(int(y) for (x,) in g for y in (x.sum(), len(x))), alpha))

case("ratio of rates", {"statistic": "ratio", "of": "rate"}, truth=1.5, known=[(1.5, 2**-0.5), (1, 2**-0.5)],
     groups=[[poisson(0, 3)], [poisson(1, 2)]], count=60, relation="same",
     estimate=lambda g: g[0][0].mean() / g[1][0].mean(),
     bounds=lambda g, alpha: ratio.rate_ratio(*(int(y) for (x,) in g for y in (x.sum(), len(x))), alpha))

WINS = stats.norm.ppf(0.7) * np.sqrt(2)
case("superiority", {"statistic": "superiority"}, truth=0.7, known=[(0.7, 1), (0.7, 1)],
     groups=[[normal(0, plus=WINS)], [normal(1)]], count=120, relation="wider",
     estimate=lambda g: stats.mannwhitneyu(g[0][0], g[1][0]).statistic / len(g[0][0])**2,
     bounds=lambda g, alpha: rank_compare_2indep(g[0][0], g[1][0], use_t=True).conf_int(alpha=2 * alpha))


def over_strata(g, alpha):
    """Two strata that count alike, both arms of the first one apart from those of the second."""
    found = [rank_compare_2indep(g[i][0], g[2 + i][0]) for i in range(2)]
    return about(np.mean([each.prob1 for each in found]), np.sqrt(sum(each.var_prob for each in found)) / 2, alpha)


case("superiority over two strata", {"statistic": "superiority"}, truth=0.7, known=[(0.7, 1)] * 4,
     groups=[[normal(0, plus=WINS)], [normal(1, 3, 3 * WINS)], [normal(2)], [normal(3, 3)]], count=60, relation="wider",
     estimate=lambda g: np.mean([stats.mannwhitneyu(g[i][0], g[2 + i][0]).statistic / len(g[i][0])**2 for i in range(2)]),
     bounds=over_strata)


# pairs

PAIR = [column(term(0, "normal", 3), term(1, "normal"), plus=0.5), column(term(0, "normal", 3), term(2, "normal", 0.5))]
case("mean difference of pairs", {"statistic": "paired-difference", "families": [NORMAL]}, truth=0.5,
     known=[(0.5, 1.25**0.5)], groups=[PAIR], count=60, relation="same",
     estimate=lambda g: (g[0][0] - g[0][1]).mean(), bounds=lambda g, alpha: paired.difference(*g[0], alpha))

SCORES = [column(term(0, "uniform", 0.3), term(1, "uniform", 0.3), plus=0.2),
          column(term(0, "uniform", 0.3), term(2, "uniform", 0.3))]
case("mean difference of pairs within a range", {"statistic": "paired-difference", "range": [-1, 1], "horizon": 500},
     truth=0.2, known=[(0.2, 0.3 / 6**0.5)], groups=[SCORES], count=500, relation="wider on average",
     estimate=lambda g: (g[0][0] - g[0][1]).mean(), bounds=lambda g, alpha: paired.difference(*g[0], alpha))

QUOTIENT = [column(term(0, "normal", 0.45), term(1, "normal", 0.1), plus=1.5), normal(0, 0.3, 1)]
case("ratio of the means of pairs", {"statistic": "paired-ratio", "families": [NORMAL], "overSpread": 0.3}, truth=1.5,
     known=[(1.5, 0.1)], groups=[QUOTIENT], count=60, relation="same",
     estimate=lambda g: g[0][0].mean() / g[0][1].mean(), bounds=lambda g, alpha: paired.ratio(*g[0], alpha))

case("superiority of pairs", {"statistic": "paired-superiority"}, truth=0.7, known=[(0.7, 1)],
     groups=[[coin(0, 0.7), column(plus=0.5)]], count=120, relation="same", estimate=lambda g: g[0][0].mean(),
     # half of the level for the wins: the other half would tell of ties
     bounds=lambda g, alpha: both(lambda c: stats.binomtest(int(g[0][0].sum()), len(g[0][0])).proportion_ci(c, "exact"),
                                  alpha / 2))

TIED = [column(term(0, "coin", at=0.65), term(1, "coin", at=0.65)), column(plus=1)]


def ties_half(first, second):
    return (np.sign(first - second) + 1) / 2


# a win of two coins, a loss of none, a tie of one
case("superiority of pairs with ties", {"statistic": "paired-superiority"}, truth=0.65, known=[(0.65, 1)], groups=[TIED],
     count=150, relation="wider", estimate=lambda g: ties_half(*g[0]).mean(),
     bounds=lambda g, alpha: about(ties_half(*g[0]).mean(), stats.sem(ties_half(*g[0])), alpha))

# so wide that no two values are rounded to one
SHARED = [normal(0, 1000), column(term(0, "normal", 1000), term(1, "normal", 1000))]


def tau(x, y):
    return stats.kendalltau(x, y).statistic


def rho(x, y):
    """Over three different replicates (Hoeffding 1948): what the correlation of ranks estimates but for a part of Kendall's."""
    return ((len(x) + 1) * stats.spearmanr(x, y).statistic - 3 * tau(x, y)) / (len(x) - 2)


def correlated(statistic):
    def bounds(g, alpha):
        x, y = g[0]
        return about(statistic(x, y), jackknifed(lambda kept: statistic(x[kept], y[kept]), len(x)), alpha)

    return {"estimate": lambda g: statistic(*g[0]), "bounds": bounds}


case("Kendall's tau", {"statistic": "rank-correlation", "of": "kendall-tau"}, truth=0.5, known=[(0.5, 1)], groups=[SHARED],
     count=120, relation="wider", **correlated(tau))

GRADES = 6 / np.pi * np.arcsin(0.5**0.5 / 2)
case("Spearman's rho", {"statistic": "rank-correlation", "of": "spearman-rho"}, truth=GRADES, known=[(GRADES, 1)],
     groups=[SHARED], count=180, relation="wider", **correlated(rho))


# lines

AT = np.array([1, 2, 4, 8])
WEIGHTS = (AT - AT.mean()) / np.square(AT - AT.mean()).sum()
case("slope of means", {"statistic": "slope", "through": "mean", "at": AT, "families": [NORMAL] * 4}, truth=-0.2,
     known=[(3 - 0.2 * at, 1) for at in AT], groups=[[normal(i, plus=3 - 0.2 * at)] for i, at in enumerate(AT)], count=40,
     relation="same", estimate=lambda g: stats.linregress(AT, [x.mean() for (x,) in g]).slope,
     bounds=lambda g, alpha: student(sum(w * x for w, (x,) in zip(WEIGHTS, g)), alpha))


FEW = AT[:3]
OF_FEW = (FEW - FEW.mean()) / np.square(FEW - FEW.mean()).sum()


def three_medians(g, alpha):
    """Least and largest slope within the joint region of exact p-values, of all triples of ranks."""
    tail = lambda q: sum(weight * stats.chi2.sf(q, k) for weight, k in ((3, 1), (3, 2), (1, 3))) / 8 - alpha
    budget = optimize.brentq(tail, 1e-9, 200, xtol=1e-13)

    def least(weights):
        prices, offers = [], []
        for weight, (x,) in zip(weights, g):
            n, x = len(x), np.sort(x)
            lower = np.r_[-np.inf, x[:-1]] if weight > 0 else np.r_[np.inf, x[:0:-1]]
            prices.append(ratio.deviates(n)**2)
            offers.append(weight * lower)
        a, b, c = np.ix_(*prices)
        u, v, w = np.ix_(*offers)
        return np.min((u + v + w)[a + b + c <= budget])

    return least(OF_FEW), -least(-OF_FEW)


case("slope of medians", {"statistic": "slope", "through": "median", "at": FEW, "families": [EXPONENTIAL] * 3}, truth=0.5,
     known=[(0.5 * at + np.log(2), 2 / ROOT) for at in FEW],
     groups=[[exponential(i, plus=0.5 * at)] for i, at in enumerate(FEW)], count=100, relation="wider",
     estimate=lambda g: stats.linregress(FEW, [np.median(x) for (x,) in g]).slope, bounds=three_medians)

BLOCK = 4


def least_squares(g):
    """With an intercept for each block of four pairs, as Plateau's score has them, and a standard error clustered by block."""
    x, y = [(each.reshape(-1, BLOCK) - each.reshape(-1, BLOCK).mean(1, keepdims=True)).ravel() for each in g[0]]
    blocks = np.repeat(np.arange(len(x) // BLOCK), BLOCK)
    return sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": blocks})


case("slope of a regression", {"statistic": "regression", "families": [{"skewness": 1, "excessKurtosis": 3}]}, truth=-1,
     known=[(-1, 0.5)], groups=[[normal(0), column(term(0, "normal", -1), term(1, "normal", 0.5))]], count=3000,
     relation="wider", estimate=lambda g: least_squares(g).params[0],
     bounds=lambda g, alpha: about(least_squares(g).params[0], least_squares(g).bse[0], alpha))


# orders

NAMES = ["a", "b", "c"]
STEPS = [(1, 0), (2, 1)]
DROPS = [(0, 1), (0, 2), (1, 2)]


def arms(law, places, by=1.0):
    return [[law(i, by, place)] for i, place in enumerate(places)]


def difference_of(middle):
    return lambda g, pair: middle(g[pair[0]][0]) - middle(g[pair[1]][0])


def smallest(of_pair, middle):
    """Bounds of the smallest step: the least of the lower ones, and of the upper ones at a part of the level each."""
    differ = difference_of(middle)
    return {"estimate": lambda g: min(differ(g, pair) for pair in STEPS),
            "bounds": lambda g, alpha: (min(of_pair(g[i][0], g[j][0], alpha)[0] for i, j in STEPS),
                                        min(of_pair(g[i][0], g[j][0], alpha / len(STEPS))[1] for i, j in STEPS))}


def largest(of_pair, middle):
    """Of the largest violation: the other way round."""
    differ = difference_of(middle)
    return {"estimate": lambda g: max(0, *(differ(g, pair) for pair in DROPS)),
            "bounds": lambda g, alpha: (max(0, *(of_pair(g[i][0], g[j][0], alpha / len(DROPS))[0] for i, j in DROPS)),
                                        max(0, *(of_pair(g[i][0], g[j][0], alpha)[1] for i, j in DROPS)))}


def paired_student(a, b, alpha):
    return student(a - b, alpha)


WAYS = [
    ("means", {"through": "mean", "families": [NORMAL] * 3}, normal, 1, 60, "same", 0, 1, paired_student, np.mean),
    ("medians", {"through": "median", "families": [EXPONENTIAL] * 3}, exponential, 1, 110, "wider", np.log(2), 2 / ROOT,
     median_difference, np.median),
    ("means within a range", {"through": "mean", "range": [0, 1]}, uniform, 0.3, 400, "wider on average", 0.15, 0.3 * 12**-0.5,
     paired_student, np.mean),
]
for name, asks, law, by, count, relation, middle, spread, of_pair, statistic in WAYS:
    size = 1 if by == 1 else 0.2
    places = [0, size, 2.2 * size] if by == 1 else [0.05, 0.25, 0.5]
    case(f"smallest step of {name}", {"statistic": "ordering", "names": NAMES, "pairs": STEPS} | asks, truth=size,
         known=[(place + middle, spread) for place in places], groups=arms(law, places, by), count=count, relation=relation,
         **smallest(of_pair, statistic))
    size = 1.2 if by == 1 else 0.25
    places = [0, 1.5 * size, 0.5 * size] if by == 1 else [0.05, 0.45, 0.2]
    case(f"largest violation of a trend of {name}", {"statistic": "monotone", "names": NAMES, "order": "ascending"} | asks,
         truth=size, known=[(place + middle, spread) for place in places], groups=arms(law, places, by), count=count,
         relation=relation, **largest(of_pair, statistic))


# several measures

def farthest(distances):
    return {"estimate": lambda g: max(abs(middle - value) / within for middle, value, within, _ in distances(g)),
            "bounds": lambda g, alpha: (max(bounded(each, alpha / (2 * len(distances(g))))[0] for each in distances(g)),
                                        max(bounded(each, alpha)[1] for each in distances(g)))}


def bounded(distance, alpha):
    _, value, within, bounds = distance
    low, high = ((bound - value) / within for bound in bounds(alpha))
    return max(0, low, -high), max(-low, high)


BESIDE = [normal(0, plus=0.8), column(term(0, "normal", 0.6), term(1, "normal", 0.8), plus=5.1)]
case("band of medians",
     {"statistic": "band", "measures": NAMES[:2], "names": [""], "values": [[0, 5]], "within": [[1, 1]]}, truth=0.8,
     known=[(0.8, 1)], groups=[BESIDE], count=200, relation="same",
     **farthest(lambda g: [(np.median(x), value, 1, lambda alpha, x=x: single.quantile(x, 0.5, alpha))
                           for x, value in zip(g[0], (0, 5))]))

case("band of a mean and a proportion",
     {"statistic": "band", "measures": NAMES[:2], "through": ["mean", "proportion"], "names": [""], "values": [[0, 0.3]],
      "within": [[1, 0.2]], "families": [NORMAL]}, truth=0.8, known=[(0.8, 2.3)],
     groups=[[normal(0, plus=0.8), coin(1, 0.34)]], count=300, relation="same",
     **farthest(lambda g: [(g[0][0].mean(), 0, 1, lambda alpha: student(g[0][0], alpha)),
                           (g[0][1].mean(), 0.3, 0.2,
                            lambda alpha: proportion_confint(int(g[0][1].sum()), len(g[0][1]), 2 * alpha, "beta"))]))


# several tasks

FROM = [0, 0.2, 0.4, 0.6]
TASKS = [[uniform(i, plus=start)] for i, start in enumerate(FROM)]
TARGET, THRESHOLD = 1.0, 0.8


def aggregated(statistic):
    """A normal interval of the width of rliable's stratified bootstrap."""
    of = lambda scores: np.array([statistic(scores)])
    matrix = lambda g: np.stack([x for (x,) in g], axis=1)

    def bounds(g, alpha):
        np.random.seed(1)  # rliable draws from it, whatever random_state it is given
        points, intervals = library.get_interval_estimates({"a": matrix(g)}, of, reps=1000, confidence_interval_size=0.95)
        low, high = intervals["a"][:, 0]
        return about(points["a"][0], (high - low) / (2 * stats.norm.isf(0.025)), alpha)

    return {"estimate": lambda g: statistic(matrix(g)), "bounds": bounds}


for name, of, limit, known, truth, statistic in [
    ("interquartile mean", "interquartile-mean", 0, [0.5 + start for start in FROM], 0.8, metrics.aggregate_iqm),
    ("optimality gap", "optimality-gap", TARGET, [(1 - start)**2 / 2 for start in FROM], 0.27,
     lambda scores: metrics.aggregate_optimality_gap(scores, TARGET)),
]:
    case(name, {"statistic": "aggregate", "of": of, "limit": limit, "floor": 0}, truth=truth,
         known=[(value, 1 / ROOT) for value in known], groups=TASKS, count=120, relation="wider", **aggregated(statistic))


def profile(g, thresholds):
    """rliable's, which is the share itself."""
    scores = np.stack([x for (x,) in g], axis=1)
    return library.create_performance_profile({"a": scores}, np.array(thresholds), reps=1)[0]["a"]


def share_bounds(share, g, alpha):
    total = sum(len(x) for (x,) in g)
    return profiles.bounds(round(share * total), total, alpha)


case("share above", {"statistic": "aggregate", "of": "share-above", "limit": THRESHOLD, "floor": 0}, truth=0.5,
     known=[(0.2 + start, 1 / ROOT) for start in FROM], groups=TASKS, count=120, relation="same",
     estimate=lambda g: profile(g, [THRESHOLD])[0],
     bounds=lambda g, alpha: share_bounds(profile(g, [THRESHOLD])[0], g, alpha))

BAND = {"thresholds": [0.4, 0.8, 1.2], "lower": [0.7, 0.3, 0.05], "upper": [0.95, 0.6, 0.4]}


def beyond_band(g, alpha):
    """The largest distance beyond the band's six sides; from below each at its part of alpha."""
    sides = [(share, 1, upper) for share, upper in zip(profile(g, BAND["thresholds"]), BAND["upper"])]
    sides += [(share, -1, lower) for share, lower in zip(profile(g, BAND["thresholds"]), BAND["lower"])]
    ends = lambda share, by, edge, level: sorted(by * (bound - edge) for bound in share_bounds(share, g, level))
    return (max(ends(*side, alpha / len(sides))[0] for side in sides), max(ends(*side, alpha)[1] for side in sides))


case("performance profile", {"statistic": "performance-profile"} | BAND, truth=-0.1, known=[(-0.1, 0.5)] * 4, groups=TASKS,
     count=120, relation="same", bounds=beyond_band,
     estimate=lambda g: max(max(share - upper, lower - share) for share, lower, upper in
                            zip(profile(g, BAND["thresholds"]), BAND["lower"], BAND["upper"])))


# times

TIME, UNTIL = exponential(0), exponential(1, 2)
SEEN = [{"least": [TIME, UNTIL]}, {"lost": [TIME, UNTIL]}]


def fitted(g, alpha):
    return KaplanMeierFitter(alpha=2 * alpha).fit(g[0][0], 1 - g[0][1])


def left(g, alpha):
    band = fitted(g, alpha).confidence_interval_survival_function_
    return tuple(band[band.index <= 1].iloc[-1])


def half(g, alpha):
    found = median_survival_times(fitted(g, alpha).confidence_interval_survival_function_)
    return tuple(found.iloc[0])


def area(g, alpha):
    mean, variance = restricted_mean_survival_time(fitted(g, alpha), t=1, return_variance=True)
    return about(mean, np.sqrt(variance / len(g[0][0])), alpha)


# Greenwood's variance of exponential times lost at exponential ones of half the hazard, over the time until 1
EXPECTED = [
    ("fraction left", "fraction-left", np.exp(-1), np.sqrt(np.exp(-2) * np.expm1(1.5) / 1.5), left,
     lambda g: fitted(g, 0.05).predict(1)),
    ("median time", "median-time", np.log(2), np.sqrt((2**1.5 - 1) / 1.5) / np.sqrt(np.pi / 2), half,
     lambda g: fitted(g, 0.05).median_survival_time_),
    ("restricted mean time", "restricted-mean-time", -np.expm1(-1), 0.3827, area,
     lambda g: restricted_mean_survival_time(fitted(g, 0.05), t=1)),
]
for name, of, truth, spread, bounds, estimate in EXPECTED:
    case(f"{name}, some lost", {"statistic": "survival", "of": of, "censored": True, "limit": 1}, truth=truth,
         known=[(truth, spread)], groups=[SEEN], count=400, relation="wider", estimate=estimate, bounds=bounds)

case("fraction left, all known", {"statistic": "survival", "of": "fraction-left", "censored": False, "limit": 1},
     truth=np.exp(-1), known=[(np.exp(-1), 0.48)], groups=[[TIME]], count=200, relation="same",
     estimate=lambda g: (g[0][0] > 1).mean(),
     bounds=lambda g, alpha: proportion_confint(int((g[0][0] > 1).sum()), len(g[0][0]), 2 * alpha, "beta"))

case("median time, all known", {"statistic": "survival", "of": "median-time", "censored": False}, truth=np.log(2),
     known=[(np.log(2), 2 / ROOT)], groups=[[TIME]], count=151, relation="same",
     estimate=lambda g: np.median(g[0][0]), bounds=lambda g, alpha: single.quantile(g[0][0], 0.5, alpha))

case("restricted mean time, all known",
     {"statistic": "survival", "of": "restricted-mean-time", "censored": False, "limit": 1, "horizon": 400},
     truth=-np.expm1(-1), known=[(-np.expm1(-1), np.sqrt(2 - 4 / np.e - np.expm1(-1)**2))], groups=[[TIME]], count=400,
     relation="wider on average", estimate=lambda g: np.minimum(g[0][0], 1).mean(),
     bounds=lambda g, alpha: student(np.minimum(g[0][0], 1), alpha))

FASTER = exponential(2, 0.5)
LATER = exponential(3, 2)


def hazards(g, alpha):
    rows = [pd.DataFrame({"time": t, "event": 1 - lost, "first": 1 - i}) for i, (t, lost) in enumerate(g)]
    fit = CoxPHFitter(alpha=2 * alpha).fit(pd.concat(rows), "time", "event", fit_options={"precision": 1e-10})
    return fit.params_["first"], fit.standard_errors_["first"]


case("hazard ratio", {"statistic": "hazard-ratio", "censored": True}, truth=2, known=[(2, 1.25**0.5), (2, 1.5**0.5)],
     groups=[[{"least": [FASTER, LATER]}, {"lost": [FASTER, LATER]}], SEEN], count=400, relation="wider", digits=3,
     estimate=lambda g: np.exp(hazards(g, 0.05)[0]), bounds=lambda g, alpha: np.exp(about(*hazards(g, 0.05), alpha)))


def answered(number, each):
    sets = []
    for index in range(SETS):
        key = zlib.crc32(f"{each['name']} {index}".encode())
        groups = [[values(recipe, key, each["count"]) for recipe in columns] for columns in each["groups"]]
        sets.append({"key": key, "sum": round(1e4 * sum(float(x.sum()) for columns in groups for x in columns)),
                     "estimate": each["estimate"](groups),
                     "bounds": [[alpha, *each["bounds"](groups, alpha)] for alpha in LEVELS]})
    print(f"{number + 1} of {len(CASES)}: {each['name']}", file=sys.stderr)
    return {name: value for name, value in each.items() if name not in ("estimate", "bounds")} | {"sets": sets}


def main():
    warnings.simplefilter("ignore")
    made_by = {name: version(name) for name in ("numpy", "scipy", "statsmodels", "lifelines", "rliable")}
    cases = [short(plain(answered(number, each)), 12) for number, each in enumerate(CASES)]
    text = json.dumps({"madeBy": made_by, "cases": cases}, allow_nan=False)
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(text.replace('{"name": "', '\n{"name": "').replace('{"key"', '\n  {"key"') + "\n")


if __name__ == "__main__":
    main()
