"""What the loop answers, held against the protocol. Run by vitest, or: PYTHONPATH=python python3 -m unittest discover python/tests"""

from __future__ import annotations

import io
import json
import unittest

import plateau_experiment
from plateau_experiment import Cell, Lost, Measures, Unsupported, experiment, serve


@experiment("sum")
def total(cell: Cell, seed: int) -> Measures:
    if seed == cell.get("diverges"):
        raise Lost("diverged")
    if seed == cell.get("needs"):
        raise Unsupported("no GPU")
    return {"sum": cell["shift"] + seed}


def answers(*requests: dict[str, object]) -> list[dict[str, object]]:
    sink = io.StringIO()
    serve(io.StringIO("".join(json.dumps(request) + "\n" for request in requests)), sink)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def request(**cell: object) -> dict[str, object]:
    return {"experiment": "sum", "cell": {"shift": 10, **cell}, "replicates": [4, 5], "seeds": [1, 2]}


class Serving(unittest.TestCase):
    def test_each_replicate_is_answered_by_a_line(self) -> None:
        self.assertEqual(answers(request()), [{"replicate": 4, "sum": 11.0}, {"replicate": 5, "sum": 12.0}])

    def test_many_requests_are_served_by_one_process(self) -> None:
        self.assertEqual(len(answers(request(), request(), request())), 6)

    def test_a_lost_replicate_does_not_end_the_others(self) -> None:
        found = answers(request(diverges=1))
        self.assertEqual(found, [{"replicate": 4, "lost": "diverged"}, {"replicate": 5, "sum": 12.0}])

    def test_what_is_unsupported_is_said_once_for_a_request(self) -> None:
        self.assertEqual(answers(request(needs=1)), [{"unsupported": "no GPU"}])

    def test_an_unknown_experiment_names_those_that_are_known(self) -> None:
        with self.assertRaisesRegex(LookupError, "there is no experiment product, there are sum"):
            answers({**request(), "experiment": "product"})

    def test_a_name_is_given_once(self) -> None:
        with self.assertRaisesRegex(ValueError, "experiment sum is defined twice"):
            experiment("sum")(total)

    def test_what_an_experiment_raises_is_not_swallowed(self) -> None:
        with self.assertRaises(KeyError):
            answers({**request(), "cell": {}})

    def test_the_package_says_what_it_exports(self) -> None:
        for name in plateau_experiment.__all__:
            self.assertTrue(hasattr(plateau_experiment, name))


if __name__ == "__main__":
    unittest.main()
