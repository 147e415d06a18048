#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# A study that ends early counts the same samples for any number of workers, and says why it ended.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

cd "$scratch" || exit 99

# An operating point costs next to nothing; some 3 % of the samples fail.
cat >divider.cir <<'EOD'
a divider
*carom vary r1 r2 gauss 1% each
*carom measure half final(v(out))
*carom spec half 0.4925 0.5075
*carom samples 100000
v1 in 0 dc 1
r1 in out 1k
r2 out 0 1k
.op
.end
EOD

# ended STORE OPTION...: the samples that count.
ended()
{
	store=$1
	shift
	carom_ends 0 mc divider.cir -o "$store" --json "$@" && json_has 'd["run"]["until"]["enough"] and
		d["counted"] == d["run"]["until"]["counted"] == d["tried"] < 100000 and
		d["measurements"][0]["n"] == d["counted"]' <out &&
		/usr/bin/python3 -B -c 'import json; print(json.load(open("out"))["counted"])' >counted
}

same_for_any_workers()
{
	ended one.zarr --until "$1" -j 1 && cp counted expected && cp out told &&
		for j in 2 5; do
			ended "w$j.zarr" --overwrite --until "$1" -j "$j" && cmp counted expected || return 1
		done
	ended unpinned.zarr --overwrite --until "$1" -j 2 --no-pin && cmp counted expected &&
		/usr/bin/python3 -B -c '
import json
a, b = (json.load(open(name)) for name in ("told", "out"))
assert a["measurements"] == b["measurements"] and a["yield"] == b["yield"]'
	failed=$?
	rm -rf ./*.zarr
	return "$failed"
}
check 'a yield: the same samples count for any number of workers' same_for_any_workers 'yield +-2%'
check 'a mean, too' same_for_any_workers 'mean half ±0.05%'
check 'a spec, too' same_for_any_workers 'spec half'

says_why()
{
	carom_ends 0 mc divider.cir -o why.zarr --until 'yield +-3%' &&
		grep -qE '^(256|512|1024) of 100000 samples are enough: yield \+-3%: 9.* \.\. 9.* %$' out &&
		cp out said && carom_ends 0 summary why.zarr && cmp out said
}
check 'it is said why a study ended, by the store too' says_why

reaches_the_last_sample()
{
	carom_ends 0 mc divider.cir -n 300 -o last.zarr --until 'yield +-0.1%' &&
		grep -q '^0 samples are not enough\|^300 samples are not enough: yield +-0.1%: too few samples$' out &&
		carom_ends 0 mc divider.cir -n 300 -o last.zarr --overwrite --until 'mean half +-1u' &&
		grep -q '^300 samples are not enough: mean half +-1e-06: ' out
}
check 'a goal that is not reached is told' reaches_the_last_sample

proves()
{
	carom_ends 0 mc divider.cir -n 20000 -o spec.zarr --until spec --target 90% &&
		grep -q 'spec: .* %, proven to be at least 90 %$' out &&
		carom_ends 0 mc divider.cir -n 20000 -o spec.zarr --overwrite --until spec --target 99.9% &&
		grep -q 'spec: .* %, proven to be below 99.9 %$' out
}
check 'a spec is proven or disproven against its target' proves

has_the_confidence_asked_for()
{
	ended c.zarr --until 'yield +-2%' --confidence 80% && cp counted loose &&
		ended c.zarr --overwrite --until 'yield +-2%' --confidence 99.9% &&
		[ "$(cat loose)" -lt "$(cat counted)" ] && json_has 'd["confidence"] == 0.999' <out
}
check 'more confidence takes more samples' has_the_confidence_asked_for

in_the_deck()
{
	sed 's/^.carom samples.*/*carom samples 100000\n*carom until yield 3%\n*carom confidence 90%/' divider.cir >until.cir &&
		carom_ends 0 mc until.cir -o deck.zarr && grep -q 'samples are enough: yield' out &&
		carom_ends 0 mc until.cir -o deck.zarr --overwrite -n 200 --until never &&
		! grep -q 'enough' out && grep -q '^200 ok$' out
}
check 'the deck says so, and an option otherwise' in_the_deck

resumes_nothing()
{
	ended r.zarr --until 'yield +-3%' && cp counted expected && before=$(cksum <r.zarr/half/0) &&
		carom_ends 0 mc divider.cir -o r.zarr --json --until 'yield +-3%' --resume &&
		json_has "d['counted'] == $(cat expected)" <out && [ "$before" = "$(cksum <r.zarr/half/0)" ]
}
check 'a study that has enough is not gone on with' resumes_nothing

check 'a wrong goal is a usage error' misused 'carom mc: --until yield: how well' mc --until yield divider.cir
check 'a goal about nothing is refused' \
	refuses 3 'carom: until: there is no measurement "nix"' mc -o x.zarr --until 'mean nix 1%' divider.cir
check 'a target is a share' misused 'carom mc: --target 2' mc --target 2 divider.cir
finish
