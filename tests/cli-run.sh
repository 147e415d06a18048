#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# carom run: tables, CSV, JSON, and what it says about decks that are wrong.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

rc=$CAROM_SRCDIR/docs/examples/rc.cir
cd "$scratch" || exit 99

cat >good.cir <<'EOF'
a divider
v1 in 0 dc 1 ac 1
r1 in out 1k
r2 out 0 1k
.op
.end
EOF

cat >several.cir <<'EOF'
a divider, several analyses
v1 in 0 dc 1 ac 1 pulse(0 1 1u 1n 1n 1m)
r1 in out 1k
c1 out 0 1n
.op
.ac dec 10 1k 1meg
.tran 0.1u 10u
.end
EOF

# ---- help and usage ----

check 'help' carom_ends 0 run --help
check 'no deck is a usage error' misused 'carom run: which deck?' run
check 'two decks are one too many' misused 'carom run: one deck at a time' run good.cir good.cir
check 'an unknown option is a usage error' misused 'carom run: unrecognized option' run --bogus x
check 'JSON and CSV cannot share standard output' \
	misused 'carom run: --json and --output -' run --json --output - good.cir

# ---- results ----

prints_a_point()
{
	carom_ends 0 run good.cir && grep -q '^op1: 1 point$' out &&
		grep -qE '^  v\(out\) +0\.5 V$' out && grep -qE '^  i\(v1\) +-0\.0005 A$' out
}
prints_a_sweep()
{
	carom_ends 0 run "$rc" && grep -q '^ac1: 401 points$' out &&
		grep -qE '^  frequency +Hz +100 +1000000 +1000000' out &&
		grep -qE '^  v\(out\) +V +0\.00999981058 +0\.999950007 +0\.00999981058' out
}
prints_all()
{
	carom_ends 0 run several.cir && grep -q '^op1: 1 point$' out && grep -q '^ac1: 31 points$' out &&
		grep -qE '^tran1: [0-9]+ points$' out
}
writes_csv()
{
	carom_ends 0 run good.cir --output good.csv && grep -q '^op1' out &&
		printf '"v(in) [V]","v(out) [V]","i(v1) [A]"\n1,0.5,-0.0005\n' | cmp - good.csv
}
prints_csv()
{
	carom_ends 0 run good.cir -o - && cmp out good.csv
}
writes_each_plot()
{
	carom_ends 0 run several.cir --output all.csv && [ ! -e all.csv ] &&
		[ "$(wc -l <all-op1.csv)" -eq 2 ] && [ "$(wc -l <all-ac1.csv)" -eq 32 ] &&
		head -n 1 all-tran1.csv | grep -q '^"time \[s\]"'
}
# numpy PYTHON: true in Python, with NumPy as np.
numpy()
{
	"${PYTHON3:-/usr/bin/python3}" -c "import numpy as np, sys; sys.exit(not ($1))"
}
numpy_reads_records()
{
	carom_ends 0 run several.cir -q --output all.npy && [ ! -e all.npy ] &&
		numpy 'np.load("all-tran1.npy", mmap_mode="r")["time"][-1] > 0 and
			np.load("all-ac1.npy").dtype["v(out)"] == np.complex128 and
			len(np.load("all-ac1.npy")) == 31'
}
numpy_reads_columns()
{
	carom_ends 0 run several.cir -q --output all.npz &&
		numpy '(np.load("all-ac1.npz")["v(out)"] == np.load("all-ac1.npy")["v(out)"]).all() and
			np.load("all-op1.npz").files == list(np.load("all-op1.npy").dtype.names)'
}
# The vectors of a RAW file that ngspice has loaded, plot by plot; dates left out.
loaded_by_ngspice()
{
	printf 'load\n.control\nset numdgt=16\nload %s\nsetplot ac1\nprint v(out)\nsetplot op1\n' "$1" >load.cir
	printf 'print v(out)\nsetplot tran1\nprint v(out)\n.endc\n.end\n' >>load.cir
	ngspice -b load.cir 2>load.err | grep -E '^[0-9]+	|^v\(out\)'
}
ngspice_reads_raw()
{
	carom_ends 0 run several.cir -q --output all.raw &&
		carom_ends 0 run several.cir -q --output text.raw --format ascii &&
		ngspice -b -r own.raw several.cir >/dev/null 2>&1 && loaded_by_ngspice all.raw >binary &&
		loaded_by_ngspice text.raw >text && loaded_by_ngspice own.raw >own &&
		[ "$(wc -l <own)" -gt 60 ] && cmp own binary && cmp own text
}
writes_ltspice()
{
	carom_ends 0 run good.cir -q --output lt.raw --format ltspice &&
		[ "$(head -c 10 lt.raw | od -A n -t x1)" = ' 54 00 69 00 74 00 6c 00 65 00' ]
}
prints_json()
{
	carom_ends 0 run several.cir --json && json_has '[p["plot"] for p in d["plots"]] == ["ac1", "op1", "tran1"]
		and d["plots"][0]["points"] == 31 and d["plots"][0]["vectors"][0]["name"] == "frequency"
		and d["plots"][0]["vectors"][0]["max"] == 1e6
		and all(len(p["vectors"]) >= 3 for p in d["plots"])' <out
}
is_quiet()
{
	carom_ends 0 run good.cir -q && [ ! -s out ] && [ ! -s err ]
}
is_verbose()
{
	carom_ends 0 run good.cir -v && grep -q '^ngspice: ' err && grep -q '^op1' out
}
check 'an operating point is a table of values' prints_a_point
check 'a sweep is a table of ranges' prints_a_sweep
check 'every analysis makes a table' prints_all
check 'CSV of one analysis' writes_csv
check 'CSV on standard output, alone' prints_csv
check 'CSV of several analyses, a file each' writes_each_plot
check 'records for NumPy, which maps them' numpy_reads_records
check 'columns for NumPy' numpy_reads_columns
check 'RAW files, which ngspice reads as its own' ngspice_reads_raw
check 'a RAW file for LTspice' writes_ltspice
check 'a format that cannot be guessed' \
	misused 'carom run: --output: "x.xls" ends in none of .csv .npy .npz .raw; say --format' \
	run good.cir --output x.xls
check 'a format that there is not' \
	misused 'carom run: --format: csv, npy, npz, raw, ascii or ltspice, not "xls"' \
	run good.cir --output x.csv --format xls
check 'JSON' prints_json
check 'a quiet run prints nothing' is_quiet
check 'a verbose run tells what ngspice says' is_verbose
check 'a CSV file that cannot be written' carom_ends 3 run good.cir -q --output nosuch/x.csv
check 'a library that is not there' \
	refuses 4 'carom: libngspice cannot be opened (/nosuch/lib.so' run --library /nosuch/lib.so good.cir

# ---- decks that are wrong ----

# wrong MESSAGE LINE CARD: the good deck with that line replaced; the message begins with its place.
wrong()
{
	awk -v line="$2" -v card="$3" 'NR == line { print card; next } { print }' good.cir >wrong.cir
	refuses 3 "$1" run wrong.cir
}
floats()
{
	awk 'NR == 4 { print "c2 out x 1n"; next } { print }' good.cir >wrong.cir
	carom_ends 0 run wrong.cir && grep -q '^wrong.cir:4: warning: net "x"' err
}
has_no_analysis()
{
	sed '/^\.op$/d' good.cir >wrong.cir
	refuses 3 'wrong.cir: error: no analysis' run wrong.cir
}
ends_too_early()
{
	printf 'title\n' >title.cir
	: >empty.cir
	refuses 3 'carom: title.cir: ' run title.cir && refuses 3 'carom: empty.cir: ' run empty.cir
}
is_no_text()
{
	printf 'title\nr1 a 0 \001\n.op\n.end\n' >binary.cir
	refuses 3 'carom: binary.cir:2:8: control character' run binary.cir
}
within_an_include()
{
	printf '* part\nd9 out 0 nix\n' >part.inc
	awk 'NR == 4 { print ".include part.inc" } { print }' good.cir >wrong.cir
	refuses 3 'part.inc:2: error: d9: there is no model "nix"' run wrong.cir
}
commands_stay_unused()
{
	awk '/^\.end/ { print ".control\nshell touch pwned\n.endc" } { print }' good.cir >wrong.cir
	carom_ends 0 run wrong.cir && grep -q '^wrong.cir:6: note: .control block not executed' err &&
		[ ! -e pwned ]
}
does_not_converge()
{
	# Its slope is endless at the only solution.
	cat >never.cir <<'EOF'
no operating point
v1 a 0 1
r1 a b 1
b1 b 0 i=v(b) > 0.5 ? 1 : -1
.op
.end
EOF
	carom_ends 4 run never.cir && grep -qE '^carom: .*(converge|singular|op)' err
}
ignores()
{
	cat >models.cir <<'EOF'
models with parameters that they do not have
v1 a 0 1
a1 [a a] c summer
.model summer summer(in_offset=[0 0] nix=3)
r1 c 0 1k
q1 a a 0 qn
.model qn npn(bf=100 foo=3 bar=4)
.op
.end
EOF
	carom_ends 0 run models.cir && grep -q 'models.cir: warning: .model summer .*(nix) - ignored' err &&
		grep -q 'models.cir: warning: .model qn .*(foo) - ignored' err &&
		[ "$(grep -c warning: err)" -eq 3 ] && carom_ends 0 run -q models.cir && [ ! -s err ]
}
check 'an undefined parameter' wrong 'wrong.cir:4: error: r2: undefined parameter "rload"' 4 'r2 out 0 {rload}'
check 'a missing model' wrong 'wrong.cir:4: error: d2: there is no model "nix"' 4 'd2 out 0 nix'
check 'a missing subcircuit' wrong 'wrong.cir:4: error: x2: there is no subcircuit "nix"' 4 'x2 out 0 nix'
check 'a missing include' wrong 'carom: wrong.cir:4: cannot open "nix.inc"' 4 '.include nix.inc'
check 'a missing library' wrong 'carom: wrong.cir:4: cannot open "nix.lib"' 4 '.lib nix.lib tt'
check 'braces that do not match' wrong 'carom: wrong.cir:4: ' 4 'r2 out 0 {1k'
check 'a card without enough nets' wrong 'carom: wrong.cir:4: q2' 4 'q2 out'
check 'a card that begins with no letter' wrong 'carom: wrong.cir:4: ' 4 '<2 out 0 1k'
check 'an expression with a mistake' wrong 'wrong.cir:4: error: "1+"' 4 'r2 out 0 {1+}'
check 'a B source with a mistake' wrong 'wrong.cir:4: error: "1+*2"' 4 'b2 out 0 v=1+*2'
check 'an analysis with a mistake' wrong 'wrong.cir:5: error: .tran' 5 '.tran'
check 'a floating node is warned of' floats
check 'a subcircuit without an end' wrong 'carom: wrong.cir:4: ' 4 '.subckt s a b'
check 'no analysis' has_no_analysis
check 'nothing but a title, nothing at all' ends_too_early
check 'a file that is no text' is_no_text
check 'a mistake in an included file has its place there' within_an_include
check 'a missing deck' refuses 3 'carom: cannot open "nosuch.cir"' run nosuch.cir
check 'a folder' refuses 3 'carom: cannot open "."' run .
check 'commands in a deck are not executed, and it says so' commands_stay_unused
check 'parameters that models do not have are warned of' ignores
check 'no operating point is the simulator failing' does_not_converge

# ---- other analyses, and runs that end early ----

cat >bare.cir <<'EOF'
no analysis of its own
v1 in 0 dc 1 ac 1 pulse(0 1 1u 1n 1n 1m)
r1 in out 1k
c1 out 0 1n
.end
EOF
cat >long.cir <<'EOF'
a run of hours
v1 in 0 sin(0 1 1meg)
r1 in out 1k
c1 out 0 1n
.tran 1n 100
.end
EOF

runs_an_analysis()
{
	carom_ends 0 run --analysis 'AC dec 10 1k 1meg' bare.cir && grep -q '^ac1: 31 points$' out &&
		carom_ends 0 run -a 'tran 0.1u 10u' several.cir && grep -qE '^tran1: ' out &&
		! grep -q '^ac1' out
}
saves_what_it_is_told()
{
	carom_ends 0 run -a 'tran 0.1u 10u' --save 'v(out),@c1[i]' -s 'i(v1)' bare.cir --output - &&
		head -1 out | grep -qF '"time [s]","v(out) [V]","i(v1) [A]","@c1[i] [A]"'
}
ends_in_time()
{
	carom_ends 4 run --time-limit 0.3 long.cir && grep -qE '^tran1: [0-9]+ points$' out &&
		grep -q '^carom: long.cir: the run took longer than its time limit' err &&
		grep -q '^carom: the result is what the run had by then$' err
}
ends_at_an_interrupt()
{
	interrupted 'Doing analysis' run -v long.cir --output part.csv && grep -qE '^tran1: [0-9]+ points$' out &&
		grep -q '^carom: long.cir: the run was cancelled$' err && [ "$(wc -l <part.csv)" -gt 100 ]
}

check 'an analysis of the command line' runs_an_analysis
check 'vectors of the command line' saves_what_it_is_told
check 'a time limit keeps what there is' ends_in_time
check 'Ctrl-C keeps what there is' ends_at_an_interrupt
check 'an analysis that is none' refuses 3 'carom: bare.cir: ".op" is a card' run -a .op bare.cir
check 'a time that is none' misused 'carom run: --time-limit 0' run --time-limit 0 good.cir

# ---- harmonics ----

cat >four.cir <<'EOF'
a rectifier
v1 in 0 sin(0 3 5k)
d1 in out dm
r1 out 0 1k
c1 out 0 20n
.model dm d
.tran 1u 1m
.four 5k v(out) i(v1)
.end
EOF

tables_of_harmonics()
{
	sed -n '/^Fourier/,$p' "$1" | grep -E '^(Fourier|  No\. Harm|Harmonic|-------- | [0-9]+ )'
}

prints_harmonics()
{
	"$CAROM" run four.cir >out && ngspice -b four.cir >reference 2>&1
	tables_of_harmonics out >ours
	tables_of_harmonics reference >theirs
	[ "$(wc -l <ours)" -eq 28 ] && diff ours theirs
}

names_what_has_no_harmonics()
{
	sed 's/i(v1)/v(none)/' four.cir >none.cir
	"$CAROM" run --no-lint none.cir >out 2>err
	[ $? -eq 3 ] && grep -q '^carom: none.cir:8: .four: tran1 has no vector v(none)$' err
}

saves_what_it_looks_at()
{
	sed -e 's/^\.four.*/.four 5k v(out,in) @d1[id] v(out) - v(in) 2*v(out)/' -e 's/^\.end/.save v(in)\n.end/' four.cir >saves.cir
	"$CAROM" run saves.cir >out && ngspice -b saves.cir >reference 2>&1
	tables_of_harmonics out >ours
	tables_of_harmonics reference >theirs
	[ "$(wc -l <ours)" -eq 56 ] && diff ours theirs
}

has_harmonics_in_json()
{
	carom_ends 0 run --json four.cir && json_has '[f["vector"] for f in d["fourier"]] == ["v(out)", "i(v1)"]
		and d["fourier"][0]["plot"] == "tran1" and d["fourier"][0]["gridsize"] == 200
		and abs(d["fourier"][0]["thd_percent"] - 47.8777) < 1e-3
		and [h["frequency"] for h in d["fourier"][0]["harmonics"]] == [5000.0 * k for k in range(10)]
		and abs(d["fourier"][0]["harmonics"][1]["magnitude"] - 1.06734) < 1e-4' <out &&
		carom_ends 0 run --json good.cir && json_has 'd["fourier"] == []' <out
}

has_none()
{
	"$CAROM" run "$@" four.cir >out && ! grep -q Fourier out
}

check 'the harmonics of .four are those of ngspice -b' prints_harmonics
check 'what .four looks at is saved beside what .save says' saves_what_it_looks_at
check 'a vector of .four that is not there is named' names_what_has_no_harmonics
check 'harmonics in JSON' has_harmonics_in_json
check 'no harmonics where all is quiet' has_none --quiet
finish
