#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# A deck with agauss and its like: what is drawn together is what ngspice itself draws together, each
# sample is what ngspice gives for its numbers, and the numbers are distributed as they should be.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

cd "$scratch" || exit 99

# ---- which uses share a draw ----

# One ampere into each resistance: the voltages are the numbers.
cat >share.cir <<'EOD'
who shares a draw with whom
.param x=agauss(1k,100,1) y={x} z=3
.func f(n) {agauss(n,n/10,1)}
.param yf={f(1k)}
.subckt given a b r={agauss(1k,100,1)}
r1 a 0 {r}
r2 b 0 {r}
.ends
.subckt once a b q=1k
.param w={x}
r1 a 0 {q}
r2 b 0 {q*(w>0)}
.ends
.subckt hidden a b x=5k
r1 a 0 {x}
r2 b 0 {x}
.ends
.subckt outer a b
x1 a b once q={x}
.ends
r1 n1 0 {x}
r2 n2 0 {x}
r3 n3 0 {y}
r4 n4 0 {y}
r5 n5 0 {f(1k)}
r6 n6 0 {f(1k)}
r7 n7 0 {yf}
r8 n8 0 {yf}
r9 n9 0 {x+x-x}
x1 n10 n11 given
x2 n12 n13 given r=5k
x3 n14 n15 once q={x}
x4 n16 n17 once q={y}
x5 n18 n19 hidden x=7k
x6 n20 n21 outer
x7 n22 n23 outer
EOD
measures=
for i in $(seq 23); do
	echo "i$i 0 n$i 1" >>share.cir
	measures="$measures v(n$i)"
	echo "*carom measure v$i final(v(n$i))" >>share.cir
done
printf '.op\n.end\n' >>share.cir
sed "s/^\.end\$/.control\nset numdgt=12\nop\nprint $measures\n.endc\n.end/" share.cir >plain.cir

# Which of the numbers, one a line, are equal: the line where each was seen first.
pattern()
{
	awk '{ if (!($1 in first)) first[$1] = NR; printf "%s ", first[$1] } END { print "" }'
}

ngspice_shares()
{
	ngspice -b plain.cir 2>&1 | sed -n 's/^v(n[0-9]*) = //p' | pattern >found
	echo '1 2 3 3 5 6 7 7 9 10 11 12 13 14 14 3 3 18 19 20 20 22 22 ' | diff - found
}
shares_as_ngspice()
{
	carom_ends 0 mc share.cir -n 3 --csv samples.csv -o share.zarr || return 1
	for row in 2 3 4; do
		sed -n "${row}p" samples.csv | tr ',' '\n' | tail -23 |
			awk '{ printf "%.9g\n", $1 }' | pattern >again
		diff found again || return 1
	done
}
check 'ngspice draws once for each direct use, and once for all behind a parameter' ngspice_shares
check 'what shares a draw in ngspice shares one here' shares_as_ngspice

tells_who_shares()
{
	carom_ends 0 mc share.cir -n 3 -o share.zarr --overwrite --json &&
		json_has '{d["name"]: d["uses"] for d in d["draws"] if len(d["uses"]) > 1} == {
			"y#1": ["r3", "r4", "x4.r1", "x4.r2"], "yf#1": ["r7", "r8"],
			"x3:q#1": ["x3.r1", "x3.r2"], "x6.x1:q#1": ["x6.x1.r1", "x6.x1.r2"],
			"x7.x1:q#1": ["x7.x1.r1", "x7.x1.r2"]}' <out || return 1
	json_has '[d["definition"] for d in d["draws"] if d["name"] == "yf#1"] == ["agauss(n,n/10,1)"]' <out &&
		carom_ends 0 mc share.cir -n 3 -o share.zarr --overwrite &&
		grep -q '^numbers drawn by the deck: 1[0-9] of one value each, 5 shared$' out &&
		grep -q '^  y#1          agauss(1k,100,1), shared by r3 r4 x4.r1 x4.r2$' out
}
check 'the summary tells who shares a draw' tells_who_shares

# ---- values ----

cat >values.cir <<'EOD'
models inside of subcircuits, lists, waveforms
.param slope=agauss(0,1,1) step=agauss(1,0.1,1) bump={step}
.subckt cell d g
m1 d g 0 0 nch w=4u l=1u
.model nch nmos level=1 vto={0.7+slope*0.01/sqrt(w0)} kp={100u*bump} lambda=0.02
.param w0=4
.ends
vdd vdd 0 3
vg g 0 1.2
r1 vdd a {unif(10k,0.1)} tc1={aunif(0,1m)}
r2 vdd b {limit(10k,500)}
x1 a g cell
x2 b g cell
.op
*carom measure va final(v(a))
*carom measure vb final(v(b))
.end
EOD
cat >flat.cir <<'EOD'
the same, written out
vdd vdd 0 3
vg g 0 1.2
r1 vdd a {[r1#1]} tc1={[r1:tc1#1]}
r2 vdd b {10k+(([r2#1])>0?500:-500)}
ma a g 0 0 na w=4u l=1u
mb b g 0 0 nb w=4u l=1u
.model na nmos level=1 vto={0.7+([x1:vto#1])*0.01/sqrt(4)} kp={100u*([bump#1])} lambda=0.02
.model nb nmos level=1 vto={0.7+([x2:vto#1])*0.01/sqrt(4)} kp={100u*([bump#1])} lambda=0.02
.control
set numdgt=16
op
print v(a) v(b)
.endc
.end
EOD
# A waveform and a B source cannot be set: the deck is loaded anew.
sed 's/^vdd .*/vdd vdd 0 pulse({3*bump} 0 1)/; s/^vg .*/bg g 0 v=unif(1.2,0.01)*v(vdd)\/3/
s/^x1 a g/x1 a gg/; s/^x2 b g/x2 b gg/; s/^\.op/rg g gg 1k\n.op/' values.cir >deep.cir
sed 's/^vdd .*/vdd vdd 0 {3*([bump#1])}/; s/^vg .*/bg g 0 v=([bg#1])*v(vdd)\/3/
s/^ma a g/ma a gg/; s/^mb b g/mb b gg/; s/^\.control/rg g gg 1k\n.control/' flat.cir >deepflat.cir

# study DECK ROUTE WORKERS: $1-$2-$3.zarr
study()
{
	carom_ends 0 mc "$1.cir" -n 25 -j "$3" --route "$2" --json -o "$1-$2-$3.zarr" &&
		json_has 'd["status"]["ok"] == 25' <out
}

# as_flat STORE DECK: each sample is what ngspice gives for the deck with its numbers.
as_flat()
{
	/usr/bin/python3 -B -c '
import re, subprocess, sys, zarr
store = zarr.open_group(sys.argv[1], mode="r")
deck = open(sys.argv[2]).read()
names = store.attrs["parameters"]
assert set(re.findall(r"\[([^\]]+)\]", deck)) == set(names), names
for k in range(25):
    text = re.sub(r"\[([^\]]+)\]", lambda m: "%.17g" % store[m.group(1)][k], deck)
    open("sample.cir", "w").write(text)
    run = subprocess.run(["ngspice", "-b", "sample.cir"], capture_output=True, text=True)
    for name in "ab":
        expected = float(re.search(rf"^v\({name}\) = (\S+)", run.stdout, re.M).group(1))
        found = store["v" + name][k]
        assert abs(found - expected) <= 1e-9 * abs(expected), (k, name, found, expected)
' "$1" "$2"
}

# same STORE STORE BOUND: relative; 0: the same bits.
same()
{
	/usr/bin/python3 -B -c '
import sys, numpy as np, zarr
a, b = (zarr.open_group(path, mode="r") for path in sys.argv[1:3])
names = a.attrs["parameters"] + a.attrs["measurements"]
assert names == b.attrs["parameters"] + b.attrs["measurements"]
for name in names:
    x, y = a[name][:], b[name][:]
    assert np.std(x) > 0, name
    assert np.all(np.abs(x - y) <= float(sys.argv[3]) * np.abs(x)), name
' "$1" "$2" "$3"
}

sets_values()
{
	study values auto 2 && json_has 'd["run"]["route"] == "alter"' <out &&
		as_flat values-auto-2.zarr flat.cir
}
loads_anew()
{
	study deep auto 2 && json_has 'd["run"]["route"] == "reload" and
		"waveform" in d["run"]["route_reason"]' <out && as_flat deep-auto-2.zarr deepflat.cir
}
routes_agree()
{
	study values reload 2 && same values-auto-2.zarr values-reload-2.zarr 1e-9 &&
		study values reset 1 && same values-auto-2.zarr values-reset-1.zarr 0 &&
		study values fork 2 && same values-auto-2.zarr values-fork-2.zarr 0
}
workers_agree()
{
	study values auto 1 && same values-auto-1.zarr values-auto-2.zarr 0 &&
		study values auto 3 && same values-auto-3.zarr values-auto-2.zarr 0 &&
		study deep auto 1 && same deep-auto-1.zarr deep-auto-2.zarr 0
}
check 'each sample is what ngspice gives for its numbers' sets_values
check 'so it is where the deck has to be loaded anew' loads_anew
check 'routes agree' routes_agree
check 'any number of workers gives the same bits' workers_agree

# ---- distributions ----

cat >moments.cir <<'EOD'
moments
.param one=1
r1 n1 0 {agauss(1k,60,3)}
r2 n2 0 {gauss(1k,0.06*one,3)}
r3 n3 0 {unif(1k*one,0.1)}
r4 n4 0 {aunif(1k,50)}
r5 n5 0 {limit(1k,50)}
r6 n6 0 {1k+gauss(20)}
r7 n7 0 {1k+flat(50)}
r8 n8 0 {mc(1k,0.1)}
EOD
for i in $(seq 8); do
	printf 'i%s 0 n%s 1\n*carom measure v%s final(v(n%s))\n' "$i" "$i" "$i" "$i" >>moments.cir
done
printf '.op\n.end\n' >>moments.cir

# Mean, standard deviation and kurtosis within five standard errors.
has_moments()
{
	carom_ends 0 mc moments.cir -n 4000 --no-lint -o moments.zarr || return 1
	/usr/bin/python3 -B -c '
import numpy as np, zarr
store = zarr.open_group("moments.zarr", mode="r")
normal, uniform, two = (3, 96 ** 0.5), (1.8, 5.76 ** 0.5), (1, 0.01)
rows = [(20, normal), (20, normal), (100 / 3 ** 0.5, uniform), (50 / 3 ** 0.5, uniform),
        (50, two), (20, normal), (50 / 3 ** 0.5, uniform), (100 / 3 ** 0.5, uniform)]
n = 4000
columns = []
for i, (sd, (kurtosis, spread)) in enumerate(rows):
    v = store["v%d" % (i + 1)][:]
    columns.append(v)
    z = (v - 1000) / sd
    assert abs(np.mean(z)) < 5 / n ** 0.5, (i, np.mean(z))
    assert abs(np.var(z) - 1) < 5 * ((kurtosis - 1) / n) ** 0.5 + 1e-2, (i, np.var(z))
    assert abs(np.mean(z ** 4) - kurtosis) < 5 * spread / n ** 0.5 + 1e-2, (i, np.mean(z ** 4))
assert set(np.round(columns[4], 6)) == {950, 1050}
correlation = np.corrcoef(columns) - np.eye(8)
assert np.abs(correlation).max() < 5 / n ** 0.5
'
}
check 'the numbers have the moments of their distributions' has_moments
finish
