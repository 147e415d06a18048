/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of analysis cards: how many there must be, and which numbers ngspice cannot do with. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "circuit/card-expression.h"
#include "circuit/external.h"
#include "circuit/lint.h"
#include "circuit/scan.h"
#include "circuit/sensitivity.h"

enum { MAX_WORDS = 12 };

/* An analysis card, word by word. */
struct sweep {
	struct lint *lint;
	uint32_t card;
	const char *text;
	const char *keyword;
	struct word words[MAX_WORDS];
	unsigned n_words; /* behind the keyword */
};

#define REPORT(sweep, rule, ...) \
	lint_add((sweep)->lint, (sweep)->lint->root, (sweep)->card, rule, __VA_ARGS__)

/* The number that is the word; NAN if it is an expression or there is none. */
static double number_at(const struct sweep *sweep, unsigned index)
{
	const struct word *word = &sweep->words[index];
	double value;
	size_t used;

	if (index >= sweep->n_words ||
	    !number_read(sweep->text + word->begin, word->length, &value, &used))
		return NAN;
	return value;
}

static bool word_at_is(const struct sweep *sweep, unsigned index, const char *text)
{
	return index < sweep->n_words && word_is(sweep->text, &sweep->words[index], text);
}

/* Is the word a name, as opposed to an expression or the name of something in a subcircuit? */
static bool is_plain(const struct sweep *sweep, unsigned index)
{
	const char *text = sweep->text + sweep->words[index].begin;

	return strcspn(text, "{}'\".@[#") >= sweep->words[index].length;
}

static bool has_words(const struct sweep *sweep, unsigned least, const char *usage)
{
	if (sweep->n_words >= least)
		return true;
	REPORT(sweep, RULE_BAD_ANALYSIS, "%s needs %u words at least: %s", sweep->keyword, least,
	       usage);
	return false;
}

/* Is the word neither a number nor an expression? */
static bool is_no_number(const struct sweep *sweep, unsigned index)
{
	const struct word *word = &sweep->words[index];

	return isnan(number_at(sweep, index)) &&
	       strcspn(sweep->text + word->begin, "{}'\"") >= word->length;
}

static void check_numbers(const struct sweep *sweep, unsigned index, unsigned n)
{
	for (unsigned i = index; i < index + n; i++) {
		const struct word *word = &sweep->words[i];

		if (is_no_number(sweep, i))
			REPORT(sweep, RULE_BAD_ANALYSIS,
			       "%s: \"%.*s\" is no number; a parameter must be in braces",
			       sweep->keyword, (int)word->length, sweep->text + word->begin);
	}
}

/* Behind two numbers at most comes "uic", and behind that ngspice does not look. */
static void check_tran_tail(const struct sweep *sweep)
{
	unsigned at = 2;
	const struct word *word;

	while (at < 4 && at < sweep->n_words && !is_no_number(sweep, at))
		at++;
	word = &sweep->words[at];
	if (at < sweep->n_words && !word_at_is(sweep, at, "uic"))
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       ".tran: \"%.*s\" stands where nothing but uic may follow", (int)word->length,
		       sweep->text + word->begin);
}

static void check_tran(const struct sweep *sweep)
{
	double step = number_at(sweep, 0), stop = number_at(sweep, 1), start = number_at(sweep, 2);

	if (!has_words(sweep, 2, ".tran STEP STOP [START [MAX]] [uic]"))
		return;
	check_numbers(sweep, 0, 2);
	check_tran_tail(sweep);
	if (step <= 0)
		REPORT(sweep, RULE_BAD_ANALYSIS, ".tran: the step must be greater than 0");
	if (stop <= 0)
		REPORT(sweep, RULE_BAD_ANALYSIS, ".tran: the stop time must be greater than 0");
	else if (start >= stop)
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       ".tran: the start time must be less than the stop time");
}

/*
 * "dec 10 1 1meg" from the word at index on.  Of .ac and .sp ngspice takes what is no number for 0, and
 * minds that where the first frequency must not be 0.
 */
static void check_frequencies(const struct sweep *sweep, unsigned index)
{
	const struct card *card = &sweep->lint->root->cards[sweep->card];
	bool is_lax = card_is(card, ".ac") || card_is(card, ".sp");
	bool is_log = word_at_is(sweep, index, "dec") || word_at_is(sweep, index, "oct");

	if (!is_log && !word_at_is(sweep, index, "lin")) {
		REPORT(sweep, RULE_BAD_ANALYSIS, "%s: the sweep must be dec, oct or lin",
		       sweep->keyword);
		return;
	}
	if (is_log || !is_lax)
		check_numbers(sweep, index + 1, is_lax ? 2 : 3);
	if (is_log && number_at(sweep, index + 2) <= 0)
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       "%s: the first frequency of a dec or oct sweep must be greater than 0",
		       sweep->keyword);
}

static void check_ac(const struct sweep *sweep)
{
	if (has_words(sweep, 3, ".ac dec|oct|lin POINTS FIRST LAST"))
		check_frequencies(sweep, 0);
}

static uint32_t element_at(const struct sweep *sweep, unsigned index)
{
	const struct carom_circuit *root = sweep->lint->root;
	const struct word *word = &sweep->words[index];

	/* 0 - 1 is NAME_NONE */
	return circuit_element_of_name(root, sweep->text + word->begin, word->length) - 1;
}

/* kinds: letters of the elements that may stand there. */
static void check_element(const struct sweep *sweep, unsigned index, const char *kinds,
			  const char *what)
{
	const struct word *word = &sweep->words[index];
	uint32_t element = element_at(sweep, index);

	if (!is_plain(sweep, index))
		return;
	if (element == NAME_NONE || !strchr(kinds, sweep->lint->root->elements[element].kind))
		REPORT(sweep, RULE_SWEPT_SOURCE, "%s: \"%.*s\" is no %s of the deck",
		       sweep->keyword, (int)word->length, sweep->text + word->begin, what);
}

static void check_dc_range(const struct sweep *sweep, unsigned index)
{
	double step = number_at(sweep, index + 3);

	if (!word_at_is(sweep, index, "temp"))
		check_element(sweep, index, "virx", "source or resistor");
	check_numbers(sweep, index + 1, 3);
	if (step == 0)
		REPORT(sweep, RULE_ENDLESS_SWEEP,
		       ".dc: with a step of 0 the sweep never ends; give it one");
}

static void check_dc(const struct sweep *sweep)
{
	if (!has_words(sweep, 4, ".dc SOURCE FIRST LAST STEP"))
		return;
	check_dc_range(sweep, 0);
	if (sweep->n_words > 4 && has_words(sweep, 8, ".dc SOURCE FIRST LAST STEP SOURCE2 ..."))
		check_dc_range(sweep, 4);
}

static void check_noise_source(const struct sweep *sweep, unsigned index)
{
	const struct carom_circuit *root = sweep->lint->root;
	uint32_t element = element_at(sweep, index);
	const struct card *card;

	if (element == NAME_NONE || strchr("vi", root->elements[element].kind) == NULL)
		return;
	card = &root->cards[root->elements[element].card];
	if (!expression_has_word(card->text, card->length, "ac"))
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       ".noise: the source %s has no AC value; give it one, such as \"ac 1\"",
		       name_text(root->names, root->elements[element].name));
}

/* "v(out) v1 dec 10 1 1k": brackets separate words, so "v" and its nets are some. */
static void check_noise(const struct sweep *sweep)
{
	unsigned source = 2;

	if (!has_words(sweep, 7, ".noise v(OUT[,REF]) SOURCE dec|oct|lin POINTS FIRST LAST"))
		return;
	if (!word_at_is(sweep, 0, "v")) {
		REPORT(sweep, RULE_BAD_ANALYSIS, ".noise: the output must be written v(NET)");
		return;
	}
	if (sweep->n_words > 7 && !word_at_is(sweep, source + 1, "dec") &&
	    !word_at_is(sweep, source + 1, "oct") && !word_at_is(sweep, source + 1, "lin"))
		source++; /* v(OUT,REF) */
	check_element(sweep, source, "vi", "voltage or current source");
	check_noise_source(sweep, source);
	check_frequencies(sweep, source + 1);
	if (number_at(sweep, source + 2) <= 0)
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       ".noise: the number of points must be greater than 0");
}

/* The source is the word behind the bracket; ngspice passes over more. */
static void check_tf(const struct sweep *sweep)
{
	const char *close = strchr(sweep->text, ')');
	unsigned source = 0;

	if (!has_words(sweep, 3, ".tf v(OUT[,REF])|i(SOURCE) SOURCE"))
		return;
	while (source + 1 < sweep->n_words && close &&
	       sweep->text + sweep->words[source].begin < close)
		source++;
	check_element(sweep, close ? source : sweep->n_words - 1, "vi",
		      "voltage or current source");
}

/* The net at the word; CAROM_NO_INDEX if it is none or that cannot be told. */
static uint32_t net_at(const struct sweep *sweep, unsigned index)
{
	const struct word *word = &sweep->words[index];
	const char *name = sweep->text + word->begin;

	if (!is_plain(sweep, index))
		return CAROM_NO_INDEX;
	return circuit_net_of_name(sweep->lint->root, name, word->length) - 1;
}

static void check_net(const struct sweep *sweep, unsigned index)
{
	const struct word *word = &sweep->words[index];

	if (is_plain(sweep, index) && net_at(sweep, index) == CAROM_NO_INDEX &&
	    !circuit_has_code_models(sweep->lint->root))
		REPORT(sweep, RULE_BAD_ANALYSIS, "%s: there is no net \"%.*s\"", sweep->keyword,
		       (int)word->length, sweep->text + word->begin);
}

static void check_pair(const struct sweep *sweep, unsigned index, const char *what)
{
	uint32_t net = net_at(sweep, index);

	check_net(sweep, index);
	check_net(sweep, index + 1);
	if (net != CAROM_NO_INDEX && net == net_at(sweep, index + 1))
		REPORT(sweep, RULE_BAD_ANALYSIS, "%s: both nets of the %s are one", sweep->keyword,
		       what);
}

/* A voltage source is a short to the analysis if it has no AC value. */
static void check_short(const struct sweep *sweep)
{
	const struct carom_circuit *root = sweep->lint->root;
	uint32_t in = net_at(sweep, 0), reference = net_at(sweep, 1);

	for (size_t i = 0; i < root->n_elements; i++) {
		const struct element *element = &root->elements[i];
		const uint32_t *nets = circuit_nets(root, element);
		const struct card *card = &root->cards[element->card];

		if (element->kind == 'v' &&
		    ((nets[0] == in && nets[1] == reference) ||
		     (nets[0] == reference && nets[1] == in)) &&
		    !expression_has_word(card->text, card->length, "ac"))
			REPORT(sweep, RULE_BAD_ANALYSIS,
			       ".pz: the source %s shorts the input; give it an AC value, such as "
			       "\"ac 1\"",
			       name_text(root->names, element->name));
	}
}

static void check_pz(const struct sweep *sweep)
{
	uint32_t in;

	if (!has_words(sweep, 6, ".pz IN REF OUT REF cur|vol pol|zer|pz"))
		return;
	check_pair(sweep, 0, "input");
	check_short(sweep);
	check_pair(sweep, 2, "output");
	in = net_at(sweep, 0);
	if (!word_at_is(sweep, 4, "cur") && !word_at_is(sweep, 4, "vol"))
		REPORT(sweep, RULE_BAD_ANALYSIS, ".pz: the fifth word must be cur or vol");
	else if (word_at_is(sweep, 4, "vol") && in != CAROM_NO_INDEX && in == net_at(sweep, 2) &&
		 net_at(sweep, 1) == net_at(sweep, 3))
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       ".pz: the output is the input, and their ratio is 1");
	if (!word_at_is(sweep, 5, "pol") && !word_at_is(sweep, 5, "zer") &&
	    !word_at_is(sweep, 5, "pz"))
		REPORT(sweep, RULE_BAD_ANALYSIS, ".pz: the sixth word must be pol, zer or pz");
}

/* What ngspice 39 crashes at in a sensitivity analysis; NULL if the element is nothing of the kind. */
static const char *sens_fault(const struct carom_circuit *circuit, const struct element *element)
{
	if (element_is_external(circuit, element))
		return "external sources";
	return element_sens_fault(circuit, element);
}

static void check_sens(const struct sweep *sweep)
{
	const struct carom_circuit *root = sweep->lint->root;
	const struct reach *reach = &sweep->lint->reach;

	if (!has_words(sweep, 2, ".sens v(OUT[,REF])|i(SOURCE)"))
		return;
	for (size_t i = 0; i < reach->count; i++) {
		const struct carom_circuit *circuit = reach->list[i].circuit;

		for (size_t k = 0; k < circuit->n_elements; k++) {
			const char *fault = sens_fault(circuit, &circuit->elements[k]);

			if (!fault)
				continue;
			lint_add(sweep->lint, root, sweep->card, RULE_CRASHING_SENS,
				 ".sens: ngspice 39 crashes at %s, such as %s; take the card out",
				 fault, name_text(circuit->names, circuit->elements[k].name));
			return;
		}
	}
}

static bool has_second_tone(const struct reach *reach)
{
	for (size_t i = 0; i < reach->count; i++) {
		const struct carom_circuit *circuit = reach->list[i].circuit;

		for (size_t k = 0; k < circuit->n_elements; k++) {
			const struct card *card = &circuit->cards[circuit->elements[k].card];

			if (strchr("vi", circuit->elements[k].kind) &&
			    expression_has_word(card->text, card->length, "distof2"))
				return true;
		}
	}
	return false;
}

/* ngspice reserves memory for the points before it looks whether there are any. */
static void check_disto(const struct sweep *sweep)
{
	if (!has_words(sweep, 4, ".disto dec|oct|lin POINTS FIRST LAST [F2OVERF1]"))
		return;
	check_frequencies(sweep, 0);
	if (!word_at_is(sweep, 0, "lin") && number_at(sweep, 2) > number_at(sweep, 3))
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       ".disto: the last frequency must not be less than the first");
	else if (word_at_is(sweep, 0, "lin") && number_at(sweep, 2) == number_at(sweep, 3))
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       ".disto: ngspice divides by the difference of the frequencies; write dec");
	if (number_at(sweep, 1) <= 0)
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       ".disto: the number of points must be greater than 0");
	if (sweep->n_words > 4 && !has_second_tone(&sweep->lint->reach))
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       ".disto: with F2OVERF1 some source must have distof2, such as \"distof2 "
		       "1\"");
}

/* Voltage sources that are ports; what an instance holds may be there any number of times. */
static unsigned count_ports(const struct reach *reach)
{
	unsigned count = 0;

	for (size_t i = 0; i < reach->count; i++) {
		const struct carom_circuit *circuit = reach->list[i].circuit;

		for (size_t k = 0; k < circuit->n_elements; k++) {
			if (element_is_port(circuit, &circuit->elements[k]))
				count += circuit->parent ? 2 : 1;
		}
	}
	return count;
}

/* Of a matrix of less than two rows ngspice makes one of no rows at all. */
static void check_sp(const struct sweep *sweep)
{
	if (!has_words(sweep, 4, ".sp dec|oct|lin POINTS FIRST LAST"))
		return;
	check_frequencies(sweep, 0);
	if (count_ports(&sweep->lint->reach) < 2)
		REPORT(sweep, RULE_BAD_ANALYSIS,
		       ".sp needs two ports at least: voltage sources with portnum 1 z0 50");
}

static void read_words(struct sweep *sweep)
{
	uint32_t at = 0;
	struct word word;

	scan_word(sweep->text, &at, &word);
	while (sweep->n_words < MAX_WORDS &&
	       scan_word(sweep->text, &at, &sweep->words[sweep->n_words]))
		sweep->n_words++;
}

void lint_sweep(struct lint *lint, uint32_t card)
{
	static const struct {
		const char *keyword;
		void (*check)(const struct sweep *sweep);
	} analyses[] = {{".tran", check_tran},   {".ac", check_ac},       {".dc", check_dc},
			{".noise", check_noise}, {".tf", check_tf},       {".pz", check_pz},
			{".sens", check_sens},   {".disto", check_disto}, {".sp", check_sp}};
	struct sweep sweep = {.lint = lint, .card = card, .text = lint->root->cards[card].text};

	for (size_t i = 0; i < sizeof(analyses) / sizeof(analyses[0]); i++) {
		if (!card_is(&lint->root->cards[card], analyses[i].keyword))
			continue;
		sweep.keyword = analyses[i].keyword;
		read_words(&sweep);
		analyses[i].check(&sweep);
	}
}
