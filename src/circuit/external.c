/* SPDX-License-Identifier: BSD-3-Clause */
/* Finds EXTERNAL sources, and what must not stand beside them. */
#include "circuit/external.h"

#include <string.h>

#include "circuit/card-expression.h"
#include "circuit/prune.h"
#include "circuit/scan.h"

/* Byte behind the name and the two nets. */
static uint32_t tail_of(const struct card *card)
{
	struct word word;
	uint32_t at = 0;

	for (int i = 0; i < 3; i++)
		scan_word(card->text, &at, &word);
	return at;
}

bool element_is_external(const struct carom_circuit *circuit, const struct element *element)
{
	const struct card *card = &circuit->cards[element->card];
	uint32_t tail;

	if (element->kind != 'v' && element->kind != 'i')
		return false;
	tail = tail_of(card);
	return expression_has_word(card->text + tail, card->length - tail, "external");
}

static bool has_dc_value(const struct card *card)
{
	uint32_t tail = tail_of(card), at = tail;
	struct word word;

	return (scan_word(card->text, &at, &word) &&
		strchr("0123456789.+-{'\"", card->text[word.begin])) ||
	       expression_has_word(card->text + tail, card->length - tail, "dc");
}

static bool has_ac_behind(const struct card *card)
{
	uint32_t tail = tail_of(card);
	const char *word = expression_find_word(card->text + tail, card->length - tail, "external");

	return expression_has_word(word, (size_t)(card->text + card->length - word), "ac");
}

const char *external_fault(const struct carom_circuit *circuit, const struct element *element)
{
	const struct card *card = &circuit->cards[element->card];

	if (!element_is_external(circuit, element))
		return NULL;
	if (has_dc_value(card))
		return "ngspice 39 crashes at \"external\" together with a dc value; leave the "
		       "value out";
	if (has_ac_behind(card))
		return "ngspice takes \"ac\" behind \"external\" for a number; write ac before "
		       "external";
	return NULL;
}

/* ---- a whole circuit ---- */

struct search {
	const struct prune *prune;
	bool has_host;
	struct name_table *names; /* NULL before the first */
	struct carom_error *err;
};

static int fail_at(const struct search *search, const struct carom_circuit *circuit,
		   uint32_t card_index, const char *name, const char *words, const char *hint)
{
	const struct card *card = &circuit->cards[card_index];

	return carom_fail_at(search->err, CAROM_ERROR_STATE, circuit_file(circuit, card->file),
			     (int)card->line, 0, "%s: %s\n%s", name, words, hint);
}

static int see_source(struct search *search, const struct carom_circuit *circuit,
		      const struct element *element)
{
	const char *name = name_text(circuit->names, element->name);
	const char *fault = external_fault(circuit, element);

	if (!search->has_host)
		return fail_at(search, circuit, element->card, name,
			       "the value of an external source is the host's to give",
			       "open the session with a source callback");
	if (fault)
		return fail_at(search, circuit, element->card, name, fault, "");
	if (!search->names)
		search->names = name_table_new();
	if (!search->names || name_intern(search->names, name, strlen(name)) == NAME_NONE)
		return carom_fail_memory(search->err);
	return CAROM_OK;
}

/* In the circuit at the node and all below it. */
static int see_circuit(struct search *search, const struct carom_circuit *circuit, uint32_t node)
{
	const struct prune *prune = search->prune;
	int status = CAROM_OK;

	for (uint32_t i = 0; i < circuit->n_children && !status; i++) {
		const struct carom_circuit *child = circuit->children[i];

		if (!prune || prune_sends(prune, node, child->card))
			status =
				see_circuit(search, child, prune ? prune_child(prune, node, i) : 0);
	}
	for (size_t i = 0; i < circuit->n_elements && !status; i++) {
		const struct element *element = &circuit->elements[i];

		if (element_is_external(circuit, element) &&
		    (!prune || prune_sends(prune, node, element->card)))
			status = see_source(search, circuit, element);
	}
	return status;
}

/* A sensitivity to something that is no number. */
static int see_analyses(const struct search *search, const struct carom_circuit *circuit)
{
	for (uint32_t i = 1; i < circuit->n_cards; i++)
		if (circuit->cards[i].role == CARD_ANALYSIS && card_is(&circuit->cards[i], ".sens"))
			return fail_at(search, circuit, i, ".sens",
				       "ngspice 39 crashes at external sources",
				       "take the card out");
	return CAROM_OK;
}

int circuit_check_external(const struct carom_circuit *circuit, const struct prune *prune,
			   bool has_host, struct name_table **names, struct carom_error *err)
{
	struct search search = {prune, has_host, NULL, err};
	int status = see_circuit(&search, circuit, 0);

	if (!status && search.names)
		status = see_analyses(&search, circuit);
	if (status) {
		name_table_free(search.names);
		search.names = NULL;
	}
	*names = search.names;
	return status;
}
