#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# carom report: the page about a store, as it is written; tests/report-page.sh looks at it.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

rc=$CAROM_SRCDIR/docs/examples/rc.cir
cd "$scratch" || exit 99

helps()
{
	carom_ends 0 report --help && grep -q '^usage: carom report ' out && [ ! -s err ] || return 1
	for option in output confidence help; do
		grep -q -e "--$option" out || {
			echo "--$option is not in the help"
			return 1
		}
	done
}
check 'the help names every option' helps
check 'no store is a usage error' misused 'carom report: which store?' report
check 'two stores are one too many' misused 'carom report: one store' report a.zarr b.zarr
check 'a confidence is a share' misused 'carom report: --confidence 2' report --confidence 2 a.zarr
check 'an unknown option is a usage error' misused 'carom report: unrecognized' report --bogus a.zarr
check 'a store that is not there is named' refuses 3 'carom: nosuch.zarr: no such store' report nosuch.zarr

# ---- where it goes ----

mc_writes_it()
{
	carom_ends 0 mc "$rc" -n 300 -o rc.zarr --report && [ -s rc.html ] && grep -q '^store: rc.zarr' out &&
		carom_ends 0 mc "$rc" -n 300 -o rc2.zarr --report=named.html && [ -s named.html ]
}
goes_by_the_name_of_the_store()
{
	mv rc.html first.html && carom_ends 0 report ./rc.zarr/ && [ ! -s out ] && cmp rc.html first.html
}
goes_where_it_is_told()
{
	carom_ends 0 report rc.zarr -o other.html && cmp rc.html other.html &&
		"$CAROM" report rc.zarr -o - >piped.html && cmp rc.html piped.html
}
names_what_it_cannot_write()
{
	refuses 3 'carom: nosuch/x.html: No such file' report rc.zarr -o nosuch/x.html
}
check 'a study writes its report' mc_writes_it
check 'a report goes by the name of its store' goes_by_the_name_of_the_store
check 'a report goes where it is told' goes_where_it_is_told
check 'a file that cannot be written is named' names_what_it_cannot_write

# One list of both: the page's and the summary's.
has_the_figures_of_the_summary()
{
	carom_ends 0 summary rc.zarr --json && { printf '['; page_data rc.html; printf ','; cat out; printf ']'; } >both &&
		json_has '
		(lambda p, s, a, b: p["yield"]["all"]["value"] == s["yield"] and
		 p["yield"]["all"]["exact"] == s["yield_ci"] and p["tried"] == s["tried"] == 300 and
		 all(a[k] == b[k] for k in ("n", "mean", "sd", "min", "max", "skew", "mean_ci", "sd_ci", "quantiles")) and
		 a["spec"]["cpk"] == b["spec"]["cpk"] and a["fit"]["r2"] == b["fit"]["r2"] and
		 [x["coefficient"] for x in a["fit"]["drivers"]] == [x["coefficient"] for x in b["fit"]["drivers"]] and
		 [x["sample"] for x in a["worst"][:3]] == [x["sample"] for x in b["spec"]["worst"]]
		)(d[0], d[1], d[0]["measurements"][0], d[1]["measurements"][0])' <both
}
takes_a_confidence()
{
	carom_ends 0 report rc.zarr -o sure.html --confidence 99% && page_data sure.html | json_has 'd["confidence"] == 0.99'
}
check 'its figures are those of the summary' has_the_figures_of_the_summary
check 'intervals are at the confidence asked for' takes_a_confidence
finish
