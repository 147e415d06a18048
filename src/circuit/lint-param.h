/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The search for undefined parameters and functions.  One of them makes libngspice unusable until it
 * is reloaded.
 *
 * ngspice looks a parameter up along the instances: in the subcircuit, in the circuit that calls it,
 * and so on to the top.  So a name that a subcircuit does not define stays open until all its
 * callers have been asked; what is open at the top is undefined.
 */
#ifndef CIRCUIT_LINT_PARAM_H
#define CIRCUIT_LINT_PARAM_H

#include "circuit/expression.h"
#include "circuit/functions.h"
#include "circuit/lint.h"

/* A reference that its own circuit does not satisfy. */
struct use {
	const char *name; /* in the card */
	size_t length;
	bool is_function;
	const struct carom_circuit *where; /* whose card it is on */
	uint32_t card;
	uint32_t count;     /* references of this name in that circuit */
	uint32_t last_heir; /* circuit that took it over last: index + 1 */
};

/* A use that a circuit leaves to its callers. */
struct open_use {
	uint32_t use;
	uint32_t param; /* in whose default it stands, by its name in the circuit; or NAME_NONE */
};

/* Names met in the circuit under check, so that each is recorded once. */
struct seen {
	uint32_t circuit; /* index + 1 */
	uint32_t use;
};

struct param_check {
	struct lint *lint;
	struct function_table functions;
	uint32_t *checked[2]; /* per language and function: in which circuit it was, index + 1 */
	struct name_table *used_models;
	bool uses_all_models; /* there is an .if: ngspice then keeps models nobody uses */

	struct use *uses;
	size_t n_uses, uses_capacity;
	struct open_use *open;
	size_t n_open, open_capacity;
	size_t *first_open;  /* per circuit, and one more */
	bool *has_no_params; /* per circuit: it was said that it takes none */
	struct name_table *names;
	struct seen *seen; /* per name in names */
	size_t seen_capacity;

	/* the expression under check */
	uint32_t index; /* of its circuit in reach */
	const struct carom_circuit *circuit;
	const struct carom_circuit *where; /* whose card it is on: of a function, its definer's */
	uint32_t card;
	bool is_conditional;             /* it may be in a branch that is not taken */
	uint32_t param;                  /* it is the value of; or NAME_NONE */
	const struct function *function; /* it is the body of; or NULL */
	unsigned function_depth;
	const struct carom_circuit *callee; /* it is a parameter of an X for; or NULL */
	const char *callee_param;
	size_t callee_param_length;
	enum expression_language language;
};

/* ---- lint-reference.c: one expression ---- */

/* Begin with what stands on this card of the circuit under check. */
void param_check_card(struct param_check *check, uint32_t card);

/* Add the references of the text that its circuit does not satisfy to the open uses. */
void param_check_text(struct param_check *check, const char *text, size_t length);

void param_check_leave_open(struct param_check *check, uint32_t use, uint32_t param);

/* The name's number in the circuit if it has a parameter of this name, else NAME_NONE. */
uint32_t param_find(const struct carom_circuit *circuit, const char *name, size_t length);

/* ngspice drops models that no element names, and with them what is wrong there. */
bool param_check_uses(const struct param_check *check, const struct carom_circuit *circuit,
		      const struct model *model);

/* ---- lint-function.c: .func cards ---- */

void param_check_functions(struct param_check *check);
/* lint-function.c: "1 ? y : 2" with a parameter y of which ngspice makes a function. */
void param_check_glued(const struct param_check *check, const struct carom_circuit *circuit,
		       uint32_t card, const char *text, size_t length);

/* ---- lint-expression.c ---- */

/* Expressions that cannot be computed.  has_undefined: some of their names were reported already. */
void param_check_expressions(struct param_check *check, bool has_undefined);

/* ---- lint-instance.c: the X elements ---- */

/* What the X of the circuit under check assign, and what the called subcircuits leave open. */
void param_check_instances(struct param_check *check);

#endif
