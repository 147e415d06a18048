/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Expressions on cards, found as ngspice 39 finds them: inpcom.c, inp_change_quotes,
 * inp_fix_param_values (bare words after "="), inp_compat, inp_bsource_compat, inp_temper_compat.
 */
#include "circuit/card-expression.h"

#include <string.h>

#include "base/name.h"
#include "circuit/scan.h"

struct reader {
	const char *at, *begin, *end;
	char letter;
	bool takes_bare_words; /* are they expressions after "="? */
	bool is_measure, is_model, is_vdmos;
	bool is_mute; /* in a value that ngspice drops or reads later */
	enum expression_language language;
	const char *name; /* set from "name=" to its value */
	size_t name_length;
	card_expression_fn *visit;
	void *arg;
};

/* ---- the card as a whole ---- */

bool card_begins(const struct card *card, const char *prefix)
{
	size_t length = strlen(prefix);

	return card->length >= length && name_compare_n(card->text, prefix, length) == 0;
}

bool card_is(const struct card *card, const char *keyword)
{
	size_t length = strlen(keyword);

	return card_begins(card, keyword) &&
	       (card->text[length] == '\0' || strchr(" \t=({", card->text[length]) != NULL);
}

/* Byte behind the name and the two nets. */
static size_t behind_nets(const struct card *card, size_t length)
{
	struct word word;
	uint32_t at = 0;

	for (int i = 0; i < 3; i++)
		scan_word(card->text, &at, &word);
	return at < length ? at : length;
}

/* "value", "vol" of an E, "cur" of a G, behind which its expression stands; NULL: it has none. */
static const char *find_keyword(const struct card *card, char letter)
{
	size_t begin = behind_nets(card, card->length);
	const char *tail = card->text + begin;
	const char *found = expression_find_word(tail, card->length - begin, "value");

	return found ? found
		     : expression_find_word(tail, card->length - begin,
					    letter == 'e' ? "vol" : "cur");
}

bool card_is_behavioural(const struct card *card, char letter)
{
	size_t begin;

	if (letter == 'b')
		return true;
	if (letter == 'e' || letter == 'g') {
		begin = behind_nets(card, card->length);
		return find_keyword(card, letter) ||
		       expression_has_word(card->text + begin, card->length - begin, "table");
	}
	if ((letter != 'r' && letter != 'c' && letter != 'l') ||
	    !scan_may_depend(card->text, card->length))
		return false;
	begin = behind_nets(card, card->length);
	/* behind "r1 a b =" ngspice does not look */
	return card->text[begin + strspn(card->text + begin, " \t")] != '=' &&
	       expression_is_behavioural(card->text + begin, card->length - begin);
}

/* ---- one expression ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* In these numparam leaves an expression with "temper" to the B-source parser. */
static bool may_depend_on_temperature(const struct reader *reader)
{
	return reader->is_model || (reader->letter && !strchr("vbiegfhx", reader->letter));
}

/* "tc1=" and the like of an R, C or L that is made a B source stay numparam's. */
static bool is_beside_source(const struct reader *reader)
{
	static const char *const keys[] = {"tc1", "tc2", "m"};

	if (!reader->letter || !strchr("rcl", reader->letter))
		return false;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strlen(keys[i]) == reader->name_length &&
		    name_compare_n(reader->name, keys[i], reader->name_length) == 0)
			return true;
	}
	return false;
}

/* Does the text before p, blanks apart, end with this? */
static bool follows(const struct reader *reader, const char *p, const char *text)
{
	size_t length = strlen(text);

	while (p > reader->begin && is_blank(p[-1]))
		p--;
	return (size_t)(p - reader->begin) >= length &&
	       name_compare_n(p - length, text, length) == 0;
}

static void emit(struct reader *reader, const char *begin, const char *end)
{
	struct card_expression expression = {
		.text = begin,
		.length = (size_t)(end - begin),
		.language = reader->language,
		.name = reader->name,
		.name_length = reader->name_length,
	};

	if (reader->is_mute)
		return;
	if (may_depend_on_temperature(reader) && !is_beside_source(reader) &&
	    expression_has_word(begin, expression.length, "temper"))
		expression.language = LANGUAGE_BEHAVIOUR;
	reader->visit(reader->arg, &expression);
}

/* In a measurement "par('v(a)*v(b)')" is a B source, and what follows "param" is read after the run. */
static void emit_group(struct reader *reader, const char *begin, const char *end)
{
	bool is_mute = reader->is_mute;

	if (reader->is_measure) {
		reader->is_mute |= follows(reader, begin - 1, "param");
		reader->language =
			follows(reader, begin - 1, "par(") ? LANGUAGE_BEHAVIOUR : LANGUAGE_NUMPARAM;
	}
	emit(reader, begin, end);
	reader->is_mute = is_mute;
}

static void read_quoted(struct reader *reader)
{
	const char *begin = reader->at + 1;
	const char *close = memchr(begin, *reader->at, (size_t)(reader->end - begin));

	if (!close)
		close = reader->end;
	if (*reader->at == '\'')
		emit_group(reader, begin, close);
	reader->at = close < reader->end ? close + 1 : close;
}

static void read_braces(struct reader *reader)
{
	const char *begin = reader->at + 1;
	const char *p = begin;

	for (unsigned depth = 1; p < reader->end; p++) {
		depth += *p == '{';
		depth -= *p == '}';
		if (depth == 0)
			break;
	}
	emit_group(reader, begin, p);
	reader->at = p < reader->end ? p + 1 : p;
}

/* ---- values after "=" ---- */

static bool is_number_begin(const char *p, const char *end)
{
	if (p < end && (*p == '+' || *p == '-'))
		p++;
	return p < end && (*p == '.' || (*p >= '0' && *p <= '9'));
}

/* A word that ngspice does not put in braces: a number, true, false. */
static bool is_plain(const char *p, const char *end)
{
	size_t left = (size_t)(end - p);

	return is_number_begin(p, end) || (left >= 4 && name_compare_n(p, "true", 4) == 0) ||
	       (left >= 5 && name_compare_n(p, "false", 5) == 0);
}

/* To the next blank outside parentheses. */
static const char *skip_bare(const char *p, const char *end)
{
	int depth = 0;

	for (; p < end && (depth > 0 || !is_blank(*p)); p++) {
		depth += *p == '(';
		depth -= *p == ')';
	}
	return p;
}

/* "[1 a {b}]" and "<re im>": their bare words are expressions as well. */
static void read_vector(struct reader *reader)
{
	reader->at++;
	while (reader->at < reader->end && !strchr("]>", *reader->at)) {
		const char *begin = reader->at;

		if (strchr(" \t,<", *begin)) {
			reader->at++;
		} else if (*begin == '{') {
			read_braces(reader);
		} else if (*begin == '\'' || *begin == '"') {
			read_quoted(reader);
		} else {
			while (reader->at < reader->end && !strchr(" \t,]>", *reader->at))
				reader->at++;
			if (!is_plain(begin, reader->end))
				emit(reader, begin, reader->at);
		}
	}
}

/* "rise=last" of a measurement, and "when v(a)=v(b)". */
static bool is_word_of_measure(const char *p, const char *end)
{
	size_t left = (size_t)(end - p);

	if (left >= 2 && strchr("vViI", *p) && p[1] == '(')
		return true;
	return left >= 4 && name_compare_n(p, "last", 4) == 0;
}

/* Dropped: notes of a VDMOS (inpcom.c, inp_vdmos_model).  Read after the run: "param=" of .meas. */
static bool is_mute_value(const struct reader *reader)
{
	static const char *const notes[] = {"mfg", "vds", "ron", "qg"};

	if (reader->is_measure)
		return reader->name_length == 5 && name_compare_n(reader->name, "param", 5) == 0;
	if (!reader->is_vdmos)
		return false;
	for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
		if (strlen(notes[i]) == reader->name_length &&
		    name_compare_n(reader->name, notes[i], reader->name_length) == 0)
			return true;
	}
	return false;
}

static void read_bare_value(struct reader *reader)
{
	const char *begin = reader->at, *equals;

	if (*begin == '[' || *begin == '<') {
		read_vector(reader);
		return;
	}
	reader->at = skip_bare(begin, reader->end);
	if (is_plain(begin, reader->end)) {
		equals = memchr(begin, '=', (size_t)(reader->at - begin));
		reader->at = equals ? equals : reader->at; /* "cjo=1pv=)" */
	} else if (!(reader->is_measure && is_word_of_measure(begin, reader->end))) {
		emit(reader, begin, reader->at);
	}
}

static void read_value(struct reader *reader)
{
	if (reader->at == reader->end) {
		if (reader->takes_bare_words)
			emit(reader, reader->end, reader->end);
		return;
	}
	if (*reader->at == '{')
		read_braces(reader);
	else if (*reader->at == '\'' || *reader->at == '"')
		read_quoted(reader);
	else if (reader->takes_bare_words)
		read_bare_value(reader);
}

/* reader->at is at an "=": what is on its left is the name of what comes. */
static void take_name(struct reader *reader)
{
	static const bool ends_name[256] = {
		['\0'] = true, [' '] = true,  ['\t'] = true, ['('] = true,
		[')'] = true,  [','] = true,  ['='] = true,  ['{'] = true,
		['}'] = true,  ['\''] = true, ['"'] = true};
	const char *end = reader->at;

	while (end > reader->begin && is_blank(end[-1]))
		end--;
	reader->name = end;
	while (reader->name > reader->begin && !ends_name[(unsigned char)reader->name[-1]])
		reader->name--;
	reader->name_length = (size_t)(end - reader->name);
}

static void read_assignment(struct reader *reader)
{
	enum expression_language language = reader->language;

	take_name(reader);
	reader->is_mute = is_mute_value(reader);
	if (is_beside_source(reader))
		reader->language = LANGUAGE_NUMPARAM;
	do
		reader->at++;
	while (reader->at < reader->end && is_blank(*reader->at));
	read_value(reader);
	reader->language = language;
	reader->is_mute = false;
	reader->name = NULL;
	reader->name_length = 0;
}

/* "=", but not "==", "<=", ">=", "!=". */
static bool is_assignment(const struct reader *reader, const char *p)
{
	return *p == '=' && !(p + 1 < reader->end && p[1] == '=') &&
	       !(p > reader->begin && strchr("=<>!", p[-1]));
}

static void read_rest(struct reader *reader)
{
	static const bool may_begin[256] = {
		['{'] = true, ['\''] = true, ['"'] = true, ['='] = true};

	while (reader->at < reader->end) {
		char c = *reader->at;

		if (!may_begin[(unsigned char)c])
			reader->at++;
		else if (c == '{')
			read_braces(reader);
		else if (c == '\'' || c == '"')
			read_quoted(reader);
		else if (is_assignment(reader, reader->at))
			read_assignment(reader);
		else
			reader->at++;
	}
}

/* ---- cards ---- */

/* Where the parameters behind the expression of a B source begin: "tc1=", "m=", ... */
static const char *find_source_tail(const struct reader *reader)
{
	static const char *const keys[] = {"tc1", "tc2", "m", "reciproctc", "reciprocm"};
	struct reader probe = *reader;

	for (; probe.at < probe.end; probe.at++) {
		if (!is_assignment(&probe, probe.at))
			continue;
		take_name(&probe);
		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
			if (strlen(keys[i]) == probe.name_length &&
			    name_compare_n(probe.name, keys[i], probe.name_length) == 0)
				return probe.name;
		}
	}
	return probe.end;
}

/*
 * From reader->at on there is an expression; braces and quotes count for nothing in it, and what
 * follows a closing one belongs to it.
 */
static void read_source(struct reader *reader)
{
	const char *tail = find_source_tail(reader);

	reader->language = LANGUAGE_BEHAVIOUR;
	emit(reader, reader->at, tail);
	reader->language = LANGUAGE_NUMPARAM;
	reader->name = NULL;
	reader->name_length = 0;
	reader->takes_bare_words = false;
	reader->at = tail;
	read_rest(reader);
}

/* "b1 a b v=EXPRESSION tc1=..." */
static void read_behavioural(struct reader *reader)
{
	const char *end = reader->end;
	const char *equals = memchr(reader->at, '=', (size_t)(end - reader->at));

	if (!equals)
		return;
	reader->end = equals; /* numparam reads the nets: "b1 {n} 0 v=..." */
	read_rest(reader);
	reader->end = end;
	take_name(reader);
	reader->at++;
	read_source(reader);
}

/* "e1 a b vol='EXPRESSION'", "e1 a b value {EXPRESSION}" */
static void read_controlled(struct reader *reader, const char *keyword)
{
	reader->name = keyword;
	reader->name_length = strcspn(keyword, " \t={'");
	reader->at = keyword + reader->name_length;
	while (reader->at < reader->end && (is_blank(*reader->at) || *reader->at == '='))
		reader->at++;
	read_source(reader);
}

/* "b1 a b v=pwl(...)" is left to numparam. */
static bool is_table_source(const struct reader *reader)
{
	const char *equals = memchr(reader->at, '=', (size_t)(reader->end - reader->at));

	return equals && reader->end - equals > 5 && name_compare_n(equals, "=pwl(", 5) == 0;
}

static void read_element(struct reader *reader, const struct card *card)
{
	const char *keyword = reader->letter == 'e' || reader->letter == 'g'
				      ? find_keyword(card, reader->letter)
				      : NULL;

	if (reader->letter == 'b' && !is_table_source(reader)) {
		read_behavioural(reader);
		return;
	}
	if (keyword) {
		read_controlled(reader, keyword);
		return;
	}
	if (!scan_has_expression(card->text, card->length))
		return;
	reader->takes_bare_words = reader->letter != 'b';
	if (reader->letter != 'b' && card_is_behavioural(card, reader->letter))
		reader->language = LANGUAGE_BEHAVIOUR;
	read_rest(reader);
}

static void read_model(struct reader *reader)
{
	static const char *const numerical[] = {"numd", "numd2", "nbjt", "nbjt2", "numos"};
	size_t size = strcspn(reader->begin, "(="); /* its name and type are there */

	reader->is_model = true;
	reader->is_vdmos = expression_has_word(reader->begin, size, "vdmos");
	reader->takes_bare_words = true;
	for (size_t i = 0; i < sizeof(numerical) / sizeof(numerical[0]); i++) {
		if (expression_has_word(reader->begin, size, numerical[i]))
			reader->takes_bare_words = false;
	}
	read_rest(reader);
}

/* ".if (EXPRESSION)": between the first bracket and the last; words behind it count for nothing. */
static void read_condition(struct reader *reader)
{
	const char *begin = reader->begin + strcspn(reader->begin, " \t(");
	const char *open = memchr(begin, '(', (size_t)(reader->end - begin));
	const char *close = memrchr(begin, ')', (size_t)(reader->end - begin));

	if (!open || !close || close < open) {
		emit(reader, begin, reader->end);
		return;
	}
	emit(reader, open + 1, close);
	reader->at = close + 1;
	reader->takes_bare_words = true;
	read_rest(reader);
}

static void read_dot_card(struct reader *reader, const struct card *card)
{
	static const char *const outputs[] = {".save", ".probe", ".print", ".plot", ".four"};

	if (card->text[0] != '.' || card_is(card, ".func"))
		return;
	if (card_is(card, ".if") || card_is(card, ".elseif")) {
		read_condition(reader);
		return;
	}
	reader->is_measure = card_begins(card, ".meas");
	reader->takes_bare_words = !card_begins(card, ".option");
	for (size_t i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++) {
		if (card_begins(card, outputs[i])) {
			reader->takes_bare_words = false;
			reader->language = LANGUAGE_BEHAVIOUR;
		}
	}
	read_rest(reader);
}

void card_each_expression(const struct card *card, char letter, card_expression_fn *visit,
			  void *arg)
{
	struct reader reader = {
		.at = card->text,
		.begin = card->text,
		.end = card->text + card->length,
		.letter = letter,
		.visit = visit,
		.arg = arg,
	};

	switch (card->role) {
	case CARD_ELEMENT:
		if (letter != 'x')
			read_element(&reader, card);
		break;
	case CARD_MODEL:
		read_model(&reader);
		break;
	case CARD_ANALYSIS:
	case CARD_SAVE:
	case CARD_OTHER:
		read_dot_card(&reader, card);
		break;
	case CARD_TITLE:
	case CARD_PARAM:
	case CARD_SUBCIRCUIT:
	case CARD_REMOVED:
		break;
	}
}
