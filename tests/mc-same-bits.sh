#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# A sample depends on the seed, its number and the names of what varies: not on workers, pinning,
# the run, or what else varies.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

opamp=$CAROM_SRCDIR/docs/examples/opamp.cir
ring=$CAROM_SRCDIR/docs/examples/ring.cir
rc=$CAROM_SRCDIR/docs/examples/rc.cir
cd "$scratch" || exit 99

# arrays STORE: checksums of the bytes of all that does not tell of the run itself.
arrays()
{
	(cd "$1" && cksum -- */0 | grep -vE ' (seconds|worker)/0$')
}

# same STORE STORE: byte by byte, all samples simulated.
same()
{
	[ "$(tr -d '\001' <"$1/status/0" | wc -c)" -eq 0 ] || {
		echo "$1 has samples that are not ok"
		return 1
	}
	arrays "$1" >first && arrays "$2" >second && [ "$(wc -l <first)" -ge 4 ] && diff first second
}

# again DECK SAMPLES OPTION...: the same bits as the store "one".
again()
{
	deck=$1
	shift
	carom_ends 0 mc "$deck" -q -o again.zarr --overwrite "$@" && same one.zarr again.zarr
}

one_worker()
{
	carom_ends 0 mc "$1" -q -o one.zarr --overwrite -n "$2" -j 1
}

for case in "$opamp:100" "$ring:12"; do
	deck=${case%:*} n=${case##*:} name=$(basename "$deck")
	check "$name: one worker" one_worker "$deck" "$n"
	check "$name: one worker again" again "$deck" -n "$n" -j 1
	check "$name: two workers" again "$deck" -n "$n" -j 2
	check "$name: five workers, more than there may be cores" again "$deck" -n "$n" -j 5
	check "$name: without pinning" again "$deck" -n "$n" -j 2 --no-pin
done

# differs NAME STORE STORE: that array.
differs()
{
	! cmp -s "$2/$1/0" "$3/$1/0"
}
has_other_samples()
{
	carom_ends 0 mc "$rc" -q -o seed1.zarr -n 50 && carom_ends 0 mc "$rc" -q -o seed2.zarr -n 50 --seed 2 &&
		differs r1 seed1.zarr seed2.zarr && differs c1 seed1.zarr seed2.zarr &&
		differs f3db seed1.zarr seed2.zarr
}
is_the_decks_seed()
{
	carom_ends 0 mc "$rc" -q -o seed1.zarr --overwrite -n 50 --seed 1 &&
		carom_ends 0 mc "$rc" -q -o default.zarr -n 50 && same seed1.zarr default.zarr
}
begins_alike()
{
	carom_ends 0 mc "$rc" -q -o more.zarr -n 80 && cmp -n 400 more.zarr/r1/0 seed1.zarr/r1/0 &&
		cmp -n 400 more.zarr/f3db/0 seed1.zarr/f3db/0
}
check 'another seed, other samples' has_other_samples
check 'the seed of the option is that of the deck' is_the_decks_seed
check 'more samples begin with the same' begins_alike

# ---- common random numbers ----

cat >bare.cir <<'EOF'
three parts
v1 in 0 dc 0 ac 1
r1 in out 1k
c1 out 0 1n
r2 out 0 10k
.ac dec 10 1k 1meg
.end
EOF

bare()
{
	store=$1
	shift
	carom_ends 0 mc bare.cir -q -n 40 -o "$store" --measure 'top max(mag(v(out)))' "$@"
}
keeps_the_others()
{
	bare two.zarr --vary 'r1 gauss 1%' --vary 'c1 uniform 5%' &&
		bare three.zarr --vary 'r2 gauss 1%' --vary 'c1 uniform 5%' --vary 'r1 gauss 1%' &&
		cmp two.zarr/r1/0 three.zarr/r1/0 && cmp two.zarr/c1/0 three.zarr/c1/0 &&
		differs top two.zarr three.zarr
}
keeps_each()
{
	bare each.zarr --vary 'r1 gauss 1% each' && bare pattern.zarr --vary 'r* gauss 1% each' &&
		cmp each.zarr/r1/0 pattern.zarr/r1/0
}
# deviations STORE NAME NAME EXPRESSION about their relative deviations a and b.
deviations()
{
	/usr/bin/python3 -B -c '
import sys, numpy as np, zarr
group = zarr.open_group(sys.argv[1], mode="r")
a, b = (group[n][:] / group[n].attrs["nominal"] - 1 for n in sys.argv[2:4])
assert len(a) == 40 and np.std(a) > 0.005
assert eval(sys.argv[4]), (a, b)' "$@"
}
shares()
{
	bare shared.zarr --vary 'r1 r2 gauss 1%' && deviations shared.zarr r1 r2 'np.allclose(a, b, atol=1e-14)'
}
is_apart()
{
	deviations pattern.zarr r1 r2 'abs(np.corrcoef(a, b)[0, 1]) < 0.6 and np.min(abs(a - b)) > 0'
}
check 'a further part that varies leaves the draws of the others' keeps_the_others
check 'so does a wider pattern of parts that draw their own' keeps_each
check 'parts of one statement share a draw' shares
check 'parts that draw their own do not' is_apart
finish
