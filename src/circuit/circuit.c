/* SPDX-License-Identifier: BSD-3-Clause */
/* The circuit's life, its arrays and tables, and look-up by name. */
#include "circuit/circuit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pages.h"
#include "circuit/arena.h"
#include "circuit/bin.h"
#include "circuit/cache.h"
#include "circuit/change.h"
#include "circuit/edit.h"
#include "circuit/finding.h"
#include "circuit/graph.h"
#include "circuit/journal.h"
#include "circuit/library.h"
#include "circuit/scan.h"

enum { SPARE_BYTES = 24 }; /* behind a card built by calls: a longer number fits in place */

/* ---- life ---- */

/* An array of the circuit, whose members are named NAME, n_NAME and NAME_capacity. */
#define FREE(circuit, array) \
	pages_free((circuit)->array, (circuit)->array##_capacity * sizeof(*(circuit)->array))

static void free_index(struct name_index *index)
{
	pages_free(index->at, index->capacity * sizeof(*index->at));
}

static void free_arrays(struct carom_circuit *circuit)
{
	FREE(circuit, cards);
	FREE(circuit, elements);
	FREE(circuit, pins);
	FREE(circuit, models);
	FREE(circuit, params);
	FREE(circuit, children);
	FREE(circuit, files);
	FREE(circuit, statements);
	pages_free(circuit->net_names, circuit->nets_capacity * sizeof(*circuit->net_names));
	free_index(&circuit->net_of_name);
	free_index(&circuit->element_of_name);
	free_index(&circuit->model_of_name);
	free_index(&circuit->param_of_name);
	free_index(&circuit->child_of_name);
	mem_free(circuit->values);
	mem_free(circuit->line_of_card);
	mem_free(circuit->mentions.cards);
	mem_free(circuit->ports);
}

CAROM_API void carom_circuit_free(struct carom_circuit *circuit)
{
	if (!circuit)
		return;
	for (size_t i = 0; i < circuit->n_children; i++)
		carom_circuit_free(circuit->children[i]);
	circuit_touch(circuit);
	free_arrays(circuit);
	name_table_free(circuit->names);
	name_table_free(circuit->net_table);
	if (!circuit->parent) {
		journal_free(circuit->journal);
		cache_release(&circuit->cache);
		change_log_free(circuit->changes.log);
		carom_findings_free(circuit->notes);
		library_release_all(circuit);
		roots_release(&circuit->roots);
		arena_free(circuit->arena);
	}
	mem_free(circuit);
}

/* Ground is net 0 and answers to two names. */
static bool add_ground(struct carom_circuit *circuit)
{
	uint32_t ground = circuit_intern_net(circuit, "0", 1, NULL);
	uint32_t alias = name_intern(circuit->net_table, "gnd", 3);
	uint32_t *of_name;

	if (ground == CAROM_NO_INDEX || alias == NAME_NONE)
		return false;
	of_name = circuit_name_slot(circuit, &circuit->net_of_name, SLOT_NET_OF_NAME, alias, NULL);
	if (of_name)
		*of_name = ground + 1;
	return of_name;
}

struct carom_circuit *circuit_create(struct carom_circuit *parent, struct carom_error *err)
{
	struct carom_circuit *circuit = mem_zalloc(1, sizeof(*circuit));

	if (!circuit)
		goto out;
	circuit->parent = parent;
	circuit->root = parent ? parent->root : circuit;
	circuit->is_part = !parent;
	if (!parent)
		circuit->changes.id = change_new_id();
	circuit->title = "";
	circuit->names = name_table_new();
	circuit->net_table = name_table_new();
	circuit->arena = parent ? parent->arena : arena_new();
	circuit->notes = parent ? NULL : findings_new();
	if (!circuit->names || !circuit->net_table || !circuit->arena ||
	    !(parent || circuit->notes) || !add_ground(circuit)) {
		carom_circuit_free(circuit);
		circuit = NULL;
	}
out:
	if (!circuit)
		carom_fail_memory(err);
	return circuit;
}

CAROM_API struct carom_circuit *carom_circuit_new(const char *title, struct carom_error *err)
{
	struct carom_circuit *circuit;
	struct card card;

	if (err && err->status)
		return NULL;
	if (!title || !title[strspn(title, " \t")])
		title = "carom"; /* ngspice takes the next card for the title if this is empty */
	if (!scan_is_line(title)) {
		carom_fail(err, CAROM_ERROR_ARGUMENT, "a title is one line");
		return NULL;
	}
	circuit = circuit_create(NULL, err);
	if (!circuit)
		return NULL;
	circuit->last = (struct card){.text = ".end", .length = 4, .file = NAME_NONE};
	if (circuit_copy_card(circuit, title, strlen(title), &card, err) != CAROM_OK)
		goto out;
	card.role = CARD_TITLE;
	circuit->title = card.text;
	if (circuit_append_card(circuit, &card, err) != NAME_NONE)
		return circuit;
out:
	carom_circuit_free(circuit);
	return NULL;
}

#define TRIM(circuit, array)                                                              \
	pages_trim(&(circuit)->array, &(circuit)->array##_capacity, (circuit)->n_##array, \
		   sizeof(*(circuit)->array))

static void trim_index(const struct name_table *names, struct name_index *index)
{
	pages_trim(&index->at, &index->capacity, name_count(names), sizeof(*index->at));
}

void circuit_trim(struct carom_circuit *circuit)
{
	TRIM(circuit, cards);
	TRIM(circuit, elements);
	TRIM(circuit, pins);
	TRIM(circuit, models);
	TRIM(circuit, params);
	pages_trim(&circuit->net_names, &circuit->nets_capacity, circuit->n_nets,
		   sizeof(*circuit->net_names));
	trim_index(circuit->net_table, &circuit->net_of_name);
	trim_index(circuit->names, &circuit->element_of_name);
	for (size_t i = 0; i < circuit->n_children; i++)
		circuit_trim(circuit->children[i]);
}

/* ---- names ---- */

uint32_t circuit_intern(struct carom_circuit *circuit, const char *name, size_t length,
			struct carom_error *err)
{
	uint32_t number = name_intern(circuit->names, name, length);

	if (number == NAME_NONE)
		carom_fail_memory(err);
	return number;
}

static bool grow_index(struct name_index *index, size_t n)
{
	size_t old = index->capacity;

	if (!pages_grow(&index->at, &index->capacity, n, sizeof(*index->at)))
		return false;
	memset(index->at + old, 0, (index->capacity - old) * sizeof(*index->at));
	return true;
}

uint32_t *circuit_name_slot(struct carom_circuit *circuit, struct name_index *index,
			    enum journal_slot slot, uint32_t name, struct carom_error *err)
{
	if (name >= index->capacity && !grow_index(index, (size_t)name + 1)) {
		carom_fail_memory(err);
		return NULL;
	}
	return circuit_keep(circuit, slot, name, err) < 0 ? NULL : &index->at[name];
}

uint32_t circuit_intern_net(struct carom_circuit *circuit, const char *name, size_t length,
			    struct carom_error *err)
{
	return circuit_name_net(circuit, name_intern(circuit->net_table, name, length), err);
}

uint32_t circuit_name_net(struct carom_circuit *circuit, uint32_t name, struct carom_error *err)
{
	uint32_t known = circuit_net_of_number(circuit, name);
	uint32_t *of_name;

	if (name == NAME_NONE) {
		carom_fail_memory(err);
		return CAROM_NO_INDEX;
	}
	if (known)
		return known - 1;
	if (!pages_reserve(&circuit->net_names, &circuit->nets_capacity, circuit->n_nets + 1,
			   sizeof(*circuit->net_names))) {
		carom_fail_memory(err);
		return CAROM_NO_INDEX;
	}
	of_name = circuit_name_slot(circuit, &circuit->net_of_name, SLOT_NET_OF_NAME, name, err);
	if (!of_name || circuit_keep(circuit, SLOT_COUNTS, 0, err) < 0)
		return CAROM_NO_INDEX;
	circuit_touch(circuit);
	circuit->nets_count_apart |= circuit->n_nets > 0 && name != circuit->n_nets + 1;
	circuit->net_names[circuit->n_nets++] = name;
	*of_name = (uint32_t)circuit->n_nets;
	return (uint32_t)circuit->n_nets - 1;
}

/* ---- growing ---- */

void circuit_touch(struct carom_circuit *circuit)
{
	if (!circuit->graph)
		return;
	graph_free(circuit->graph);
	circuit->graph = NULL;
}

static bool keep_counts(struct carom_circuit *circuit, struct carom_error *err)
{
	return circuit_keep(circuit, SLOT_COUNTS, 0, err) >= 0;
}

/* Room for one more in an array of the circuit. */
#define RESERVE(circuit, array, err)                                                               \
	((pages_reserve(&(circuit)->array, &(circuit)->array##_capacity, (circuit)->n_##array + 1, \
			sizeof(*(circuit)->array)) &&                                              \
	  keep_counts(circuit, err)) ||                                                            \
	 (carom_fail_memory(err), false))

void circuit_expect_elements(struct carom_circuit *circuit, size_t n)
{
	name_expect_more(circuit->names, n);
	if (name_count(circuit->names) + n > circuit->element_of_name.capacity)
		grow_index(&circuit->element_of_name, name_count(circuit->names) + n);
	pages_reserve(&circuit->elements, &circuit->elements_capacity, circuit->n_elements + n,
		      sizeof(*circuit->elements));
	pages_reserve(&circuit->pins, &circuit->pins_capacity, circuit->n_pins + 2 * n,
		      sizeof(*circuit->pins));
}

uint32_t circuit_append_card(struct carom_circuit *circuit, const struct card *card,
			     struct carom_error *err)
{
	if (!RESERVE(circuit, cards, err))
		return NAME_NONE;
	circuit->cards[circuit->n_cards] = *card;
	circuit_changed_structure(circuit);
	return (uint32_t)circuit->n_cards++;
}

int circuit_copy_card(struct carom_circuit *circuit, const char *text, size_t length,
		      struct card *card, struct carom_error *err)
{
	*card = (struct card){.length = (uint32_t)length,
			      .capacity = (uint32_t)length + SPARE_BYTES,
			      .file = NAME_NONE,
			      .index = NAME_NONE,
			      .role = CARD_OTHER};
	card->text = arena_copy(circuit->arena, text, length, SPARE_BYTES);
	return card->text ? CAROM_OK : carom_fail_memory(err);
}

int circuit_append_pin(struct carom_circuit *circuit, uint32_t net, struct carom_error *err)
{
	if (net == CAROM_NO_INDEX || !RESERVE(circuit, pins, err))
		return CAROM_ERROR_MEMORY;
	circuit->pins[circuit->n_pins++] = net;
	return CAROM_OK;
}

uint32_t circuit_append_element(struct carom_circuit *circuit, const struct element *element,
				struct carom_error *err)
{
	uint32_t index = (uint32_t)circuit->n_elements;
	uint32_t *of_name = circuit_name_slot(circuit, &circuit->element_of_name,
					      SLOT_ELEMENT_OF_NAME, element->name, err);

	if (!of_name || !RESERVE(circuit, elements, err))
		return CAROM_NO_INDEX;
	circuit_touch(circuit);
	value_forget(circuit, index); /* of one that a rollback dropped */
	circuit->elements[circuit->n_elements++] = *element;
	circuit->cards[element->card].index = index;
	if (*of_name)
		circuit->has_homonyms = true;
	else
		*of_name = index + 1;
	return index;
}

uint32_t circuit_model_base(const struct carom_circuit *circuit, uint32_t model)
{
	const char *name = name_text(circuit->names, model);
	size_t base = bin_base_length(name, name_length(circuit->names, model));

	return base ? name_find(circuit->names, name, base) : model;
}

int circuit_append_model(struct carom_circuit *circuit, const struct model *model,
			 struct carom_error *err)
{
	const char *name = name_text(circuit->names, model->name);
	size_t base = bin_base_length(name, name_length(circuit->names, model->name));
	uint32_t base_name = base ? circuit_intern(circuit, name, base, err) : model->name;

	struct name_index *index = &circuit->model_of_name;

	if (base_name == NAME_NONE || !RESERVE(circuit, models, err) ||
	    !circuit_name_slot(circuit, index, SLOT_MODEL_OF_NAME, model->name, err) ||
	    !circuit_name_slot(circuit, index, SLOT_MODEL_OF_NAME, base_name, err))
		return CAROM_ERROR_MEMORY;
	circuit->models[circuit->n_models++] = *model;
	if (!index->at[model->name])
		index->at[model->name] = (uint32_t)circuit->n_models;
	if (!index->at[base_name])
		index->at[base_name] = (uint32_t)circuit->n_models;
	return CAROM_OK;
}

int circuit_append_param(struct carom_circuit *circuit, const struct param *param,
			 struct carom_error *err)
{
	uint32_t *of_name = circuit_name_slot(circuit, &circuit->param_of_name, SLOT_PARAM_OF_NAME,
					      param->name, err);

	if (!of_name || !RESERVE(circuit, params, err))
		return CAROM_ERROR_MEMORY;
	circuit->has_homonyms |= *of_name != 0;
	circuit->params[circuit->n_params++] = *param;
	*of_name = (uint32_t)circuit->n_params;
	return CAROM_OK;
}

int circuit_append_statement(struct carom_circuit *circuit, const struct statement *statement,
			     struct carom_error *err)
{
	if (!RESERVE(circuit, statements, err))
		return CAROM_ERROR_MEMORY;
	circuit->statements[circuit->n_statements++] = *statement;
	return CAROM_OK;
}

uint32_t circuit_append_file(struct carom_circuit *circuit, const char *name,
			     struct carom_error *err)
{
	char *copy = arena_copy(circuit->arena, name, strlen(name), 0);

	if (!copy)
		carom_fail_memory(err);
	if (!copy || !RESERVE(circuit, files, err))
		return NAME_NONE;
	circuit->files[circuit->n_files] = copy;
	return (uint32_t)circuit->n_files++;
}

/* ---- failures and notes with a card's place ---- */

int circuit_fail_card(const struct carom_circuit *circuit, const struct card *card,
		      struct carom_error *err, enum carom_status status, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	carom_vfail_at(err, status, circuit_file(circuit, card->file), (int)card->line, 0, format,
		       arguments);
	va_end(arguments);
	return status;
}

/* What ngspice passes over in another file than the deck's own is no more than a note. */
int circuit_note(struct carom_circuit *circuit, const struct card *card,
		 enum carom_severity severity, enum carom_status status, struct carom_error *err,
		 const char *format, ...)
{
	struct carom_findings *notes = circuit_root(circuit)->notes;
	bool is_slip = severity == CAROM_SEVERITY_WARNING && status == CAROM_ERROR_SYNTAX;
	bool is_of_library = is_slip && card->file != NAME_NONE && card->file > 0;
	char text[sizeof(err->text)];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (is_of_library)
		severity = CAROM_SEVERITY_NOTE;
	if (finding_add(notes, is_of_library ? "library" : "import", severity, status,
			circuit_file(circuit, card->file), (int)card->line, "%s", text) != CAROM_OK)
		return carom_fail_memory(err);
	return CAROM_OK;
}
