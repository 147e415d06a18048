#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Waveforms that a study keeps: those of fresh runs of ngspice, for any route, workers and interruption.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

cd "$scratch" || exit 99
cat >rc.cir <<-'END'
	RC low-pass
	*carom vary r1 c1 gauss 5% each
	*carom measure top tran max(v(out))
	*carom spec top - 0.87
	*carom keep v(out) plot=tran
	*carom keep late=v(in)-v(out) plot=tran from=1m to={t_end} points=11
	*carom keep v(out) plot=ac
	*carom keep gain=db(v(out)) plot=ac from=100 to=10k points=9
	*carom keep i(v1) plot=dc
	.param t_end=2m
	v1 in 0 dc 1 ac 1 sin(0 1 1k)
	r1 in out 1k
	c1 out 0 100n
	.tran 10u 2m
	.ac dec 10 10 100k
	.dc v1 0 1 0.1
	.end
END

# arrays STORE: checksums of the bytes of all that does not tell of the run itself.
arrays()
{
	(cd "$1" && find . -name '[0-9]*' -type f | sort | xargs cksum | grep -vE ' ./(seconds|worker)/0$')
}

same()
{
	arrays "$1" >first && arrays "$2" >second && [ "$(wc -l <first)" -ge 20 ] && diff first second
}

# A sample by the very deck that the study used for it.
like_ngspice()
{
	"$CAROM" mc rc.cir -n 20 -q -o a.zarr || return
	for sample in 0 7 19; do
		"$CAROM" mc rc.cir -n 20 --replay "$sample" --deck - >sample.cir || return
		ngspice -b -r sample.raw sample.cir >/dev/null 2>&1 || return
		/usr/bin/python3 -B "$CAROM_SRCDIR/tests/keep-against-ngspice.py" waves a.zarr "$sample" \
			sample.raw || return
	done
}

like_numpy()
{
	"$CAROM" mc rc.cir -n 50 -q -o e.zarr --report=e.html &&
		/usr/bin/python3 -B "$CAROM_SRCDIR/tests/keep-against-ngspice.py" envelope e.zarr e.html
}

alike_for_any_workers()
{
	"$CAROM" mc rc.cir -n 20 -q -j 1 -o one.zarr && same a.zarr one.zarr
}

alike_by_reload()
{
	"$CAROM" mc rc.cir -n 20 -q --route reload -o reload.zarr &&
		/usr/bin/python3 -B -c 'if True:
			import numpy, sys, zarr
			a, b = (zarr.open_group(name, "r") for name in sys.argv[1:])
			for name in ["v(out)", "late", "v(out).db", "v(out).phase", "gain", "i(v1)"]:
			    assert numpy.allclose(a[name][:], b[name][:], rtol=1e-9, atol=1e-9), name
		' a.zarr reload.zarr
}

resumed()
{
	"$CAROM" mc rc.cir -n 20 -q -o resumed.zarr || return
	printf '\0\0\0\0\0' | dd of=resumed.zarr/status/0 bs=1 seek=6 conv=notrunc 2>/dev/null
	head -c 1608 /dev/zero | dd of='resumed.zarr/v(out)/0.0' bs=1608 seek=7 conv=notrunc 2>/dev/null
	"$CAROM" mc rc.cir -n 20 -q -o resumed.zarr --resume && same a.zarr resumed.zarr
}

other_study()
{
	"$CAROM" mc rc.cir -n 20 -q -o a.zarr --resume --keep 'v(in) plot=tran' 2>message
	[ $? -eq 3 ] && grep -q 'was made by another study: study.keeps' message
}

# A mistake in the statement: the same in every sample.
refused()
{
	cat >wrong.cir <<-'END'
		a real analysis has no complex waveforms
		*carom vary r1 uniform 20%
		*carom measure m final(v(out))
		*carom keep v(out) wrong=v(out)*(1,1)
		v1 out 0 1
		r1 out 0 1k
		.tran 1u 10u
		.end
	END
	"$CAROM" mc wrong.cir -n 3 -q 2>message
	[ $? -eq 3 ] && ! [ -e wrong.zarr ] &&
		grep -qF 'wrong.cir:4: keep wrong: v(out)*(1,1) is complex: keep db(), mag()' message
}

# No measurement at all: store, summary, JSON, CSV and report do without.
alone()
{
	grep -v -e measure -e spec rc.cir >alone.cir
	"$CAROM" mc alone.cir -n 20 -j 2 -o alone.zarr --csv alone.csv --report=alone.html >out 2>message || {
		cat message
		return 1
	}
	grep -q '^20 ok' out && ! grep -q -e nan -e mean out && grep -q 'v(out).phase  *41 points' out &&
		[ "$(head -n 1 alone.csv)" = "sample,status,r1,c1" ] && [ "$(wc -l <alone.csv)" -eq 21 ] &&
		"$CAROM" summary alone.zarr --json >alone.json &&
		/usr/bin/python3 -B -c 'if True:
			import json, numpy, zarr
			made = json.load(open("alone.json"))
			assert made["measurements"] == [] and len(made["waveforms"]) == 6, made
			a, b = zarr.open_group("a.zarr", "r"), zarr.open_group("alone.zarr", "r")
			for name in ["v(out)", "late", "v(out).db", "gain", "i(v1)", "v(out).nominal"]:
			    assert numpy.array_equal(a[name][:], b[name][:], equal_nan=True), name
		' &&
		/usr/bin/python3 -B "$CAROM_SRCDIR/tests/keep-against-ngspice.py" envelope alone.zarr alone.html
}

named()
{
	"$CAROM" summary a.zarr | grep -q 'v(out).phase  *41 points, frequency from 10Hz to 100kHz' &&
		"$CAROM" summary a.zarr --json >summary.json &&
		/usr/bin/python3 -B -c 'if True:
			import json
			waves = json.load(open("summary.json"))["waveforms"]
			assert [wave["name"] for wave in waves] == ["v(out)", "late", "v(out).db", "v(out).phase",
			                                            "gain", "i(v1)"], waves
			assert waves[1]["grid"] == "time2" and waves[1]["points"] == 11, waves[1]
		'
}


check 'what is kept is what ngspice computes, between its points on straight lines' like_ngspice
check 'envelopes are the quantiles of numpy, and the report has them' like_numpy
check 'two workers keep the bits of one' alike_for_any_workers
check 'a reloaded deck keeps the same values' alike_by_reload
check 'an interrupted study goes on to the same bits' resumed
check 'a store with other waveforms is not gone on with' other_study
check 'a waveform of the wrong kind ends the study at its place' refused
check 'the summary names what is kept' named
check 'waveforms may be kept without a measurement' alone
finish
