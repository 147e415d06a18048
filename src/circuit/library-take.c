/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a circuit takes of a library: cards that share their text with the library's, of the
 * definitions it names and of those that these name in turn.
 */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "circuit/card-word.h"
#include "circuit/edit.h"
#include "circuit/library.h"

struct taking {
	struct carom_circuit *circuit;
	const struct carom_library *library;
	uint32_t *file_map; /* file of the library -> of the circuit; NAME_NONE: not yet */
	bool *is_met;       /* per definition */
	uint32_t *pending;  /* definitions; the last is taken next */
	size_t n_pending;
	struct carom_error *err;
};

static bool taking_init(struct taking *taking)
{
	const struct definitions *definitions = &taking->library->definitions;
	size_t n_files = taking->library->circuit->n_files;

	taking->file_map = mem_alloc(n_files * sizeof(*taking->file_map));
	taking->is_met = mem_zalloc(definitions->count, sizeof(*taking->is_met));
	taking->pending = mem_alloc(definitions->count * sizeof(*taking->pending));
	if (!taking->file_map || !taking->is_met || !taking->pending)
		return false;
	memset(taking->file_map, 0xff, n_files * sizeof(*taking->file_map));
	return true;
}

static void taking_release(struct taking *taking)
{
	mem_free(taking->file_map);
	mem_free(taking->is_met);
	mem_free(taking->pending);
}

/* ---- words ---- */

/* The definitions of one name stand in their chain the last first, so the first is taken first. */
static void meet_key(struct taking *taking, uint32_t key)
{
	const struct definitions *definitions = &taking->library->definitions;

	for (uint32_t i = definitions->of_key[key] - 1; i != NAME_NONE && !taking->is_met[i];
	     i = definitions->list[i].next) {
		taking->is_met[i] = true;
		if (definitions->list[i].node == 0)
			taking->pending[taking->n_pending++] = i;
	}
}

static void meet_words(struct taking *taking, const char *text, size_t length, bool is_model)
{
	struct text_words words = {.at = text, .end = text + length};

	while (text_words_next(&words)) {
		uint32_t key;

		if (is_model && text_words_is_key(&words))
			continue;
		key = name_find(taking->library->definitions.keys, words.word, words.length);
		if (key != NAME_NONE)
			meet_key(taking, key);
	}
}

static void meet_card(struct taking *taking, const struct card *card)
{
	if (card->role != CARD_REMOVED)
		meet_words(taking, card->text, card->length, card->role == CARD_MODEL);
}

/* All cards of a circuit but its first: that of the top is a title, any other's is its parent's. */
static void meet_cards(struct taking *taking, const struct carom_circuit *circuit)
{
	for (size_t i = 1; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];

		meet_card(taking, card);
		if (card->role == CARD_SUBCIRCUIT)
			meet_cards(taking, circuit->children[card->index]);
	}
}

/* ---- copies of cards ---- */

/* Index of a file of that name, a new one if there is none yet; NAME_NONE on failure. */
static uint32_t enter_file(struct carom_circuit *circuit, const char *name, struct carom_error *err)
{
	for (size_t i = circuit->n_files; i-- > 0;)
		if (strcmp(circuit->files[i], name) == 0)
			return (uint32_t)i;
	return circuit_append_file(circuit, name, err);
}

/* The card as the circuit's; its text remains the library's. */
static int copy_card(struct taking *taking, const struct card *card, struct card *copy)
{
	*copy = *card;
	copy->capacity = 0;
	copy->index = NAME_NONE;
	if (card->file == NAME_NONE)
		return CAROM_OK;
	if (taking->file_map[card->file] == NAME_NONE)
		taking->file_map[card->file] = enter_file(
			taking->circuit, taking->library->circuit->files[card->file], taking->err);
	copy->file = taking->file_map[card->file];
	return copy->file == NAME_NONE ? CAROM_ERROR_MEMORY : CAROM_OK;
}

static int append_child(struct taking *taking, struct carom_circuit *circuit,
			const struct carom_circuit *from, const struct card *header);

/* A card of from, at the end of the circuit. */
static int append_card(struct taking *taking, struct carom_circuit *circuit,
		       const struct carom_circuit *from, const struct card *card)
{
	struct card copy;
	int rc = copy_card(taking, card, &copy);

	if (rc != CAROM_OK)
		return rc;
	if (card->role == CARD_SUBCIRCUIT)
		return append_child(taking, circuit, from->children[card->index], &copy);
	if (card->text[0] == '.')
		return circuit_append_dot_card(circuit, &copy, taking->err);
	return circuit_append_card(circuit, &copy, taking->err) == NAME_NONE ? CAROM_ERROR_MEMORY
									     : CAROM_OK;
}

static int append_child(struct taking *taking, struct carom_circuit *circuit,
			const struct carom_circuit *from, const struct card *header)
{
	struct carom_circuit *child = circuit_append_subcircuit(circuit, header, taking->err);
	int rc = child ? copy_card(taking, &from->last, &child->last) : CAROM_ERROR_MEMORY;

	for (size_t i = 1; i < from->n_cards && rc == CAROM_OK; i++)
		rc = append_card(taking, child, from, &from->cards[i]);
	return rc;
}

/* ---- definitions ---- */

/* A card of its own for one parameter of a card. */
static int append_param(struct taking *taking, const struct param *param)
{
	const struct carom_circuit *from = taking->library->circuit;
	const struct card *card = &from->cards[param->card];
	struct text line = TEXT_INIT;
	struct card copy, place;
	int rc = copy_card(taking, card, &place);

	text_printf(&line, ".param %s=", name_text(from->names, param->name));
	text_append_n(&line, card->text + param->value_begin, param->value_length);
	if (rc == CAROM_OK && line.failed)
		rc = carom_fail_memory(taking->err);
	if (rc == CAROM_OK)
		rc = circuit_copy_card(taking->circuit, text_string(&line), line.length, &copy,
				       taking->err);
	text_release(&line);
	if (rc != CAROM_OK)
		return rc;
	copy.file = place.file;
	copy.line = place.line;
	return circuit_append_dot_card(taking->circuit, &copy, taking->err);
}

/* Of several the last counts. */
static int take_param(struct taking *taking, uint32_t index)
{
	const struct carom_circuit *from = taking->library->circuit;
	const struct param *param = &from->params[index];

	if (name_index_get(&from->param_of_name, param->name) != index + 1 ||
	    circuit_find_param(taking->circuit, name_text(from->names, param->name)))
		return CAROM_OK;
	return append_param(taking, param);
}

/* "nch" finds "nch.1" too, which is another name. */
static bool has_model(const struct carom_circuit *circuit, const char *name)
{
	const struct model *model = circuit_find_model(circuit, name);

	return model && name_compare(name_text(circuit->names, model->name), name) == 0;
}

static bool has_definition(const struct taking *taking, const struct card *card)
{
	const struct carom_circuit *from = taking->library->circuit;

	if (card->role == CARD_MODEL)
		return has_model(taking->circuit,
				 name_text(from->names, from->models[card->index].name));
	return circuit_find_child(taking->circuit, from->children[card->index]->title) != NULL;
}

static int take_definition(struct taking *taking, const struct definition *definition)
{
	const struct carom_circuit *from = taking->library->circuit;
	const struct card *card = &from->cards[definition->card];

	if (definition->param != NAME_NONE)
		return take_param(taking, definition->param);
	if (card->role == CARD_OTHER || has_definition(taking, card))
		return CAROM_OK; /* a function was taken when the library was opened */
	return append_card(taking, taking->circuit, from, card);
}

static int take_pending(struct taking *taking)
{
	const struct carom_library *library = taking->library;
	int rc = CAROM_OK;

	while (taking->n_pending > 0 && rc == CAROM_OK) {
		uint32_t index = taking->pending[--taking->n_pending];

		for (size_t i = library->first_name[index]; i < library->first_name[index + 1]; i++)
			meet_key(taking, library->names[i]);
		rc = take_definition(taking, &library->definitions.list[index]);
	}
	return rc;
}

int library_take(const struct carom_library *library, struct carom_circuit *circuit,
		 const char *names, struct carom_error *err)
{
	struct taking taking = {.circuit = circuit, .library = library, .err = err};
	int rc = CAROM_OK;

	if (taking_init(&taking)) {
		meet_words(&taking, names, strlen(names), false);
		meet_cards(&taking, circuit);
		rc = take_pending(&taking);
	} else {
		rc = carom_fail_memory(err);
	}
	taking_release(&taking);
	return rc;
}

/* ---- the rest of a library ---- */

static int hold(struct carom_library *library, struct carom_circuit *circuit,
		struct carom_error *err)
{
	if (!mem_reserve(&circuit->libraries, &circuit->libraries_capacity,
			 circuit->n_libraries + 1, sizeof(struct carom_library *)))
		return carom_fail_memory(err);
	circuit->libraries[circuit->n_libraries++] = library;
	atomic_fetch_add_explicit(&library->n_holders, 1, memory_order_relaxed);
	return CAROM_OK;
}

static int append_statements(struct taking *taking)
{
	const struct carom_circuit *from = taking->library->circuit;
	int rc = CAROM_OK;

	for (size_t i = 0; i < from->n_statements && rc == CAROM_OK; i++) {
		struct statement statement = from->statements[i];

		statement.file = enter_file(taking->circuit, circuit_file(from, statement.file),
					    taking->err);
		rc = statement.file == NAME_NONE
			     ? CAROM_ERROR_MEMORY
			     : circuit_append_statement(taking->circuit, &statement, taking->err);
	}
	return rc;
}

/* Models, subcircuits and parameters wait until they are named; functions may be many, but small. */
static int append_rest(struct taking *taking)
{
	const struct carom_circuit *from = taking->library->circuit;
	const struct definition *definition = taking->library->definitions.list;
	const struct definition *end =
		definition + taking->library->definitions.nodes[0].n_definitions;
	int rc = CAROM_OK;

	for (uint32_t i = 1; i < from->n_cards && rc == CAROM_OK; i++) {
		const struct card *card = &from->cards[i];
		bool is_definition = definition < end && definition->card == i;

		while (definition < end && definition->card == i)
			definition++;
		if (!is_definition || card->role == CARD_OTHER)
			rc = append_card(taking, taking->circuit, from, card);
	}
	return rc;
}

int library_open(struct carom_library *library, struct carom_circuit *circuit,
		 struct carom_error *err)
{
	struct taking taking = {.circuit = circuit, .library = library, .err = err};
	int rc;

	for (size_t i = 0; i < circuit->n_libraries; i++)
		if (circuit->libraries[i] == library)
			return CAROM_OK;
	rc = hold(library, circuit, err);
	if (rc == CAROM_OK && !taking_init(&taking))
		rc = carom_fail_memory(err);
	if (rc == CAROM_OK)
		rc = append_statements(&taking);
	if (rc == CAROM_OK)
		rc = append_rest(&taking);
	taking_release(&taking);
	return rc;
}

/* ---- the public face ---- */

static int read_elements(struct carom_circuit *circuit, size_t first, struct carom_error *err)
{
	int rc = CAROM_OK;

	for (size_t i = first; i < circuit->n_cards && rc == CAROM_OK; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_ELEMENT)
			rc = circuit_parse_element(circuit, (uint32_t)i, err);
		else if (card->role == CARD_SUBCIRCUIT)
			rc = read_elements(circuit->children[card->index], 1, err);
	}
	return rc;
}

CAROM_API int carom_circuit_use_library(struct carom_circuit *circuit,
					struct carom_library *library, const char *names,
					struct carom_error *err)
{
	size_t first = circuit->n_cards;
	int rc;

	if (err && err->status)
		return err->status;
	if (circuit->parent)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "a library is used by the circuit as a whole, not by %s",
				  circuit->title);
	rc = library_open(library, circuit, err);
	if (rc == CAROM_OK)
		rc = library_take(library, circuit, names ? names : "", err);
	return rc == CAROM_OK ? read_elements(circuit, first, err) : rc;
}
