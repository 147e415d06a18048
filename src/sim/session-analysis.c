/* SPDX-License-Identifier: BSD-3-Clause */
/* Analyses by call that ngspice would answer with zeros, or be spoilt by, or never end. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/number.h"
#include "circuit/card-expression.h"
#include "circuit/global.h"
#include "circuit/scan.h"
#include "sim/session-state.h"

/* ---- the nets of the loaded circuit ---- */

/* A code model may have nets that the graph does not know, and commands another circuit. */
static bool are_nets_known(const struct carom_circuit *root)
{
	if (circuit_has_code_models(root))
		return false;
	for (size_t i = 1; i < root->n_cards; i++)
		if (card_begins(&root->cards[i], ".control") || card_begins(&root->cards[i], "*#"))
			return false;
	return true;
}

/* Those that an element is at: ngspice does not have the others. */
static bool add_nets(struct name_table *nets, const struct carom_circuit *root)
{
	bool *is_seen = mem_zalloc(root->n_nets, sizeof(*is_seen));
	bool is_added = is_seen != NULL;

	for (size_t i = 0; i < root->n_elements && is_added; i++) {
		const struct element *element = &root->elements[i];
		const uint32_t *at = circuit_nets(root, element);

		for (uint32_t k = 0; k < element->n_pins && is_added; k++) {
			size_t length;
			const char *name;

			if (is_seen[at[k]])
				continue;
			is_seen[at[k]] = true;
			name = circuit_net_name(root, at[k], &length);
			is_added = name_intern(nets, name, length) != NAME_NONE;
		}
	}
	mem_free(is_seen);
	return is_added;
}

static bool add_name(struct name_table *nets, const char *name)
{
	return name_intern(nets, name, strlen(name)) != NAME_NONE;
}

int session_know_nets(struct carom_session *session, const struct carom_circuit *circuit,
		      struct carom_error *err)
{
	const struct carom_circuit *root = circuit_root(circuit);
	struct globals globals;
	int status;

	if (!are_nets_known(root))
		return 0;
	status = globals_init(&globals, root, err);
	session->nets = globals.names;
	if (!status && (!add_name(session->nets, "0") || !add_name(session->nets, "gnd") ||
			!add_nets(session->nets, root)))
		status = carom_fail_memory(err);
	return status;
}

/* ---- an analysis ---- */

/* More are not looked at: "dc SOURCE FIRST LAST STEP SOURCE FIRST LAST STEP". */
enum { MOST_WORDS = 9 };

#define BLANKS " \t,"

struct analysis {
	const struct carom_session *session;
	const char *text;
	struct word words[MOST_WORDS];
	unsigned n_words;
	struct carom_error *err;
	int status;
};

static bool is_kind(const struct analysis *analysis, const char *kind)
{
	return analysis->n_words > 0 && word_is(analysis->text, &analysis->words[0], kind);
}

/* Names of what is in a subcircuit or a device have one of these; they are ngspice's to find. */
static bool is_plain(const char *name, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (strchr(".#:{}'\"@*$()", name[i]))
			return false;
	return length > 0;
}

static void check_net(struct analysis *analysis, const char *name, size_t length)
{
	const struct word *kind = &analysis->words[0];

	if (analysis->status || !is_plain(name, length) ||
	    name_find(analysis->session->nets, name, length) != NAME_NONE)
		return;
	analysis->status =
		carom_fail(analysis->err, CAROM_ERROR_VECTOR,
			   "%.*s: there is no net \"%.*s\"\nis its name spelt right?",
			   (int)kind->length, analysis->text + kind->begin, (int)length, name);
}

/* v(a), v(a,b), v(a b) */
static void see_reference(void *arg, const struct reference *reference)
{
	const char *name = reference->text, *end = name + reference->length;

	if (reference->kind != REFERENCE_VOLTAGE)
		return;
	while ((name += strspn(name, BLANKS)) < end) {
		size_t length = strcspn(name, BLANKS), left = (size_t)(end - name);

		length = length < left ? length : left;
		check_net(arg, name, length);
		name += length;
	}
}

static void check_nets(struct analysis *analysis)
{
	if (is_kind(analysis, "noise") || is_kind(analysis, "sens") || is_kind(analysis, "tf"))
		expression_each_reference(analysis->text, strlen(analysis->text),
					  LANGUAGE_BEHAVIOUR, see_reference, analysis);
	if (!is_kind(analysis, "pz"))
		return;
	for (unsigned i = 1; i < 5 && i < analysis->n_words; i++)
		check_net(analysis, analysis->text + analysis->words[i].begin,
			  analysis->words[i].length);
}

/* NAN if the word is no number. */
static double number_at(const struct analysis *analysis, unsigned i)
{
	const struct word *word = &analysis->words[i];
	double value;
	size_t used;

	return number_read(analysis->text + word->begin, word->length, &value, &used) ? value
										      : (double)NAN;
}

/* ngspice would go on as long as there is memory, also from a value to the same. */
static void check_ranges(struct analysis *analysis)
{
	for (unsigned i = 1; is_kind(analysis, "dc") && i < analysis->n_words; i += 4) {
		bool has_step = i + 3 < analysis->n_words;

		if (!has_step || number_at(analysis, i + 3) == 0)
			analysis->status =
				carom_fail(analysis->err, CAROM_ERROR_ARGUMENT,
					   "dc: %s the sweep never ends\ngive it one",
					   has_step ? "with a step of 0" : "without a step");
	}
}

int session_check_analysis(const struct carom_session *session, const char *text,
			   struct carom_error *err)
{
	struct analysis analysis = {.session = session, .text = text, .err = err};
	uint32_t at = 0;

	analysis.status = session_check_sens_run(session, text, err);
	while (analysis.n_words < MOST_WORDS &&
	       scan_word(text, &at, &analysis.words[analysis.n_words]))
		analysis.n_words++;
	if (!analysis.status)
		check_ranges(&analysis);
	if (session->nets && !analysis.status)
		check_nets(&analysis);
	return analysis.status;
}
