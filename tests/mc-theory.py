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


def triangular(group):
    """Between -10 % and +10 %: deviation 10 %/sqrt(6), kurtosis 2.4."""
    x = group["r1"][:] / nominal(group, "r1") - 1
    assert np.max(np.abs(x)) < 0.1, "outside"
    check_moments("r1", x, 0, 0.1 / np.sqrt(6), 2.4)


def truncated(group):
    """scipy.stats.truncnorm(-2, 2).stats("vk"): 0.773741, -0.634463."""
    x = group["r1"][:] / nominal(group, "r1") - 1
    assert np.max(np.abs(x)) <= 0.02 * (1 + 1e-12), "outside"
    assert np.max(np.abs(x)) > 0.0199, "does not reach the ends"
    check_moments("r1", x, 0, 0.01 * np.sqrt(0.7737413), 3 - 0.6344633)


def discrete(group):
    """Weights of 1, 2, 1."""
    x = group["r1"][:]
    for value, p in ((900, 0.25), (1000, 0.5), (1200, 0.25)):
        z = (np.mean(x == value) - p) / np.sqrt(p * (1 - p) / len(x))
        print(f"r1={value}: off by {z:.2f} standard errors")
        assert abs(z) < BOUND


def empirical(group):
    """The law through (900, 1/8), (1000, 3/8), (1100, 3/4), flat beyond."""
    x = group["r1"][:]
    for value, p in ((900, 1 / 8), (950, 1 / 4), (1000, 3 / 8), (1050, 9 / 16), (1099.999, 3 / 4)):
        z = (np.mean(x <= value) - p) / np.sqrt(p * (1 - p) / len(x))
        print(f"r1<={value}: off by {z:.2f} standard errors")
        assert abs(z) < BOUND
    assert np.min(x) == 900 and np.max(x) == 1100


def correlated(group):
    """The standard error of a coefficient is (1 - rho^2)/sqrt(n)."""
    r1, r2 = group["r1"][:], group["r2"][:]
    check_moments("r1", r1 / nominal(group, "r1"), 1, 0.01, 3)
    check_moments("r2", r2 / nominal(group, "r2"), 1, 0.01, 3)
    z = (np.corrcoef(r1, r2)[0, 1] - 0.8) / ((1 - 0.8**2) / np.sqrt(len(r1)))
    print(f"correlation off by {z:.2f} standard errors")
    assert abs(z) < BOUND
    assert group.attrs["study"]["correlates"] == ["r1 r2 0.8"]


def pelgrom(group):
    """4 mV um over 2 um and 4 um; at a constant current the voltage follows the threshold."""
    for name, measure, sd in (("m1:delvto", "small", 2e-3), ("m2:delvto", "large", 1e-3)):
        x = group[name][:]
        check_moments(name, x, 0, sd, 3)
        assert f"sigma {sd:g}" in group[name].attrs["definition"]
        slope = np.polyfit(x, group[measure][:], 1)[0]
        assert 0.9 < slope < 1.1, f"the voltage follows {name} by {slope}"
    rho = np.corrcoef(group["m1:delvto"][:], group["m2:delvto"][:])[0, 1]
    assert abs(rho) < BOUND / np.sqrt(len(x))


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
    checks = (
        corner,
        uniform,
        lognormal,
        triangular,
        truncated,
        discrete,
        empirical,
        correlated,
        pelgrom,
        wrong,
    )
    {check.__name__: check for check in checks}[sys.argv[2]](
        zarr.open_group(sys.argv[1], mode="r")
    )
