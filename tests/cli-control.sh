#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# .control blocks: taken for cards by default, executed by --control; and what survives of a crash.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"
cd "$scratch" || exit 99

cat >block.cir <<'EOT'
a block
v1 a 0 dc 1 ac 1
r1 a b 1k
c1 b 0 1u
.control
tran 10u 1m
echo hello there
wrdata ours.txt v(b)
alter r1 = 2k
ac dec 2 1 1k
let gain = db(v(b))
.endc
.end
EOT

# with COMMAND...: block.cir's circuit and a block of these lines, in made.cir.
with()
{
	{
		sed '/^tran/,/^let/d;/^.endc/,$d' block.cir
		printf '%s\n' "$@" .endc .end
	} >made.cir
}

is_taken_for_cards()
{
	carom_ends 0 run block.cir && grep -q '^block.cir:5: note: .control block not executed' err &&
		grep -q '^block.cir:6: note: taken for the card .tran 10u 1m' err &&
		grep -q '^block.cir:9: note: alter r1 = 2k is not executed' err &&
		grep -q '^tran1: ' out && grep -q '^ac1: 7 points' out && ! grep -q hello out &&
		! ls ours*
}
is_executed()
{
	carom_ends 0 run --control block.cir && grep -q '^hello there$' out &&
		grep -q '^tran1: ' out && grep -q '^ac1: 7 points' out &&
		grep -q '^  gain  *dB ' out && [ -s ours.txt ]
}
keeps_the_order()
{
	with op 'echo one' 'shell echo two' 'echo three'
	carom_ends 0 run --control made.cir &&
		[ "$(grep -E '^(one|two|three)$' out | tr '\n' ' ')" = 'one two three ' ]
}
changes_what_is_simulated()
{
	carom_ends 0 run -q block.cir --output as-cards.csv &&
		carom_ends 0 run -q --control block.cir --output executed.csv &&
		cmp as-cards-tran1.csv executed-tran1.csv &&
		! cmp -s as-cards-ac1.csv executed-ac1.csv
}
keeps_json_clean()
{
	carom_ends 0 run --control --json block.cir && grep -q '^hello there$' err &&
		json_has '[p["plot"] for p in d["plots"]] == ["tran1", "ac1"]' <out
}
runs_the_cards_if_it_made_nothing()
{
	with 'echo nothing'
	sed 's/^\.control/.op\n.control/' made.cir >cards.cir
	carom_ends 0 run --control cards.cir && grep -q '^op1: 1 point' out
}
may_do_without_a_circuit()
{
	printf '%s\n' 'nothing but commands' .control 'let x = 6*7' 'print x' .endc .end >bare.cir
	carom_ends 0 run --control bare.cir && grep -q '^x = 4.200000e+01' out
}
has_no_analysis()
{
	# shellcheck disable=SC2016 # the deck's own variable
	with 'tran $step 1u'
	carom_ends 3 run made.cir && grep -q '^made.cir: error: no analysis' err &&
		grep -q '^made.cir:6: note: tran .step 1u is not taken' err
}
tells_of_quit()
{
	with op quit
	carom_ends 4 run --control made.cir &&
		grep -q '^carom: made.cir: a command of the deck quit ngspice' err
}
goes_on_behind_a_mistake()
{
	with op nosuchcommand
	carom_ends 0 run --control made.cir && grep -q 'nosuchcommand: no such command' err &&
		grep -q '^op1: 1 point' out
}
can_be_interrupted()
{
	with op 'echo here it goes' 'while 1' 'let x = 1' end
	interrupted 'here it goes' run --control made.cir && grep -q '^carom: interrupted$' err
}
# ngspice 39 crashes at the sensitivity of a bipolar transistor.
survives_a_crash()
{
	printf '%s\n' t 'v1 a 0 5' 'r1 a c 1k' 'r2 a b 100k' 'q1 c b 0 qn' '.model qn npn' \
		.control 'sens v(c)' .endc .end >crash.cir
	carom_ends 4 run --no-lint --control crash.cir && grep -qE '^carom: crash.cir: ngspice (crashed|ended its process) \(' err &&
		grep -q "^hint: ngspice's last words: " err
}
leaves_no_scratch()
{
	mkdir scratch && TMPDIR=$PWD/scratch carom_ends 0 run --control block.cir && [ -z "$(ls scratch)" ]
}
check 'commands are not executed; analyses among them become cards' is_taken_for_cards
check '--control executes them here, and their plots are the result' is_executed
check 'what ngspice and programs print is printed in its order' keeps_the_order
check 'executed commands change the circuit' changes_what_is_simulated
check 'what commands print keeps out of JSON' keeps_json_clean
check 'without plots of commands the cards are run' runs_the_cards_if_it_made_nothing
check 'commands may do without a circuit' may_do_without_a_circuit
check 'an analysis with a variable is not taken' has_no_analysis
check 'quit is a failure that is told' tells_of_quit
check 'a command that fails is told, and the rest goes on' goes_on_behind_a_mistake
check 'a loop without end can be interrupted' can_be_interrupted
check 'a crash of ngspice is told' survives_a_crash
check 'no scratch folder stays behind' leaves_no_scratch
finish
