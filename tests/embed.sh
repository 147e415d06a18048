#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The programs of docs/embed.md: they are what stands there, and print what it says.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"

page=$CAROM_SRCDIR/docs/embed.md
examples=$CAROM_SRCDIR/docs/examples

# The block of the page that is marked so: "c examples/first.c", "text examples/first".
block()
{
	awk -v mark="\`\`\`$1" '$0 == mark { is_here = 1; next } /^```/ { is_here = 0 } is_here' "$page"
}

# The words of ngspice differ between its versions: lines that begin with a place on a deck.
without_words()
{
	grep -v '^  [a-z]*\.cir'
}

is_on_the_page()
{
	block "c examples/$1.c" | diff "$examples/$1.c" -
}

prints_what_the_page_says()
{
	block "text examples/$1" | without_words >"$scratch/said"
	[ -s "$scratch/said" ] || return 1
	(cd "$examples" && timeout 60 "$CAROM_BUILDDIR/docs/examples/$1") >"$scratch/out" || return 1
	without_words <"$scratch/out" | diff "$scratch/said" -
}

is_short()
{
	[ "$(wc -l <"$examples/$1.c")" -le 80 ]
}

# Ctrl-C, which a shell's background job would not hear of, from Python.
an_interrupted_run_is_cancelled()
{
	/usr/bin/python3 - "$CAROM_BUILDDIR/docs/examples/stream" <<-'END' >"$scratch/cancelled"
	import signal, subprocess, sys

	run = subprocess.Popen([sys.argv[1], "tran 1u 1000 0 1u"], stderr=subprocess.PIPE, bufsize=0)
	run.stderr.read(1)  # the first progress: the run is on
	run.send_signal(signal.SIGINT)
	print(run.stderr.read().decode())
	sys.exit(run.wait(timeout=60) != 1)
	END
	grep -q 'stream: cancelled: ' "$scratch/cancelled"
}

programs=$(sed -n 's/^```c examples\/\(.*\)\.c$/\1/p' "$page")
check 'the page has programs' test "$(echo "$programs" | wc -w)" -ge 8
for program in $programs; do
	check "$program.c is on the page as it is" is_on_the_page "$program"
	check "$program.c prints what the page says" prints_what_the_page_says "$program"
	check "$program.c is short" is_short "$program"
done
check 'a run that is interrupted is cancelled' an_interrupted_run_is_cancelled
finish
