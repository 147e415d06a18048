# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=sh
# For test scripts: cases that print TAP, and a scratch folder that goes away.
#
#	. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
#	check 'a sentence that says what holds' command arguments...
#	finish
#
# A case passes when its command (a function, often; it has a shell of its own) returns 0; what the
# command prints shows only when it fails. $scratch is an empty folder.

tap_count=0
tap_failed=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/carom-test.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM HUP

check()
{
	tap_name=$1
	shift
	tap_count=$((tap_count + 1))
	if ("$@") >"$scratch/.tap-output" 2>&1; then
		echo "ok $tap_count - $tap_name"
	else
		echo "not ok $tap_count - $tap_name"
		sed 's/^/# /' "$scratch/.tap-output"
		tap_failed=$((tap_failed + 1))
	fi
}

finish()
{
	echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ]
	exit
}
