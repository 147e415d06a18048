#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The host program of docs/examples: its numbers are those of an RC low-pass.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"

runs()
{
	"$CAROM_BUILDDIR/docs/examples/host" "$scratch/host.zarr" >"$scratch/out"
	status=$?
	cat "$scratch/out"
	return "$status"
}

# 1 / sqrt(1 + (2 pi f R C)^2) at 1 MHz, 1 nF: 1 kohm first, 2 kohm then.
simulates_twice()
{
	grep -c '^61 points, last |v(out)|: 0.1572$' "$scratch/out" &&
		grep -c '^61 points, last |v(out)|: 0.0793$' "$scratch/out"
}

studies()
{
	grep -E '^[1-9][0-9]* samples per second$' "$scratch/out" && [ -f "$scratch/host.zarr/.zgroup" ]
}

is_short()
{
	lines=$(wc -l <"$CAROM_SRCDIR/docs/examples/host.c")
	echo "$lines lines"
	[ "$lines" -le 60 ]
}

check 'it runs' runs
check 'it simulates, edits a value, simulates again' simulates_twice
check 'its study leaves a store' studies
check 'it fits on a page of 60 lines' is_short
finish
