#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# What "make install" put in place works without the build tree; run by "make installcheck", which
# sets the folders (DESTDIR may be empty) and the compiler.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"

: "${CC:?}" "${BINDIR:?}" "${LIBDIR:?}" "${MANDIR:?}" "${VERSION:?}"

# The worker is to be found where it was installed, and the library too.
unset CAROM_WORKER
LD_LIBRARY_PATH=$DESTDIR$LIBDIR
PKG_CONFIG_PATH=$DESTDIR$LIBDIR/pkgconfig
PKG_CONFIG_SYSROOT_DIR=$DESTDIR
export LD_LIBRARY_PATH PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
carom=$DESTDIR$BINDIR/carom
examples=$CAROM_SRCDIR/docs/examples

says_its_version()
{
	[ "$("$carom" --version)" = "carom $VERSION" ] &&
		[ "$(pkg-config --modversion carom)" = "$VERSION" ]
}

a_study_runs()
{
	"$carom" mc "$examples/rc.cir" --samples 20 -j 1 -o "$scratch/rc.zarr" &&
		[ -d "$scratch/rc.zarr" ]
}

a_host_compiles()
{
	# shellcheck disable=SC2046,SC2086 # lists of flags
	$CC $CFLAGS -o "$scratch/host" "$examples/host.c" $(pkg-config --cflags --libs carom) -lm
}

a_host_runs()
{
	cd "$scratch" && ./host host.zarr
}

the_headers_are_strict_c()
{
	echo '#include <carom.h>' >"$scratch/headers.c"
	# shellcheck disable=SC2046 # a list of flags
	$CC -std=c11 -pedantic-errors -Wall -Werror -fsyntax-only $(pkg-config --cflags carom) \
		"$scratch/headers.c"
}

# The snippet of docs/embed.md.
a_host_is_built_by_cmake()
{
	cp "$examples/first.c" "$scratch"
	{
		echo 'cmake_minimum_required(VERSION 3.18)'
		echo 'project(first C)'
		awk '/^```/ { is_here = $0 == "```cmake"; next } is_here' "$CAROM_SRCDIR/docs/embed.md"
	} >"$scratch/CMakeLists.txt"
	cmake -S "$scratch" -B "$scratch/cmake" && cmake --build "$scratch/cmake" &&
		"$scratch/cmake/first" "$examples/rc.cir"
}

functions_have_manual_pages()
{
	link=$DESTDIR$MANDIR/man3/carom_session_run.3
	[ "$(cat "$link")" = '.so man3/carom_session.3' ] &&
		grep -q '^\.TH carom_session 3 ' "$DESTDIR$MANDIR/man3/carom_session.3"
}

check 'command and pkg-config tell the version' says_its_version
check 'a study runs, on the installed worker' a_study_runs
check 'the headers compile as strict C11' the_headers_are_strict_c
check 'a host program compiles by pkg-config' a_host_compiles
check 'the host program runs' a_host_runs
# Below DESTDIR, pkg-config looks for the headers of the libraries that carom requires, too.
if command -v cmake >/dev/null && [ -z "$DESTDIR" ]; then
	check 'a host program is built by CMake' a_host_is_built_by_cmake
fi
check 'functions have manual pages' functions_have_manual_pages
finish
