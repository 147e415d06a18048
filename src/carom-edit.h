/* SPDX-License-Identifier: BSD-3-Clause */
/* Edits of a circuit, undo of a batch of them, and the deck kept as lines between them. */
#ifndef CAROM_EDIT_H
#define CAROM_EDIT_H

#include "carom-circuit.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A subcircuit is a circuit and edited as one; an edit of it shows in every instance.  Handles of
 * what is not removed stay valid.
 *
 * All functions return 0 or a status: ERROR_ARGUMENT for a handle of another circuit and for text
 * that cannot be what it should be, ERROR_EXISTS for a name in use, ERROR_MEMORY, and what is said
 * with them.  A failed edit leaves the circuit as it was.  Like the builders, they do nothing once
 * the error is set.  The cost is O(1) in the size of the circuit if not said.
 *
 * What names a net or an element in the same circuit follows when it is renamed: the controlling
 * sources of F, H and W, the inductors of K, v(...) and i(...) in expressions and dot-cards,
 * "@name[...]", "name#branch", the sources of .dc, .noise and .tf, the nets of .pz and .save, the
 * connections of code models.  Finding them takes time in proportion to the cards that name
 * anything so.  What other circuits say by a full name (".save v(x1.out)" when "out" is renamed in
 * the subcircuit) does not follow; when the instance x1 is renamed, it does.
 */

/* ---- elements ---- */

/*
 * Take the element out.  Its nets stay, also without a pin; so does what names it (a K of an
 * inductor), which lint will tell.  The handle becomes one of nothing and is not used again.
 */
int carom_element_remove(struct carom_circuit *circuit, struct carom_element element,
			 struct carom_error *err);

/* name: one word that begins with the letter of the element's kind. */
int carom_element_rename(struct carom_circuit *circuit, struct carom_element element,
			 const char *name, struct carom_error *err);

/* Connect pin (from 0, in the order of the card) to another net of the same circuit. */
int carom_element_reconnect(struct carom_circuit *circuit, struct carom_element element, size_t pin,
			    struct carom_net net, struct carom_error *err);

/* Name of its model, or of its subcircuit; "" if it has none.  Valid as long as the circuit. */
const char *carom_element_model(const struct carom_circuit *circuit, struct carom_element element);

/*
 * ERROR_MODEL if the element's card names none.  Whether there is such a model is for lint to say.
 */
int carom_element_set_model(struct carom_circuit *circuit, struct carom_element element,
			    const char *model, struct carom_error *err);

/*
 * An instance parameter ("w", "area", "tc1"), or of an X one of its subcircuit.  ERROR_PARAMETER if
 * the card does not say it, or not by a plain number.
 */
int carom_element_param(const struct carom_circuit *circuit, struct carom_element element,
			const char *param, double *value, struct carom_error *err);

/*
 * Goes to the end of the card if that does not say it yet.  ERROR_PARAMETER if the kind has none.
 */
int carom_element_set_param(struct carom_circuit *circuit, struct carom_element element,
			    const char *param, double value, struct carom_error *err);

/* ---- nets ---- */

/*
 * ERROR_ARGUMENT for ground and for nets of .global, whose names other circuits know.  O(pins at
 * the net), once the adjacency is made, which takes O(pins) after an edit of the structure.
 */
int carom_net_rename(struct carom_circuit *circuit, struct carom_net net, const char *name,
		     struct carom_error *err);

/* ---- models, parameters, dot-cards ---- */

/* Of a .model card in this circuit.  ERROR_MODEL if there is none, otherwise as for elements. */
int carom_model_param(const struct carom_circuit *circuit, const char *model, const char *param,
		      double *value, struct carom_error *err);
int carom_model_set_param(struct carom_circuit *circuit, const char *model, const char *param,
			  double value, struct carom_error *err);

/* ERROR_MODEL if there is none of exactly this name (a bin "nch.2" is one).  O(models). */
int carom_circuit_remove_model(struct carom_circuit *circuit, const char *model,
			       struct carom_error *err);

/* Of a .param in this circuit, or of its .subckt line.  ERROR_PARAMETER if there is none. */
int carom_circuit_param(const struct carom_circuit *circuit, const char *name, double *value,
			struct carom_error *err);

/* .param name=value; sets it if it exists. */
int carom_circuit_set_param(struct carom_circuit *circuit, const char *name, double value,
			    struct carom_error *err);

/* ERROR_PARAMETER if there is none; ERROR_ARGUMENT for one of a .subckt line. */
int carom_circuit_remove_param(struct carom_circuit *circuit, const char *name,
			       struct carom_error *err);

/*
 * Take out all cards of a keyword (".tran"), which is not that of a definition or of a part of a
 * block.  *count (may be NULL): how many there were, 0 is no failure.  O(cards).
 */
int carom_circuit_remove_cards(struct carom_circuit *circuit, const char *keyword, size_t *count,
			       struct carom_error *err);

/* ---- subcircuits ---- */

/* Defined in this circuit; NULL if there is none of the name. */
struct carom_circuit *carom_circuit_find_subcircuit(const struct carom_circuit *circuit,
						    const char *name);

/*
 * Give the subcircuit of that name other contents: a copy of the elements, models, parameters,
 * functions and subcircuits of contents, which stays the caller's; its analyses, .save and other
 * cards of a whole deck are left out.  The name, ports and parameters of the .subckt line stay, so
 * contents must have a net for each port; if contents is itself a subcircuit, its ports, as many,
 * and parameters take their place.  Returns the subcircuit as it is now; handles of the old one are
 * no longer valid.  NULL on failure.  O(contents).
 */
struct carom_circuit *carom_circuit_replace_subcircuit(struct carom_circuit *circuit,
						       const char *name,
						       const struct carom_circuit *contents,
						       struct carom_error *err);

/* ---- undo ---- */

/*
 * Marks are about a whole circuit with its subcircuits, whichever of them is given, and nest.
 * Rollback undoes all edits and additions since the newest mark and forgets it: the circuit emits
 * and answers as before.  Handles of what was added since, subcircuits included, are no longer
 * valid.  Commit forgets the newest mark and keeps the edits.  O(edits).  ERROR_ARGUMENT if no mark
 * is open.
 */
int carom_circuit_mark(struct carom_circuit *circuit, struct carom_error *err);
int carom_circuit_rollback(struct carom_circuit *circuit, struct carom_error *err);
int carom_circuit_commit(struct carom_circuit *circuit, struct carom_error *err);

/* ---- the deck as lines, kept ---- */

/*
 * What carom_circuit_to_text gives by default, as one string per card without a line's end, and
 * NULL behind the last.  *n (may be NULL): how many.  Borrowed: valid until the next edit.  An
 * unchanged circuit gives the same array again without work; new values cost what they change;
 * other edits have the array made anew, at some nanoseconds per card.  ERROR_ARGUMENT for a
 * subcircuit.
 */
const char *const *carom_circuit_lines(const struct carom_circuit *circuit, size_t *n,
				       struct carom_error *err);

/*
 * How the caches of a whole circuit did since it was made.  Values: a hit is a question or an edit
 * for which the card was not read; an invalidation makes a known value be read again.  Cards: a hit
 * is a card given out as it stood; a miss one whose new value had to be written first; an
 * invalidation an edit that made it so.
 */
struct carom_cache_stats {
	uint64_t value_hits, value_misses, value_invalidations;
	uint64_t card_hits, card_misses, card_invalidations;
};
void carom_circuit_cache_stats(const struct carom_circuit *circuit,
			       struct carom_cache_stats *stats);

#ifdef __cplusplus
}
#endif

#endif
