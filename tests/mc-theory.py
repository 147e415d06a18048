#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""usage: mc-theory.py STORE CHECK

Compares the samples of a store with theory. A bound is four standard errors wide, and a check
fails first if the samples are too few to tell a spread that is wrong by five per cent."""
import sys

import numpy as np
import zarr

WRONG_BY = 0.05
BOUND = 4.0


def check_moments(name, x, mean, sd, kurtosis):
    """Standard errors: sd/sqrt(n) of the mean; of the deviation, relative, sqrt((k - 1)/(4n))."""
    n = len(x)
    relative_error = np.sqrt((kurtosis - 1) / (4 * n))
    assert BOUND * relative_error < WRONG_BY, f"{n} samples tell nothing"
    z_mean = (np.mean(x) - mean) / (sd / np.sqrt(n))
    z_sd = (np.std(x, ddof=1) / sd - 1) / relative_error
    print(f"{name}: mean off by {z_mean:.2f}, deviation by {z_sd:.2f} standard errors")
    assert abs(z_mean) < BOUND and abs(z_sd) < BOUND
    return z_sd


def nominal(group, name):
    return group[name].attrs["nominal"]


def corner(group):
    """1/(2 pi R C) of two parts of 1 %, gauss: 1.41 % to first order, and 1e-4 of bias each."""
    r, c = nominal(group, "r1"), nominal(group, "c1")
    f0 = 1 / (2 * np.pi * r * c)
    x = group["f3db"][:] / f0
    check_moments("r1", group["r1"][:] / r, 1, 0.01, 3)
    check_moments("c1", group["c1"][:] / c, 1, 0.01, 3)
    check_moments("f3db", x, 1 + 2 * 0.01**2, np.sqrt(2) * 0.01, 3)
    # Each sample by itself: 100 points for a decade, linear between them.
    exact = 1 / (2 * np.pi * group["r1"][:] * group["c1"][:])
    assert np.max(np.abs(group["f3db"][:] / exact - 1)) < 1e-4
    rho = np.corrcoef(group["r1"][:], group["c1"][:])[0, 1]
    assert abs(rho) < BOUND / np.sqrt(len(x)), f"r1 and c1 are correlated: {rho}"


def uniform(group):
    """Between -10 % and +10 %."""
    x = group["r1"][:] / nominal(group, "r1") - 1
    assert np.max(np.abs(x)) <= 0.1, "outside"
    assert np.max(x) > 0.0995 and np.min(x) < -0.0995, "does not reach the ends"
    check_moments("r1", x, 0, 0.1 / np.sqrt(3), 1.8)


def lognormal(group):
    """The logarithm is gauss with the nominal value as median; 20 % is its deviation."""
    x = np.log(group["r1"][:] / nominal(group, "r1"))
    check_moments("log r1", x, 0, 0.2, 3)


def wrong(group):
    """What the bounds are worth: the same samples do not pass for 5 % more."""
    r = group["r1"][:] / nominal(group, "r1")
    assert check_moments("r1", r, 1, 0.01, 3) is not None
    try:
        check_moments("r1", r, 1, 0.01 * (1 + WRONG_BY), 3)
    except AssertionError:
        return
    raise AssertionError("a deviation that is wrong by 5 % passes")


if __name__ == "__main__":
    {check.__name__: check for check in (corner, uniform, lognormal, wrong)}[sys.argv[2]](
        zarr.open_group(sys.argv[1], mode="r")
    )
