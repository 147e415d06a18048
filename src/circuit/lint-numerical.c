/* SPDX-License-Identifier: BSD-3-Clause */
/* Models that CIDER simulates: it calls exit() where the cards of a mesh lack what belongs to it. */
#include <string.h>
#include <strings.h>

#include "circuit/lint-element.h"

/* What the cards behind that of the model begin with. */
struct mesh_cards {
	bool has_mesh, has_second_axis, has_domain, has_electrode;
};

/* CIDER takes the beginning of a word for the word. */
static bool is_short_for(const char *begin, size_t length, const char *word)
{
	return length > 0 && strncasecmp(begin, word, length) == 0;
}

static void read_card(struct mesh_cards *cards, const char *text)
{
	const char *begin = text + strspn(text, "+ \t");
	size_t length = strcspn(begin, " \t=");

	cards->has_mesh |= is_short_for(begin, length, "x.mesh");
	cards->has_second_axis |= is_short_for(begin, length, "y.mesh");
	cards->has_domain |=
		is_short_for(begin, length, "domain") || is_short_for(begin, length, "region");
	cards->has_electrode |= is_short_for(begin, length, "electrode");
}

static bool is_numerical(const char *type)
{
	static const char *const types[] = {"numd", "nbjt", "numos"};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (name_compare_n(type, types[i], strlen(types[i])) == 0)
			return true;
	return false;
}

static bool goes_on_at(const struct carom_circuit *circuit, uint32_t card)
{
	return card < circuit->n_cards && circuit->cards[card].role != CARD_REMOVED &&
	       circuit->cards[card].text[0] == '+';
}

void lint_numerical(const struct lint_subject *subject, const struct model *model,
		    const struct carom_circuit *where)
{
	const char *name = name_text(where->names, model->name);
	struct mesh_cards cards = {.has_mesh = false};

	if (!is_numerical(name_text(where->names, model->type)))
		return;
	for (uint32_t i = model->card + 1; goes_on_at(where, i); i++)
		read_card(&cards, where->cards[i].text);
	if (!cards.has_mesh)
		return;
	if (!cards.has_domain)
		LINT_REPORT(
			subject, DEADLY(RULE_NUMERICAL_MODEL),
			"%s: the mesh of model \"%s\" has no domain, for which CIDER calls exit()",
			subject->name, name);
	else if (cards.has_second_axis && !cards.has_electrode)
		LINT_REPORT(subject, DEADLY(RULE_NUMERICAL_MODEL),
			    "%s: the mesh of model \"%s\" has no electrodes, for which CIDER calls "
			    "exit()",
			    subject->name, name);
}
