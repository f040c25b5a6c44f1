"""Random projections of one vector, in plain Python: how much of its squared length is kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from plateau_experiment import Cell, Measures, experiment, serve


@experiment("random-projection")
def random_projection(cell: Cell, seed: int) -> Measures:
    """Cell: `entries` (a law of the matrix), `from` and `to` dimensions, `vector` (`flat` or `basis`), `within`, and what is broken."""
    random = Random(seed)
    kept = kept_share(cell, random)
    return {
        "share": kept,
        "halfChiSquared": 0.5 * cell["to"] * kept,
        "inside": 1.0 if abs(kept - 1) <= cell["within"] else 0.0,
    }


def kept_share(cell: Cell, random: Random) -> float:
    """Squared length after the projection over that before it."""
    rows, columns = cell["to"], cell["from"]
    vector = [1 / math.sqrt(columns)] * columns if cell["vector"] == "flat" else [1.0] + [0.0] * (columns - 1)
    draw = ENTRIES[cell["entries"]]
    scale = cell.get("gain", 1.0) / rows
    if cell.get("rows") == "equal":
        row = [draw(random) for _ in range(columns)]
        return scale * rows * dot(row, vector) ** 2
    return scale * math.fsum(dot([draw(random) for _ in range(columns)], vector) ** 2 for _ in range(rows))


def dot(row: list[float], vector: list[float]) -> float:
    return math.fsum(weight * value for weight, value in zip(row, vector))


def gaussian(random: Random) -> float:
    return random.gauss(0, 1)


def sign(random: Random) -> float:
    return 1.0 if random.random() < 0.5 else -1.0


def sparse_sign(one_in: int) -> Callable[[Random], float]:
    """sqrt(s) times a sign with probability 1 / s, else zero: variance 1."""
    size = math.sqrt(one_in)

    def draw(random: Random) -> float:
        uniform = random.random() * 2 * one_in
        return size if uniform < 1 else -size if uniform < 2 else 0.0

    return draw


ENTRIES = {
    "gaussian": gaussian,
    "sign": sign,
    "one-in-3": sparse_sign(3),
    "one-in-64": sparse_sign(64),
}

serve()
