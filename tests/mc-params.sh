#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# A .param that varies: what it reaches is set in the loaded circuit, and every sample is what
# loading the deck with the new number gives.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

cd "$scratch" || exit 99

cat >chain.cir <<'EOD'
a chain of parameters
.param width=2u ratio={sqrt(width*1meg)} load='ratio*10k'
.func area(x) {x*width*1meg}
vdd vdd 0 3
vin in 0 dc 1.2 ac 1
m1 out in 0 0 mn w={width} l=1u
rload vdd out {load}
x1 out 0 tail c={1p*ratio}
x2 out 0 tail
d1 0 out dm area={area(2)}
.model mn nmos level=1 vto={0.5+ratio/10} kp=100u lambda=0.02
.model dm d is=1e-15 cjo={1p*ratio}
.subckt tail a b c=2p
.model dt d is=1e-16 n={1+ratio/20}
c1 a b {c}
d1 b a dt
r1 a b {load*5}
.ends
.op
.ac dec 10 1k 1g
*carom vary width gauss 5%
*carom vary vdd uniform 2%
*carom measure level op final(v(out))
*carom measure gain ac at(db(v(out)), 1k)
*carom measure f3db ac cross(db(v(out)/abs(v(out)[0])), -3, fall, 1)
*carom samples 60
.end
EOD
sed 's/^x2 .*/x2 out 0 tail\nb1 q 0 v=v(out)*ratio/' chain.cir >behaviour.cir

# study DECK ROUTE WORKERS: $1-$2-$3.zarr; the JSON stays in $scratch/out.
study()
{
	carom_ends 0 mc "$1.cir" -j "$3" --route "$2" --json -o "$1-$2-$3.zarr" &&
		json_has 'd["status"]["ok"] == 60' <out
}

# same STORE STORE BOUND: parameters to the bit, measurements to the bound.
same()
{
	/usr/bin/python3 -B -c '
import sys, numpy as np, zarr
a, b = (zarr.open_group(path, mode="r") for path in sys.argv[1:3])
bound = {**dict.fromkeys(a.attrs["parameters"], 0),
         **dict.fromkeys(a.attrs["measurements"], float(sys.argv[3]))}
assert len(bound) == 5
for name in bound:
    x, y = a[name][:], b[name][:]
    assert len(x) == 60 and np.std(x) > 1e-3 * np.max(np.abs(x)), name
    assert np.all(np.abs(x - y) <= bound[name] * np.abs(x)), (name, np.max(np.abs(x - y) / np.abs(x)))
' "$1" "$2" "$3"
}

sets_values()
{
	study chain auto 2 && json_has 'd["run"]["route"] == "alter" and d["run"]["route_reason"] == ""' <out
}
as_a_reload()
{
	study chain reload 2 && json_has 'd["run"]["route"] == "reload"' <out &&
		same chain-auto-2.zarr chain-reload-2.zarr 1e-9
}
same_bits()
{
	study chain auto 1 && same chain-auto-1.zarr chain-auto-2.zarr 0
}
safe_routes()
{
	for route in reset fork; do
		study chain "$route" 2 && same chain-auto-2.zarr "chain-$route-2.zarr" 0 || return 1
	done
}
check 'what a .param reaches is set in the loaded circuit' sets_values
check 'that gives what the deck loaded anew gives' as_a_reload
check 'one worker gives the bits of two' same_bits
check 'so do a reset and a fork' safe_routes

says_why()
{
	study behaviour auto 2 && json_has 'd["run"]["route"] == "reload" and
		d["run"]["route_reason"].startswith("behaviour.cir:10: b1: the change reaches ")' <out
}
tells_the_reader()
{
	carom_ends 0 mc behaviour.cir -n 5 -o told.zarr && grep -q '^route reload (behaviour.cir:10: b1: ' out
}
is_refused()
{
	carom_ends 3 mc behaviour.cir -n 5 -o refused.zarr --route alter &&
		grep -q 'width cannot be set in the loaded circuit (behaviour.cir:10: b1: ' err
}
check 'with something in the way the deck is loaded anew, and it is said why' says_why
check 'so in the summary' tells_the_reader
check 'the route that cannot be is refused' is_refused
finish
