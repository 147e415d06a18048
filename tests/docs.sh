#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# What the documents say is there: links, options of the command, the C example of the README.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"

cd "$CAROM_SRCDIR" || exit 99
man=docs/carom.1
commands=$("$CAROM" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p')

# "file target", one for each link of a page to a file.
links()
{
	grep -oH ']([^)]*)' ./*.md docs/*.md | sed 's/:](/ /; s/)$//; s/#.*//' |
		grep -v -e ' $' -e ' https\{0,1\}:' -e ' mailto:'
}

links_resolve()
{
	links >"$scratch/links"
	[ -s "$scratch/links" ] || return 1
	while read -r page target; do
		[ -e "$(dirname "$page")/$target" ] || echo "$page: no $target"
	done <"$scratch/links" >"$scratch/broken"
	cat "$scratch/broken"
	[ ! -s "$scratch/broken" ]
}

# From lines such as "  -o, --csv FILE   ...": "-o" and "--csv".
options_of_help()
{
	"$CAROM" "$1" --help | sed -nE 's/^ +((-[a-z], )?--[a-z-]+).*/\1/p' | tr -d ',' |
		tr ' ' '\n' | sort -u
}

# The same from the section "CAROM <COMMAND>", where an option is the first line after .TP.
options_of_man()
{
	awk -v heading="CAROM $(echo "$1" | tr '[:lower:]' '[:upper:]')" '
		/^\.SH/ { is_here = $0 == ".SH " heading }
		is_here && was_tp { print }
		{ was_tp = /^\.TP/ }' "$man" | sed 's/\\-/-/g' | grep -oE -e '-+[a-z][a-z-]*' | sort -u
}

the_man_page_has_the_options()
{
	options_of_help "$1" >"$scratch/help"
	options_of_man "$1" >"$scratch/man"
	[ -s "$scratch/help" ] && diff "$scratch/help" "$scratch/man"
}

the_man_page_has_the_commands()
{
	for command in $commands; do
		grep -q "^\.B carom $command\$" "$man" || return 1
	done
	[ "$(grep -c '^\.SH CAROM ' "$man")" -eq "$(echo "$commands" | wc -l)" ]
}

the_man_pages_have_the_version()
{
	version=$("$CAROM" --version)
	[ "$(grep -lF "\"$version\"" docs/carom.1 docs/carom.3 | wc -l)" -eq 2 ]
}

# Options of other programs are on lines that name the program.
options_of_pages()
{
	grep -vhE 'pkg-config|configure|bench' README.md docs/*.md |
		grep -oE -e '(^|[^-a-z])--[a-z][a-z-]*' | grep -oE -e '--[a-z-]+' | sort -u
}

pages_name_options_that_exist()
{
	{
		printf '%s\n' --help --version
		for command in $commands; do
			options_of_help "$command"
		done
	} | sort -u >"$scratch/known"
	options_of_pages >"$scratch/named"
	[ -s "$scratch/named" ] && comm -13 "$scratch/known" "$scratch/named" >"$scratch/unknown"
	cat "$scratch/unknown"
	[ ! -s "$scratch/unknown" ]
}

pages_name_what_the_headers_have()
{
	grep -ohE '\bcarom_[a-z0-9_]+' ./*.md docs/*.md | sort -u >"$scratch/named"
	grep -ohE '\bcarom_[a-z0-9_]+' src/carom*.h* | sort -u | comm -23 "$scratch/named" - >"$scratch/unknown"
	cat "$scratch/unknown"
	[ -s "$scratch/named" ] && [ ! -s "$scratch/unknown" ]
}

# "command option" of each command line "carom mc ..." in a page.
command_lines()
{
	grep -ohE 'carom (run|mc|lint|graph|topo|summary|report) [^`]*' README.md docs/*.md |
		awk '{ for (i = 3; i <= NF; i++) if ($i ~ /^--?[a-z]/) { sub(/[;,.]$/, "", $i); print $2, $i } }' |
		sort -u
}

command_lines_are_right()
{
	command_lines >"$scratch/lines"
	[ -s "$scratch/lines" ] || return 1
	while read -r command option; do
		options_of_help "$command" | grep -qx -e "$option" || echo "carom $command has no $option"
	done <"$scratch/lines" >"$scratch/wrong"
	cat "$scratch/wrong"
	[ ! -s "$scratch/wrong" ]
}

# Blocks marked c are one function together, those marked C stand before it.
the_c_example_compiles()
{
	awk '/^```/ { is_code = $0 == "```c"; next } is_code' "$1" >"$scratch/example"
	{
		echo '#include <stdio.h>'
		echo '#include <stdlib.h>'
		grep '^#include' "$scratch/example"
		awk '/^```/ { is_code = $0 == "```C"; next } is_code' "$1"
		echo 'int main(void) {'
		grep -v '^#include' "$scratch/example"
		echo 'return 0; }'
	} >"$scratch/example.c"
	grep -q "$2" "$scratch/example.c" &&
		${CC:-cc} -std=gnu11 -Wall -Wextra -Werror -fsyntax-only -Isrc -I"$CAROM_BUILDDIR/src" \
			"$scratch/example.c"
}

the_tutorial_shows_its_deck()
{
	grep '^\*carom ' docs/tutorial.md >"$scratch/statements"
	[ -s "$scratch/statements" ] || return 1
	grep '^\*carom ' docs/examples/rc.cir | diff "$scratch/statements" -
}

# With so few samples that it takes no time; the kit's needs the kit (mc-pdk.sh).
every_example_is_a_study()
{
	for deck in docs/examples/*.cir; do
		grep -qF "| \`${deck##*/}\` |" docs/tutorial.md || {
			echo "docs/tutorial.md does not list $deck"
			return 1
		}
		"$CAROM" mc "$deck" -n 3 -q --json -o "$scratch/x.zarr" --overwrite >"$scratch/out" || return 1
		/usr/bin/python3 -B -c 'if True:
			import json, sys
			made = json.load(open(sys.argv[1]))
			assert made["status"]["ok"] == made["samples"] > 2, made["status"]
		' "$scratch/out" || return 1
	done
}

check 'links of pages lead to files' links_resolve
check 'the man page has every command' the_man_page_has_the_commands
for command in $commands; do
	check "the man page has the options of carom $command" the_man_page_has_the_options "$command"
done
check 'the man pages are of this version' the_man_pages_have_the_version
check 'pages name options that exist' pages_name_options_that_exist
check 'pages name functions that exist' pages_name_what_the_headers_have
check 'command lines of pages have options of their command' command_lines_are_right
check 'the C example of the README compiles' the_c_example_compiles README.md carom_session_run
check 'the C examples about the circuit compile' \
	the_c_example_compiles docs/circuit.md carom_circuit_flatten
check 'the tutorial shows the statements of its deck' the_tutorial_shows_its_deck
check 'every example is in the tutorial, and is a study that runs' every_example_is_a_study
finish
