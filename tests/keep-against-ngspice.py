#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Kept waveforms against fresh runs of ngspice, and envelopes against numpy.

    keep-against-ngspice.py waves STORE SAMPLE RAW    the sample, simulated by "ngspice -b -r RAW"
    keep-against-ngspice.py envelope STORE PAGE       the quantiles of a report of the store

The store is that of tests/mc-keep.sh.  Exit status 1 and a message for the first difference.
"""
import json
import re
import sys

import numpy as np
import xarray


def plots(path):
    """Of a binary RAW file: kind -> {vector: values}."""
    with open(path, "rb") as file:
        data = file.read()
    found, at = {}, 0
    while at < len(data):
        begin = data.index(b"Binary:\n", at) + 8
        head = data[at:begin].decode("latin-1")
        names = re.findall(r"^\t\d+\t(\S+)\t", head, re.M)
        points = int(re.search(r"No\. Points: (\d+)", head)[1])
        dtype = np.dtype("<c16" if "complex" in re.search(r"Flags: (.*)", head)[1] else "<f8")
        at = begin + points * len(names) * dtype.itemsize
        values = np.frombuffer(data[begin:at], dtype).reshape(points, len(names))
        found[re.search(r"Plotname: (\w+)", head)[1]] = dict(zip(names, values.T))
    return found


def expect(name, seen, expected):
    if seen.shape != expected.shape or not np.allclose(seen, expected, rtol=1e-9, atol=1e-12):
        worst = np.nanargmax(np.abs(seen - expected)) if seen.shape == expected.shape else None
        sys.exit(f"{name}: {seen.shape} not {expected.shape}, differs most at point {worst}:\n"
                 f"{seen}\n{expected}")


def check_waves(store, sample, path):
    kept = xarray.open_zarr(store, consolidated=False).isel(sample=int(sample))
    assert xarray.open_zarr(store, consolidated=False)["late"].dims == ("sample", "time2")
    assert kept["late"].coords["time2"].attrs["units"] == "s" and kept["late"].attrs["units"] == ""
    raw = plots(path)
    tran, ac, dc = raw["Transient"], raw["AC"], raw["DC"]
    time = np.linspace(0, 2e-3, 201)
    out = np.interp(time, tran["time"], tran["v(out)"])
    expect("time", kept["time"].values, time)
    expect("v(out)", kept["v(out)"].values, out)
    expect("late", kept["late"].values, np.interp(
        np.linspace(1e-3, 2e-3, 11), tran["time"], tran["v(in)"] - tran["v(out)"]))
    expect("frequency", kept["frequency"].values, ac["frequency"].real)
    expect("level", kept["v(out).db"].values, 20 * np.log10(np.abs(ac["v(out)"])))
    expect("phase", kept["v(out).phase"].values, np.degrees(np.unwrap(np.angle(ac["v(out)"]))))
    expect("gain", kept["gain"].values, np.interp(
        np.geomspace(100, 10e3, 9), ac["frequency"].real, 20 * np.log10(np.abs(ac["v(out)"]))))
    expect("sweep", kept["sweep"].values, dc["v(v-sweep)"])
    expect("i(v1)", kept["i(v1)"].values, dc["i(v1)"])


def check_envelope(store, page):
    kept = xarray.open_zarr(store, consolidated=False)
    with open(page, encoding="utf-8") as file:
        data = re.search(r'<script id="data" type="application/json">(.*?)</script>', file.read())[1]
    simulated = np.isin(kept["status"].values, (1, 5))
    waves = json.loads(data)["waves"]
    assert len(waves) == 6, len(waves)
    for wave in waves:
        values = kept[wave["name"]].values[simulated]
        spread = np.ptp(values)
        assert wave["n"] == len(values)
        for p, seen in zip(wave["p"], wave["quantiles"]):
            error = np.abs(np.array(seen) - np.quantile(values, p, axis=0)).max()
            if not error <= 2e-6 * spread:
                sys.exit(f"{wave['name']}: the quantile {p} is off by {error}")
        for line in wave["worst"]:
            error = np.abs(np.array(line["values"]) - kept[wave["name"]].values[line["sample"]]).max()
            if not error <= 2e-6 * spread:
                sys.exit(f"{wave['name']}: sample {line['sample']} is off by {error}")
        nominal = kept[wave["name"] + ".nominal"].values
        if not np.allclose(wave["nominal"], nominal, rtol=0, atol=2e-6 * spread):
            sys.exit(f"{wave['name']}: the nominal one is another")


if __name__ == "__main__":
    {"waves": check_waves, "envelope": check_envelope}[sys.argv[1]](*sys.argv[2:])
