#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The library exports what src/libcarom.sym lists, and the public headers declare it.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"

library=$CAROM_BUILDDIR/.libs/libcarom.so
list=$CAROM_SRCDIR/src/libcarom.sym

defined()
{
	nm -D --defined-only "$library" >"$scratch/nm" || return 1
	awk '{ print $3 }' "$scratch/nm" | LC_ALL=C sort >"$scratch/defined"
	[ -s "$scratch/defined" ]
}

# Names in front of a parenthesis in the headers' declarations; comments and inline functions do
# not declare exports, typedefs of functions neither.
declared()
{
	cat "$CAROM_SRCDIR"/src/carom*.h "$CAROM_BUILDDIR"/src/carom-version.h |
		sed -e '/^\/\*.*\*\/$/d' -e '/^\/\*/,/\*\/$/d' -e '/^static inline/,/^}/d' \
			-e '/^typedef/d' -e '/^#/d' -e 's/\/\*.*//' |
		grep -o 'carom_[a-z0-9_]*(' | tr -d '(' | LC_ALL=C sort -u >"$scratch/declared"
	[ -s "$scratch/declared" ]
}

# libngspice is to find these two there, and nothing that is in carom by chance.
worker_exports_its_clock()
{
	nm -D --defined-only "$CAROM_BUILDDIR/carom-worker" >"$scratch/nm-worker" || return 1
	awk '{ print $3 }' "$scratch/nm-worker" |
		grep -E '^(clock|dlopen|ftime|pthread_.*|carom_.*|ng_.*|mem_.*)$' | LC_ALL=C sort >"$scratch/worker"
	printf '%s\n' clock dlopen ftime pthread_mutex_lock pthread_mutex_unlock |
		diff -u - "$scratch/worker"
}

# What frees may be given nothing: tests/test-release.c calls each.
released()
{
	grep -E '_(free|release|close)$' "$list" >"$scratch/frees" || return 1
	grep -o 'carom_[a-z_]*(NULL)' "$CAROM_SRCDIR/tests/test-release.c" |
		sed 's/(NULL)//' | LC_ALL=C sort | diff -u "$scratch/frees" -
}

check 'the library can be read' defined
check 'the headers can be read' declared
check 'the list is sorted, without doubles' env LC_ALL=C sort -c -u "$list"
check 'the library exports what the list says' diff -u "$list" "$scratch/defined"
check 'the list names what the headers declare' diff -u "$scratch/declared" "$list"
check 'what frees is tested with nothing' released
check 'the worker exports clocks, locks and dlopen' worker_exports_its_clock
finish
