/* SPDX-License-Identifier: BSD-3-Clause */
/* Subcircuits, models and parameters that are defined more than once: one definition counts. */
#include "circuit/lint.h"

/* "on line 3" of the same file, or in which file. */
static void report(struct lint *lint, const struct carom_circuit *circuit, enum lint_rule rule,
		   const char *what, const char *name, uint32_t idle, uint32_t counts)
{
	const struct card *card = &circuit->cards[counts];

	lint_add(lint, circuit, idle, rule,
		 "%s \"%s\" is defined at %s:%u too, which is what counts", what, name,
		 circuit_file(circuit, card->file), card->line);
}

static void check_params(struct lint *lint, const struct reached *reached)
{
	const struct carom_circuit *circuit = reached->circuit;

	for (uint32_t i = 0; i < circuit->n_params; i++) {
		const struct param *param = &circuit->params[i];
		uint32_t last = name_index_get(&circuit->param_of_name, param->name) - 1;

		/* in another file it is set to another value on purpose */
		if (last != i &&
		    circuit->cards[param->card].file ==
			    circuit->cards[circuit->params[last].card].file &&
		    !reached_is_conditional(reached, param->card) &&
		    !reached_is_conditional(reached, circuit->params[last].card))
			report(lint, circuit, RULE_DUPLICATE_PARAM, "parameter",
			       name_text(circuit->names, param->name), param->card,
			       circuit->params[last].card);
	}
}

static void check_models(struct lint *lint, const struct reached *reached)
{
	const struct carom_circuit *circuit = reached->circuit;

	for (uint32_t i = 0; i < circuit->n_models; i++) {
		const struct model *model = &circuit->models[i];
		uint32_t first = name_index_get(&circuit->model_of_name, model->name) - 1;

		if (first != i && circuit->models[first].name == model->name &&
		    !reached_is_conditional(reached, model->card) &&
		    !reached_is_conditional(reached, circuit->models[first].card))
			report(lint, circuit, RULE_DUPLICATE_MODEL, "model",
			       name_text(circuit->names, model->name), model->card,
			       circuit->models[first].card);
	}
}

static void check_subcircuits(struct lint *lint, const struct reached *reached)
{
	const struct carom_circuit *circuit = reached->circuit;

	for (uint32_t i = 0; i < circuit->n_children; i++) {
		const struct carom_circuit *child = circuit->children[i];
		const struct carom_circuit *first =
			circuit_resolve_subcircuit(circuit, child->title);

		if (first != child && first->parent == circuit &&
		    !reached_is_conditional(reached, child->card) &&
		    !reached_is_conditional(reached, first->card))
			report(lint, circuit, RULE_DUPLICATE_SUBCIRCUIT, "subcircuit", child->title,
			       child->card, first->card);
	}
}

void lint_duplicates(struct lint *lint)
{
	for (size_t i = 0; i < lint->reach.count; i++) {
		check_params(lint, &lint->reach.list[i]);
		check_models(lint, &lint->reach.list[i]);
		check_subcircuits(lint, &lint->reach.list[i]);
	}
}
