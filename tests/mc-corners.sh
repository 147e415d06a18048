#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Corners, steps and the temperature: what ngspice itself makes of the values, whatever the route, the
# workers, the order and the interruptions.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

corners=$CAROM_SRCDIR/docs/examples/corners.cir
rc=$CAROM_SRCDIR/docs/examples/rc.cir
cd "$scratch" || exit 99

# arrays STORE: checksums of the bytes of all that does not tell of the run itself.
arrays()
{
	(cd "$1" && cksum -- */0 | grep -vE ' (seconds|worker)/0$')
}

same()
{
	arrays "$1" >first && arrays "$2" >second && [ "$(wc -l <first)" -ge 5 ] && diff first second
}

# ---- temperature ----

# A diode, a resistor with a coefficient and an expression: all depend on it.  deck CARD...
deck()
{
	cat <<-'END'
		temperature
		i1 0 a 1m
		d1 a 0 dm
		r1 a b 1k tc1=1m
		r2 b 0 {1k*(1+temper/100)}
		.model dm d is=1e-14
		*carom measure a op final(v(a))
		*carom measure b op final(v(b))
		.op
	END
	for card; do
		echo "$card"
	done
	echo .end
}

# values FILE: what stands in the columns a and b.
values()
{
	sed '1d; s/^.*,\([^,]*,[^,]*\)$/\1/' "$1"
}

# close FIRST SECOND: the numbers of both, line by line, agree to 1e-9.
close()
{
	paste -d, "$1" "$2" | awk -F, '
		function differ(x, y) { return (x > y ? x - y : y - x) > 1e-9 * (x > 0 ? x : -x) }
		{ n++; if (NF != 4 || differ($1, $3) || differ($2, $4)) { print; bad = 1 } }
		END { exit bad || !n }'
}

# The cards of a deck say the same: r1 takes a value of its own so that something is stepped.
temperature_as_of_card()
{
	deck >stepped.cir
	carom_ends 0 mc --no-lint stepped.cir -q -o stepped.zarr --overwrite --csv stepped.csv \
		--step 'temp list -40 27 85 125' --route "$1" || return 1
	values stepped.csv >is
	: >expected
	for celsius in -40 27 85 125; do
		deck ".temp $celsius" >card.cir
		carom_ends 0 mc --no-lint card.cir -q -o card.zarr --overwrite --csv card.csv \
			--step 'r1 list 1k' && values card.csv >>expected || return 1
	done
	[ "$(wc -l <is)" -eq 4 ] && [ "$(sort -u is | wc -l)" -eq 4 ] && close is expected
}
for route in alter reset fork reload; do
	check "temperature by route $route is that of a .temp card" temperature_as_of_card "$route"
done

overrides()
{
	deck '.temp 50' '.options temp=60' >own.cir
	carom_ends 0 mc --no-lint own.cir -q -o own.zarr --overwrite --csv own.csv \
		--step 'temp list 85' --route "$1" && values own.csv >own &&
		deck '.temp 85' >card.cir &&
		carom_ends 0 mc --no-lint card.cir -q -o card.zarr --overwrite --csv card.csv \
			--step 'r1 list 1k' && values card.csv >card && close own card
}
check 'temp comes before the cards of the deck, altered' overrides alter
check 'temp comes before the cards of the deck, reloaded' overrides reload

# ---- the same bits ----

study()
{
	store=$1
	shift
	carom_ends 0 mc "$corners" -q -n 20 -o "$store" "$@"
}

check 'corners crossed with samples, by one worker' study one.zarr -j 1
check 'the same by two' study two.zarr -j 2
check 'they are the same to the bit' same one.zarr two.zarr
for sampler in lhs sobol; do
	check "$sampler: one worker" study "$sampler-1.zarr" -j 1 --sampler "$sampler"
	check "$sampler: two workers" study "$sampler-2.zarr" -j 2 --sampler "$sampler"
	check "$sampler: they are the same to the bit" same "$sampler-1.zarr" "$sampler-2.zarr"
done

# 120 rows of which the first 20 are the typical corner at the first step.
has_rows()
{
	carom_ends 0 mc "$corners" -q -n 20 -o rows.zarr --csv rows.csv && [ "$(wc -l <rows.csv)" -eq 121 ] &&
		od -An -v -td4 -w4 rows.zarr/corner/0 | awk '{ if ($1 != int((NR - 1) / 40)) exit 1 } END { exit NR != 120 }'
}
check 'there is a row for each sample of each cell' has_rows

# Killed as soon as there is a sample, whatever was reached by then.
resumes()
{
	"$CAROM" mc "$corners" -q -n 500 -j 1 -o killed.zarr &
	pid=$!
	n=0
	until [ -d killed.zarr ] || [ $((n += 1)) -gt 200 ]; do
		sleep 0.05
	done
	sleep 0.2
	kill -KILL "$pid"
	wait "$pid"
	carom_ends 0 mc "$corners" -q -n 500 -j 2 -o killed.zarr --resume &&
		carom_ends 0 mc "$corners" -q -n 500 -j 2 -o whole.zarr &&
		same killed.zarr whole.zarr
}
check 'a study with corners that was killed is completed to the same bits' resumes

refuses_another()
{
	carom_ends 3 mc "$corners" -q -n 20 -o one.zarr --resume --corner 'slow: temp=100' &&
		grep -q 'study.cells.corners\[1\].sets.temp is 125.0 in the store and 100.0 now' err
}
check 'other corners are another study' refuses_another

# ---- replay ----

# replays SAMPLE OPTION...: row and replay have the same digits.
replays()
{
	sample=$1
	shift
	carom_ends 0 mc "$@" -q -o replayed.zarr --overwrite --csv rows.csv &&
		carom_ends 0 mc "$@" --replay "$sample" || return 1
	awk -F, -v k="$sample" 'NR == 1 { first = $3 == "corner" ? 4 : 3 }
		$1 == k { for (i = first; i <= NF; i++) printf "%.12g\n", $i }' rows.csv >row
	awk '/^values/ { on = 1; next } /^measurements/ { last = 1; next } NF == 0 && last { exit } on && NF > 1 { printf "%.12g\n", $2 }' out >again
	[ -s row ] && diff row again
}
for sampler in plain lhs sobol; do
	check "$sampler: a sample is replayed as the study had it" \
		replays 3 "$rc" -n 10 --sampler "$sampler"
	check "$sampler: one of a corner too" replays 57 "$corners" -n 10 --sampler "$sampler"
done
check 'there is no sample beyond the last cell' \
	refuses 3 'carom: the study has no sample 60: its last is 59' mc "$corners" -n 10 --replay 60

# The deck of a sample has the values of its corner: any ngspice gets the same.
deck_of_sample()
{
	carom_ends 0 mc "$corners" -q -n 10 -o d.zarr --overwrite --csv rows.csv &&
		carom_ends 0 mc "$corners" -n 10 --replay 31 --deck sample.cir || return 1
	grep -q '^vcc vcc 0 4.5' sample.cir && grep -q '^.temp 125' sample.cir || return 1
	carom_ends 0 mc sample.cir -q -o s.zarr --overwrite --step 'rt list 20k' --csv again.csv \
		--measure 'offset op final(v(o1) - v(o2))' --measure 'gain ac max(db(v(o1) - v(o2)))' || return 1
	awk -F, '$1 == 31 { print $(NF - 1) "," $NF }' rows.csv >row && values again.csv >again && close row again
}
check 'the deck of a sample has what its corner sets' deck_of_sample

# ---- the summary ----

tells_of_cells()
{
	carom_ends 0 mc "$corners" -n 20 -o told.zarr --overwrite --no-histogram && cp out of-run &&
		carom_ends 0 summary told.zarr --no-histogram || return 1
	for file in of-run out; do
		grep -Eq '^slow rl=1meg +20 +[0-9.]+m +[0-9.]+m +[0-9.]+$' "$file" &&
			grep -Eq '^worst of the 6: [a-z]+ rl=1meg, where [0-9.]+ % meet every spec' "$file" || return 1
	done
}
check 'the summary has a table of the cells and names the worst' tells_of_cells

tells_programs()
{
	carom_ends 0 mc "$corners" -n 20 -o told.zarr --overwrite --json && python3 - out <<-'END'
		import json, sys
		told = json.load(open(sys.argv[1]))
		cells = told["cells"]
		assert len(cells) == 6 and sum(cell["tried"] for cell in cells) == 120
		assert cells[3]["corner"] == "slow" and cells[3]["steps"] == {"rl": 1e6} and cells[3]["first"] == 60
		passed = [cell["pass"] for cell in cells]
		assert sum(passed) == told["pass"] and passed[told["worst_cell"]] == min(passed)
		gain = cells[3]["measurements"]["gain"]
		assert gain["n"] == 20 and gain["min"] <= gain["mean"] <= gain["max"] and gain["pass"] == 20
		assert told["nominal"]["status"] == "ok" and 32 < told["nominal"]["values"]["gain"] < 33
	END
}
check 'and so has JSON' tells_programs

# ---- the nominal run ----

nominal_is_the_deck()
{
	carom_ends 0 mc "$rc" -q -n 5 -o n.zarr --overwrite &&
		carom_ends 0 mc "$rc" -q -o deck.zarr --overwrite --csv deck.csv --vary 'r1 gauss 0' --vary 'c1 gauss 0' -n 1 &&
		python3 - n.zarr deck.csv <<-'END'
			import json, sys
			store = sys.argv[1]
			value = json.load(open(store + "/f3db/.zattrs"))["nominal"]
			nominal = json.load(open(store + "/.zattrs"))["nominal"]
			assert nominal == {"status": "ok", "message": "", "values": {"f3db": value}}
			deck = float(open(sys.argv[2]).readlines()[1].split(",")[-1])
			assert abs(value - deck) <= 1e-12 * deck
		END
}
check 'the nominal run gives what the deck does' nominal_is_the_deck

says_that_nominal_fails()
{
	carom_ends 0 mc "$rc" -n 5 -o n.zarr --overwrite --no-histogram \
		--measure 'x cross(db(v(out)), 30, fall, 1)' &&
		grep -q '^carom: the nominal run, with the values of the deck: measure: x: never crosses' err &&
		grep -q '^nominal run: measure: x: never crosses' out
}
check 'a nominal run that fails is told of' says_that_nominal_fails

# A corner may make good what the deck itself does not do.
nominal_does_not_converge()
{
	cat >stuck.cir <<-'END'
		a circuit without a solution, where r1 is above 0.5 ohm
		*carom corner good: r1=0.4
		*carom measure vb final(v(b))
		v1 a 0 1
		r1 a b 0.6
		b1 b 0 i=v(b) > 0.5 ? 1 : -1
		.op
		.end
	END
	carom_ends 0 mc stuck.cir --no-lint -o stuck.zarr --no-histogram || return 1
	grep -q '^carom: the nominal run, with the values of the deck: no convergence: ' err &&
		grep -q '^1 ok' out && grep -q '^nominal run: no convergence: ' out
}
check 'it is no sample: a corner may do what the deck does not' nominal_does_not_converge

# fake VERB SECONDS TEXT: the stand-in for libngspice does that to the deck, and not to the corner.
fake()
{
	cat >fake.cir <<-'END'
		what the simulator does depends on r1
		*carom corner good: r1=1k
		*carom measure m final(v(out))
		v1 out 0 1
		r1 out 0 2k
		.op
		.end
	END
	CAROM_FAKE_NGSPICE_SCRIPT="run if @r1[resistance]>1100 $1"
	export CAROM_FAKE_NGSPICE_SCRIPT
	carom_ends 0 mc fake.cir --library "$CAROM_FAKE_NGSPICE" --time-limit "$2" -o fake.zarr --overwrite &&
		grep -q '^1 ok' out && grep -q "^nominal run: $3" out
}
check 'a nominal run that crashes costs nothing else' fake crash 20 'crashed: the simulator ended'
check 'nor does one that ends the process' fake exit 20 'crashed: the simulator ended'
check 'nor one that hangs' fake hang 0.2 'timeout: over the time limit of 0.2 s'

# ---- statements ----

check 'a wrong --step is a usage error' misused 'carom mc: --step r1 lin 1 2: a range is its two ends' \
	mc --step 'r1 lin 1 2' "$rc"
check 'a wrong --corner is a usage error' misused 'carom mc: --corner slow temp=1: a corner is its name' \
	mc --corner 'slow temp=1' "$rc"
check 'corners do not end early' refuses 3 'carom: until: corners and steps have the same samples' \
	mc --corner 'slow: r1=1k' --corner 'fast: r1=2k' --until 'yield 5%' "$rc"
check 'one corner may' carom_ends 0 mc --corner 'slow: r1=1k' --until 'yield 5%' -o until.zarr "$rc"
check 'no measurement may be called corner beside corners' \
	refuses 3 "carom: $scratch/none.zarr: two arrays would be called \"corner\"" \
	mc --corner 'slow: r1=1k' --measure 'corner max(mag(v(out)))' -o none.zarr "$rc"

finish
