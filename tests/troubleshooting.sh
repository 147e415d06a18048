#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# What docs/troubleshooting.md quotes is what the command prints.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
page=$CAROM_SRCDIR/docs/troubleshooting.md
mkdir "$scratch/deck"
cd "$scratch/deck" || exit 99
echo 'r9 in 0 1' >../parts.lib

# is_quoted DECK OPTION...: each line that begins with carom: or hint: is a line of the page, and so is
# the hint; DECK in printf's terms, behind its title and "v1 in 0 1".
is_quoted()
{
	# shellcheck disable=SC2059
	printf "amp\nv1 in 0 1\n$1\n.end\n" >amp.cir
	shift
	"$CAROM" run "$@" amp.cir >out 2>err && { cat out; return 1; }
	grep -e '^carom: ' -e '^hint: ' err >said
	cat err
	grep -q '^hint: ' said || return 1
	while IFS= read -r line; do
		grep -qxF -e "$line" "$page" || { echo "not in the page: $line"; return 1; }
	done <said
}

without_a_folder()
{
	TMPDIR=/nosuch is_quoted 'r1 in 0 1\n.op'
}

regardless='--no-lint'
check 'an undefined parameter' is_quoted 'r1 in 0 {rload}\n.op' $regardless
check 'a missing model' is_quoted 'q1 in in 0 bc547\n.op' $regardless
check 'a missing subcircuit' is_quoted 'x1 in 0 opamp\n.op' $regardless
check 'a card with a wrong value' is_quoted 'r1 in 0 1\n.tran foo' $regardless
check 'an expression that breaks off' is_quoted 'r1 in 0 1\nb1 x 0 v=1+*2\n.op' $regardless
check 'an unknown card' is_quoted 'r1 in 0 1\n.trann 1u 1m\n.op' $regardless
code_model='asrc [d] m\n.model m d_source(input_file="stimulus.txt")\nadac [d] [o] dac\n'
code_model="$code_model.model dac dac_bridge\nr1 o 0 1k\n.tran 1u 3u"
check 'a code model without its file' is_quoted "$code_model"
echo 'no numbers at all' >stimulus.txt
check 'a code model with a wrong file' is_quoted "$code_model"
check 'a singular matrix' is_quoted 'r1 in 0 1\ne1 x 0 x 0 1\n.ac dec 1 1 10'
check 'no analysis' is_quoted 'r1 in 0 1' $regardless
check 'a loop of voltage sources' is_quoted 'v2 in 0 2\nr1 in 0 1\n.op' $regardless
check 'no operating point' is_quoted 'b1 a 0 v=ln(-v(in))\nr1 a 0 1\n.op'
check 'an analysis without points' is_quoted 'r1 in 0 1\n.ac dec 10 1meg 1k' $regardless
check 'a numerical model' is_quoted 'd1 in 0 m\n.model m numd level=1\n+ output rootfile=/x\n.op' $regardless
check 'a program of a code model' \
	is_quoted 'a1 [in] [x] m\n.model m d_process(process_file="ls")\n.op' $regardless
check 'a file elsewhere' is_quoted '.include ../parts.lib\n.op' --root .
check 'a library that is missing' is_quoted 'r1 in 0 1\n.op' --library /nosuch.so
check 'a library of something else' is_quoted 'r1 in 0 1\n.op' --library libanl.so.1
check 'no scratch folder' without_a_folder
finish
