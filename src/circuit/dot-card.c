/* SPDX-License-Identifier: BSD-3-Clause */
/* Dot-cards by keyword, and what .model and .param cards define. */
#include "circuit/dot-card.h"

#include <string.h>

#include "base/name.h"
#include "circuit/edit.h"
#include "circuit/scan.h"

/* As ngspice 39 knows them: src/spicelib/parser/inpdot.c, src/frontend/inp.c, inpcom.c. */
static const struct dot_word {
	const char *keyword;
	enum dot_kind kind;
} dot_words[] = {
	{".model", DOT_MODEL},   {".param", DOT_PARAM},     {".subckt", DOT_SUBCKT},
	{".ends", DOT_ENDS},     {".lib", DOT_LIB},         {".endl", DOT_ENDL},
	{".tran", DOT_ANALYSIS}, {".ac", DOT_ANALYSIS},     {".dc", DOT_ANALYSIS},
	{".op", DOT_ANALYSIS},   {".noise", DOT_ANALYSIS},  {".sens", DOT_ANALYSIS},
	{".tf", DOT_ANALYSIS},   {".pz", DOT_ANALYSIS},     {".disto", DOT_ANALYSIS},
	{".sp", DOT_ANALYSIS},   {".pss", DOT_ANALYSIS},    {".save", DOT_SAVE},
	{".probe", DOT_SAVE},    {".end", DOT_END},         {".endc", DOT_ENDC},
	{".title", DOT_TITLE},   {".macro", DOT_SUBCKT},    {".eom", DOT_ENDS},
	{".ic", DOT_OTHER},      {".nodeset", DOT_OTHER},   {".option", DOT_OTHER},
	{".options", DOT_OTHER}, {".opt", DOT_OTHER},       {".global", DOT_OTHER},
	{".temp", DOT_OTHER},    {".meas", DOT_OTHER},      {".measure", DOT_OTHER},
	{".print", DOT_OTHER},   {".plot", DOT_OTHER},      {".four", DOT_OTHER},
	{".fourier", DOT_OTHER}, {".func", DOT_OTHER},      {".csparam", DOT_OTHER},
	{".if", DOT_OTHER},      {".elseif", DOT_OTHER},    {".else", DOT_OTHER},
	{".endif", DOT_OTHER},   {".width", DOT_OTHER},     {".params", DOT_PARAM},
	{".inc", DOT_INCLUDE},   {".include", DOT_INCLUDE}, {".control", DOT_CONTROL},
};

enum { N_WORDS = sizeof(dot_words) / sizeof(dot_words[0]) };

/* What ngspice takes by its beginning alone: ".incfoo" includes. */
static const struct dot_word dot_beginnings[] = {
	{".inc", DOT_INCLUDE}, {".lib", DOT_LIB}, {".control", DOT_CONTROL}, {".endc", DOT_ENDC}};

enum { N_BEGINNINGS = sizeof(dot_beginnings) / sizeof(dot_beginnings[0]) };

enum dot_kind dot_card_kind(const char *card, size_t *length)
{
	char second = (char)(card[1] | 0x20);

	*length = strcspn(card, " \t(=,");
	for (size_t i = 0; i < N_WORDS; i++) {
		const char *keyword = dot_words[i].keyword;

		if (second == keyword[1] && strlen(keyword) == *length &&
		    name_compare_n(card, keyword, *length) == 0)
			return dot_words[i].kind;
	}
	for (size_t i = 0; i < N_BEGINNINGS; i++) {
		const char *keyword = dot_beginnings[i].keyword;

		if (name_compare_n(card, keyword, strlen(keyword)) == 0)
			return dot_beginnings[i].kind;
	}
	return DOT_UNKNOWN;
}

/* Does one letter more, less, or other, or a swap of two, make one of the other? */
static bool is_one_edit(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t head = 0, tail = 0;
	size_t least = a_length < b_length ? a_length : b_length;
	size_t most = a_length < b_length ? b_length : a_length;

	while (head < least && (a[head] | 0x20) == (b[head] | 0x20))
		head++;
	while (tail < least - head &&
	       (a[a_length - tail - 1] | 0x20) == (b[b_length - tail - 1] | 0x20))
		tail++;
	if (most - head - tail <= 1)
		return true;
	return a_length == b_length && most - head - tail == 2 &&
	       (a[head] | 0x20) == (b[head + 1] | 0x20) && (a[head + 1] | 0x20) == (b[head] | 0x20);
}

const char *dot_card_guess(const char *keyword, size_t length)
{
	for (size_t i = 0; i < N_WORDS; i++) {
		const char *word = dot_words[i].keyword;
		size_t word_length = strlen(word);
		bool is_short = word_length == 3; /* ".ac": anything is one letter away from it */

		if (dot_words[i].kind != DOT_ANALYSIS)
			continue;
		if (is_short ? length == 4 && name_compare_n(keyword, word, 3) == 0
			     : name_compare_n(keyword, word, word_length) == 0 ||
				       is_one_edit(keyword, length, word, word_length))
			return word;
	}
	return NULL;
}

const char *dot_card_without_dot(const char *word, size_t length)
{
	if (length == 0 || (word[length - 1] >= '0' && word[length - 1] <= '9'))
		return NULL; /* none ends with a digit, as most names of elements do */
	for (size_t i = 0; i < N_WORDS; i++) {
		const char *keyword = dot_words[i].keyword;

		if ((word[0] | 0x20) == keyword[1] && strlen(keyword) == length + 1 &&
		    name_compare_n(word, keyword + 1, length) == 0)
			return keyword;
	}
	return NULL;
}

/* ---- what a card defines ---- */

static int append_model(struct carom_circuit *circuit, uint32_t card, struct carom_error *err)
{
	const struct card *item = &circuit->cards[card];
	struct model model = {.card = card};
	struct word keyword, name, type;
	uint32_t at = 0;

	scan_word(item->text, &at, &keyword);
	if (!scan_word(item->text, &at, &name) || !scan_word(item->text, &at, &type))
		return circuit_fail_card(
			circuit, item, err, CAROM_ERROR_SYNTAX,
			".model needs a name and a type, as in .model d1 d(is=1e-14)");
	model.name = circuit_intern(circuit, item->text + name.begin, name.length, err);
	model.type = circuit_intern(circuit, item->text + type.begin, type.length, err);
	if (model.name == NAME_NONE || model.type == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	circuit->cards[card].index = (uint32_t)circuit->n_models;
	return circuit_append_model(circuit, &model, err);
}

/* ngspice drops a "}" that closes nothing. */
static void drop_brace(const char *value, uint32_t *length)
{
	if (*length == 0 || value[*length - 1] != '}' || memchr(value, '{', *length))
		return;
	do
		--*length;
	while (*length > 0 && strchr(" \t", value[*length - 1]));
}

/* ... and reads no further than to a ")" of that kind, as it does on any card. */
static void drop_parenthesis(const char *value, uint32_t *length)
{
	unsigned depth = 0;

	if (*length == 0 || strchr("({'\"", value[0]))
		return;
	for (uint32_t i = 0; i < *length; i++) {
		if (depth == 0 && value[i] == ')') {
			if (i + 1 == *length || strchr(" \t", value[i + 1]))
				*length = i;
			return;
		}
		depth += value[i] == '(';
		depth -= value[i] == ')';
	}
}

/* Of a .param card with one "=" ngspice takes the first word for the name: "a b=1" is an a. */
static void take_first_word(const struct card *card, uint32_t at, struct assignment *assignment)
{
	uint32_t begin = at + (uint32_t)strspn(card->text + at, " \t");
	uint32_t behind = assignment->value.begin;
	struct assignment next;

	if (assignment->is_function || name_compare_n(card->text, ".para", 5) != 0 ||
	    at != strcspn(card->text, " \t") || scan_assignment(card->text, &behind, &next))
		return;
	assignment->name.begin = begin;
	assignment->name.length = (uint32_t)strcspn(card->text + begin, " \t=");
}

int circuit_append_params(struct carom_circuit *circuit, uint32_t card, uint32_t at,
			  struct carom_error *err)
{
	const char *text = circuit->cards[card].text;
	struct assignment assignment;
	const uint32_t begin = at;
	bool is_first = true;
	int rc = CAROM_OK;

	while (rc == CAROM_OK && scan_assignment(text, &at, &assignment)) {
		struct param param = {.card = card,
				      .value_begin = assignment.value.begin,
				      .value_length = assignment.value.length};

		if (is_first)
			take_first_word(&circuit->cards[card], begin, &assignment);
		is_first = false;
		drop_brace(text + param.value_begin, &param.value_length);
		drop_parenthesis(text + param.value_begin, &param.value_length);
		if (assignment.is_function || assignment.name.length == 0)
			continue;
		param.name = circuit_intern(circuit, text + assignment.name.begin,
					    assignment.name.length, err);
		if (param.name == NAME_NONE)
			return CAROM_ERROR_MEMORY;
		rc = circuit_append_param(circuit, &param, err);
	}
	return rc;
}

/* ngspice passes over what it does not know; a misspelt analysis should not go unseen. */
static int note_unknown(struct carom_circuit *circuit, const struct card *card, size_t length,
			struct carom_error *err)
{
	const char *guess = dot_card_guess(card->text, length);

	if (guess)
		return circuit_note(circuit, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX, err,
				    "unknown card %.*s; did you mean %s?", (int)length, card->text,
				    guess);
	return circuit_note(circuit, card, CAROM_SEVERITY_NOTE, CAROM_ERROR_SYNTAX, err,
			    "unknown card %.*s", (int)length, card->text);
}

/* Take back parameters that were appended. */
static void drop_params(struct carom_circuit *circuit, size_t n_params)
{
	if (circuit->n_params == n_params)
		return;
	while (circuit->n_params > n_params)
		circuit->param_of_name.at[circuit->params[--circuit->n_params].name] = 0;
	for (size_t i = 0; i < n_params; i++) {
		if (circuit->params[i].card != NAME_NONE)
			circuit->param_of_name.at[circuit->params[i].name] = (uint32_t)i + 1;
	}
}

/* What the card, which is in place, defines. */
static int append_content(struct carom_circuit *circuit, uint32_t index, enum dot_kind kind,
			  size_t length, struct carom_error *err)
{
	switch (kind) {
	case DOT_MODEL:
		return append_model(circuit, index, err);
	case DOT_PARAM:
		return circuit_append_params(circuit, index, (uint32_t)length, err);
	case DOT_UNKNOWN:
		return note_unknown(circuit, &circuit->cards[index], length, err);
	default:
		return CAROM_OK;
	}
}

int circuit_append_dot_card(struct carom_circuit *circuit, const struct card *card,
			    struct carom_error *err)
{
	static const enum card_role role_of_kind[] = {
		[DOT_UNKNOWN] = CARD_OTHER,     [DOT_OTHER] = CARD_OTHER,
		[DOT_ANALYSIS] = CARD_ANALYSIS, [DOT_SAVE] = CARD_SAVE,
		[DOT_MODEL] = CARD_MODEL,       [DOT_PARAM] = CARD_PARAM};
	struct card item = *card;
	size_t length;
	enum dot_kind kind = dot_card_kind(card->text, &length);
	size_t n_params = circuit->n_params;
	uint32_t index;
	int rc;

	item.role = role_of_kind[kind];
	item.index = kind == DOT_PARAM ? (uint32_t)circuit->n_params : NAME_NONE;
	index = circuit_append_card(circuit, &item, err);
	if (index == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	rc = append_content(circuit, index, kind, length, err);
	if (rc != CAROM_OK) {
		drop_params(circuit, n_params);
		circuit->n_cards = index;
	}
	return rc;
}
