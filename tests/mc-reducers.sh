#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Every reducer: the table of the docs is that of the command, and each example can be taken.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"

page=$CAROM_SRCDIR/docs/statements.md
decks=$CAROM_SRCDIR/tests/decks
cd "$scratch" || exit 99
"$CAROM" mc --list-reducers >list || exit 99

# Lines "| `usage` | help | `example` |" as the list has them.
table()
{
	awk -F'\t' '{ printf "| `%s` | %s | `%s` |\n", $1, $2, $3 }' list
}

the_docs_have_the_table()
{
	table >wanted
	sed -n '/^| reducer |/,/^$/p' "$page" | sed '1,2d;$d' >written
	[ -s wanted ] && diff wanted written
}

# measure DECK EXAMPLE...: each is a number in all samples of a study.
measure()
{
	deck=$1
	shift
	n=$#
	for example in "$@"; do
		set -- "$@" --measure "$example"
		shift
	done
	"$CAROM" mc "$decks/$deck" --vary 'r1 gauss 1%' "$@" -n 20 -o "$deck.zarr" -q --csv samples.csv &&
		cat samples.csv && ! grep -q nan samples.csv &&
		[ "$(head -n 1 samples.csv | tr ',' '\n' | wc -l)" -gt "$n" ]
}

examples_are_taken()
{
	deck=$1
	cut -f 3 list | grep "$2" ' ac ' >examples
	[ -s examples ] || return 1
	set --
	while read -r example; do
		set -- "$@" "$example"
	done <examples
	measure "$deck" "$@"
}

check 'the table of docs/statements.md is that of --list-reducers' the_docs_have_the_table
check 'every example over time can be taken' examples_are_taken reducers-tran.cir -v
check 'every example over frequency can be taken' examples_are_taken reducers-ac.cir -F
finish
