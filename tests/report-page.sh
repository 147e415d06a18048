#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The page of carom report as Chromium shows it.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

rc=$CAROM_SRCDIR/docs/examples/rc.cir
cd "$scratch" || exit 99
carom mc "$rc" -n 300 -q --report || exit 99

looks()
{
	timeout 120 /usr/bin/python3 -B "$CAROM_SRCDIR/tests/browser.py" "$@"
}
check 'it loads without a network and without a complaint, and its charts are drawn' looks loads rc.html 6
check 'page and charts are dark or light as the system is' looks themes rc.html
check 'Tab goes through it in order, and shows where it is' looks keys rc.html
check 'the first link skips to the results' looks skip_link rc.html
check 'keys go from point to point of every chart' looks points rc.html
check 'a point under the pointer tells what it is' looks pointer rc.html
check 'every chart has a table' looks tables rc.html
check 'nothing is wider than a telephone' looks narrow rc.html
check 'it prints on white' looks prints rc.html
check 'it says what happened' looks says rc.html 'of 300 samples fail: f3db' '% yield' 'linear fit explains' \
	'Worst samples' 'seed 1' 'ngspice' 'vary'

# ---- stores with little to show, or much ----

# report_of NAME ARGUMENT...: of a study of the deck with these.
report_of()
{
	name=$1
	shift
	carom mc "$rc" -o "$name.zarr" -q --report "$@"
	[ -s "$name.html" ]
}
one_sample()
{
	report_of one -n 1 && looks loads one.html 1 && looks says one.html 'One sample: ' '1 ok'
}
no_value()
{
	report_of none -n 12 --measure 'f3db at(db(v(out)), 1)' && looks loads none.html 1 &&
		looks says none.html 'No sample has a value' '12 of 12 samples fail' 'Failed samples' '12 measure'
}
all_the_same()
{
	report_of same -n 12 --measure 'f3db final(mag(frequency))' --spec 'f3db - 1t' && looks loads same.html 1 &&
		looks says same.html 'All 12 values are ' 'All 12 samples meet every spec.'
}
no_spec()
{
	sed '/^\*carom *spec/d' "$rc" >free.cir && carom mc free.cir -n 50 -q --report && looks loads free.html 5 &&
		looks says free.html 'No measurement has a spec'
}
some_values()
{
	report_of some -n 60 --measure 'f3db at(db(v(out)), 1e4)' --measure 'late cross(db(v(out)), -3.02, fall, 1)' \
		--spec 'late 9.9k 10.1k' --time-limit 5 && looks loads some.html 11
}
check 'one sample is a report' one_sample
check 'no sample with a value is a report, with the reasons' no_value
check 'values that are all the same are a report' all_the_same
check 'no spec is a report' no_spec
check 'several measurements are a report' some_values

waveforms()
{
	report_of waves -n 40 --keep 'v(out)' && looks loads waves.html 8 && looks points waves.html &&
		looks tables waves.html && looks says waves.html 'Waveforms' 'v(out).phase' 'the nominal run' \
		'the worst sample (red)' 'v(out).db: v(out)'
}
check 'kept waveforms have their envelopes' waveforms

few_samples()
{
	report_of few -n 6 && looks loads few.html 6 && looks bins few.html && looks bins rc.html
}
check 'bars of a histogram are as wide as its bins' few_samples

corners_and_steps()
{
	report_of cells -n 40 --corner 'cold: temp=-40' --corner 'hot: temp=125' --step 'r1 list 1.5k 1.6k' --keep 'v(out)' &&
		looks loads cells.html 8 && looks unfolds cells.html 4 &&
		looks says cells.html '160 samples, 40 in each of 4 corners and steps' 'hot: temp=125' 'r1 list 1.5k 1.6k' \
			'v(out).phase in each corner and step' 'first samples of each corner and step' 'mean ± deviation of each' nominal && page_data cells.html | json_has '
		d["measurements"][0]["points"]["sample"][:5] == [0, 40, 80, 120, 1] and
		d["cells"]["n"] == 4 and d["cells"]["steps"] == ["r1"] and
		[(cell["corner"], cell["steps"]) for cell in d["cells"]["list"]] ==
			[("cold", [1500.0]), ("cold", [1600.0]), ("hot", [1500.0]), ("hot", [1600.0])] and
		sum(cell["pass"] for cell in d["cells"]["list"]) == d["yield"]["all"]["pass"] and
		[[cell["n"] for cell in wave["cells"]] for wave in d["waves"]] == [[40, 40, 40, 40]] * 2 and
		all(cell["tried"] == cell["measurements"][0]["n"] == 40 for cell in d["cells"]["list"])'
}
check 'corners and steps are a report' corners_and_steps

many_measurements()
{
	i=0
	set --
	while [ "$i" -lt 14 ]; do
		i=$((i + 1))
		set -- "$@" --measure "m$i at(db(v(out)), ${i}k)"
	done
	report_of many -n 40 "$@" && looks loads many.html 61 && looks unfolds many.html 5
}
check 'beyond twelve measurements the others are folded' many_measurements

looks_like_markup()
{
	title='</script><img src=x onerror="window.hacked=1"><!-- é µ'
	{ printf '%s\n' "$title" && sed 1d "$rc"; } >markup.cir &&
		carom mc markup.cir -n 40 -q --report && looks loads markup.html 6 && looks is_text markup.html "$title" f3db
}
check 'a title that looks like markup is text' looks_like_markup
finish
