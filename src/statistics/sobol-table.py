#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Writes sobol-table.c from the direction numbers that SciPy carries.

usage: sobol-table.py >sobol-table.c       needs python3-scipy; building carom does not
"""
import os

import numpy
import scipy.stats

HEAD = """/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Primitive polynomials and initial direction numbers of Sobol' points, in the order and layout of
 * sobol.h.  Written by sobol-table.py from the set new-joe-kuo-6.21201, whose licence is this:
 *
 * Copyright (c) 2008, Frances Y. Kuo and Stephen Joe
 * All rights reserved.
 *
 * Redistribution and use in source and binary forms, with or without modification, are permitted
 * provided that the following conditions are met:
 *
 *     * Redistributions of source code must retain the above copyright notice, this list of
 *       conditions and the following disclaimer.
 *
 *     * Redistributions in binary form must reproduce the above copyright notice, this list of
 *       conditions and the following disclaimer in the documentation and/or other materials
 *       provided with the distribution.
 *
 *     * Neither the names of the copyright holders nor the names of the University of New South
 *       Wales and the University of Waikato and its contributors may be used to endorse or promote
 *       products derived from this software without specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS ``AS IS'' AND ANY EXPRESS OR IMPLIED
 * WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS
 * FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS BE LIABLE FOR
 * ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT
 * NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR
 * BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT
 * LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
 * SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */
#include "statistics/sobol.h"

/* clang-format off */
const uint64_t sobol_table[SOBOL_MAX_DIMENSIONS][2] = {"""

POLYNOMIAL_BITS = 14


def pack(polynomial, numbers):
    """One dimension as 128 bits: the polynomial, then m_2, m_3, ... without their last bits."""
    degree = polynomial.bit_length() - 1
    bits, place = polynomial, POLYNOMIAL_BITS
    for i in range(1, degree):
        bits |= (numbers[i] >> 1) << place
        place += i
    return bits & (1 << 64) - 1, bits >> 64


def main():
    folder = os.path.dirname(scipy.stats.__file__)
    data = numpy.load(os.path.join(folder, "_sobol_direction_numbers.npz"))
    polynomials = [int(p) for p in data["poly"] if int(p).bit_length() <= POLYNOMIAL_BITS]
    cells = []
    for polynomial, numbers in zip(polynomials, data["vinit"]):
        low, high = pack(polynomial, [int(m) for m in numbers])
        cells.append(f"{{0x{low:x}, 0x{high:x}}},")
    print(HEAD)
    line = ""
    for cell in cells:
        if len(line) + len(cell) > 90:
            print("\t" + line.rstrip())
            line = ""
        line += cell + " "
    print("\t" + line.rstrip())
    print("};\n/* clang-format on */")


if __name__ == "__main__":
    main()
