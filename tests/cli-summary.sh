#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# carom summary: the statistics of a store, without its deck.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

rc=$CAROM_SRCDIR/docs/examples/rc.cir
cd "$scratch" || exit 99

helps()
{
	carom_ends 0 summary --help && grep -q '^usage: carom summary ' out && [ ! -s err ] || return 1
	for option in confidence details histogram no-histogram worst csv json help; do
		grep -q -e "--$option" out || {
			echo "--$option is not in the help"
			return 1
		}
	done
}
check 'the help names every option' helps
check 'no store is a usage error' misused 'carom summary: which store?' summary
check 'two stores are one too many' misused 'carom summary: one store' summary a.zarr b.zarr
check 'a confidence is a share' misused 'carom summary: --confidence 2' summary --confidence 2 a.zarr
check 'an unknown option is a usage error' misused 'carom summary: unrecognized' summary --bogus a.zarr
check 'a store that is not there is named' refuses 3 'carom: nosuch.zarr: no such store' summary nosuch.zarr
check 'a folder that is no store is refused' refuses 3 'carom: .: not a store' summary .

says_what_mc_said()
{
	carom_ends 0 mc "$rc" -n 200 -o rc.zarr && cp out said && cp -r rc.zarr elsewhere.zarr &&
		carom_ends 0 summary rc.zarr && cmp out said && [ ! -s err ]
}
check 'a store says later what the study said' says_what_mc_said

fits_a_terminal()
{
	carom_ends 0 summary rc.zarr --histogram --details && sed 1,4d out | awk '
		length > 80 { print "long: " $0; failed = 1 }
		END { exit failed }' && grep -q '^ .* |#.* [0-9]*$' out && grep -q '^ .* +------ lower limit$' out &&
		grep -q '^ *99.865 % ' out &&
		grep -q -e '--replay SAMPLE$' out
}
check 'tables and bars have at most 80 columns' fits_a_terminal

# f3db goes with 1 / (r1 c1), each of 1 %.
tells_the_drivers()
{
	carom_ends 0 summary rc.zarr --json && json_has '
		(lambda fit: {x["parameter"] for x in fit["drivers"]} == {"r1", "c1"} and
		 all(-0.9 < x["coefficient"] < -0.5 for x in fit["drivers"]) and
		 0.999 < fit["r2_adjusted"] <= fit["r2"] < 1 and fit["n"] == 200
		)(d["measurements"][0]["fit"])' <out
}
tells_the_worst()
{
	carom_ends 0 summary rc.zarr --json --worst 5 && json_has '
		(lambda worst: len(worst) == 5 and
		 [w["margin"] for w in worst] == sorted(w["margin"] for w in worst) and
		 set(worst[0]["parameters"]) == {"r1", "c1"}
		)(d["measurements"][0]["spec"]["worst"])' <out
}
tells_both_yields()
{
	carom_ends 0 summary rc.zarr --json --confidence 99% && json_has '
		(lambda a, b: a["pass"] == b["pass"] and a["tried"] == b["tried"] == 200 and
		 a["yield_ci"][0] < a["yield"] < a["yield_wilson"][1] and
		 a["sigma_ci"][0] < a["sigma"] and a["cpk"] < a["cpk_ci"][1] and
		 a["cp_ci"][0] < a["cp"] < a["cp_ci"][1] and d["confidence"] == 0.99
		)(d["measurements"][0]["spec"], d["measurements"][0]["spec"]["of_values"])' <out
}
check 'what drives a measurement is told' tells_the_drivers
check 'its worst samples are told' tells_the_worst
check 'yields are told at the confidence asked for' tells_both_yields

writes_csv()
{
	carom_ends 0 summary rc.zarr --csv - && [ "$(wc -l <out)" -eq 201 ]
}
check 'the samples of a store go to CSV' writes_csv

shows_bars_on_a_terminal()
{
	script -qec "'$CAROM' summary rc.zarr" /dev/null </dev/null >tty.txt && grep -q '|####' tty.txt &&
		script -qec "'$CAROM' summary rc.zarr --no-histogram" /dev/null </dev/null >tty.txt &&
		! grep -q '|####' tty.txt
}
check 'bars show on a terminal' shows_bars_on_a_terminal

counts_failures_twice()
{
	carom_ends 0 mc "$rc" -n 20 -o part.zarr --measure 'f3db cross(db(v(out)), -3.01, fall, 1)' \
		--measure 'late at(db(v(out)), 1)' --spec 'late -1 1' >/dev/null &&
		grep -q ', 20 measure$' out && grep -q '^late  *0/20 ' out && grep -q '^  of values  *0/0 ' out &&
		grep -q 'of values.: they are left out' out
}
check 'failed samples count as fails and are left out' counts_failures_twice
finish
