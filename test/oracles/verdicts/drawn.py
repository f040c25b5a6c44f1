"""Draws that drawn.ts makes too, so that a file of answers needs no data: mixed counters through laws' quantiles, rounded.

A column is a constant and a sum of terms, each of one law; or the lesser of two columns, or where the second one is the lesser.
"""

import numpy as np

DIGITS = 1e4


def mixed(x):
    """The finaliser of MurmurHash3, of 32 bits."""
    x = x ^ (x >> np.uint32(16))
    x = x * np.uint32(0x85EBCA6B)
    x = x ^ (x >> np.uint32(13))
    x = x * np.uint32(0xC2B2AE35)
    return x ^ (x >> np.uint32(16))


def uniforms(key, draw, count):
    """Between 0 and 1, without either."""
    stream = mixed(mixed(np.array([key], np.uint32)) ^ np.uint32(draw))
    counters = mixed(np.arange(1, count + 1, dtype=np.uint32))
    return (mixed(counters ^ stream) + 0.5) / 2**32


def of_law(law, at, key, draw, n):
    if law == "normal":
        u = uniforms(key, draw, 2 * n)
        return np.sqrt(-2 * np.log(u[0::2])) * np.cos(2 * np.pi * u[1::2])
    u = uniforms(key, draw, n)
    if law == "uniform":
        return u
    if law == "exponential":
        return -np.log(u)
    if law == "coin":
        return (u < at).astype(float)
    assert law == "poisson"
    counts, chance, total = np.zeros(n), np.exp(-at), np.zeros(n)
    for k in range(1, 200):
        total = total + chance
        counts[u > total] = k
        chance *= at / k
    return counts


def values(column, key, n):
    if "least" in column:
        first, second = [values(each, key, n) for each in column["least"]]
        return np.minimum(first, second)
    if "lost" in column:
        first, second = [values(each, key, n) for each in column["lost"]]
        return (second < first).astype(float)
    total = np.full(n, float(column["plus"]))
    for term in column["terms"]:
        total = total + term["by"] * of_law(term["law"], term.get("at"), key, term["draw"], n)
    return np.floor(total * DIGITS + 0.5) / DIGITS


def term(draw, law, by=1.0, at=None):
    return {"draw": draw, "law": law, "by": by} | ({} if at is None else {"at": at})


def column(*terms, plus=0.0):
    return {"plus": plus, "terms": list(terms)}


def normal(draw, by=1.0, plus=0.0):
    return column(term(draw, "normal", by), plus=plus)


def exponential(draw, by=1.0, plus=0.0):
    return column(term(draw, "exponential", by), plus=plus)


def uniform(draw, by=1.0, plus=0.0):
    return column(term(draw, "uniform", by), plus=plus)


def coin(draw, chance):
    return column(term(draw, "coin", at=chance))


def poisson(draw, rate):
    return column(term(draw, "poisson", at=rate))
