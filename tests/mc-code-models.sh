#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Workers leave XSPICE's code models out where the circuit has none: quicker, with the same bits.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

cd "$scratch" || exit 99

cat >rc.cir <<'EOF'
RC low-pass
*carom vary r1 c1 gauss 1% each
*carom measure last tran final(v(out))
*carom measure f3db ac cross(db(v(out)), -3, fall, 1)
*carom samples 20
v1 in 0 dc 0 ac 1 pulse(0 1 0 1u 1u 50u 100u)
r1 in out 1k
c1 out 0 10n
.tran 1u 200u
.ac dec 20 1k 1meg
.end
EOF
sed 's/^c1 .*/e1 far 0 poly(1) out 0 0 1\n&/' rc.cir >poly.cir

# study DECK OPTION...: $1.zarr; the files that were loaded are told of in loaded.
study()
{
	deck=$1
	shift
	LD_DEBUG=files LD_DEBUG_OUTPUT=$scratch/loaded "$CAROM" mc "$deck.cir" "$@" -j 2 -q \
		--overwrite -o "$deck$#.zarr" || return 1
	cat loaded.* >loaded
	rm -f loaded.*
}

loads_none()
{
	study rc && grep -q 'file=.*libngspice' loaded && ! grep 'file=.*[.]cm ' loaded
}

loads_them()
{
	study "$@" && grep -q 'file=.*[.]cm ' loaded
}

same_bits()
{
	for column in r1 c1 last f3db status; do
		cmp "rc0.zarr/$column/0" "rc1.zarr/$column/0" || return 1
	done
}

check 'a circuit without code models loads none' loads_none
check 'a deck that may run commands has them' loads_them rc --trusted
check 'the samples have the same bits' same_bits
check 'a polynomial is a code model' loads_them poly
finish
