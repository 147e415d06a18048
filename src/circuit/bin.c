/* SPDX-License-Identifier: BSD-3-Clause */
/* The size of transistors, and the rule by which one has a bin of its model. */
#include "circuit/bin.h"

#include <ctype.h>
#include <math.h>

#include "base/number.h"
#include "circuit/card-expression.h"
#include "circuit/card-word.h"
#include "circuit/scan.h"
#include "circuit/scope.h"

static bool is_in_range(double value, double min, double max, double tolerance)
{
	return fabs(value - min) < tolerance || fabs(value - max) < tolerance ||
	       (min < value && value < max);
}

bool bin_contains(const struct bin_limits *limits, const struct bin_size *size, double tolerance)
{
	return is_in_range(size->l, limits->l_min, limits->l_max, tolerance) &&
	       is_in_range(size->w, limits->w_min, limits->w_max, tolerance);
}

size_t bin_base_length(const char *name, size_t length)
{
	size_t base = length;

	while (base > 0 && isdigit((unsigned char)name[base - 1]))
		base--;
	return base > 1 && base < length && name[base - 1] == '.' ? base - 1 : 0;
}

/* ---- values on cards ---- */

/* An assignment that is looked for.  number is NAN if it is not given, or its value not known. */
struct wanted {
	const char *name;
	bool is_given;
	double number;
};

/* A card of a circuit, read in one of its instances; scope NULL: in none. */
struct reading {
	const struct carom_circuit *circuit;
	struct scope *scope;
	uint32_t card;
};

/* A word of letters may follow a value, but no operator: then more belongs to it than is known. */
static bool is_end_of_value(const char *text)
{
	while (*text == ' ' || *text == '\t')
		text++;
	return *text == '\0' || *text == ',' || *text == ')' || isalpha((unsigned char)*text);
}

/* What stands behind the "=" at or after at. */
static double read_number(const struct reading *reading, uint32_t at)
{
	const struct card *card = &reading->circuit->cards[reading->card];
	struct origin origin = {reading->circuit, reading->card, card->text, false};
	struct carom_error ignored = CAROM_ERROR_INIT;
	struct operand operand;
	struct word word;
	const char *text;
	size_t length, used;
	double number;

	if (!scan_value(card->text, &at, &word) || !is_end_of_value(card->text + at))
		return NAN;
	text = card->text + word.begin;
	length = word.length;
	expression_unwrap(&text, &length);
	if (number_read(text, length, &number, &used) && used == length)
		return number;
	if (!reading->scope ||
	    scope_compile(reading->scope, text, length, origin, &operand, &ignored) != 0 ||
	    !operand_is_constant(operand))
		return NAN;
	return operand.number;
}

/* Of several of one name the last counts. */
static void take_assignment(struct wanted *wanted, unsigned n, const struct reading *reading,
			    const struct word *name, uint32_t value)
{
	const char *text = reading->circuit->cards[reading->card].text;

	for (unsigned i = 0; i < n; i++) {
		if (!word_is(text, name, wanted[i].name))
			continue;
		wanted[i].is_given = true;
		wanted[i].number = read_number(reading, value);
	}
}

static void take_assignments(struct wanted *wanted, unsigned n, const struct reading *reading,
			     uint32_t at)
{
	const char *text = reading->circuit->cards[reading->card].text;
	struct assignment item;

	while (scan_assignment(text, &at, &item))
		take_assignment(wanted, n, reading, &item.name, item.value.begin);
}

/* ---- options ---- */

/* In the making: those of all cards, which ngspice collects from subcircuits in use as well. */
struct option_search {
	struct bin_options options;
	struct scope *top;
	bool has_scale, has_wnflag;
};

/* Which of several cards counts is ngspice's secret: where they differ it is not known. */
static void merge(double *option, const struct wanted *wanted, bool *is_given)
{
	if (!wanted->is_given)
		return;
	*option = !*is_given || *option == wanted->number ? wanted->number : NAN;
	*is_given = true;
}

static void search_options(struct option_search *search, const struct carom_circuit *circuit)
{
	struct scope *scope = circuit->parent ? NULL : search->top;

	for (uint32_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];
		struct reading reading = {circuit, scope, i};
		struct wanted wanted[] = {{"scale", false, NAN}, {"wnflag", false, NAN}};

		if (card->role == CARD_SUBCIRCUIT)
			search_options(search, circuit->children[card->index]);
		if (card->role != CARD_OTHER || !card_begins(card, ".opt"))
			continue;
		take_assignments(wanted, 2, &reading, 0);
		merge(&search->options.scale, &wanted[0], &search->has_scale);
		merge(&search->options.wnflag, &wanted[1], &search->has_wnflag);
	}
}

static const struct bin_options *find_options(struct scope *scope)
{
	struct scope_tree *tree = scope->tree;
	struct option_search search = {.options = {.scale = 1}};

	if (tree->has_bin_options)
		return &tree->bin_options;
	while (scope->caller)
		scope = scope->caller;
	search.top = scope;
	search_options(&search, scope->circuit);
	tree->bin_options = search.options;
	tree->has_bin_options = true;
	return &tree->bin_options;
}

/* ---- models and transistors ---- */

/* A model's card is long: its names are looked at before what they are assigned. */
bool bin_limits_read(const struct carom_circuit *circuit, const struct model *model,
		     struct scope *scope, struct bin_limits *limits)
{
	const struct card *card = &circuit->cards[model->card];
	struct reading reading = {circuit, scope, model->card};
	struct text_words words = {.at = card->text, .end = card->text + card->length};
	struct wanted wanted[] = {{"lmin", false, NAN},
				  {"lmax", false, NAN},
				  {"wmin", false, NAN},
				  {"wmax", false, NAN}};

	while (text_words_next(&words)) {
		struct word name = {.begin = (uint32_t)(words.word - card->text), .length = 4};

		if (words.length == 4 && (words.word[1] | 0x20) == 'm' && text_words_is_key(&words))
			take_assignment(wanted, 4, &reading, &name,
					(uint32_t)(words.at - card->text));
	}
	*limits = (struct bin_limits){wanted[0].number, wanted[1].number, wanted[2].number,
				      wanted[3].number};
	return !isnan(limits->l_min + limits->l_max + limits->w_min + limits->w_max);
}

bool bin_size_read(struct scope *scope, uint32_t transistor, struct bin_size *size)
{
	const struct bin_options *options = find_options(scope);
	const struct element *element = &scope->circuit->elements[transistor];
	struct reading reading = {scope->circuit, scope, element->card};
	struct wanted wanted[] = {
		{"l", false, NAN}, {"w", false, NAN}, {"nf", false, 1}, {"wnflag", false, 0}};
	double wnflag, fingers = 1;

	take_assignments(wanted, 4, &reading, element->model_begin);
	wnflag = wanted[3].is_given ? wanted[3].number : options->wnflag;
	if (wanted[2].is_given && wnflag != 0)
		fingers = isnan(wnflag) ? NAN : wanted[2].number;
	size->l = wanted[0].number * options->scale;
	size->w = wanted[1].number / fingers * options->scale;
	return isfinite(size->l) && isfinite(size->w);
}

/* The multiplier that instances give to all inside; false if none does. */
static bool find_multiplier(struct scope *scope, double *m)
{
	struct carom_error ignored = CAROM_ERROR_INIT;

	if (!scope->caller || circuit_find_param(scope->circuit, "m"))
		return false;
	if (find_multiplier(scope->caller, m))
		return true;
	if (scope->has_multiplier && scope_evaluate(scope, "m", 1, m, &ignored) != CAROM_OK)
		*m = NAN;
	return scope->has_multiplier;
}

void gate_read(struct scope *scope, uint32_t element, struct gate *gate)
{
	const struct bin_options *options = find_options(scope);
	const struct element *found = &scope->circuit->elements[element];
	struct reading reading = {scope->circuit, scope, found->card};
	struct wanted wanted[] = {{"l", false, NAN}, {"w", false, NAN}, {"m", false, 1}};

	take_assignments(wanted, 3, &reading, found->model_begin);
	gate->l = wanted[0].number * options->scale;
	gate->w = wanted[1].number * options->scale;
	gate->m = wanted[2].number;
	find_multiplier(scope, &gate->m);
}
