#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Decks whose second run in a loaded circuit goes wrong without a word (coupled inductors, lines with
# delay, events, ddt): every sample equals a fresh "ngspice -b" of the same values.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

decks=$CAROM_SRCDIR/tests/decks
rc=$CAROM_SRCDIR/docs/examples/rc.cir
cd "$scratch" || exit 99

# study DECK ROUTE: $1-$2.zarr; the JSON stays in $scratch/out.
study()
{
	carom_ends 0 mc "$decks/$1.cir" -j 2 --route "$2" --json -o "$1-$2.zarr"
}

# agrees DECK ROUTE: with a fresh ngspice for each sample, whose other last bits of the values are
# all there is to differ by.
agrees()
{
	/usr/bin/python3 -B "$CAROM_SRCDIR/tests/against-ngspice.py" "$decks/$1.cir" "$1-$2.zarr" 1e-9
}

takes_a_safe_route()
{
	study "$1" auto && json_has 'd["status"]["ok"] == 40 and d["run"]["route"] in ("reset", "fork")' <out &&
		json_has "'$2' in d['run']['route_reason']" <out
}

# same STORE STORE: parameters to the bit, measurements to 1e-9.
same()
{
	/usr/bin/python3 -B -c '
import sys, numpy as np, zarr
a, b = (zarr.open_group(path, mode="r") for path in sys.argv[1:])
def differs(name, bound):
    x, y = a[name][:], b[name][:]
    return len(x) == 0 or not np.all(np.abs(x - y) <= bound * np.abs(x))
names = {**dict.fromkeys(a.attrs["parameters"], 0), **dict.fromkeys(a.attrs["measurements"], 1e-9)}
wrong = [name for name, bound in names.items() if differs(name, bound)]
print("different:", wrong)
sys.exit(3 if wrong else 0)' "$1" "$2"
}

# The problem is there: without it the cases above would prove nothing.
shows_the_problem()
{
	study "$1" alter && json_has '"does not repeat its result" in d["run"]["notes"]' <out || return 1
	same "$1-auto.zarr" "$1-alter.zarr"
	[ $? -eq 3 ]
}

for case in 'coupled:k1 couples inductors' 'counter:abridge is event-driven' 'ddt:b1 uses ddt()'; do
	deck=${case%%:*}
	check "$deck: the route is safe and says why" takes_a_safe_route "$deck" "${case#*:}"
	check "$deck: every sample is what a fresh ngspice gives" agrees "$deck" auto
	check "$deck: set in place it goes wrong, with a note" shows_the_problem "$deck"
done

# Whether that line goes wrong depends on what lies behind its table.
deck=delay
check "$deck: the route is safe and says why" takes_a_safe_route "$deck" 't1 is a line with delay'
check "$deck: every sample is what a fresh ngspice gives" agrees "$deck" auto

routes_agree()
{
	for route in alter reset fork reload; do
		carom_ends 0 mc "$rc" -n 60 -j 2 --route "$route" --json -o "rc-$route.zarr" &&
			json_has "d['run']['route'] == '$route' and d['run']['notes'] == ''" <out &&
			same rc-alter.zarr "rc-$route.zarr" || return 1
	done
}
safe_routes_agree()
{
	study coupled fork && study coupled reload && same coupled-auto.zarr coupled-fork.zarr &&
		same coupled-auto.zarr coupled-reload.zarr
}
check 'every route gives the same for a plain deck' routes_agree
check 'every safe route gives the same for coupled inductors' safe_routes_agree
finish
