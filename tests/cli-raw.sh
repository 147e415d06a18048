#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# carom raw on files of ngspice -b -r and on its own: ls, cat, convert, diff.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"
cd "$scratch" || exit 99

cat >rc.cir <<'EOT'
a low-pass
v1 in 0 dc 1 ac 1 pulse(0 1 0 1u 1u 1m 2m)
r1 in out 1k
c1 out 0 1n
.op
.ac dec 10 1 1k
.tran 1u 10u
.end
EOT
ngspice -b -r rc.raw rc.cir >ngspice.out 2>&1 || exit 99
carom run -q rc.cir --output run.raw || exit 99

# ---- usage ----

check 'help' carom_ends 0 raw --help
check 'help of a subcommand' carom_ends 0 raw ls --help
check 'no subcommand is a usage error' misused 'carom raw: ls, cat, convert or diff?' raw
check 'another subcommand, too' misused 'carom raw: ls, cat, convert or diff?' raw head rc.raw
check 'no file is a usage error' misused 'carom raw: ls takes one file, not 0' raw ls
check 'one file cannot be compared' misused 'carom raw: diff takes two files, not 1' raw diff rc.raw
check 'a conversion needs a file to write' misused 'carom raw: convert: into which file?' raw convert rc.raw
check 'a format that cannot be guessed' \
	misused 'carom raw: --output: "x.xls" ends in none of .csv .npy .npz .raw; say --to' \
	raw convert rc.raw -o x.xls
check 'a format that there is not' misused 'carom raw: --to: csv, npy,' raw convert rc.raw --to xls -o x
check 'a dialect that there is not' misused 'carom raw: --dialect: ngspice,' raw ls --dialect pspice rc.raw
check 'a number that is none' misused 'carom raw: --from abc: not a number' raw cat --from abc rc.raw
check 'a step that is none' misused 'carom raw: --every 0: not a whole number' raw cat --every 0 rc.raw

# ---- ls ----

lists_plots()
{
	carom_ends 0 raw ls rc.raw && grep -qx 'rc.raw: ngspice' out &&
		grep -qx '1  AC Analysis: 31 points, 4 variables, complex' out &&
		grep -qx '2  Operating Point: 1 point, 3 variables, real' out &&
		grep -qE '^   v\(out\) +voltage +V$' out && grep -qE '^   time +time +s$' out
}
lists_one_plot()
{
	carom_ends 0 raw ls -p 2 rc.raw && [ "$(wc -l <out)" -eq 5 ] &&
		carom_ends 0 raw ls --plot oper rc.raw && [ "$(wc -l <out)" -eq 5 ] &&
		refuses 3 'carom: no plot "noise" in the file' raw ls -p noise rc.raw
}
lists_json()
{
	carom_ends 0 raw ls --json rc.raw && json_has 'd["dialect"] == "ngspice" and
		[p["name"] for p in d["plots"]] == ["AC Analysis", "Operating Point", "Transient Analysis"]
		and d["plots"][0]["complex"] and d["plots"][0]["variables"][2]["name"] == "v(out)" and
		d["plots"][0]["variables"][2]["unit"] == "V" and d["warnings"] == []' <out
}
check 'ls: plots and variables' lists_plots
check 'ls: a plot by number and by the beginning of its name' lists_one_plot
check 'ls: JSON' lists_json

# ---- cat ----

prints_variables()
{
	carom_ends 0 raw cat -p op -v 'v(out),i(v1)' rc.raw &&
		printf '"v(in) [V]","v(out) [V]","i(v1) [A]"\n1,1,0\n' | cmp - out
}
prints_a_range()
{
	carom_ends 0 raw cat -p tran -v out --from 2u --to 3u rc.raw &&
		[ "$(head -n 1 out)" = '"time [s]","v(out) [V]"' ] && [ "$(wc -l <out)" -gt 3 ] &&
		awk -F, 'NR > 1 && ($1 < 2e-6 || $1 > 3e-6) { exit 1 }' out &&
		carom_ends 0 raw cat -p tran rc.raw &&
		[ "$(awk -F, 'NR > 1 && $1 >= 2e-6 && $1 <= 3e-6' out | wc -l)" -eq \
			"$("$CAROM" raw cat -p tran -v out --from 2u --to 3u rc.raw | tail -n +2 | wc -l)" ]
}
prints_every_tenth()
{
	carom_ends 0 raw cat -p ac -v 'v(out)' --every 10 rc.raw && [ "$(wc -l <out)" -eq 5 ] &&
		[ "$(cut -d, -f1 out | sed -n 3p | cut -c1-3)" = 10. ]
}
check 'cat: chosen variables and the scale' prints_variables
check 'cat: points between two values of the scale' prints_a_range
check 'cat: every tenth point, complex' prints_every_tenth
check 'cat: a variable that is not there' \
	refuses 3 'carom: "Operating Point" has no variable v(nosuch)' raw cat -p op -v 'v(nosuch)' rc.raw

# A plot of two steps as LTspice has it, of two points each, and its log.
{
	printf 'Title: steps\nPlotname: Transient Analysis\nFlags: real forward stepped double\n'
	printf 'No. Variables: 2\nNo. Points: 4\nOffset: 0\nCommand: Linear Technology Corporation LTspice XVII\n'
	printf 'Variables:\n\t0\ttime\ttime\n\t1\tV(out)\tvoltage\nValues:\n'
	printf '0\t0\n\t1\n1\t1\n\t2\n2\t0\n\t3\n3\t1\n\t4\n'
} >steps.raw
printf 'Circuit: steps\n.step r=1000\n.step r=2000\n' >steps.log
lists_steps()
{
	carom_ends 0 raw ls steps.raw && grep -qE '^   step 1 +2 points  r=1000$' out &&
		grep -qE '^   step 2 +2 points  r=2000$' out && carom_ends 0 raw ls --json steps.raw &&
		json_has 'd["plots"][0]["steps"] == [{"first": 0, "values": "r=1000"},
			{"first": 2, "values": "r=2000"}]' <out
}
prints_a_step()
{
	carom_ends 0 raw cat --step 2 steps.raw && printf '"time [s]","V(out) [V]"\n0,3\n1,4\n' | cmp - out &&
		carom_ends 0 raw cat --step 2 --from 0.5 steps.raw &&
		printf '"time [s]","V(out) [V]"\n1,4\n' | cmp - out &&
		refuses 3 'carom: "Transient Analysis" has 2 steps, no step 3' raw cat --step 3 steps.raw
}
check 'ls: steps, and what was stepped' lists_steps
check 'cat: one step' prints_a_step

# ---- convert ----

# goes_through FORMAT: into the format and back is the same.
goes_through()
{
	carom_ends 0 raw convert rc.raw --to "$1" -o "as-$1.raw" && carom_ends 0 raw diff rc.raw "as-$1.raw"
}
goes_through_ltspice()
{
	carom_ends 0 raw convert rc.raw -p tran --to ltspice -o lt.raw && carom_ends 0 raw ls lt.raw &&
		grep -qx 'lt.raw: LTspice' out && carom_ends 0 raw diff -p tran rc.raw lt.raw
}
numpy_reads_it()
{
	carom_ends 0 raw convert rc.raw -p tran -o tran.npz &&
		carom_ends 0 raw convert rc.raw -p tran -o tran.npy &&
		carom_ends 0 raw convert rc.raw -p tran -o tran.csv && /usr/bin/python3 -c '
import numpy as np
npz, npy = np.load("tran.npz"), np.load("tran.npy", mmap_mode="r")
csv = np.genfromtxt("tran.csv", delimiter=",", skip_header=1)
assert list(npz) == ["time", "v(in)", "v(out)", "i(v1)"] == list(npy.dtype.names)
for i, name in enumerate(npz):
    assert (npz[name] == npy[name]).all() and (npz[name] == csv[:, i]).all()
assert len(csv) > 50'
}
writes_each_plot()
{
	carom_ends 0 raw convert rc.raw -o all.csv && [ ! -e all.csv ] && [ "$(wc -l <all-1.csv)" -eq 32 ] &&
		[ "$(wc -l <all-2.csv)" -eq 2 ] && [ -s all-3.csv ]
}
writes_a_part()
{
	carom_ends 0 raw convert rc.raw -p tran -v 'v(out)' --from 1u --until 5u --every 2 -o part.raw &&
		carom_ends 0 raw ls part.raw && grep -qE ' 2 variables, real$' out &&
		carom_ends 0 raw cat part.raw && awk -F, 'NR > 1 && ($1 < 1e-6 || $1 > 5e-6) { exit 1 }' out
}
keeps_what_was_there()
{
	echo old >there.csv
	refuses 3 'carom: "Transient Analysis" has no variable x' \
		raw convert rc.raw -p tran -v x -o there.csv && [ "$(cat there.csv)" = old ] &&
		[ "$(find . -name 'there.csv*' | wc -l)" -eq 1 ]
}
check 'convert: RAW to RAW' goes_through raw
check 'convert: RAW as text' goes_through ascii
check 'convert: LTspice' goes_through_ltspice
check 'convert: NumPy and CSV have the same numbers' numpy_reads_it
check 'convert: a file for each plot' writes_each_plot
check 'convert: a part' writes_a_part
check 'convert: what was there stays if it fails' keeps_what_was_there
check 'convert: a folder that is not there' \
	refuses 3 'carom: cannot write nosuch/x.raw: No such file' raw convert rc.raw -o nosuch/x.raw

# ---- diff ----

finds_a_difference()
{
	sed 's/1k$/1.001k/' rc.cir >other.cir && carom run -q other.cir --output other.raw &&
		carom_ends 1 raw diff run.raw other.raw &&
		grep -qE '^plot 1, v\(out\): 31 of 31 values differ; first at point 0 \(frequency = 1\): ' out &&
		! grep -q '^plot 2, v(in)' out && carom_ends 1 raw diff -q run.raw other.raw && [ ! -s out ]
}
bears_a_tolerance()
{
	carom_ends 1 raw diff -p op --abs 1e-12 run.raw shifted.raw &&
		carom_ends 0 raw diff -p op --abs 1e-9 run.raw shifted.raw &&
		carom_ends 1 raw diff -p tran --rel 1e-9 -q run.raw other.raw
}
tells_what_is_missing()
{
	carom_ends 0 raw convert run.raw -p tran -v 'v(out)' --until 5u -o less.raw &&
		carom_ends 1 raw diff -p tran run.raw less.raw &&
		grep -qx 'plot 3, v(in): not in less.raw' out && grep -qE '^plot 3: [0-9]+ points against [0-9]+$' out &&
		carom_ends 1 raw diff run.raw less.raw && grep -qx '3 plots against 1' out
}
sed 's/dc 1 ac/dc 1.0000000001 ac/' rc.cir >shifted.cir
carom run -q shifted.cir --output shifted.raw
check 'diff: ngspice -b and carom run are the same' carom_ends 0 raw diff rc.raw run.raw
check 'diff: where two files differ first and most' finds_a_difference
check 'diff: within a tolerance' bears_a_tolerance
check 'diff: points, variables and plots that one file lacks' tells_what_is_missing

# ---- files that are wrong ----

head -c 2000 rc.raw >cut.raw
reads_what_is_there()
{
	carom_ends 0 raw ls --cut cut.raw && grep -q '^1  AC Analysis: 2[0-9] points' out &&
		grep -q '^carom: cut.raw: warning: plot 1: the file ends early' err
}
check 'a file that ends early' refuses 3 'carom: cut.raw:byte 2000: the file ends after' raw ls cut.raw
check 'a file that ends early, as far as it goes' reads_what_is_there
check 'a deck is no RAW file' refuses 3 'carom: rc.cir:byte 0: ' raw ls rc.cir
check 'a folder' refuses 3 'carom: .: this is a directory' raw ls .
check 'a device' refuses 3 'carom: /dev/null: this is a device' raw ls /dev/null
check 'a file that is not there' refuses 3 'carom: nosuch.raw: ' raw ls nosuch.raw
finish
