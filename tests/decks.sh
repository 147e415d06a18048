#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The decks of tests/decks, and some that are made here, by "ngspice -b -r" and by the library: every
# vector of every plot is the same, bit for bit. What ngspice cannot run, the library refuses.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
decks=$CAROM_SRCDIR/tests/decks
compare=$CAROM_BUILDDIR/tests/compare-deck
cd "$scratch" || exit 99

# ngspice DECK: writes ngspice.raw; without ~/.spiceinit, which is not the deck's.
by_ngspice()
{
	rm -f ngspice.raw
	ngspice -n -b -r ngspice.raw "$1" >ngspice.log 2>&1 </dev/null
}
is_same()
{
	by_ngspice "$1" || { cat ngspice.log; return 1; }
	"$compare" ngspice.raw "$1"
}

for deck in "$decks"/*.cir; do
	check "$(basename "$deck" .cir): $(head -1 "$deck" | tr -d '#')" is_same "$deck"
done

# ---- files that an editor would not leave as they are ----

body='v1 a 0 1\nr1 a b 1k\nr2 b 0 2k\n.op\n.dc v1 0 1 0.25\n'

# made FORMAT: a deck with this title and what follows in printf's terms.
made()
{
	# shellcheck disable=SC2059
	printf "$1" >made.cir
	is_same "$scratch/made.cir"
}
has_dos_ends()
{
	for deck in comments subcircuits upper bsim3; do
		sed 's/$/\r/' "$decks/$deck.cir" >made.cir
		is_same "$scratch/made.cir" || return 1
	done
}
has_long_lines()
{
	awk 'BEGIN {
		print "A source of 20,000 points in one line, a parameter of 100,000 bytes, a long comment"
		printf "v1 a 0 pwl("
		for (i = 0; i < 20000; i++)
			printf "%gn %g ", i, i % 7
		print ")"
		printf ".param sum = {0"
		for (i = 0; i < 20000; i++)
			printf " + 0.5"
		print "}"
		printf "*"
		for (i = 0; i < 20000; i++)
			printf " word"
		print ""
		printf "r1 a b {sum}"
		for (i = 0; i < 100000; i++)
			printf " "
		print ""
		print "r2 b 0 1k"
		print ".tran 1n 50n"
		print ".end"
	}' >made.cir
	[ "$(awk '{ if (length($0) > most) most = length($0) } END { print most }' made.cir)" -ge 100000 ] &&
		is_same "$scratch/made.cir"
}
has_many_continuations()
{
	awk 'BEGIN {
		print "A card of 5,000 lines"
		print "v1 a 0 pwl("
		for (i = 0; i < 5000; i++)
			printf "+ %gn %g\n%s", i, i % 5, i % 100 ? "" : "* a comment\n\n"
		print "+ )"
		print "r1 a 0 1k"
		print ".tran 1n 50n"
		print ".end"
	}' >made.cir
	is_same "$scratch/made.cir"
}
is_beside_the_deck()
{
	mkdir -p away/parts && cp "$decks"/table.cir "$decks"/library.cir "$decks"/digital.cir away &&
		cp -R "$decks"/parts/. away/parts && cd away &&
		is_same table.cir && is_same library.cir && is_same digital.cir
}
is_in_the_working_folder()
{
	mkdir -p elsewhere && printf 'r2 b 0 2k\n' >here.inc &&
		printf 't\nv1 a 0 1\nr1 a b 1k\n.include here.inc\n.op\n.end\n' >elsewhere/made.cir &&
		is_same elsewhere/made.cir
}
check 'lines that end as in DOS' has_dos_ends
check 'the end of a file of DOS' made "t\n$body.end\n\032"
check 'a byte order mark' made "\357\273\277t\n$body.end\n"
check 'a comment in Latin-1' made "t\n* \344\366\374\n${body}r3 b 0 1k ; \337\n.end\n"
check 'a net in UTF-8' made "t\n${body}r3 b größe 1k\nr4 größe 0 1k\n.end\n"
check 'tabs for blanks' made "t\n\tv1\ta\t0\t1\n r1\ta b\t1k\nr2 b 0 2k\n\t+\n\t.op\n.end\n"
check 'a circuit without elements' made "t\n.tran 1m 2m\n.end\n"
check 'an operating point without elements' made "t\n.op\n.tran 1m 2m\n.ac lin 3 1k 2k\n.end\n"
check 'an empty title' made "\n$body.end\n"
check 'no card .end' made "t\n$body"
check 'lines of 100,000 characters' has_long_lines
check 'thousands of continuations' has_many_continuations
has_long_names()
{
	awk 'BEGIN {
		print "Two nets whose names, of 900 characters, differ in the last one"
		for (i = 0; i < 899; i++)
			name = name "n"
		print "v1 a 0 1\nr1 a " name "1 1k\nr2 " name "1 " name "2 1k\nr3 " name "2 0 1k\n.op\n.end"
	}' >made.cir
	is_same "$scratch/made.cir"
}
has_longer_names()
{
	awk 'BEGIN {
		print "A net whose name has 100,000 characters"
		for (i = 0; i < 100000; i++)
			name = name "n"
		print "v1 a 0 1\nr1 a " name " 1k\nr2 " name " 0 2k\n.op\n.end"
	}' >made.cir
	is_same "$scratch/made.cir"
}
check 'names of 900 characters' has_long_names
check 'a name of 100,000 characters' has_longer_names
check 'files beside the deck' is_beside_the_deck
check 'files in the working folder' is_in_the_working_folder

# ---- slips that ngspice takes ----

slips()
{
	made "t\n$body$1\n.end\n"
}
check 'a brace that is alone' slips 'r3 b 0 1k}\n.save v(a) v(b) }'
check 'a quote that is alone' slips 'r3 b 0 1k "\n.options reltol=1e-4 "'
check 'a brace that is alone behind a parameter' slips '.param p=1k }\nr3 b 0 {p}'
check 'a function without its closing brace' slips '.func f(x) {x*2\nr3 b 0 {f(3k)}'
check 'poly without a dimension' slips 'e3 x 0 poly(x) b 0 0 1\ne4 x 0 poly(0) b 0 1 2\nr3 x 0 1k'
check 'a resistor with one net' slips 'r3 b'
check 'elements without nets' slips 'r3\nc3\ni3'
check 'an .include without its dot' slips 'include "x"'
check 'a subcircuit without a name' slips '.subckt\nr3 a 0 1\n.ends'
check 'an included folder' slips '.include /'
check 'an .if without .endif' slips '.if (1)\nr3 b 0 1k'
check 'an .if that is open in a subcircuit' slips \
	'.subckt s p q=1\n.if (q>1)\nr1 p 0 1k\n.else\nr1 p 0 3k\n.ends\nx1 b s q=2\nx2 b s\nr3 b 0 1k'
check 'an .if with a brace that is alone' slips '.if (1) }\nr3 b 0 1k\n.endif'
check 'a parameter without its closing brace' slips '.param q=2 p={q*1k\nr3 b 0 {p}'
check 'a parameter without its closing quote' slips ".param p='1k * 2\nr3 b 0 'p'"
check 'a comparison without its closing brace' slips '.param p={2==2 ? 1k : 2k\nr3 b 0 {p}'
check 'a parameter that a parenthesis closes' slips '.param q=2 p={max(q,1)*1k)\nr3 b 0 {p}'
check 'a parameter that a comma closes' slips '.param p={1k,\nr3 b 0 {p}'
check 'a parameter that a quote opens and a parenthesis closes' slips ".param p='1k)\nr3 b 0 {p}"
check 'quotes that braces close' slips \
	".param p='1k} q=2\n.func f(x) '2*x}\nr3 b 0 {f(p)}\nr4 b 0 '3k} tc1=1m\n.ic v(b)='1}"
check 'a quote that a brace closes in a subcircuit' slips \
	".subckt s p q='1k}\n.param a='q*2}\nr1 p 0 {a}\n.ends\nx1 b s"
check 'a text without its closing quote' slips '.param q=2 p="1k\nr3 b 0 {p}'
check 'a text with more behind it' slips '.param p="{1k) q=2\nr3 b 0 1k'
check 'an option without its value' slips '.options temp='
check 'a quote that is alone on a .subckt' slips '.subckt s p q "\nr1 p 0 1k\n.ends\nx1 b 0 s'

# ---- decks that ngspice cannot run ----

# fails CARD: the deck with this card more is refused by both, without a crash.
fails()
{
	# shellcheck disable=SC2059
	printf "t\n$body$1\n.end\n" >made.cir
	if timeout 20 ngspice -n -b -r ngspice.raw made.cir >ngspice.log 2>&1 </dev/null; then
		echo 'ngspice runs it'
		return 1
	fi
	"$compare" ngspice.raw made.cir
	status=$?
	[ "$status" -eq 3 ] || [ "$status" -eq 4 ]
}
check 'an undefined parameter' fails 'r3 b 0 {nowhere}'
check 'a missing model' fails 'd1 b 0 nowhere'
check 'a missing subcircuit' fails 'x1 b nowhere'
check 'a subcircuit of itself' fails '.subckt s p\nx1 p s\n.ends\nx1 b s'
check 'a subcircuit with too few nets' fails '.subckt s p q\nr1 p q 1\n.ends\nx1 b s'
check 'a missing file' fails '.include nowhere.inc'
check 'a missing library' fails '.lib nowhere.lib tt'
check 'a missing section' fails ".lib $decks/parts/corners.lib nowhere"
check 'a .subckt without .ends' fails '.subckt s p\nr1 p 0 1'
check 'an .ends without .subckt' fails '.ends'
check 'an .endif without .if' fails '.endif'
check 'an .else without .if' fails '.else'
check 'a brace that is not closed' fails 'r3 b 0 {1k'
check 'a brace too many on a function' fails '.func f(x) {x}}'
check 'an apostrophe that is alone' fails "r3 b 0 1k '"
check 'a quote on a parameter' fails '.param p=1 "'
check 'a parameter behind one that is not closed' fails '.param p={1k) q=2\nr3 b 0 {q}'
check 'a quote that a parenthesis closes' fails "r3 b 0 '1k)"
check 'a brace that a quote closes' fails "r3 b 0 {1k'"
check 'two braces that parentheses close' fails '.param p={1k))\nr3 b 0 {p}'
check 'a text behind a text' fails '.param p="x" "y'
check 'a .tran without its dot' fails 'tran 1n 1u'
check 'an .endl without .lib' fails '.endl'
check 'a card that begins with a digit' fails '1r b 0 1k'
check 'an element twice' fails 'r1 b 0 1k'
check 'an expression with a mistake' fails 'r3 b 0 {1+*2}'
check 'an unknown card' fails '.nowhere'
check 'noise without a source' fails '.noise v(b) v1 dec 1 1 10'
check 'a source that controls nothing' fails 'f1 b 0 v9 2'
check 'inductors that are not there' fails 'k1 l1 l2 0.5'
check 'a time step that cannot be' fails '.tran 0 0'
finish
