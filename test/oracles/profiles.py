"""Performance profiles by rliable, and verdicts on bands about them by SciPy: writes profiles.json beside this file.

python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python profiles.py
"""

import numpy as np
from oracle import write
from rliable import library
from scipy.stats import beta, gamma

ALPHAS = [1e-3, 1e-5]
THRESHOLDS = np.array([0.3, 0.6, 0.9, 1.2, 1.5])
SHAPE, SCALE = 2, 0.2


def true_profile(centres, solved):
    """Of the mixture of the tasks' laws: gamma scores from each centre on, and tasks that give 0 or 1."""
    shares = [gamma.sf(THRESHOLDS - centre, SHAPE, scale=SCALE) for centre in centres]
    shares += [np.where(THRESHOLDS < 1, chance, 0.0) for chance in solved]
    return np.mean(shares, axis=0)


def lowest(count, total, alpha):
    """The least mean chance that so many of `total` events of any chances do not exclude (Hoeffding 1956, theorem 4)."""
    exact = 0.0 if count == 0 else beta.ppf(alpha, count, total - count + 1)
    return max(0.0, min(exact, (count - 1) / total))


def bounds(count, total, alpha):
    """Each end wrong with probability at most alpha."""
    return lowest(count, total, alpha), 1 - lowest(total - count, total, alpha)


def verdict(counts, total, lower, upper, alpha):
    """Supported where each bound at alpha keeps to the band, refuted where one at its part of alpha / 2 is beyond it."""
    asked = sum(lower > 0) + sum(upper < 1)
    inside = [bounds(count, total, alpha) for count in counts]
    if all(low >= a and high <= b for (low, high), a, b in zip(inside, lower, upper)):
        return "supported"
    beyond = [bounds(count, total, alpha / 2 / asked) for count in counts]
    if any((a > 0 and high < a) or (b < 1 and low > b) for (low, high), a, b in zip(beyond, lower, upper)):
        return "refuted"
    return "inconclusive"


def share(values):
    """A share that a claim may state: what is beyond 0 to 1 asks for nothing there."""
    return np.round(np.clip(values, 0, 1), 4)


def main():
    sets = []
    for i in range(24):
        rng = np.random.default_rng(9100 + i)
        runs, tasks = int(rng.integers(20, 31)), int(rng.integers(6, 13))
        solved = rng.uniform(0.1, 0.9, 2 if i % 3 == 0 else 0)
        centres = rng.uniform(0.0, 1.2, tasks - len(solved))
        columns = [centre + rng.gamma(SHAPE, SCALE, runs) for centre in centres]
        columns += [np.where(rng.random(runs) < chance, 1.0, 0.0) for chance in solved]
        scores = np.round(np.array(columns).T, 4)
        truth = true_profile(centres, solved)
        profile, _ = library.create_performance_profile({"a": scores}, THRESHOLDS, reps=10)
        one, nothing = np.ones_like(truth), np.zeros_like(truth)
        bands = {
            # room for what five deviations of a share may be off, twice
            "true": (share(truth - 0.4), share(truth + 0.4)),
            "true below": (nothing, share(truth + 0.35)),
            "false": (share(np.minimum(truth + 0.4, 0.99)), one),
            "false at one threshold": (nothing, np.where(THRESHOLDS == 0.6, np.maximum(share(truth - 0.4), 0.01), one)),
            "too narrow": (share(truth - 0.02), share(truth + 0.02)),
        }
        counts = np.sum(scores[:, :, None] > THRESHOLDS, axis=(0, 1))
        sets.append(
            {
                "kind": "profile",
                "thresholds": THRESHOLDS.tolist(),
                "alphas": ALPHAS,
                # one list a task
                "scores": scores.T.tolist(),
                "profile": profile["a"].tolist(),
                # each end at each of the levels, one list a level
                "bounds": [[bounds(count, runs * tasks, alpha) for count in counts] for alpha in ALPHAS],
                "bands": [
                    {
                        "name": name,
                        "lower": lower.tolist(),
                        "upper": upper.tolist(),
                        "states": [verdict(counts, runs * tasks, lower, upper, alpha) for alpha in ALPHAS],
                    }
                    for name, (lower, upper) in bands.items()
                ],
            }
        )

    write("profiles", ["numpy", "scipy", "rliable"], sets)


if __name__ == "__main__":
    main()
