#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# carom graph: sizes, questions about nets and elements, pictures that Graphviz takes.
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/tap.sh"
. "${CAROM_SRCDIR:-$(dirname "$0")/..}/tests/cli.sh"

amplifier=$CAROM_SRCDIR/docs/examples/opamp.cir
cd "$scratch" || exit 99

cat >filter.cir <<'EOF'
a filter of "two" stages
v1 in 0 dc 1 ac 1
x1 in mid stage
x2 mid out stage
r9 out 0 1meg
r8 p q 1k
.subckt stage a b
r1 a b 1k
c1 b n 1n
r2 n 0 1k
.ends
.end
EOF

# ---- help and usage ----

check 'help' carom_ends 0 graph --help
check 'no deck is a usage error' misused 'carom graph: which deck?' graph
check 'an unknown option is a usage error' misused 'carom graph: unrecognized option' graph --bogus x
check 'a path has two ends' misused 'carom graph: --path takes two nets' graph filter.cir --path in
check 'one question at a time' \
	misused 'carom graph: one question at a time' graph --net in --dot filter.cir
check 'a picture is no JSON' misused 'carom graph: --dot is not JSON' graph --dot --json filter.cir
check 'a missing deck' refuses 3 'carom: cannot open "nosuch.cir"' graph nosuch.cir
check 'a missing net' refuses 3 'carom: there is no net "z"' graph filter.cir --net z
check 'a missing element' \
	refuses 3 'carom: there is no element "x1.r9"' graph filter.cir --element x1.r9
check 'a missing end of a path' refuses 3 'carom: there is no net "z"' graph filter.cir --path in z
check 'no path' refuses 3 'carom: no path from in to p' graph filter.cir --path in p

# ---- answers ----

printf 't\n.if (1)\nr1 a 0 1\n.endif\n' >choice.cir

prints_sizes()
{
	carom_ends 0 graph filter.cir && grep -qE '^nets +6$' out && grep -qE '^kinds +r:2 v:1 x:2$' out &&
		grep -qE '^flat +nets:8 elements:9$' out && grep -qE '^depth +1$' out &&
		grep -qE '^components +all:2 without_ground:3 signals:4$' out &&
		grep -qE '^degrees +min:1 median:2 max:2$' out
}
prints_sizes_as_json()
{
	carom_ends 0 graph filter.cir --json && json_has 'd["flat"]["nets"] == 8 and
		d["flat_kinds"] == {"c": 2, "r": 6, "v": 1} and d["instances"] == 2 and
		d["hubs"]["in"] == 2 and d["title"].startswith("a filter")' <out
}
tells_of_a_net()
{
	carom_ends 0 graph filter.cir --net mid && grep -qE '^pins +x1\.2 x2\.1$' out &&
		grep -qE '^neighbours +in out$' out && grep -qE '^supply +no$' out &&
		carom_ends 0 graph filter.cir --net mid --signals && grep -qE '^neighbours +out$' out &&
		carom_ends 0 graph filter.cir --net out --all && grep -qE '^neighbours +0 mid$' out
}
tells_of_an_element()
{
	carom_ends 0 graph filter.cir --element X1.C1 && grep -qE '^kind +capacitor$' out &&
		grep -qE '^nets +b n$' out && grep -qE '^neighbours +r1 r2$' out &&
		carom_ends 0 graph filter.cir --element x2 --json &&
		json_has 'd["subcircuit"] == "stage" and d["neighbours"] == ["x1", "r9"]' <out
}
finds_a_path()
{
	carom_ends 0 graph --path in out filter.cir && grep -qE '^path +in x1 mid x2 out$' out &&
		carom_ends 0 graph filter.cir --path in out --json && json_has 'd["length"] == 2' <out
}
finds_a_path_through_ground()
{
	carom_ends 0 graph filter.cir --path in out --all && grep -qE '^path +in v1 0 r9 out$' out
}
looks_at_the_flat_deck()
{
	carom_ends 0 graph filter.cir --flat --path in out && grep -qE '^path +in r.x1.r1 mid r.x2.r1 out$' out &&
		carom_ends 0 graph filter.cir --flat --net x1.n && grep -qE '^pins +c.x1.c1.2 r.x1.r2.1$' out &&
		carom_ends 0 graph filter.cir --flat && grep -qE '^elements +9$' out
}
prints_the_order()
{
	carom_ends 0 graph filter.cir --order && grep -qE '^order +v1 r9 x1 x2 r8$' out
}
breaks_long_lines()
{
	carom_ends 0 graph "$amplifier" --order && [ "$(wc -l <out)" -gt 1 ] && ! grep -qE '.{81}' out
}
takes_decks_with_errors()
{
	printf 't\nr1 a b {nothing}\n' >bad.cir
	carom_ends 0 graph bad.cir && [ ! -s err ]
}
refuses_recursion()
{
	printf 't\n.subckt s a\nx1 a s\n.ends\nx1 b s\n' >deep.cir
	refuses 3 'carom: deep.cir:3: x1 is inside of the subcircuit that it stands for' graph deep.cir
}

check 'sizes' prints_sizes
check 'sizes as JSON' prints_sizes_as_json
check 'a net' tells_of_a_net
check 'an element, also inside of a subcircuit' tells_of_an_element
check 'a path' finds_a_path
check 'a path through ground' finds_a_path_through_ground
check 'the flat deck' looks_at_the_flat_deck
check 'what has no flat form' refuses 3 'carom: choice.cir:2: .if has no flat form' graph --flat choice.cir
check 'the order' prints_the_order
check 'long lists are broken' breaks_long_lines
check 'a deck with errors can be looked at' takes_decks_with_errors
check 'a subcircuit that contains itself' refuses_recursion

# ---- pictures ----

# Graphviz takes it, without a warning, and draws these texts.
draws()
{
	deck=$1
	shift
	carom_ends 0 graph "$deck" --dot && dot -Tsvg out >picture.svg 2>warnings || return 1
	[ ! -s warnings ] || {
		cat warnings
		return 1
	}
	for text; do
		grep -qF ">$text</text>" picture.svg || {
			echo "no $text"
			return 1
		}
	done
}
draws_odd_names()
{
	printf 't "quoted" \\ back\nr1\\n a"b"c 1 1k\nb1 c 0 v=1\nk1 l1 l2 0.5\n' >odd.cir
	draws odd.cir 'r1\n' 'a&quot;b&quot;c' b1 k1
}
# A symbol at each pin, and the name of the source.
draws_a_supply_at_each_use()
{
	draws "$amplifier" q1 30p 50k && [ "$(grep -cF '>vcc</text>' picture.svg)" -eq 10 ] &&
		[ "$(grep -cF '>vee</text>' picture.svg)" -eq 11 ]
}
words_of()
{
	grep -o '>[^<]*</text>' "$1" | LC_ALL=C sort
}
is_the_picture_of_the_documents()
{
	draws "$amplifier" q21 && words_of picture.svg >drawn &&
		words_of "$CAROM_SRCDIR/docs/images/opamp.svg" | diff drawn -
}
is_the_same_each_time()
{
	carom_ends 0 graph "$amplifier" --dot && cp out first &&
		carom_ends 0 graph "$amplifier" --dot && cmp out first
}

check 'a picture, with instances' draws filter.cir x1 stage mid 1meg
check 'a picture with odd names' draws_odd_names
check 'supplies are drawn at each use' draws_a_supply_at_each_use
check 'the picture in the documents shows the amplifier' is_the_picture_of_the_documents
check 'the picture is the same each time' is_the_same_each_time
finish
