#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# docs/statements.md has every statement that is read, and each of its examples is one that runs.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

page=$CAROM_SRCDIR/docs/statements.md
cd "$scratch" || exit 99

cat >process.lib <<'EOD'
.lib tt
.model mn nmos level=8 vth0=0.45
.model mp pmos level=8 vth0=-0.5
.endl tt
.lib ss
.model mn nmos level=8 vth0=0.5
.model mp pmos level=8 vth0=-0.55
.endl ss
EOD
# Examples come in the place of the line "example".
cat >base.cir <<'EOD'
a circuit for the examples
.lib "process.lib" tt
.param rload=10k f_max=10k vdd_half=0.6
vdd vdd 0 {2*vdd_half}
v1 in 0 dc 0.6 ac 1 sin(0.6 1m 1k)
r1 in a 1k
r2 a b 1k
r3 b out 1
r4 out 0 {rload}
r5 x 0 1k
c1 out 0 1p
m1 x in 0 0 mn w=2u l=1u
m2 x in vdd vdd mp w=4u l=1u
.tran 20u 2m
.ac dec 5 10 100k
*carom vary r1 r2 r3 c1 gauss 1% each
*carom vary m*:delvto gauss 1m each
*carom measure gain ac at(db(v(out)), 1k)
*carom measure top tran max(v(out))
*carom spec top - 0.503
*carom spec gain -1.66 -
example
.end
EOD

# ---- what is read ----

# The words after "known are" in the error about an unknown one.
known()
{
	sed "s/^example/$1/" base.cir >unknown.cir
	"$CAROM" mc unknown.cir -n 1 2>&1 | sed -n 's/.*known are //p' | sed 's/, /\n/g'
}

every_statement_has_a_heading()
{
	known '*carom nosuch' >words
	[ "$(wc -w <words)" -gt 10 ] || return 1
	while read -r word; do
		grep '^## ' "$page" | grep -qw -e "$word" || {
			echo "no heading for $word"
			return 1
		}
		grep -q "^    \*carom $word " "$page" || {
			echo "no example for $word"
			return 1
		}
	done <words
}

# "after the targets say gauss, uniform or ...": each has a row of the table.
every_distribution_has_a_row()
{
	sed '/^example/d' base.cir >unknown.cir
	"$CAROM" mc unknown.cir --vary 'r1 nosuch 1%' 2>&1 | sed -n 's/.*say \(.*\)/\1/p' | sed 's/ or /, /; s/, /\n/g' >words
	[ "$(wc -w <words)" -gt 5 ] || return 1
	while read -r word; do
		grep -q "^| \`$word " "$page" || {
			echo "no row for $word"
			return 1
		}
	done <words
}

# ---- the examples ----

# Lines of four blanks and a statement, each run by itself.
examples_of()
{
	grep "^    \*carom $1 " "$page" | sed 's/^ *//' >examples
	[ -s examples ] || return 1
	while read -r example; do
		printf '%s\n' "$example" >line
		sed -e '/^example/r line' -e '/^example/d' base.cir >example.cir
		case $example in
		*'has one analysis'*) sed -i -e '/^\.ac/d' -e '/gain/d' example.cir ;;
		*vdd=*) sed -i 's/{2\*vdd_half}/1.2/' example.cir ;;
		esac
		"$CAROM" mc example.cir -n 4 -j 1 -q -o e.zarr --overwrite >out 2>&1 </dev/null || {
			cat line out
			return 1
		}
	done <examples
}

check 'every statement that is read has a heading and an example' every_statement_has_a_heading
check 'every distribution that is read has a row' every_distribution_has_a_row
for word in $(known '*carom nosuch'); do
	check "the examples of $word run" examples_of "$word"
done
finish
