/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads .meas cards: each becomes the text of one of our measurements, which is parsed as if it had
 * been said in a statement.
 *
 * ngspice 39.3 itself would evaluate the cards of the last analysis only, to seven digits, "param"
 * once for all runs, windows outside the scale to 0, and would crash on "targ at=".
 */
#include "study/measure-card.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "study/statement.h"

enum { MAX_WORDS = 64 };

struct word {
	const char *text;
	size_t length;
};

/* A card as words; "=" is one of its own, blanks within brackets and quotes are no ends. */
struct card_words {
	struct word words[MAX_WORDS];
	size_t n, next;
	bool is_complex; /* its vectors are: of ac and sp */
	struct carom_error *err;
};

/* What may follow: numbers as they are written, empty where they are missing. */
struct options {
	struct word from, to, td, val, at;
	const char *edge; /* NULL: not given */
	struct word n;
};

static int fail(const struct card_words *card, const char *message)
{
	return carom_fail(card->err, CAROM_ERROR_SYNTAX, "%s", message);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t word_length(const char *s)
{
	int depth = 0;
	char quote = '\0';
	size_t n = 0;

	if (*s == '=')
		return 1;
	for (; s[n]; n++) {
		if (quote || s[n] == '\'' || s[n] == '"') {
			quote = quote == s[n] ? '\0' : quote ? quote : s[n];
			continue;
		}
		if (depth == 0 && (is_blank(s[n]) || s[n] == '='))
			break;
		depth += (strchr("({[", s[n]) != NULL) - (strchr(")}]", s[n]) != NULL);
	}
	return n;
}

static void split(struct card_words *card, const char *text)
{
	while (*(text += strspn(text, " \t")) && card->n < MAX_WORDS) {
		card->words[card->n] = (struct word){text, word_length(text)};
		text += card->words[card->n++].length;
	}
}

static bool is(const struct word *word, const char *text)
{
	return strlen(text) == word->length && name_compare_n(word->text, text, word->length) == 0;
}

static const struct word *peek(const struct card_words *card, size_t ahead)
{
	static const struct word none = {"", 0};

	return card->next + ahead < card->n ? &card->words[card->next + ahead] : &none;
}

static bool take_word(struct card_words *card, const char *text)
{
	if (!is(peek(card, 0), text))
		return false;
	card->next++;
	return true;
}

static void append(struct text *text, const struct word *word)
{
	text_append_n(text, word->text, word->length);
}

/* ---- vectors and numbers ---- */

/* par('v(a)*2') and 'v(a)*2': what stands in the quotes. */
static bool unquote(struct word *word)
{
	size_t begin = 0, end = word->length;

	if (word->length > 5 && name_compare_n(word->text, "par(", 4) == 0) {
		begin = 4;
		end--;
	}
	if (end - begin < 2 || !strchr("'\"", word->text[begin]))
		return false;
	*word = (struct word){word->text + begin + 1, end - begin - 2};
	return true;
}

/* In ac and sp: vdb(a) is the level, v(a) the real part of v(a). */
static void append_complex(struct text *text, const struct word *vector)
{
	static const struct {
		const char *begin, *function;
	} parts[] = {
		{"vm(", "mag"}, {"vdb(", "db"}, {"vp(", "ph"}, {"vr(", "real"}, {"vi(", "imag"}};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		size_t length = strlen(parts[i].begin);

		if (vector->length > length &&
		    name_compare_n(vector->text, parts[i].begin, length) == 0) {
			text_printf(text, "%s(v%.*s)", parts[i].function,
				    (int)(vector->length - length + 1), vector->text + length - 1);
			return;
		}
	}
	text_printf(text, "real(%.*s)", (int)vector->length, vector->text);
}

static int take_vector(struct card_words *card, struct text *text)
{
	struct word vector = *peek(card, 0);
	bool is_expression = unquote(&vector);

	if (vector.length == 0 || is(&vector, "="))
		return fail(card, "a vector is missing");
	card->next++;
	if (card->is_complex && !is_expression) {
		append_complex(text, &vector);
	} else if (is_expression) {
		text_append_char(text, '(');
		append(text, &vector);
		text_append_char(text, ')');
	} else {
		append(text, &vector);
	}
	return text->failed ? carom_fail_memory(card->err) : 0;
}

/* Expressions in quotes are those in braces. */
static void append_number(struct text *text, const struct word *number)
{
	struct word inner = *number;

	if (unquote(&inner)) {
		text_append_char(text, '{');
		append(text, &inner);
		text_append_char(text, '}');
	} else {
		append(text, number);
	}
}

static void append_option(struct text *text, const char *name, const struct word *number)
{
	if (number->length == 0)
		return;
	text_printf(text, ", %s=", name);
	append_number(text, number);
}

/* ---- options ---- */

static bool take_edge(struct options *options, const struct word *name, const struct word *value)
{
	static const char *const names[] = {"rise", "fall", "cross"};
	static const char *const edges[] = {"rise", "fall", "either"};

	for (size_t i = 0; i < 3; i++)
		if (is(name, names[i])) {
			options->edge = edges[i];
			options->n = *value;
			return true;
		}
	return false;
}

static bool take_number(struct options *options, const struct word *name, const struct word *value)
{
	const struct {
		const char *name;
		struct word *number;
	} numbers[] = {{"from", &options->from},
		       {"to", &options->to},
		       {"td", &options->td},
		       {"val", &options->val},
		       {"at", &options->at}};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (is(name, numbers[i].name)) {
			*numbers[i].number = *value;
			return true;
		}
	return false;
}

/* NAME = VALUE ...; ends at the first word that is not followed by "=". */
static int take_options(struct card_words *card, struct options *options)
{
	*options = (struct options){.edge = NULL};
	while (is(peek(card, 1), "=")) {
		const struct word *name = peek(card, 0), *value = peek(card, 2);

		if (value->length == 0)
			return fail(card, "a number is missing behind \"=\"");
		if (!take_edge(options, name, value) && !take_number(options, name, value))
			return fail(card, "known are from=, to=, td=, val=, at=, rise=, fall= and "
					  "cross=");
		card->next += 3;
	}
	return 0;
}

/* From 0 and to 0 are where the scale begins and ends, as ngspice has it. */
static void append_window(struct text *text, const struct options *options)
{
	append_option(text, "from", options->td.length ? &options->td : &options->from);
	if (!is(&options->to, "0"))
		append_option(text, "to", &options->to);
}

static void append_edge(struct text *text, const struct options *options, const char *suffix)
{
	if (!options->edge)
		return;
	text_printf(text, ", edge%s=%s, n%s=", suffix, options->edge, suffix);
	append(text, &options->n);
}

/* ---- functions ---- */

static int read_reducer(struct card_words *card, const char *reducer, struct text *text)
{
	struct options options;
	int status;

	text_printf(text, "%s(", reducer);
	if ((status = take_vector(card, text)) || (status = take_options(card, &options)))
		return status;
	options.td.length = 0; /* ngspice has none here */
	append_window(text, &options);
	return 0;
}

/* A waveform of which a level is crossed: "v(a)=0.5", "v(a)=v(b)"; *level: empty for 0. */
static int take_condition(struct card_words *card, struct text *text, struct word *level)
{
	int status = take_vector(card, text);
	struct word right;

	if (!status && !take_word(card, "="))
		return fail(card, "expected \"=\" and a level behind the vector");
	right = *peek(card, 0);
	*level = (struct word){"0", 1};
	if (status || right.length == 0)
		return status ? status : fail(card, "a level is missing");
	if (!memchr(right.text, '(', right.length) || strchr("{'\"", *right.text)) {
		*level = right;
		card->next++;
		return 0;
	}
	text_append(text, "-(");
	status = take_vector(card, text);
	text_append_char(text, ')');
	return status;
}

static int read_when(struct card_words *card, struct text *text)
{
	struct options options;
	struct word level;
	int status;

	if ((status = take_condition(card, text, &level)) ||
	    (status = take_options(card, &options)))
		return status;
	append_option(text, "level", &level);
	append_edge(text, &options, "");
	append_window(text, &options);
	return 0;
}

/* "find v(a) at=1", "find v(a) when v(b)=1"; slope instead for deriv. */
static int read_find(struct card_words *card, const char *at_reducer, struct text *text)
{
	struct text vector = TEXT_INIT;
	struct options options = {.edge = NULL};
	int status = take_vector(card, &vector);

	if (!status && take_word(card, "when")) {
		if (strcmp(at_reducer, "at") != 0)
			status = fail(card, "a slope is taken at=, not when");
		text_printf(text, "find(%s, ", text_string(&vector));
		status = status ? status : read_when(card, text);
	} else if (!status) {
		status = take_options(card, &options);
		if (!status && options.at.length == 0)
			status = fail(card, "expected at= or when");
		text_printf(text, "%s(%s", at_reducer, text_string(&vector));
		append_option(text, "x", &options.at);
	}
	text_release(&vector);
	return status;
}

/* Behind trig or targ: a vector with its level, or at=. */
static int take_event(struct card_words *card, struct text *vector, struct options *options)
{
	int status = is(peek(card, 1), "=") ? 0 : take_vector(card, vector);

	if (!status)
		status = take_options(card, options);
	if (!status && vector->length == 0 && options->at.length == 0)
		return fail(card, "expected a vector or at=");
	if (!status && options->at.length == 0 && options->val.length == 0)
		return fail(card, "val= is missing");
	return status;
}

static void append_delay(struct text *text, struct text vectors[2], const struct options *trig,
			 const struct options *targ)
{
	const struct text *y = vectors[0].length ? &vectors[0] : &vectors[1];
	const struct text *y2 = vectors[1].length ? &vectors[1] : &vectors[0];

	text_printf(text, "delay(%s, %s", text_string(y), text_string(y2));
	append_option(text, "level", &trig->val);
	append_option(text, "level2", &targ->val);
	append_edge(text, trig, "");
	append_edge(text, targ, "2");
	append_option(text, "at", &trig->at);
	append_option(text, "at2", &targ->at);
	append_option(text, "td", &trig->td);
	append_option(text, "td2", &targ->td);
}

static int read_delay(struct card_words *card, struct text *text)
{
	struct text vectors[2] = {TEXT_INIT, TEXT_INIT};
	struct options trig = {.edge = NULL}, targ = {.edge = NULL};
	int status = take_event(card, &vectors[0], &trig);

	if (!status && !take_word(card, "targ"))
		status = fail(card, "expected targ behind trig");
	if (!status)
		status = take_event(card, &vectors[1], &targ);
	if (!status && trig.at.length && targ.at.length)
		status = fail(card, "both ends are given by at=");
	if (!status)
		append_delay(text, vectors, &trig, &targ);
	text_release(&vectors[0]);
	text_release(&vectors[1]);
	return status;
}

static int read_function(struct card_words *card, struct text *text)
{
	static const struct {
		const char *word, *reducer;
	} plain[] = {{"max", "max"},           {"min", "min"},       {"pp", "pp"},
		     {"avg", "avg"},           {"rms", "rms"},       {"integ", "integral"},
		     {"integral", "integral"}, {"max_at", "argmax"}, {"min_at", "argmin"}};

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (take_word(card, plain[i].word))
			return read_reducer(card, plain[i].reducer, text);
	if (take_word(card, "find"))
		return read_find(card, "at", text);
	if (take_word(card, "deriv") || take_word(card, "derivative"))
		return read_find(card, "slope", text);
	if (take_word(card, "when")) {
		text_append(text, "cross(");
		return read_when(card, text);
	}
	if (take_word(card, "trig"))
		return read_delay(card, text);
	return fail(card, "known are max, min, pp, avg, rms, integ, max_at, min_at, find, deriv, "
			  "when, trig and param");
}

/* ---- the card ---- */

bool is_measure_card(const char *text)
{
	size_t length = strcspn(text, " \t");

	return (length == 5 && name_compare_n(text, ".meas", 5) == 0) ||
	       (length == 8 && name_compare_n(text, ".measure", 8) == 0);
}

/* Behind the analysis and the name: "param = ..."; ngspice knows it as "expr", too. */
static bool is_formula(const struct card_words *card)
{
	return (is(peek(card, 0), "param") || is(peek(card, 0), "expr")) && is(peek(card, 1), "=");
}

bool measure_card_is_formula(const char *text)
{
	struct card_words card = {.next = 3};

	split(&card, text);
	return is_formula(&card);
}

/* All that is behind the "=", without the quotes or braces around it; empty if there is nothing. */
static struct word formula_of(const struct card_words *card)
{
	const struct word *last = &card->words[card->n - 1];
	struct word formula = *peek(card, 2);
	const char *end = last->text + last->length;

	if (formula.length == 0)
		return formula;
	formula.length = (size_t)(end - formula.text);
	if (strchr("'\"{", formula.text[0])) {
		if (formula.length < 2 ||
		    end[-1] != (formula.text[0] == '{' ? '}' : formula.text[0]))
			return (struct word){formula.text, 0};
		formula = (struct word){formula.text + 1, formula.length - 2};
	}
	return formula;
}

static int read_formula(struct card_words *card, struct study_measure *measure)
{
	struct word formula = formula_of(card);

	if (formula.length == 0)
		return fail(card, "an expression is missing, or its end");
	measure->formula = mem_strndup(formula.text, formula.length);
	return measure->formula ? 0 : carom_fail_memory(card->err);
}

static int read_measure(struct card_words *card, struct study_measure *measure)
{
	struct carom_error inner = CAROM_ERROR_INIT;
	struct text text = TEXT_INIT;
	int status;

	if (is_formula(card))
		return read_formula(card, measure);
	status = read_function(card, &text);
	text_append_char(&text, ')');
	if (!status && peek(card, 0)->length > 0)
		status = fail(card, "there is more than can be read");
	if (!status && text.failed)
		status = carom_fail_memory(card->err);
	if (!status && (status = measure_parse(&measure->measure, text_string(&text), &inner)))
		carom_fail(card->err, inner.status, "%s", inner.text);
	measure->measure.clips_window = true;
	text_release(&text);
	return status;
}

int measure_card_read(struct study_measure *measure, const char *text, const char *source, int line,
		      struct carom_error *err)
{
	struct card_words card = {.next = 3, .err = err};
	struct phrase phrase = {"", source, line, 1};
	int status;

	*measure = (struct study_measure){.is_card = true};
	split(&card, text);
	if (card.n < 4)
		return fail(&card, "expected an analysis, a name and a function");
	card.is_complex = is(&card.words[1], "ac") || is(&card.words[1], "sp");
	measure->place = (struct place){mem_strdup(source), line, 1};
	measure->name = mem_strndup(card.words[2].text, card.words[2].length);
	measure->analysis = phrase_lower(card.words[1].text, card.words[1].length);
	if (!measure->place.source || !measure->name || !measure->analysis)
		status = carom_fail_memory(err);
	else
		status = study_measure_check_name(&phrase, phrase.text, measure->name, err);
	if (!status)
		status = read_measure(&card, measure);
	if (status)
		study_measure_release(measure);
	return status;
}
