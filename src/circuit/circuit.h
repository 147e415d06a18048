/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The circuit from inside: cards in the order of the deck, elements and nets in arrays referred to
 * by index, subcircuits as circuits of their own.
 *
 *	card ──▶ element ──▶ pins ──▶ nets        one element has one card; other cards have none
 *	     ──▶ model, param, subcircuit (child)
 */
#ifndef CIRCUIT_CIRCUIT_H
#define CIRCUIT_CIRCUIT_H

#include "base/name.h"
#include "carom-circuit.h"
#include "carom-edit.h"
#include "circuit/roots.h"

enum card_role {
	CARD_TITLE,   /* cards[0]: the title; in a subcircuit its ".subckt" line */
	CARD_ELEMENT, /* index: element */
	CARD_MODEL,   /* index: model */
	CARD_PARAM,   /* index: first of its params; one card may define several */
	CARD_SUBCIRCUIT, /* index: child, which holds the cards from ".subckt" (same text) to ".ends" */
	CARD_ANALYSIS, /* .op .dc .ac .tran .noise .sens .tf .pz .disto .sp */
	CARD_SAVE,     /* .save .probe */
	CARD_OTHER,    /* any other dot-card, passed on as it is */
	CARD_REMOVED   /* by an edit: not emitted; its index is not used again */
};

struct card {
	const char *text; /* NUL-terminated, one logical line, owned by the circuit */
	uint32_t length;
	uint32_t capacity; /* bytes of text that an edit may use, NUL not counted; 0: none */
	uint32_t file;     /* index into the root's files; NAME_NONE if built by calls */
	uint32_t line;
	uint32_t index; /* see card_role */
	enum card_role role;
};

/* A removed element has kind 0, no pins and no model: whoever walks over elements skips it. */
struct element {
	uint32_t name;      /* interned in the circuit's names */
	uint32_t card;      /* index into cards */
	uint32_t first_pin; /* pins[first_pin .. first_pin + n_pins) are net indices */
	uint32_t n_pins;
	uint32_t model;       /* interned model or subcircuit name; NAME_NONE if it has none */
	uint32_t model_begin; /* byte offset of the model's name in the card */
	char kind;            /* lower-case letter */
};

/* The main value of an element as far as it is known: circuit/value.c. */
enum value_state {
	VALUE_UNKNOWN, /* not asked for since the card changed, or no plain number */
	VALUE_KNOWN,   /* the number is what the card says */
	VALUE_DIRTY    /* the number is new; the card still says an older one at that place */
};

struct value {
	double number;
	uint32_t begin; /* the number's bytes in the card */
	uint16_t length;
	uint8_t state;
	bool is_listed; /* among the root's dirty elements */
};

struct model {
	uint32_t name;
	uint32_t card; /* NAME_NONE: removed */
	uint32_t type; /* interned: npn, nmos, d, ... */
};

struct param {
	uint32_t name;
	uint32_t card;                      /* NAME_NONE: removed */
	uint32_t value_begin, value_length; /* the value's bytes in the card */
};

/* A "*carom" statement of the deck, without "*carom " and outer blanks. */
struct statement {
	const char *text;
	uint32_t file;
	uint32_t line;
	uint32_t column; /* of the first byte of text, from 1 */
};

/* Cards of a circuit that name nets or elements in their text, and up to where one has looked. */
struct mentions {
	uint32_t *cards;
	size_t n_cards, capacity;
	size_t n_seen;
};

/* What the root keeps of its cards between two emissions. */
struct cache {
	struct dirty {
		struct carom_circuit *circuit;
		uint32_t element;
	} * dirty; /* elements whose new value is not on their card yet */
	size_t n_dirty, dirty_capacity;
	const char **lines; /* NULL-terminated; those of the structure of that serial */
	size_t n_lines, lines_capacity;
	uint64_t lines_serial; /* 0: there are none */
	struct carom_cache_stats stats;
};

/* Edits are numbered, so that who knows the circuit of a number can ask what came after. */
struct changes {
	uint64_t id;            /* of the root, unique in the process */
	uint64_t serial;        /* of the last edit; the first is 1 */
	uint64_t structure;     /* serial of the last edit that was more than a new value */
	struct change_log *log; /* NULL until somebody asks */
};

struct carom_library;

/* Name -> index + 1 of what it is the name of, 0 for nothing; as long as its last name needs. */
struct name_index {
	uint32_t *at;
	size_t capacity;
};

static inline uint32_t name_index_get(const struct name_index *index, uint32_t name)
{
	return name < index->capacity ? index->at[name] : 0;
}

struct carom_circuit {
	struct carom_circuit *parent; /* NULL for the root */
	struct carom_circuit *root;   /* itself for the root */
	struct name_table *names;     /* of elements, models, params and subcircuits */
	struct name_table *net_table; /* names of nets: alone, so that it is small */
	const char *title;            /* root: the title; subcircuit: its name */

	struct card *cards;
	size_t n_cards, cards_capacity;
	struct card last; /* ".end" or ".ends", emitted after the cards */
	struct element *elements;
	size_t n_elements, elements_capacity;
	size_t n_removed;     /* of the elements */
	struct value *values; /* of element i < values_capacity; made by questions */
	size_t values_capacity;
	uint32_t *net_names;   /* net index -> name in net_table; net 0 is ground */
	bool nets_count_apart; /* has a net ever been another number than its name says? */
	size_t n_nets, nets_capacity;
	uint32_t *pins;
	size_t n_pins, pins_capacity;
	struct model *models;
	size_t n_models, models_capacity;
	struct param *params; /* of .param cards and, in a subcircuit, of its ".subckt" line */
	size_t n_params, params_capacity;
	struct carom_circuit **children;
	size_t n_children, children_capacity;
	uint32_t *ports; /* subcircuit: net index of each port, in order */
	size_t n_ports;
	uint32_t card; /* subcircuit: its CARD_SUBCIRCUIT in the parent */

	/*
	 * Of several of one name the
	 * first counts, of parameters the last, as in ngspice.  "nch" finds the first bin of the
	 * binned models "nch.1", "nch.2", ...
	 */
	struct name_index net_of_name, element_of_name, model_of_name, param_of_name, child_of_name;
	bool has_homonyms; /* was ever an element or a parameter added whose name was taken? */

	struct graph *graph; /* circuit/graph.h: made at the first question; NULL since an edit */
	struct mentions mentions; /* circuit/mention.c */
	uint32_t *line_of_card;   /* circuit/lines.c: where a card stands among the lines */
	size_t line_of_card_capacity;
	bool is_part; /* of the root's tree, so that a rollback undoes its edits */
	struct carom_circuit *next_dropped; /* circuit/journal.c: to be freed with it */

	/* root only */
	struct journal *journal; /* circuit/journal.h: NULL while no mark is open */
	struct cache cache;      /* struct cache */
	struct changes changes;  /* circuit/change.h */
	char **files;
	size_t n_files, files_capacity;
	struct statement *statements;
	size_t n_statements, statements_capacity;
	struct carom_library **libraries; /* circuit/library.h: whose text cards use */
	size_t n_libraries, libraries_capacity;
	struct carom_findings *notes;
	bool is_trusted;
	uint64_t file_serial; /* of the changes, when read from its first file; 0: it was not */
	struct roots roots;   /* where files that statements name must lie */

	struct arena *arena; /* circuit/arena.h: text of cards; the root's, shared by children */
};

/* The nets at the element's pins; NULL if it has none. */
static inline const uint32_t *circuit_nets(const struct carom_circuit *circuit,
					   const struct element *element)
{
	return element->n_pins > 0 ? circuit->pins + element->first_pin : NULL;
}

/*
 * Of the net whose name has that number the index + 1; 0 if there is none.  Names and nets count
 * alike, the second name of ground apart, until a net is renamed or dropped: so long no table need
 * come from memory.
 */
static inline uint32_t circuit_net_of_number(const struct carom_circuit *circuit, uint32_t name)
{
	if (name > 1 && name != NAME_NONE && !circuit->nets_count_apart)
		return name <= circuit->n_nets ? name : 0;
	return name_index_get(&circuit->net_of_name, name);
}

static inline uint32_t circuit_net_of_name(const struct carom_circuit *circuit, const char *name,
					   size_t length)
{
	return circuit_net_of_number(circuit, name_find(circuit->net_table, name, length));
}

/* Of the element of that name, without a path, the index + 1; 0 if there is none. */
static inline uint32_t circuit_element_of_name(const struct carom_circuit *circuit,
					       const char *name, size_t length)
{
	return name_index_get(&circuit->element_of_name, name_find(circuit->names, name, length));
}

static inline const char *circuit_net_name(const struct carom_circuit *circuit, uint32_t net,
					   size_t *length)
{
	bool is_alike = net > 0 && !circuit->nets_count_apart;
	uint32_t name = is_alike ? net + 1 : circuit->net_names[net];

	return name_get(circuit->net_table, name, length);
}

/* Look-up in this circuit only; pointer into the array (invalid after an addition) or NULL. */
const struct model *circuit_find_model(const struct carom_circuit *circuit, const char *name);
const struct param *circuit_find_param(const struct carom_circuit *circuit, const char *name);
struct carom_circuit *circuit_find_child(const struct carom_circuit *circuit, const char *name);

/* Look-up here, then in the parents: the scope rule of subcircuits.  *where (may be NULL): whose. */
const struct model *circuit_resolve_model(const struct carom_circuit *circuit, const char *name,
					  const struct carom_circuit **where);
struct carom_circuit *circuit_resolve_subcircuit(const struct carom_circuit *circuit,
						 const char *name);

/* Has it an element A of its own, which may be at nets that the graph does not know? */
bool circuit_has_code_models(const struct carom_circuit *circuit);

/* File name of a card or statement, "" if none. */
const char *circuit_file(const struct carom_circuit *circuit, uint32_t file);
const struct carom_circuit *circuit_root(const struct carom_circuit *circuit);

/*
 * A full name such as "x1.x2.r3" to its element: *where is the (sub)circuit that holds the element.
 * An invalid handle if there is none.
 */
struct carom_element circuit_find_path(const struct carom_circuit *circuit, const char *path,
				       const struct carom_circuit **where);

/*
 * Call visit for each element whose full name matches the glob (hierarchy walked through instances:
 * "x1.r*", "x*.m1", where "*" matches dots too; a pattern without "." matches elements of the top
 * only).  Order: as written,
 * depth first.  Stops with visit's value if it is not 0.
 */
typedef int circuit_visit_fn(void *arg, const struct carom_circuit *where,
			     struct carom_element element, const char *path);
int circuit_match(const struct carom_circuit *circuit, const char *pattern, circuit_visit_fn *visit,
		  void *arg);

/*
 * Append the name libngspice gives an element: "x1.x2.r3" -> "r.x1.x2.r3"; if the subcircuit of x2 is
 * defined in that of x1, "r.x1.r.x2.r3" (root NULL: it is not).  A path that does not begin with an
 * instance is such a name already.
 */
struct text;
void circuit_append_ngspice_name(struct text *text, const struct carom_circuit *root,
				 const char *path);

/*
 * Where on its card a number stands that can be edited: the main value of an element, or the value
 * of a parameter (param: "l", "bf", ...).  begin/length are bytes in the card's text.  The number
 * is NAN where the text there is no plain number.  ERROR_PARAMETER: no such value on the card.
 */
struct value_place {
	uint32_t card;
	uint32_t begin, length;
	double number;
};
int circuit_element_value_place(const struct carom_circuit *circuit, struct carom_element element,
				struct value_place *place, struct carom_error *err);
int circuit_element_param_place(const struct carom_circuit *circuit, struct carom_element element,
				const char *param, struct value_place *place,
				struct carom_error *err);
int circuit_model_param_place(const struct carom_circuit *circuit, const struct model *model,
			      const char *param, struct value_place *place,
			      struct carom_error *err);
int circuit_param_place(const struct carom_circuit *circuit, const char *param,
			struct value_place *place, struct carom_error *err);

/*
 * As carom_circuit_emit (which is made of this), telling also which circuit's card it is; a
 * ".subckt" line is card 0 of its child.  index is NAME_NONE for ".end" and ".ends", which are not
 * among the cards.
 */
typedef int circuit_card_fn(void *arg, const struct carom_circuit *where, uint32_t index,
			    const struct carom_card *card);
struct prune; /* circuit/prune.h: of this circuit; NULL: everything is sent */
int circuit_emit_cards(const struct carom_circuit *circuit, const struct prune *prune,
		       circuit_card_fn *sink, void *arg);

/*
 * Give an element a model of its own: a copy of the .model card it resolves to, placed in the
 * element's own circuit under the name "<model>_<element>", and the element's card rewritten to use
 * it.  Every instance of a subcircuit then has its own copy.  A second call does nothing.
 */
int circuit_privatise_model(struct carom_circuit *circuit, struct carom_element element,
			    struct carom_error *err);

/*
 * Why a second run of the loaded circuit would not repeat the first: a text such as
 * "k1 couples inductors", or NULL.  Looks for mutual inductors, event-driven code models, ddt/idt
 * in what is sent.
 */
const char *circuit_rerun_hazard(const struct carom_circuit *circuit, const struct prune *prune);

#endif
