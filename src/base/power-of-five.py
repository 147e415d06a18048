#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Writes power-of-five.c: the first 128 bits of the powers of five that doubles need.

usage: power-of-five.py >power-of-five.c
"""

LEAST, MOST = -342, 308  # of power-of-five.h
PER_LINE = 2

HEAD = """/* SPDX-License-Identifier: BSD-3-Clause */
/* The first 128 bits of powers of five.  Written by power-of-five.py. */
#include "base/power-of-five.h"

/* clang-format off */
const uint64_t power_of_five[POWER_OF_FIVE_MOST - POWER_OF_FIVE_LEAST + 1][2] = {
"""
TAIL = """};
"""


def leading_bits(power):
    """5^power times a power of two, in [2^127, 2^128): cut off, or, of a reciprocal, rounded up."""
    if power >= 0:
        exact = 5**power
        shift = 128 - exact.bit_length()
        return exact << shift if shift >= 0 else exact >> -shift
    exact = 5**-power
    return (1 << (127 + (exact - 1).bit_length())) // exact + 1


entries = []
for power in range(LEAST, MOST + 1):
    bits = leading_bits(power)
    assert 2**127 <= bits < 2**128
    entries.append("{0x%016x, 0x%016x}," % (bits >> 64, bits & (2**64 - 1)))
lines = [" ".join(entries[i : i + PER_LINE]) for i in range(0, len(entries), PER_LINE)]
print(HEAD + "\n".join("\t" + line for line in lines) + "\n" + TAIL, end="")
