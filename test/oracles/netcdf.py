"""What SciPy and xarray read in the file that src/export/netcdf.ts wrote (UPDATE_GOLDEN=1 npx vitest run src/export/netcdf.test.ts).

Run by hand, as survival.py.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import xarray
from scipy.io import netcdf_file

PATH = Path(__file__).with_suffix(".nc")

file = netcdf_file(PATH, mmap=False)
variables = {}
for name, variable in file.variables.items():
    if variable.dimensions != ("row",):
        continue
    values = variable[:]
    names = f"{name}_names"
    if names in file.variables:
        texts = [bytes(row).rstrip(b"\0").decode() for row in file.variables[names][:]]
        variables[name] = [texts[at] if at >= 0 else None for at in values]
    elif values.dtype.kind == "f":
        variables[name] = [float(value).hex() for value in values]
    else:
        variables[name] = [int(value) for value in values]

with xarray.open_dataset(PATH, engine="scipy") as dataset:
    seen = {"row": dataset.sizes["row"], "lossMean": str(float(np.nanmean(dataset.measure_loss[:3])))}

found = {
    "versions": {"scipy": scipy.__version__, "xarray": xarray.__version__},
    "attributes": {name: value.decode() for name, value in file._attributes.items()},
    "rows": file.dimensions["row"],
    "variables": variables,
    "xarray": seen,
}
PATH.with_suffix(".json").write_text(json.dumps(found, ensure_ascii=False) + "\n")
