"""What the oracles share: data sets rounded as they are written, and a JSON file with the versions that made it."""

import json
import pathlib
from importlib.metadata import version

import numpy as np


def rounded(values):
    """Data as the JSON file has them, so that both programs read the same numbers."""
    return np.array([float(f"{value:.7g}") for value in values])


def write(name, packages, sets):
    """test/oracles/<name>.json; refuses what is not finite, but for infinite bounds, which are null."""
    path = pathlib.Path(__file__).with_name(f"{name}.json")
    made_by = {package: version(package) for package in packages}
    text = json.dumps({"madeBy": made_by, "sets": plain(sets)}, allow_nan=False)
    path.write_text(text.replace('{"kind"', '\n{"kind"') + "\n")


def plain(value):
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(each) for each in value]
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, np.integer):
        return int(value)
    return value


def short(value, digits):
    """The same with floats of so many digits, which is what a file of data needs."""
    if isinstance(value, float):
        return float(f"{value:.{digits}g}")
    if isinstance(value, list):
        return [short(each, digits) for each in value]
    if isinstance(value, dict):
        return {key: short(each, digits) for key, each in value.items()}
    return value
