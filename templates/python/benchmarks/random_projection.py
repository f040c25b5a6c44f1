"""Whether a random matrix keeps the squared norm of a unit vector within one half of it.

Plateau starts this program once and sends it requests, one JSON object a line; it answers with one line a replicate.
"""

import json
import sys

import numpy as np

FROM = 128  # dimensions of the vector that is projected


def preserved(seed: int, to: int, scale: float) -> int:
    """1 where the squared norm is kept by a matrix of `to` rows, entries of variance scale / to, drawn from this seed alone."""
    matrix = np.random.default_rng(seed).normal(scale=np.sqrt(scale / to), size=(to, FROM))
    norm = np.sum((matrix @ np.full(FROM, FROM**-0.5)) ** 2)
    return int(abs(norm - 1) <= 0.5)


for line in sys.stdin:
    request = json.loads(line)
    for replicate, seed in zip(request["replicates"], request["seeds"]):
        print(json.dumps({"replicate": replicate, "preserved": preserved(seed, **request["cell"])}), flush=True)
