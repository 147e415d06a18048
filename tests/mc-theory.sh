#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The spread of an RC low-pass is what theory says, for each distribution.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

rc=$CAROM_SRCDIR/docs/examples/rc.cir
cd "$scratch" || exit 99

# An operating point costs next to nothing.
cat >divider.cir <<'EOF'
a divider
*carom measure half final(v(out))
v1 in 0 dc 1
r1 in out 1k
r2 out 0 1k
.op
.end
EOF

# Two diodes of transistors, one of four times the area of the other.
cat >mirror.cir <<'EOF'
transistors
*carom measure small final(v(a))
*carom measure large final(v(b))
*carom vary m*:delvto pelgrom 4m each
i1 0 a 10u
i2 0 b 40u
m1 a a 0 0 n l=1u w=4u
m2 b b 0 0 n l=2u w=8u
.model n nmos level=14
.op
.end
EOF
printf '%s\n' '# measured' 900 1k '1.1k 2' >values.txt

theory()
{
	/usr/bin/python3 -B "$CAROM_SRCDIR/tests/mc-theory.py" "$@"
}
corner()
{
	carom_ends 0 mc "$rc" -q -n 4000 -o corner.zarr && theory corner.zarr corner
}
# spread CHECK VARY [OPTION...]
spread()
{
	name=$1
	vary=$2
	shift 2
	carom_ends 0 mc divider.cir -q -n 10000 -o "$name.zarr" --vary "$vary" "$@" &&
		theory "$name.zarr" "$name"
}
pelgrom()
{
	carom_ends 0 mc mirror.cir -q -n 10000 -o pelgrom.zarr && theory pelgrom.zarr pelgrom
}
summary_agrees()
{
	carom_ends 0 mc "$rc" --json -n 4000 -o summary.zarr && /usr/bin/python3 -B -c '
import json, sys, numpy as np, zarr
told = json.load(open("out"))["measurements"][0]
x = zarr.open_group("summary.zarr", mode="r")["f3db"][:]
for name, value in {"n": len(x), "mean": x.mean(), "sd": x.std(ddof=1), "min": x.min(),
                    "max": x.max(), "median": np.median(x), "q05": np.quantile(x, 0.05),
                    "q95": np.quantile(x, 0.95)}.items():
    assert abs(told[name] - value) <= 1e-12 * value, (name, told[name], value)
good = np.mean((x >= 9.75e3) & (x <= 10.25e3))
assert told["spec"]["yield"] == good and told["spec"]["yield_ci"][0] < good'
}

check 'the corner frequency under 1 % gauss' corner
check 'a deviation that is wrong by 5 % would be found' theory corner.zarr wrong
check 'uniform' spread uniform 'r1 uniform 10%'
check 'lognormal' spread lognormal 'r1 lognormal 20%'
check 'triangular' spread triangular 'r1 triangular 10%'
check 'truncated gauss' spread truncated 'r1 gauss 1% trunc 2'
check 'discrete' spread discrete 'r1 discrete 900:1 1k:2 1.2k:1'
check 'a file of values beside the deck' spread empirical 'r1 empirical values.txt'
check 'correlation' spread correlated 'r1 r2 gauss 1% each' --correlate 'r1 r2 0.8'
check 'mismatch by area' pelgrom
check 'the summary tells what the samples tell' summary_agrees
finish
