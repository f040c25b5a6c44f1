"""Experiments in Python for Plateau: a decorator, and a loop that answers its requests.

    from plateau_experiment import experiment, serve

    @experiment("mean-of-normals")
    def mean_of_normals(cell: Cell, seed: int) -> Measures:
        random = Random(seed)
        return {"mean": sum(random.gauss(0, 1) for _ in range(cell["count"])) / cell["count"]}

    serve()

A request is a line of JSON on standard input: {"experiment", "cell", "replicates", "seeds"}. Each replicate is answered by a line of
JSON on standard output. All else that the program prints is shown as progress. Standard library only.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, TextIO

__all__ = ["Cell", "Lost", "Measures", "Unsupported", "experiment", "serve"]

Cell = Mapping[str, Any]
"""What the claim says of the cell: `cell` of its `commandExperiment`."""

Measures = Mapping[str, float]
"""One number for each measure; infinities are numbers, NaN is an error."""

Experiment = Callable[[Cell, int], Measures]


class Lost(Exception):
    """This replicate came to nothing (a training that diverged): needs a rate in `lost` of the `commandExperiment`."""


class Unsupported(Exception):
    """This machine cannot do it: the claim is skipped with this reason, and is never green."""


_experiments: dict[str, Experiment] = {}


def experiment(name: str) -> Callable[[Experiment], Experiment]:
    """Registers a function of (cell, seed) under the name that its `commandExperiment` has."""

    def register(function: Experiment) -> Experiment:
        if name in _experiments:
            raise ValueError(f"experiment {name} is defined twice")
        _experiments[name] = function
        return function

    return register


def serve(requests: TextIO | None = None, answers: TextIO | None = None) -> None:
    """Answers requests until their end. What an experiment raises ends the program, with the traceback on standard error."""
    source, sink = requests or sys.stdin, answers or sys.stdout
    for line in source:
        if line.strip():
            _answer(json.loads(line), sink)


def _answer(request: Mapping[str, Any], sink: TextIO) -> None:
    name = request["experiment"]
    if name not in _experiments:
        raise LookupError(f"there is no experiment {name}, there are {', '.join(sorted(_experiments)) or 'none'}")
    for replicate, seed in zip(request["replicates"], request["seeds"]):
        try:
            measures = {key: float(value) for key, value in _experiments[name](request["cell"], seed).items()}
            _write({"replicate": replicate, **measures}, sink)
        except Lost as lost:
            _write({"replicate": replicate, "lost": str(lost)}, sink)
        except Unsupported as reason:
            _write({"unsupported": str(reason)}, sink)
            return


def _write(answer: Mapping[str, Any], sink: TextIO) -> None:
    sink.write(json.dumps(answer) + "\n")
    sink.flush()
