/* SPDX-License-Identifier: BSD-3-Clause */
/* Compiles formulas: in a circuit that has the parameters and functions only, and the inputs. */
#include "circuit/formula.h"

#include <string.h>

#include "base/text.h"
#include "circuit/scope.h"

static bool is_kept(const struct card *card)
{
	return card->role == CARD_PARAM ||
	       (card->role == CARD_OTHER && name_compare_n(card->text, ".func", 5) == 0);
}

/* Not a name that an expression can have: "a-b". */
static bool is_word(const char *name)
{
	return name && name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "0123456789_")] == '\0';
}

/* A later .param of the same name is the one that counts. */
static int make_circuit(struct carom_circuit **circuit, const struct carom_circuit *root,
			const char *const *inputs, size_t n_inputs, struct carom_error *err)
{
	struct carom_import_options options = {.size = sizeof(options), .is_trusted = true};
	struct text deck = TEXT_INIT;
	int status;

	text_append(&deck, "formula\n");
	for (size_t i = 0; i < root->n_cards; i++)
		if (is_kept(&root->cards[i]))
			text_printf(&deck, "%s\n", root->cards[i].text);
	for (size_t i = 0; i < n_inputs; i++)
		if (is_word(inputs[i]))
			text_printf(&deck, ".param %s=0\n", inputs[i]);
	text_append(&deck, ".end\n");
	status = deck.failed ? carom_fail_memory(err)
			     : carom_circuit_import_text(circuit, text_string(&deck), deck.length,
							 "", &options, err);
	text_release(&deck);
	return status;
}

static void set_inputs(struct scope *scope, const char *const *inputs, size_t n_inputs)
{
	for (uint32_t i = 0; i < n_inputs; i++) {
		struct slot *slot = is_word(inputs[i])
					    ? scope_own_slot(scope, inputs[i], strlen(inputs[i]))
					    : NULL;

		if (!slot)
			continue;
		slot->value = program_input(&scope->tree->program, i);
		slot->state = SLOT_DONE;
		slot->is_number = true; /* it is known before any expression */
	}
}

int formula_compile(const struct carom_circuit *root, const char *text, const char *const *inputs,
		    size_t n_inputs, struct program *program, struct operand *value,
		    struct carom_error *err)
{
	struct origin origin = {NULL, 0, text, false};
	struct carom_circuit *circuit = NULL;
	struct scope *scope = NULL;
	int status = make_circuit(&circuit, root, inputs, n_inputs, err);

	memset(program, 0, sizeof(*program));
	if (!status) {
		scope = scope_new(circuit, err);
		status = scope ? 0 : CAROM_ERROR_MEMORY;
	}
	if (!status) {
		set_inputs(scope, inputs, n_inputs);
		status = scope_compile(scope, text, strlen(text), origin, value, err);
		*program = scope->tree->program;
		memset(&scope->tree->program, 0, sizeof(*program));
	}
	scope_free(scope);
	carom_circuit_free(circuit);
	return status;
}
