#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The control loop of docs/examples: closed by the host it does what it does closed in the deck.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"

runs()
{
	"$CAROM_BUILDDIR/docs/examples/control" >"$scratch/out"
	status=$?
	cat "$scratch/out"
	return "$status"
}

# Steps of 5 us against a time constant of 0.4 ms, second order: some 1e-4 of 1 V.
agrees()
{
	awk '/^distance/ { found = $6 > 0 && $6 < 2e-4 } END { exit !found }' "$scratch/out"
}

# The loop is an integrator's: no error is left.
settles()
{
	grep -E '^v\(out\) 0\.[0-9]+ at 1 ms, (0\.99[0-9]+|1\.00[0-9]+) at the end$' "$scratch/out"
}

is_short()
{
	lines=$(wc -l <"$CAROM_SRCDIR/docs/examples/control.c")
	echo "$lines lines"
	[ "$lines" -le 80 ]
}

check 'it runs' runs
check 'the two loops are the same to the tolerance of integration' agrees
check 'the error goes to zero' settles
check 'it is short' is_short
finish
