#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The manual pages of the library: every function and every word of the headers is on a page.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"

pages=$CAROM_BUILDDIR/docs/man
[ -e "$pages/links" ] || pages=$CAROM_SRCDIR/docs/man # a tarball's
overview=$CAROM_SRCDIR/docs/carom.3

header_of()
{
	header=carom-$(basename "$1" .3 | sed 's/^carom_//').h
	[ -e "$CAROM_SRCDIR/src/$header" ] || header=$header.in
	echo "$CAROM_SRCDIR/src/$header"
}

# As a terminal of 80 columns shows it.
show()
{
	LC_ALL=C.UTF-8 groff -K utf8 -man -ww -Tutf8 -rLL=80n -rHY=0 -P-cbou "$1"
}

headers_have_pages()
{
	for header in "$CAROM_SRCDIR"/src/carom-*.h*; do
		name=$(basename "$header")
		echo "carom_${name#carom-}" | sed 's/\.h.*/.3/'
	done | sort -u >"$scratch/wanted"
	[ -s "$scratch/wanted" ] && (cd "$pages" && ls ./*.3) | sed 's/^..//' | sort | diff "$scratch/wanted" -
}

the_overview_has_every_page()
{
	(cd "$pages" && ls ./*.3) | sed 's/^..//; s/\.3$//' | sort >"$scratch/pages"
	sed -n 's/^\.BR \(carom_[a-z]*\) (3)$/\1/p' "$overview" | sort | diff "$scratch/pages" -
}

# The exported ones, and those that are inline in a header; carom_version is a page itself.
functions_are_linked()
{
	cut -d' ' -f1 "$pages/links" | LC_ALL=C sort >"$scratch/linked"
	LC_ALL=C sort -c -u "$scratch/linked" || return 1
	{
		grep -vx carom_version "$CAROM_SRCDIR/src/libcarom.sym"
		sed -n 's/^static inline.* \(carom_[a-z_]*\)(.*/\1/p' "$CAROM_SRCDIR"/src/carom-*.h
	} | LC_ALL=C sort | diff "$scratch/linked" -
}

links_lead_to_the_function()
{
	[ -s "$pages/links" ] || return 1
	while read -r function page; do
		# its prototype, and its name above the text
		[ "$(grep -cE "[ *]$function\\(|%$function\\\\fP\\(" "$pages/$page.3")" -ge 2 ] || {
			echo "$page has no $function"
			return 1
		}
	done <"$pages/links"
}

is_formatted_without_a_warning()
{
	show "$1" 2>&1 >"$scratch/shown" | tee "$scratch/warnings"
	[ -s "$scratch/shown" ] && [ ! -s "$scratch/warnings" ]
}

fits_on_a_terminal()
{
	show "$1" | LC_ALL=C.UTF-8 /usr/bin/python3 -c '
import sys
wide = [line for line in sys.stdin if len(line.rstrip()) > 80]
sys.exit("".join(wide) or None)'
}

# Of comments and code.
words()
{
	sed 's/CAROM_ERROR/ERROR/g' | tr '[:upper:]' '[:lower:]' | tr -cs 'a-z0-9_' '\n' |
		grep . | LC_ALL=C sort -u
}

nothing_is_lost()
{
	header=$(header_of "$1")
	sed -e '/^#ifndef/d' -e '/^#ifdef/d' -e '/^#endif/d' -e '/^#include/d' -e '/^extern/d' \
		-e '/^#define CAROM_[A-Z]*_H$/d' -e '/SPDX/d' -e 's/@[A-Z_]*@//g' \
		-e '/^static inline/,/^}/ { /^[{}\t]/d; s/static inline// }' "$header" |
		words >"$scratch/said"
	show "$1" | words >"$scratch/shown"
	LC_ALL=C comm -23 "$scratch/said" "$scratch/shown" | tee "$scratch/lost"
	[ -s "$scratch/said" ] && [ ! -s "$scratch/lost" ]
}

# The statuses that the comments name, with their texts.
errors_are_listed()
{
	sed -n '/^\.SH ERRORS/,$ s/^\.B CAROM_\(ERROR_[A-Z_]*\)$/\1/p' "$1" | sort >"$scratch/listed"
	grep -v '"ERROR_' "$(header_of "$1")" | grep -v 'X(' | grep -oE '\bERROR_[A-Z_]+' |
		sort -u | diff "$scratch/listed" -
}

check 'every header has a page' headers_have_pages
check 'the overview names every page' the_overview_has_every_page
check 'every function has a link' functions_are_linked
check 'links lead to the page of the function' links_lead_to_the_function
for page in "$overview" "$pages"/*.3; do
	name=$(basename "$page")
	check "$name is formatted without a warning" is_formatted_without_a_warning "$page"
	check "$name fits on a terminal" fits_on_a_terminal "$page"
done
for page in "$pages"/*.3; do
	name=$(basename "$page")
	check "$name has the words of its header" nothing_is_lost "$page"
	check "$name lists the errors" errors_are_listed "$page"
done
finish
