#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Studies that are disturbed at random for some seconds; "make stress" does so for two minutes.
exec /usr/bin/python3 -B "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/stress.py" 10
