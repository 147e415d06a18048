#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Importance sampling of rare failures with the real ngspice: right where the answer is exact, the same
# after anything, and nothing else told of samples that have weights.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

sram=$CAROM_SRCDIR/docs/examples/sram.cir
cd "$scratch" || exit 99

# The offset is 3 mV sigma times a normal deviate, exactly; v4 hardly matters.
cat >sum.cir <<'EOD'
gaussian sources in a row
*carom vary v1 gauss 1m
*carom vary v2 v3 gauss 2m each
*carom vary v4 gauss 1n
*carom measure offset final(v(out))
*carom spec offset - 15m
*carom importance offset
v1 a 0 dc 0
v2 b a dc 0
v3 c b dc 0
v4 out c dc 0
r1 out 0 1k
.op
.end
EOD

# estimates PROBABILITY DECK OPTION...: it is in the interval of 99.9 %, the error is 10 %, 3000 samples do.
estimates()
{
	truth=$1
	shift
	rm -rf e.zarr
	carom_ends 0 mc "$@" -o e.zarr --json --confidence 99.9% -j 2 && json_has "
		d['failure']['ci'][0] < $truth < d['failure']['ci'][1] and
		d['failure']['relative_error'] <= 0.1 and d['failure']['doubt'] == '' and
		d['failure']['samples'] + d['failure']['searched'] <= 3000" <out
}
check '5 sigma of a linear circuit are told right' estimates 2.866515718791933e-07 sum.cir
mv e.zarr w.zarr

# The sum of v2 and v3 with a correlation of 0.625 has the variance 13; with v1, 14.
check '4 sigma, of the other side and correlated draws' estimates 3.167124183311986e-05 sum.cir \
	--correlate 'v2 v3 0.625' --spec 'offset -14.966629547095767m 1' --importance 'offset lower'

# 3 mV of the 15 mV are there already.
one_corner()
{
	sed 's/^v1 /*carom corner low: v4=-3m\n*carom corner high: v4=3m\n&/' sum.cir >corners.cir
	refuses 3 'carom: corners.cir:7:19: importance: corners and steps fail in different places' mc corners.cir &&
		estimates 3.167124183311986e-05 corners.cir --corner never --corner 'high: v4=3m'
}
check 'one corner of several is studied when it is said behind never' one_corner

# 1.1 e^(0.1 z) is above 1.1 e^0.5 beyond 5 sigma.
cat >lognormal.cir <<'EOD'
a source that is lognormal, and one uniform that does not matter
*carom vary v1 lognormal 0.1
*carom vary r1 uniform 10%
*carom measure top final(v(out))
*carom spec top - 1.8135934
*carom importance top
v1 out 0 dc 1.1
r1 out 0 1k
.op
.end
EOD
check 'other distributions' estimates 2.866515718791933e-07 lognormal.cir

# What the deck draws itself, in a parameter and for each instance of a subcircuit.
cat >drawn.cir <<'EOD'
numbers that the deck draws
.param shift=agauss(0, 1m, 1)
.param bias={shift}
*carom measure offset final(v(out))
*carom spec offset - 15m
*carom importance offset
v1 a 0 dc {bias}
x2 a b one
x3 b out one
.subckt one p n
v1 n p dc {agauss(0, 6m, 3)}
.ends
r1 out 0 1k
.op
.end
EOD
check 'numbers that the deck draws itself' estimates 2.866515718791933e-07 drawn.cir

# ---- a transistor circuit ----

# Plain samples and weighted ones differ by no more than their errors.
agrees_with_plain_samples()
{
	carom_ends 0 mc "$sram" --spec 'iread 6.4u -' --importance never -n 8000 -o p.zarr --json && cp out plain &&
		carom_ends 0 mc "$sram" --spec 'iread 6.4u -' --until 'error 8%' -o i.zarr --json &&
		/usr/bin/python3 -B -c '
import json
plain, weighted = json.load(open("plain")), json.load(open("out"))["failure"]
n = plain["tried"]
share = 1 - plain["yield"]
assert 10 < n * share < 60, share
error = ((share / n) + (weighted["relative_error"] * weighted["probability"]) ** 2) ** 0.5
assert abs(share - weighted["probability"]) < 3.5 * error, (share, weighted["probability"], error)
assert weighted["samples"] < 2000'
}
check 'a nonlinear circuit near 3 sigma: as plain samples have it' agrees_with_plain_samples

# ---- the same, whatever happens ----

# digest STORE: of the samples that count.
digest()
{
	/usr/bin/python3 -B - "$1" <<'EOP'
import hashlib, json, sys
store = sys.argv[1]
manifest = json.load(open(store + "/.zattrs"))
n = manifest["run"].get("until", {"counted": manifest["study"]["samples"]})["counted"]
hash = hashlib.sha256(json.dumps(manifest["importance"]).encode())
for name in manifest["parameters"] + manifest["measurements"] + ["log_weight"]:
    hash.update(open(f"{store}/{name}/0", "rb").read()[:8 * n])
print(n, hash.hexdigest())
EOP
}

same_for_any_workers()
{
	carom_ends 0 mc sum.cir -q -j "$1" -o again.zarr --overwrite && digest w.zarr >first &&
		digest again.zarr >second && cmp first second
}
check 'the same bits for one worker as for two' same_for_any_workers 1
check 'and for three' same_for_any_workers 3

# Some milliseconds for each sample.
sed 's/^.op/.tran 1u 0.3m 0 1u/; s/^.carom importance.*/&\n*carom samples 600\n*carom until never/' sum.cir >slow.cir

# has_come STORE JSON-CONDITION: within a minute, of its manifest.
has_come()
{
	patience=600
	until [ -f "$1/.zattrs" ] && json_has "$2" <"$1/.zattrs" 2>/dev/null; do
		patience=$((patience - 1))
		[ "$patience" -gt 0 ] && kill -0 "$command" || return 1
		sleep 0.1
	done
}

# killed_when CONDITION: and gone on with.
killed_when()
{
	rm -rf k.zarr
	"$CAROM" mc slow.cir -q -j 2 -o k.zarr </dev/null >/dev/null 2>&1 &
	command=$!
	has_come k.zarr "$1"
	failed=$?
	kill -9 "$command"
	wait "$command" 2>/dev/null
	[ "$failed" -eq 0 ] && json_has "$1 and 'done' not in (d['run'] or {})" <k.zarr/.zattrs &&
		carom_ends 0 mc slow.cir -q -j 1 -o k.zarr --resume && [ ! -e k.zarr/search.zarr ] &&
		digest k.zarr >resumed && cmp resumed whole
}
carom_ends 0 mc slow.cir -q -o whole.zarr && digest whole.zarr >whole
check 'kill -9 in the search: gone on with, bit for bit' killed_when \
	"d['importance']['batches'] == 1 and not d['importance']['found']"
check 'kill -9 among the samples: likewise' killed_when "d['importance']['found'] and d['run']"

another_study_is_refused()
{
	carom_ends 3 mc sum.cir -o w.zarr --resume --spec 'offset - 16m' &&
		grep -q 'made by another study: study.* is 0.015 in the store and 0.016 now$' err
}
check 'a store of another limit is not gone on with' another_study_is_refused

replays()
{
	carom_ends 0 summary w.zarr --csv samples.csv &&
		carom_ends 0 mc sum.cir -o w.zarr --replay 5 && cp out replayed &&
		/usr/bin/python3 -B -c '
import csv
row = list(csv.DictReader(open("samples.csv")))[5]
words = {line.split()[0]: line.split()[1] for line in open("replayed") if line.startswith("  ")}
for name in ("v1", "v2", "v3", "v4", "offset"):
    assert abs(float(words[name]) - float(row[name])) < 1e-14 * abs(float(row[name])), name
assert float(row["log_weight"]) < -8' &&
		refuses 3 'carom: nix.zarr: no such store' mc sum.cir -o nix.zarr --replay 5
}
check 'a sample is replayed by the shift of its store' replays

# ---- what is told ----

tells_the_failure_alone()
{
	carom_ends 0 summary w.zarr --histogram && cp out told &&
		grep -q '^importance sampling: offset above 15mV fails$' told &&
		grep -qE '^  sigma  +(4\.9|5\.0)[0-9]+ +4\.[0-9]+ \.\. 5\.[0-9]+$' told &&
		grep -qE '^  where  +v[23] \+3\.[0-9]+ sigma$' told &&
		! grep -qE 'mean|yield|median|drives|worst|v4' told &&
		carom_ends 0 summary w.zarr --json && json_has "
			d['measurements'] == [] and 'yield' not in d and d['failure']['side'] == 'upper' and
			d['sampler'] == 'plain' and d['status']['ok'] == d['tried']" <out &&
		carom_ends 0 mc sum.cir -q --importance never -n 50 -o plain.zarr --json &&
		json_has "d['failure'] is None and d['yield'] == 1" <out
}
check 'of weighted samples the failure is told, and nothing else' tells_the_failure_alone

rule_of_three()
{
	carom_ends 0 mc sum.cir --importance never -n 300 -o three.zarr &&
		grep -q 'no sample failed, so that with 95 % confidence at most 0.99 % do (rule of three)' out &&
		grep -qE '^overall +300/300 100.00 .* >2\.25$' out &&
		carom_ends 0 mc sum.cir --importance never -n 20 -o three.zarr --overwrite --spec 'offset - 0' &&
		! grep -q 'rule of three' out
}
check 'plain samples without a failure claim no more than they can' rule_of_three

takes_what_it_may_and_checks_the_target()
{
	carom_ends 0 mc sum.cir -n 100 -o c.zarr --check --target 99.999% &&
		grep -q '^100 samples are not enough: error 10%: ' out &&
		carom_ends 1 mc sum.cir -n 64 --until never -o c.zarr --overwrite --check --target 99.99999% &&
		! grep -q enough out && grep -q '^64 ok$' out
}
check 'samples are the most that it takes; --check: is the target proven?' takes_what_it_may_and_checks_the_target

never_fails()
{
	refuses 4 'carom: importance: no failure of offset was found within 12 sigma: batch 1 of' mc clip.cir -o n.zarr &&
		[ ! -e n.zarr ]
}
sed 's/final(v(out))/final(atan(v(out)))/; s/- 15m/- 2/' sum.cir >clip.cir
check 'what cannot fail is told, and leaves no store' never_fails
check 'so is what cannot be measured' refuses 3 \
	'carom: importance: no sample of the search has a value; the first: offset: ' \
	mc sum.cir -o n.zarr --measure 'offset cross(v(out), 5)'

check 'goals are those of importance sampling' refuses 3 'carom: until: the samples of importance sampling' \
	mc sum.cir -o n.zarr --until 'yield 1%'
check 'and only of it' refuses 3 'carom: until error: only importance sampling has that' \
	mc sum.cir -o n.zarr --importance never --until 'error 1%'
check 'a wrong side is a usage error' misused 'carom mc: --importance offset left: "left" is no side' \
	mc sum.cir --importance 'offset left'
finish
