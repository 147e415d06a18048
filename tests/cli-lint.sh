#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# carom lint: findings as text and JSON, which of them are shown; the other commands lint first.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

cd "$scratch" || exit 99

cat >good.cir <<'EOF'
a divider
v1 in 0 1
r1 in out 1k
r2 out 0 1k
.op
.end
EOF

cat >floating.cir <<'EOF'
a net that only capacitors hold
v1 in 0 1
r1 in 0 1k
c1 in x 1n
c2 x 0 1n
.op
.end
EOF

cat >bad.cir <<'EOF'
an undefined parameter
v1 in 0 1
r1 in 0 {rload}
.op
.end
EOF

printf 'no deck\nd1 a\n.end\n' >broken.cir

# ---- help and usage ----

check 'help' carom_ends 0 lint --help
check 'no deck is a usage error' misused 'carom lint: which deck?' lint
check 'an unknown severity is a usage error' \
	misused 'carom lint: --severity high' lint --severity high good.cir
check 'an unknown identifier is a usage error' \
	misused 'carom lint: --ignore floating' lint --ignore floating good.cir

# ---- findings ----

says_nothing()
{
	carom_ends 0 lint "$@" && [ ! -s out ] && [ ! -s err ]
}
prints_a_warning()
{
	carom_ends 0 lint floating.cir &&
		grep -q '^floating.cir:4: warning: net "x" .* \[floating-net\]$' out
}
prints_an_error()
{
	carom_ends 3 lint bad.cir &&
		grep -q '^bad.cir:3: error: r1: undefined parameter "rload".* \[undefined-param\]$' out
}
prints_json()
{
	carom_ends 3 lint --json bad.cir && json_has 'len(d) == 1 and d[0]["file"] == "bad.cir" and
d[0]["line"] == 3 and d[0]["severity"] == "error" and d[0]["id"] == "undefined-param" and
d[0]["text"].startswith("r1: undefined")' <out
}
prints_empty_json()
{
	carom_ends 0 lint --json good.cir && json_has 'd == []' <out
}
prints_import_as_json()
{
	carom_ends 3 lint --json broken.cir &&
		json_has 'len(d) == 1 and d[0]["id"] == "import" and d[0]["line"] == 2' <out
}
lists_all()
{
	carom_ends 0 lint --list && grep -q '^floating-net  *warning$' out &&
		grep -q '^undefined-param  *error$' out && [ -z "$(cut -d' ' -f1 out | sort | uniq -d)" ]
}

check 'nothing is said about a good deck' says_nothing good.cir
check 'a warning is no failure' prints_a_warning
check 'an error is' prints_an_error
check 'JSON' prints_json
check 'JSON of nothing is an empty array' prints_empty_json
check 'JSON of a deck that cannot be read has the reason' prints_import_as_json
check 'all identifiers are listed' lists_all

# ---- which are shown ----

check 'warnings can be left out' says_nothing --severity error floating.cir
check 'a finding can be ignored' says_nothing --ignore floating-net floating.cir
check 'what is ignored is no failure' says_nothing --ignore undefined-param bad.cir
check 'several findings can be ignored' \
	says_nothing --ignore floating-net --ignore undefined-param bad.cir

# ---- what is wrong in other files ----

cat >slip.cir <<'EOF'
a library with a slip
v1 in 0 1
r1 in 0 1k
.include slip.inc
.op
.end
EOF
echo 'include "nothing.inc"' >slip.inc

notes_a_slip()
{
	carom_ends 0 lint slip.cir && grep -q '^slip.inc:1: note: "include" without a dot.* \[library\]$' out
}
runs_without_a_word_of_it()
{
	carom_ends 0 run slip.cir && ! grep -q 'slip.inc' err
}

check 'a slip in an included file is a note' notes_a_slip
check 'it can be ignored' says_nothing --ignore library slip.cir
check 'run says nothing of it' runs_without_a_word_of_it

# ---- the other commands ----

runs_with_a_warning()
{
	carom_ends 0 run floating.cir && [ "$(grep -c 'floating-net' err)" -eq 1 ] &&
		! grep -q 'floating-net' out
}
runs_quietly()
{
	carom_ends 0 run --quiet floating.cir && [ ! -s err ]
}
is_stopped()
{
	carom_ends 3 "$@" bad.cir && grep -q 'undefined-param' err && grep -q 'no-lint' err && [ ! -s out ]
}
goes_on()
{
	carom_ends 3 run --no-lint bad.cir && ! grep -q 'undefined-param' err
}
goes_on_in_spite_of_nothing()
{
	carom_ends 0 run --no-lint floating.cir && ! grep -q 'floating-net' err
}

check 'run says once what lint warns of' runs_with_a_warning
check 'run --quiet does not' runs_quietly
check 'an error stops run' is_stopped run
check 'an error stops mc' is_stopped mc --vary 'r1 gauss 1%' --measure 'm=last(v(in))' -n 2
check 'run --no-lint goes on and fails in ngspice' goes_on
check 'run --no-lint says nothing of warnings' goes_on_in_spite_of_nothing

finish
