#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# carom mc: what it prints, what it refuses, how it ends.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

rc=$CAROM_SRCDIR/docs/examples/rc.cir
opamp=$CAROM_SRCDIR/docs/examples/opamp.cir
cd "$scratch" || exit 99

cat >bare.cir <<'EOF'
a deck without statements
v1 in 0 dc 1 ac 1
r1 in out 1k
c1 out 0 1n
.ac dec 10 1k 1meg
.end
EOF

cat >statements.cir <<'EOF'
statements with one mistake each, in the line that stands first
*carom @
*carom vary r1 gauss 1%
*carom measure m max(mag(v(out)))
v1 in 0 dc 1 ac 1
r1 in out 1k
c1 out 0 1n
.ac dec 10 1k 1meg
.end
EOF

# wrong REGEX STATEMENT: a deck with this statement in line 2 is refused, with its place.
wrong()
{
	sed "s|@|$2|" statements.cir >wrong.cir
	carom_ends 3 mc wrong.cir -o wrong.zarr
	[ "$carom_status" -eq 3 ] && grep -qE "^carom: wrong\.cir:2:([0-9]+:)?$1" err &&
		[ ! -s out ] && [ ! -e wrong.zarr ]
}

# ---- help and usage ----

helps()
{
	carom_ends 0 mc --help && grep -q '^usage: carom mc ' out && [ ! -s err ] || return 1
	# Every long option that the parser knows is in the help.
	for option in vary measure list-reducers spec samples seed workers smt bind cores no-pin route time-limit library trusted \
		output overwrite resume retry-failed replay deck csv json check quiet verbose help; do
		grep -q -e "--$option" out || {
			echo "--$option is not in the help"
			return 1
		}
	done
}

check 'the help names every option' helps
check 'no deck is a usage error' misused 'carom mc: which deck?' mc
check 'two decks are one too many' misused 'carom mc: one deck at a time' mc "$rc" "$rc"
check 'an unknown option is a usage error' misused 'carom mc: unrecognized option' mc --bogus "$rc"
check 'an option without its argument is a usage error' \
	misused "carom mc: option '--vary' requires an argument" mc "$rc" --vary
check '0 workers are refused' misused 'carom mc: -j 0' mc -j 0 "$rc"
check 'workers are a number' misused 'carom mc: -j two' mc -j two "$rc"
check 'half a worker is refused' misused 'carom mc: -j 1.5' mc -j 1.5 "$rc"
check '0 samples are refused' misused 'carom mc: --samples 0' mc -n 0 "$rc"
check 'samples are a number' misused 'carom mc: --samples x' mc -n x "$rc"
check 'a seed is a number' misused 'carom mc: --seed x' mc --seed x "$rc"
check 'a time limit is positive' misused 'carom mc: --time-limit -1' mc --time-limit -1 "$rc"
check 'an unknown route is refused' misused 'carom mc: --route fast' mc --route fast "$rc"
check 'a wrong --vary is a usage error' \
	misused 'carom mc: --vary r1 gaus 1%: unknown distribution "gaus"; did you mean "gauss"?' \
	mc --vary 'r1 gaus 1%' "$rc"
check 'a wrong --spec is a usage error' misused 'carom mc: --spec f3db' mc --spec 'f3db' "$rc"
check 'JSON and CSV cannot share standard output' \
	misused 'carom mc: --json and --csv -' mc --json --csv - "$rc"

check 'a store is kept or replaced, not both' \
	misused 'carom mc: --resume keeps' mc --resume --overwrite "$rc"
check 'an unknown binding is refused' \
	misused 'carom mc: --bind socket: pu, core, numa or none' mc --bind socket "$rc"
check 'cores that are none are refused' refuses 3 'carom: "0-x" is not a list' mc --cores 0-x "$rc"
check 'the deck of a sample needs a sample' \
	misused 'carom mc: --deck: only with --replay' mc --deck x.cir "$rc"
check 'a sample that the study has not is refused' \
	refuses 3 'carom: the study has no sample 50: its last is 49' mc -n 50 --replay 50 "$rc"
check 'to retry what failed is to resume' \
	misused 'carom mc: --retry-failed: only with --resume' mc --retry-failed "$rc"

# ---- decks that cannot be studied ----

check 'a missing deck is named' \
	refuses 3 'carom: cannot open "nosuch.cir": No such file' mc nosuch.cir
check 'a deck without a measurement is refused' \
	refuses 3 'carom: bare.cir: no measurement' mc bare.cir --vary 'r1 gauss 1%'
check 'a deck in which nothing varies is refused' \
	refuses 3 'carom: bare.cir: nothing varies' mc bare.cir --measure 'm max(mag(v(out)))'
check 'an unknown target has its place' wrong ' "r9" is no element' 'vary r9 gauss 1%'
check 'an unknown parameter has its place' wrong ' r1' 'vary r1:nix gauss 1%'
check 'an unknown vector has its place' wrong ' measure n: the circuit has no net "nix"' \
	'measure n max(mag(v(nix)))'
check 'an unknown element of a current has its place' \
	wrong ' measure n: the circuit has no element "v9"' 'measure n max(mag(i(v9)))'
check 'an unknown analysis has its place' wrong ' "foo" is neither an analysis' \
	'measure n foo max(mag(v(out)))'
check 'an analysis that the deck has not has its place' \
	wrong ' measure n: the deck has no .tran' 'measure n tran max(v(out))'
check 'an unknown reducer has its place' wrong ' ' 'measure n maxi(v(out))'
check 'a spec of an unknown measurement has its place' \
	wrong ' spec nix: there is no measurement of that name' 'spec nix 1 2'
check 'an unknown statement has its place' wrong ' .*varry' 'varry r1 gauss 1%'
check 'an argument that is no measurement has its place' \
	wrong ' measure n: "later" is neither' 'measure n at(mag(v(out)), later)'
check 'a command in an expression is refused' \
	wrong ' measure n: an expression may not contain' "measure n max(v(out)*\`date\`)"
check 'with several analyses a measurement says which' \
	refuses 3 'carom: measure m: the deck has 2 analyses' mc "$opamp" --measure 'm max(v(out))'
check 'an unknown target of an option is named' \
	refuses 3 'carom: "r9" is no element' mc --vary 'r9 gauss 1%' "$rc"

wrong_vector_of_its_own()
{
	wrong '' 'measure n max(nosuchvector)' && grep -q 'nosuchvector' err
}
check 'a vector only the simulator can know has its place too' wrong_vector_of_its_own

# ---- a good study ----

default_store()
{
	rm -rf rc.zarr
	carom_ends 0 mc "$rc" -n 50 -j 1 && [ -f rc.zarr/.zgroup ] &&
		grep -q '^store: rc.zarr$' out && grep -q '^50 of 50 samples in ' out &&
		grep -q '^50 ok$' out && grep -q '^f3db  *Hz ' out &&
		grep -q '^overall  *[0-9]*/50 ' out && [ ! -s err ]
}
check 'the store has the name of the deck, here' default_store

existing_store()
{
	before=$(cksum <rc.zarr/f3db/0)
	refuses 3 "carom: " mc "$rc" -n 50 --seed 2 && grep -q 'rc.zarr.* exists' err &&
		[ "$before" = "$(cksum <rc.zarr/f3db/0)" ]
}
overwrites()
{
	before=$(cksum <rc.zarr/f3db/0)
	carom_ends 0 mc "$rc" -n 50 --seed 2 --overwrite && [ "$before" != "$(cksum <rc.zarr/f3db/0)" ]
}
spares_the_old_store()
{
	before=$(cksum <rc.zarr/f3db/0)
	CAROM_NGSPICE=/nonexistent carom_ends 4 mc "$rc" -n 50 --overwrite &&
		[ "$before" = "$(cksum <rc.zarr/f3db/0)" ] && [ -z "$(ls -d rc.zarr.*)" ]
}
spares_what_is_no_store()
{
	mkdir precious && echo keep >precious/file
	carom_ends 3 mc "$rc" -n 50 -o precious --overwrite && [ "$(cat precious/file)" = keep ]
}
check 'an existing store is left alone' existing_store
check 'an existing store is replaced where asked' overwrites
check 'a run that cannot begin leaves the store that is there' spares_the_old_store
check 'a folder that is no store is never replaced' spares_what_is_no_store

cat >twice.cir <<'EOF'
two transients
*carom vary r1 gauss 1%
*carom measure first tran1 max(time)
*carom measure second tran2 max(time)
v1 in 0 1
r1 in 0 1k
.tran 10n 2u
.tran 10n 3u
.end
EOF

# ngspice runs cards of one kind from the last to the first, and names their plots so.
counts_cards()
{
	carom_ends 0 mc twice.cir -n 1 -o twice.zarr --csv - &&
		tail -n 1 out | awk -F, '
			{ first = 1e6 * $(NF - 1); second = 1e6 * $NF }
			END { exit !(first > 1.99 && first < 2.01 && second > 2.99 && second < 3.01) }'
}
check 'measurements count the cards of a kind in the order of the deck' counts_cards

writes_csv()
{
	carom_ends 0 mc "$rc" -n 20 -o csv.zarr --csv samples.csv && [ "$(wc -l <samples.csv)" -eq 21 ] &&
		head -n 1 samples.csv | grep -q 'sample.*status.*r1.*c1.*f3db' && grep -q '^store: ' out
}
prints_csv()
{
	carom_ends 0 mc "$rc" -n 20 -o csv.zarr --overwrite --csv - && cmp out samples.csv
}
cannot_write_csv()
{
	carom_ends 3 mc "$rc" -n 20 -o csv.zarr --overwrite --csv nosuch/samples.csv &&
		grep -q '^carom: .*nosuch/samples.csv' err && [ -f csv.zarr/.zgroup ]
}
prints_json()
{
	carom_ends 0 mc "$rc" -n 20 -o json.zarr --json && json_has 'd["samples"] == 20 and
		d["status"]["ok"] == 20 and d["status"]["crashed"] == 0 and
		[m["name"] for m in d["measurements"]] == ["f3db"] and
		9e3 < d["measurements"][0]["mean"] < 11e3 and
		d["measurements"][0]["spec"]["yield_ci"][0] < d["yield"] <= 1 and
		d["run"]["route"] == "alter" and d["store"] == "json.zarr"' <out
}
json_of_nothing_measured()
{
	carom_ends 0 mc "$rc" -n 5 -o none.zarr --json --measure 'f3db cross(db(v(out)), 99, fall, 1)' &&
		json_has 'd["status"]["measure"] == 5 and d["measurements"][0]["mean"] is None' <out
}
is_quiet()
{
	carom_ends 0 mc "$rc" -n 20 -q -o quiet.zarr && [ ! -s out ] && [ ! -s err ] &&
		[ -f quiet.zarr/.zgroup ]
}
tells_what_was_sent()
{
	{ sed '/^\.end/d' "$rc"; echo '.model idle d'; } >part.cir
	carom_ends 0 mc part.cir -n 5 -q -v -o part.zarr &&
		grep -q '^carom: [0-9]* of [0-9]* cards sent, 0 of 1 models$' err &&
		carom_ends 0 mc part.cir -n 5 --json -o part.zarr --overwrite &&
		json_has 'd["run"]["deck"]["models"] == {"sent": 0, "all": 1}' <out &&
		carom_ends 0 mc part.cir -n 5 --json --all -o part.zarr --overwrite &&
		json_has 'd["run"]["deck"]["models"] == {"sent": 1, "all": 1}' <out
}
has_files_of_code_models()
{
	mkdir -p away/parts && cp "$CAROM_SRCDIR"/tests/decks/table.cir away &&
		cp "$CAROM_SRCDIR"/tests/decks/parts/surface.table away/parts &&
		for route in alter fork reload; do
			carom_ends 0 mc away/table.cir -n 5 --route "$route" -o "table-$route.zarr" \
				--vary 'r1 gauss 1%' --measure 'v dc max(v(i))' &&
				grep -q '^5 ok$' out || return 1
		done
}
check 'code models find their files next to the deck' has_files_of_code_models
check 'CSV goes to a file' writes_csv
check 'CSV goes to standard output, alone' prints_csv
check 'a CSV file that cannot be written is an error, the store stays' cannot_write_csv
check 'JSON tells what the summary tells' prints_json
check 'JSON of measurements that could not be taken has null' json_of_nothing_measured
check 'a quiet run prints nothing' is_quiet
check 'a verbose run and JSON tell how much of the deck was sent' tells_what_was_sent

checks_specs()
{
	carom_ends 1 mc "$rc" -n 50 -o check.zarr --check --spec 'f3db 9.99k 10.01k' &&
		carom_ends 0 mc "$rc" -n 50 -o check.zarr --overwrite --check --spec 'f3db 5k 15k' &&
		carom_ends 0 mc "$rc" -n 50 -o check.zarr --overwrite --spec 'f3db 9.99k 10.01k'
}
a_failed_sample_fails_its_spec()
{
	carom_ends 1 mc "$rc" -n 5 -o check.zarr --overwrite --check \
		--measure 'f3db cross(db(v(out)), 99, fall, 1)'
}
check 'exit status 1 only where asked and a spec failed' checks_specs
check 'a sample that could not be measured fails its spec' a_failed_sample_fails_its_spec

# The deck of a sample, run by plain ngspice, has the measurement of the study.
replays_a_sample()
{
	carom_ends 0 mc "$rc" -n 20 -o replayed.zarr --csv replayed.csv -q &&
		carom_ends 0 mc "$rc" -n 20 --replay 7 --deck 7.cir && grep -q '^sample 7: ok, ' out &&
		grep -q '^ac1: ' out && grep -q ' v(out) ' out && [ ! -e rc-replay.zarr ] || return 1
	stored=$(awk -F, '$1 == 7 { print $NF }' replayed.csv)
	shown=$(awk '$1 == "f3db" { print $2 }' out)
	{ sed '/^\.end/d' 7.cir; echo '.meas ac f3db when vdb(out)=-3.0102999566398121 fall=1'; echo .end; } >7m.cir
	plain=$(ngspice -b 7m.cir 2>/dev/null | awk '$1 == "f3db" { print $3 }')
	echo "stored $stored shown $shown plain $plain"
	/usr/bin/python3 -c 'import sys; a, b, c = map(float, sys.argv[1:])
assert abs(a - b) <= 1e-14 * a and abs(a - c) <= 1e-3 * a' "$stored" "$shown" "$plain"
}
writes_the_deck_alone()
{
	carom_ends 0 mc "$rc" -n 20 --replay 7 --deck - && cmp out 7.cir && [ ! -s err ]
}
check 'a sample is replayed in front of the user' replays_a_sample

# The nominal run in the manifest, in the replay and by the deck of it.
replays_the_nominal_run()
{
	carom_ends 0 mc "$rc" -n 3 -o nominal.zarr --json -q && json_has 'd["nominal"]["status"] == "ok"' <out || return 1
	json_has 'print("%.15g" % d["nominal"]["values"]["f3db"]) or 1' <out >expected
	carom_ends 0 mc "$rc" -n 3 --replay nominal --deck nominal.cir && grep -q '^nominal run: ok, ' out && grep -q '^ac1: ' out || return 1
	awk '$1 == "f3db" { print $2 }' out | diff expected - && grep -q '^r1 in out 1591.5$' nominal.cir
}
check 'the nominal run is replayed' replays_the_nominal_run
check 'the deck of a sample goes to standard output, alone' writes_the_deck_alone

# ---- after a failure ----

leaves_no_store_behind()
{
	carom_ends 4 mc "$rc" --library /nosuch/libngspice.so -o failed.zarr && [ ! -e failed.zarr ] &&
		carom_ends 0 mc "$rc" -n 5 -o failed.zarr
}
check 'a study that could not begin leaves no store in the way' leaves_no_store_behind

# ---- the terminal ----

shows_progress()
{
	# Some tenths of a second: a few lines of progress.
	script -qec "'$CAROM' mc '$rc' -n 1000 -j 2 -o tty.zarr" /dev/null </dev/null >tty.txt || return 1
	grep -q ' of 1000 samples (.*/s, .* to go' tty.txt
}
shows_none_when_quiet()
{
	script -qec "'$CAROM' mc '$rc' -q -n 1000 -j 2 -o tty.zarr --overwrite" /dev/null </dev/null \
		>tty.txt || return 1
	[ ! -s tty.txt ]
}
check 'progress shows on a terminal' shows_progress
check 'a quiet run shows no progress' shows_none_when_quiet
finish
