# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=sh
# shellcheck disable=SC2154 # scratch: tests/tap.sh
# For tests of the command, after tests/tap.sh: run it, look at what it says. $scratch/out and
# $scratch/err hold what the last run printed.

# The name that $CAROM is started by in the scripts: it never waits for the terminal or for ever.
carom()
{
	timeout 60 "$CAROM" "$@" <"/dev/null" >"$scratch/out" 2>"$scratch/err"
	carom_status=$?
	cat "$scratch/out" "$scratch/err"
	return "$carom_status"
}

# carom_ends STATUS ARGUMENT...
carom_ends()
{
	expected=$1
	shift
	carom "$@"
	[ "$?" -eq "$expected" ] || {
		echo "carom $*: exit status $carom_status where $expected is expected"
		return 1
	}
}

# interrupted TEXT ARGUMENT...: begin, press Ctrl-C half a second after it has printed the text; it
# must end as an interrupted program does.
interrupted()
{
	text=$1
	shift
	timeout 60 "$CAROM" "$@" <"/dev/null" >"$scratch/out" 2>"$scratch/err" &
	for _ in $(seq 500); do
		grep -q "$text" "$scratch/out" "$scratch/err" && break
		sleep 0.1
	done
	sleep 0.5
	kill -INT $!
	wait $!
	carom_status=$?
	cat "$scratch/out" "$scratch/err"
	[ "$carom_status" -eq 130 ]
}

# refuses STATUS TEXT ARGUMENT...: nothing on standard output, one message that begins with the text.
refuses()
{
	expected=$1
	text=$2
	shift 2
	carom_ends "$expected" "$@" || return 1
	[ ! -s "$scratch/out" ] || {
		echo "something on standard output"
		return 1
	}
	case $(cat "$scratch/err") in
	"$text"*) ;;
	*)
		echo "the message does not begin with: $text"
		return 1
		;;
	esac
}

# misused TEXT ARGUMENT...: a usage error, and where help is.
misused()
{
	refuses 2 "$@" && grep -q "^Try \"carom $2 --help\"\.$" "$scratch/err"
}

# page_data PAGE: the JSON in it.
page_data()
{
	sed -n 's/^<script id="data" type="application\/json">\(.*\)<\/script>$/\1/p' "$1"
}

# Standard input is JSON of which the Python expression, about d, is true.
json_has()
{
	/usr/bin/python3 -c '
import json, sys
d = json.load(sys.stdin)
assert eval(f"({sys.argv[1]})"), json.dumps(d, indent=1)' "$1"
}
