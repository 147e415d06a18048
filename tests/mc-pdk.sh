#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The amplifier of docs/pdk.md, in a design kit: corners are sections of its library, each transistor
# draws by itself; a sample is what "ngspice -b" gives with its values.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

kit=$CAROM_SRCDIR/../shared/pdk/sky130
miller=$CAROM_SRCDIR/docs/examples/pdk/miller.cir
if [ ! -d "$kit" ]; then
	printf 'ok 1 - without the kit there is nothing to do\n# it does not come with the source: nothing was tested\n1..1\n'
	exit 0
fi
ln -s "$kit" "$scratch/sky130"
cd "$scratch" || exit 99

# In each of 15 cells one sample; mismatch of two millivolts shows.
studies()
{
	carom_ends 0 mc "$miller" -q -n 1 -o m.zarr --csv m.csv || return 1
	awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$2 != "ok" || $at["gain"] < 60 || $at["pm"] < 60 || $at["ugb"] < 8e6 || $at["idd"] > 140e-6 { print; bad = 1 }
		{ ugb[$at["ugb"]] = 1; corner[$3] = 1 }
		END { exit bad || length(ugb) != 15 || length(corner) != 5 }' m.csv
}
check 'a sample in each corner and at each temperature' studies

# as_ngspice SAMPLE: the amplifier's offset, current and gain by the deck of the sample.
as_ngspice()
{
	carom_ends 0 mc "$miller" -n 1 --replay "$1" --deck - >/dev/null || return 1
	sed 's/^\.endc/set numdgt=12\nop\nprint v(out)-v(inp)\nprint -i(vdd)\nac dec 20 10 1g\nprint vecmax(db(v(out)))\n.endc/' out >sample.cir
	ngspice -b sample.cir >sample.out 2>&1 </dev/null
	sed -n 's/^v(out)-v(inp) = //p; s/^-i(vdd) = //p; s/^vecmax(db(v(out))) = //p' sample.out >is
	awk -F, -v k="$1" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		$1 == k { print $at["offset"]; print $at["idd"]; print $at["gain"] }' m.csv >expected
	paste is expected
	paste is expected | awk '{ d = $1 - $2; if (d * d > 1e-20 * $2 * $2) bad = 1 } END { exit bad || NR != 3 || NF != 2 }'
}
check 'a sample of the slow section is what ngspice gives' as_ngspice 5
check 'so is one of the section of the deck' as_ngspice 0

finish
