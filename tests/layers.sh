#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Dependencies point one way: cli -> public headers -> study -> sim -> plugin, circuit -> base.
# table/ and topology/ stand beside sim/, on base/ alone; so does statistics/, but for the files that
# decks name.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"

cd "$CAROM_SRCDIR" || exit 99

# includes_only FOLDER PATTERN: quoted headers of all sources in FOLDER are its own ("x.h" that is
# there) or match the pattern.
includes_only()
{
	own=$(find "$1" -name '*.h' -printf '%f|')
	grep -H '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' "$1"/*.[ch] >"$scratch/includes" || return 1
	sed 's/:[^"]*"/ /; s/".*//' "$scratch/includes" |
		grep -v -E " ($own$2)\$" >"$scratch/strangers"
	cat "$scratch/strangers"
	[ ! -s "$scratch/strangers" ]
}

only_the_plugin_includes_sharedspice()
{
	grep -q 'ngspice/sharedspice\.h' plugin/*.[ch] || return 1
	! grep -rn --include='*.[ch]' -e sharedspice src
}

no_system_header_of_ngspice()
{
	! grep -rn --include='*.[ch]' -e '^[[:space:]]*#[[:space:]]*include[[:space:]]*<ngspice/' src
}

public='carom(-[a-z]+)?\.h'

check 'only plugin/ includes sharedspice.h' only_the_plugin_includes_sharedspice
check 'src/ includes no header of ngspice' no_system_header_of_ngspice
check 'base/ includes itself only' includes_only src/base 'base/.*|carom-(error|version)\.h'
check 'table/ includes base/ only' includes_only src/table 'table/.*|base/.*|carom-(arrow|error|table|version)\.h'
check 'plugin/ includes base/ only' includes_only plugin 'base/.*|carom-(error|run)\.h'
check 'circuit/ includes base/ only' \
	includes_only src/circuit 'circuit/.*|base/.*|carom-(circuit|edit|error|graph|library|param)\.h'
check 'sim/ includes no study/' includes_only src/sim \
	'sim/.*|circuit/.*|base/.*|ng-[a-z]+\.h|carom-(arrow|circuit|edit|error|param|plot|run|session|spectrum|table|version)\.h'
check 'statistics/ includes base/, and circuit/ for files that a deck names' \
	includes_only src/statistics 'statistics/.*|base/.*|circuit/(include|roots)\.h|carom-(error|statistics|study)\.h'
check 'topology/ includes base/ only' \
	includes_only src/topology 'topology/.*|base/.*|carom-(error|topology)\.h'
check 'raw/ includes base/ only' includes_only src/raw 'raw/.*|base/.*|carom-(arrow|error|raw)\.h'
check 'study/ includes no cli/' includes_only src/study \
	"study/.*|statistics/.*|topology/.*|sim/.*|circuit/.*|base/.*|ng-[a-z]+\\.h|$public"
check 'report/ includes study/, statistics/ and base/ only' \
	includes_only src/report "report/.*|statistics/.*|study/.*|base/.*|$public"
check 'cli/ includes public headers only' includes_only src/cli "$public"
finish
