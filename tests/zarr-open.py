#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: zarr-open.py STORE. Checks that zarr, xarray and numpy read the store of
tests/test-store-xarray.c as it is meant; exit status 3 and a message for the first difference.
Debian: python3-zarr, python3-xarray."""
import sys

import numpy as np
import xarray
import zarr

PARAMETERS = ["r1", "q1:bf"]
MEASUREMENTS = ["gain", "f3db", "offset"]
DTYPES = {
    **{name: "<f8" for name in PARAMETERS + MEASUREMENTS + ["seconds"]},
    "status": "|i1",
    "worker": "<i4",
    "message": "|S160",
}
UNITS = {"r1": "ohm", "q1:bf": "", "gain": "dB", "f3db": "Hz", "offset": "V", "seconds": "s"}
NAN = float("nan")
VALUES = {
    "r1": [1000.5, 1001.5, NAN, 1003.5, NAN],
    "q1:bf": [100.0, 101.0, NAN, 103.0, NAN],
    "gain": [40.0, 41.0, NAN, NAN, NAN],
    "f3db": [1e6, NAN, NAN, NAN, NAN],
    "offset": [0.1, 0.1, NAN, NAN, NAN],
    "seconds": [0.5, 0.5, NAN, 0.5, NAN],
    "status": [1, 5, 0, 4, 0],
    "worker": [0, 1, -1, 1, -1],
    "message": [b"", b"f3db: never crosses the level", b"", b"died of signal 9", b""],
}


def same(what, seen, expected):
    """Both are equal, NaNs too."""
    if not np.array_equal(np.asarray(seen), np.asarray(expected), equal_nan=is_float(expected)):
        print(f"{what}: {seen!r} where {expected!r} is expected", file=sys.stderr)
        sys.exit(3)


def is_float(value):
    return np.asarray(value).dtype.kind == "f"


def check_zarr(path):
    group = zarr.open_group(path, mode="r")
    same("zarr's arrays", sorted(group.array_keys()), sorted(DTYPES))
    for name, dtype in DTYPES.items():
        array = group[name]
        same(f"zarr: dtype of {name}", array.dtype.str, dtype)
        same(f"zarr: shape of {name}", array.shape, (5,))
        same(f"zarr: chunks of {name}", array.chunks, (5,))
        same(f"zarr: compressor of {name}", array.compressor is None, True)
        same(f"zarr: {name}", array[:], VALUES[name])
        if dtype == "<f8":
            same(f"zarr: fill value of {name}", array.fill_value, NAN)
        else:
            same(f"zarr: fill value of {name}", array.fill_value is None, True)


def check_xarray(path):
    data = xarray.open_zarr(path, consolidated=False)
    same("xarray's variables", sorted(data.data_vars), sorted(DTYPES))
    same("xarray's sizes", dict(data.sizes), {"sample": 5})
    for name, dtype in DTYPES.items():
        same(f"xarray: dtype of {name}", data[name].dtype.str, dtype)
        same(f"xarray: dimensions of {name}", data[name].dims, ("sample",))
        same(f"xarray: {name}", data[name].values, VALUES[name])
    for name, unit in UNITS.items():
        same(f"unit of {name}", data[name].attrs["units"], unit)
    check_attributes(data)
    check_manifest(data.attrs)


def check_attributes(data):
    same("definition", data["r1"].attrs["definition"], "gauss 1%")
    same("nominal", data["r1"].attrs["nominal"], 1000.0)
    same("definition", data["gain"].attrs["definition"], "ac max(db(v(out)))")
    same("spec", data["gain"].attrs["spec_lower"], 38.0)
    same("no upper limit", "spec_upper" in data["gain"].attrs, False)
    same("spec", data["f3db"].attrs["spec_upper"], 2.5e6)
    status = data["status"].attrs
    meanings = dict(zip(status["flag_values"], status["flag_meanings"].split()))
    same("meaning of 1", meanings[1], "ok")
    same("meaning of 2", meanings[2], "no_convergence")
    same("number of meanings", len(meanings), 7)
    same("long name", data["seconds"].attrs["long_name"], "wall time of the sample")


def check_manifest(manifest):
    same("title", manifest["title"], "an amplifier")
    same("deck hash", manifest["deck_hash"], "0123456789abcdef")
    same("order of parameters", manifest["parameters"], PARAMETERS)
    same("order of measurements", manifest["measurements"], MEASUREMENTS)
    study = manifest["study"]
    same("samples", study["samples"], 5)
    same("seed", study["seed"], 7)
    same("time limit", study["time_limit_s"], 0.1)
    same("vary", study["varies"][1]["definition"], "uniform 20%")
    same("measure", study["measures"][0]["plot"], "ac1")
    same("specs", study["specs"]["gain"], {"lower": 38.0, "upper": None})
    same("run", manifest["run"], {"n_workers": 2, "rate_hz": 12.5})


def check_numpy(path):
    same("numpy: gain", np.memmap(f"{path}/gain/0", dtype="<f8", mode="r"), VALUES["gain"])


if __name__ == "__main__":
    check_zarr(sys.argv[1])
    check_xarray(sys.argv[1])
    check_numpy(sys.argv[1])
