#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Corners that take other sections of the libraries: what a deck with those sections gives by itself,
# whatever the route, the workers and the interruptions.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

cd "$scratch" || exit 99

cat >parts.lib <<'END'
.lib tt
.model nm nmos vto={0.6+0.01*agauss(0,1,1)} kp=100u
.lib parts.lib res
.endl
.lib ss
.model nm nmos vto={0.7+0.01*agauss(0,1,1)} kp=80u
.lib parts.lib res
.endl
.lib ff
.model nm nmos vto={0.5+0.01*agauss(0,1,1)} kp=120u
.lib parts.lib res
.endl
.lib res
.param load=10k
.endl
END

# deck SECTION CARD...
deck()
{
	cat <<-END
		a stage of a kit
		.lib parts.lib $1
		vdd vdd 0 {supply}
		vin g 0 1
		m1 d g 0 0 nm w=10u l=1u
		m2 d g 0 0 nm w=10u l=1u
		rd vdd d {load}
		.param supply=3
		.op
		*carom measure out op final(v(d))
		*carom measure twice = 2*out
		*carom spec out 0.2 -
		*carom samples 30
	END
	shift
	for card; do
		echo "$card"
	done
	echo .end
}

deck tt '*carom corner typical:' '*carom corner slow: lib=ss temp=125 supply=-10%' \
	'*carom corner fast: lib:tt=ff supply=3.3' '*carom corner cold: lib=ss temp=-40' >stage.cir

# study STORE OPTION...
study()
{
	store=$1
	shift
	carom_ends 0 mc stage.cir -q -o "$store" "$@"
}

# rows FILE CORNER: draws and measurements of the corner, without its name and what it sets.
rows()
{
	awk -F, -v corner="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i !~ /^(sample|status|corner|temp|supply)$/) keep[++n] = i; next }
		$3 == corner || corner == "" { for (i = 1; i <= n; i++) printf "%s%s", $keep[i], i < n ? "," : "\n" }' "$1"
}

# agree FIRST SECOND: the numbers of both, line by line, agree to 1e-9.
agree()
{
	paste -d, "$1" "$2" | awk -F, '
		function differ(x, y) { return (x > y ? x - y : y - x) > 1e-9 * (x > 0 ? x : -x) }
		{ for (i = 1; i <= NF / 2; i++) if (differ($i, $(i + NF / 2))) { print; bad = 1 } }
		END { exit bad || !NR || NF % 2 }'
}

# as_by_itself CORNER SECTION CARD...
as_by_itself()
{
	corner=$1
	shift
	deck "$@" >own.cir
	carom_ends 0 mc own.cir -q -o own.zarr --overwrite --csv own.csv || return 1
	rows all.csv "$corner" >is && rows own.csv '' >own && [ "$(wc -l <is)" -eq 30 ] &&
		[ "$(sort -u is | wc -l)" -eq 30 ] && agree is own
}
check 'a study over sections' study all.zarr --csv all.csv
check "the deck's own section" as_by_itself typical tt
check 'another section is the deck with it' as_by_itself slow ss '.temp 125' '.param supply=2.7'
check 'one named for the cards of the other' as_by_itself fast ff '.param supply=3.3'
check 'two corners may have one section' as_by_itself cold ss '.temp -40'

# arrays STORE: checksums of the bytes of all that does not tell of the run itself.
arrays()
{
	(cd "$1" && cksum -- */0 | grep -vE ' (seconds|worker)/0$')
}

same()
{
	arrays "$1" >first && arrays "$2" >second && [ "$(wc -l <first)" -ge 5 ] && diff first second
}

by_workers()
{
	study one.zarr -j 1 && study two.zarr -j 2 && same one.zarr two.zarr
}
check 'one worker and two give the same bits' by_workers

# close STORE STORE: the measurements agree to 1e-9.
close()
{
	/usr/bin/python3 - "$1" "$2" <<-'END'
		import sys
		import numpy as np
		for name in "out", "twice":
		    a, b = (np.fromfile(f"{store}/{name}/0", "<f8") for store in sys.argv[1:])
		    assert len(a) == 120 and np.all(np.abs(a - b) <= 1e-9 * np.abs(a)), (name, a - b)
	END
}

by_route()
{
	study "$1.zarr" --route "$1" && close one.zarr "$1.zarr"
}
for route in reset fork reload; do
	check "route $route gives the same" by_route "$route"
done

resumes()
{
	"$CAROM" mc stage.cir -q -n 2000 -j 1 -o killed.zarr &
	pid=$!
	n=0
	until [ -d killed.zarr ] || [ $((n += 1)) -gt 200 ]; do
		sleep 0.02
	done
	sleep 0.1
	kill -KILL "$pid"
	wait "$pid"
	study killed.zarr -n 2000 -j 2 --resume && study whole.zarr -n 2000 -j 2 && same killed.zarr whole.zarr
}
check 'a study over sections that was killed is completed to the same bits' resumes

replays()
{
	carom_ends 0 mc stage.cir --replay "$1" || return 1
	awk '/^values/ { on = 1; next } on && NF > 1 && $1 !~ /^(temp|supply)$/ { printf "%.12g\n", $2 } $1 == "twice" { exit }' out >again
	awk -F, -v k="$1" '$1 == k { print }' all.csv >row && { head -1 all.csv && cat row; } >one.csv &&
		rows one.csv '' | tr , '\n' | awk '{ printf "%.12g\n", $1 }' >expected && [ -s expected ] && diff expected again
}
check 'a sample of another section is replayed' replays 47
check 'and one of the last corner' replays 119

# Its deck is one that any ngspice reads, and gets the same from.
deck_of_sample()
{
	carom_ends 0 mc stage.cir --replay 47 --deck sample.cir || return 1
	grep -q 'kp=80u' sample.cir && ! grep -q '^\.lib' sample.cir || return 1
	ngspice -b sample.cir >sample.out 2>&1 </dev/null
	awk -F, '$1 == 47 { print $(NF - 1) }' all.csv >row &&
		awk '$1 == "d" { print $2; exit }' sample.out >is && paste row is |
		awk '{ exit !(NF == 2 && ($1 - $2) ^ 2 < 1e-12 * $1 ^ 2) }'
}
check 'the deck of a sample is that of its section' deck_of_sample

# Nothing but the sections differs.
sections_alone()
{
	sed 's/+0.01\*agauss(0,1,1)//' parts.lib >flat.lib
	deck tt '*carom corner typical:' '*carom corner slow: lib=ss' | sed 's/parts.lib/flat.lib/' >flat.cir
	sed -i 's/parts.lib/flat.lib/' flat.lib
	carom_ends 0 mc flat.cir -q -o flat.zarr --csv flat.csv && [ "$(wc -l <flat.csv)" -eq 3 ] &&
		[ "$(rows flat.csv typical)" != "$(rows flat.csv slow)" ]
}
check 'sections without anything that varies are a study' sections_alone

# The nominal run is that of the deck, even where no corner is.
nominal_of_the_deck()
{
	sed '/corner typical/d' stage.cir >none.cir
	carom_ends 0 mc none.cir -q -o none.zarr --json && cp out first
	carom_ends 0 mc stage.cir -q -o with.zarr --json && cp out second
	/usr/bin/python3 - first second <<-'END'
		import json, sys
		a, b = (json.load(open(name)) for name in sys.argv[1:])
		assert a["nominal"]["status"] == "ok" and a["nominal"] == b["nominal"], a["nominal"]
		assert a["cells"][0]["measurements"] == b["cells"][1]["measurements"]
	END
}
check 'the nominal run is that of the deck as it stands' nominal_of_the_deck

# The workers of one section end where those of the next begin.
says_nothing_of_workers()
{
	carom_ends 0 mc stage.cir -n 4 -j 2 -o said.zarr && grep -q '^2 workers' out && ! grep 'started anew' out
}
check 'no worker is called lost because a section ended' says_nothing_of_workers

check 'a section that is not there is an error' refuses 3 \
	'carom: stage.cir:2: corner slow: section zz: "parts.lib" has no section "zz"' \
	mc stage.cir -o bad.zarr --corner 'slow: lib=zz'
check 'so is one that no card names' refuses 3 \
	'carom: stage.cir: corner slow: section sf=ss: no .lib card of the deck names section "sf"' \
	mc stage.cir -o bad.zarr --corner 'slow: lib:sf=ss'
check 'a word that chooses none is a usage error' misused \
	'carom mc: --corner slow: lib:=ss: "lib:=ss" chooses no section' mc --corner 'slow: lib:=ss' stage.cir

finish
