/* SPDX-License-Identifier: BSD-3-Clause */
/* Names that lead nowhere: models, subcircuits and elements referred to; names in use twice. */
#include <string.h>

#include "base/number.h"
#include "circuit/card-expression.h"
#include "circuit/dot-card.h"
#include "circuit/lint-element.h"

/* ---- the element's own name ---- */

static void check_duplicate(const struct lint_subject *subject)
{
	const struct carom_circuit *circuit = subject->circuit;
	uint32_t at = name_index_get(&circuit->element_of_name, subject->element->name);
	const struct element *first = &circuit->elements[at - 1];
	uint32_t line = circuit->cards[first->card].line;

	if (first == subject->element || reached_is_conditional(subject->reached, first->card))
		return;
	if (line > 0)
		LINT_REPORT(
			subject, RULE_DUPLICATE_ELEMENT,
			"%s: the name is in use already, on line %u; give one of the two another",
			subject->name, line);
	else
		LINT_REPORT(subject, RULE_DUPLICATE_ELEMENT,
			    "%s: the name is in use already; give one of the two another",
			    subject->name);
}

/* Is its first word none of an element ("x.lib", a=1, v(out), f(x)), or what it names not there? */
static bool looks_like_directive(const struct lint_subject *subject)
{
	const struct carom_circuit *circuit = subject->circuit;
	uint32_t at = 0;
	struct word word;

	scan_word(subject->text, &at, &word);
	if (!scan_word(subject->text, &at, &word))
		return true;
	if (strchr("\"'", subject->text[word.begin]) || subject->text[at] == '(' || word.is_key)
		return true;
	if (subject->element->model != NAME_NONE)
		return !circuit_resolve_model(
			circuit, name_text(circuit->names, subject->element->model), NULL);
	for (uint32_t i = 0; i < subject->element->n_pins; i++)
		scan_word(subject->text, &at, &word);
	return subject->kind->n_names > 0 &&
	       !circuit_element_of_name(circuit, subject->text + word.begin, word.length);
}

/* "model d1 d(is=1e-14)" reads as a MOSFET named "model". */
static void check_directive(const struct lint_subject *subject)
{
	const char *directive = dot_card_without_dot(subject->name, strlen(subject->name));

	if (directive && looks_like_directive(subject))
		LINT_REPORT(subject, RULE_MISSING_DOT,
			    "\"%s\" without a dot is read as an element (%s); did you mean %s?",
			    subject->name, subject->kind->name, directive);
}

/* ---- models ---- */

/* A name in braces or quotes is put in later by ngspice. */
static bool is_literal(const char *name)
{
	return strpbrk(name, "{}'\"") == NULL;
}

/* Types of .model per letter of an element, as ngspice 39 takes them: parser/inpdomod.c. */
static const struct {
	char letter;
	const char *types[8];
} types_of[] = {
	{'c', {"c"}},
	{'d', {"d", "numd"}},
	{'j', {"njf", "pjf"}},
	{'l', {"l"}},
	{'m', {"nmos", "pmos", "nsoi", "psoi", "vdmos", "vdmosn", "vdmosp", "numos"}},
	{'o', {"ltra"}},
	{'p', {"cpl"}},
	{'q', {"npn", "pnp", "nbjt", "nbjt2"}},
	{'r', {"r", "res"}},
	{'s', {"sw"}},
	{'u', {"urc"}},
	{'w', {"csw"}},
	{'y', {"txl"}},
	{'z', {"nmf", "pmf", "nhfet", "phfet"}},
};

static bool is_type_of(size_t index, const char *type)
{
	for (size_t k = 0; k < 8 && types_of[index].types[k]; k++) {
		if (name_compare(type, types_of[index].types[k]) == 0)
			return true;
	}
	return false;
}

/* Of A the type is the code model, and of N the device: any that is none of the others. */
static bool model_fits(char letter, const char *type)
{
	bool is_of_others = false;

	for (size_t i = 0; i < sizeof(types_of) / sizeof(types_of[0]); i++) {
		if (types_of[i].letter == letter)
			return is_type_of(i, type);
		is_of_others |= is_type_of(i, type);
	}
	return letter != 'a' || !is_of_others;
}

static void check_type(const struct lint_subject *subject, const struct model *model,
		       const struct carom_circuit *where)
{
	const char *type = name_text(where->names, model->type);

	if (!model_fits(subject->kind->letter, type))
		LINT_REPORT(subject, RULE_MODEL_TYPE,
			    "%s: model \"%s\" is of type \"%s\", which is none of a %s",
			    subject->name, name_text(where->names, model->name), type,
			    subject->kind->name);
}

static void check_model(const struct lint_subject *subject)
{
	const char *model = name_text(subject->circuit->names, subject->element->model);
	const struct carom_circuit *where;
	const struct model *found;

	if (!is_literal(model))
		return;
	found = circuit_resolve_model(subject->circuit, model, &where);
	if (found) {
		check_type(subject, found, where);
		lint_numerical(subject, found, where);
		lint_nets(subject, found, where);
		return;
	}
	if (circuit_resolve_subcircuit(subject->circuit, model))
		LINT_REPORT(subject, RULE_MISSING_MODEL,
			    "%s: \"%s\" is a subcircuit, not a model; call it by an element x%s",
			    subject->name, model, subject->name);
	else
		LINT_REPORT(
			subject, RULE_MISSING_MODEL,
			"%s: there is no model \"%s\" here; define it with .model or include its "
			"library",
			subject->name, model);
}

static bool has_param(const struct carom_circuit *circuit, const char *name, size_t length)
{
	uint32_t number = name_find(circuit->names, name, length);

	return name_index_get(&circuit->param_of_name, number);
}

static bool any_circuit_has_param(const struct lint *lint, const char *name, size_t length)
{
	for (size_t i = 0; i < lint->reach.count; i++) {
		if (has_param(lint->reach.list[i].circuit, name, length))
			return true;
	}
	return false;
}

/*
 * R, C, L: the word behind the nets is a number, an expression, a model, a parameter of the deck or,
 * with its value behind it, of the element: "r1 a b r 1k".
 */
static void check_value(const struct lint_subject *subject)
{
	const struct word *word = &subject->first;
	const char *value = subject->text + word->begin;
	char c = (char)(*value | 0x20);

	if (subject->is_number || word->length == 0 || word->is_key || subject->is_behavioural ||
	    lint_is_param(subject, word) ||
	    any_circuit_has_param(subject->lint, value, word->length))
		return;
	if (c >= 'a' && c <= 'z')
		LINT_REPORT(subject, RULE_UNDEFINED_PARAM,
			    "%s: \"%.*s\" is neither a number, a parameter nor a model; define it "
			    "with .param or .model",
			    subject->name, (int)word->length, value);
	else if (strchr("*/+-!%&|^<>?:}]~@`#", *value))
		LINT_REPORT(subject, RULE_ELEMENT_PARAM,
			    "%s: \"%.*s\" is no value; write an expression in braces",
			    subject->name, (int)word->length, value);
}

/* ---- elements referred to: K, F, H, W ---- */

/* K couples inductors; F, H and W want a current that is a variable of the simulator. */
static void check_referred(const struct lint_subject *subject, const struct element *referred)
{
	bool is_coupling = subject->kind->letter == 'k';
	const char *name = name_text(subject->circuit->names, referred->name);

	if (strchr(is_coupling ? "l" : "vehb", referred->kind) == NULL)
		LINT_REPORT(subject, RULE_MISSING_ELEMENT, "%s: \"%s\" is a %s; name %s",
			    subject->name, name, element_kind_find(referred->kind)->name,
			    is_coupling ? "an inductor" : "a voltage source");
}

static void check_reference(const struct lint_subject *subject, const char *name, size_t length)
{
	uint32_t at = circuit_element_of_name(subject->circuit, name, length);

	if (at > 0) {
		check_referred(subject, &subject->circuit->elements[at - 1]);
		return;
	}
	LINT_REPORT(subject, RULE_MISSING_ELEMENT,
		    "%s: there is no element \"%.*s\" %s; name %s that exists", subject->name,
		    (int)length, name,
		    subject->circuit->parent ? "in this subcircuit" : "in the deck",
		    subject->kind->letter == 'k' ? "an inductor" : "a voltage source");
}

static void check_references(const struct lint_subject *subject)
{
	uint32_t at = subject->tail;
	struct word word;

	for (unsigned i = 0; i < subject->kind->n_names; i++) {
		if (!scan_word(subject->text, &at, &word) || word.is_key ||
		    word_is(subject->text, &word, "poly") ||
		    (memchr(subject->text + word.begin, '.', word.length) &&
		     !strchr("0123456789.", subject->text[word.begin])) ||
		    strchr("{'\"", subject->text[word.begin]))
			return;
		check_reference(subject, subject->text + word.begin, word.length);
	}
}

/* ---- subcircuits ---- */

static void report_no_subcircuit(const struct lint_subject *subject, const char *name)
{
	if (circuit_resolve_model(subject->circuit, name, NULL))
		LINT_REPORT(
			subject, RULE_MISSING_SUBCIRCUIT,
			"%s: \"%s\" is a model, not a subcircuit; the element's letter must be its "
			"device's (d, q, m, ...)",
			subject->name, name);
	else
		LINT_REPORT(
			subject, RULE_MISSING_SUBCIRCUIT,
			"%s: there is no subcircuit \"%s\" here; define it with .subckt or include "
			"its "
			"library",
			subject->name, name);
}

static void check_instance(const struct lint_subject *subject)
{
	uint32_t index = (uint32_t)(subject->element - subject->circuit->elements);
	const char *name = name_text(subject->circuit->names, subject->element->model);
	const struct carom_circuit *called = circuit_resolve_subcircuit(subject->circuit, name);

	if (!called) {
		if (is_literal(name))
			report_no_subcircuit(subject, name);
	} else if (subject->reached->callees[index] == NAME_NONE) {
		LINT_REPORT(subject, RULE_RECURSIVE_SUBCIRCUIT,
			    "%s: subcircuit \"%s\" holds itself; end the recursion", subject->name,
			    name);
	} else if (called->n_ports != subject->element->n_pins) {
		LINT_REPORT(
			subject, RULE_PIN_COUNT,
			"%s: %u net%s for subcircuit \"%s\", which has %zu port%s; give it as many",
			subject->name, subject->element->n_pins,
			subject->element->n_pins == 1 ? "" : "s", name, called->n_ports,
			called->n_ports == 1 ? "" : "s");
	}
}

/* ---- all ---- */

static void check_element(const struct lint_subject *subject)
{
	check_duplicate(subject);
	lint_element(subject);
	check_directive(subject);
	if (subject->kind->n_names > 0)
		check_references(subject);
	if (subject->element->model == NAME_NONE) {
		if (subject->kind->may_have_model)
			check_value(subject);
	} else if (subject->kind->letter == 'x') {
		check_instance(subject);
	} else {
		check_model(subject);
	}
}

static void check_circuit(struct lint *lint, const struct reached *reached)
{
	const struct carom_circuit *circuit = reached->circuit;

	for (size_t k = 0; k < circuit->n_elements; k++) {
		const struct element *element = &circuit->elements[k];
		const struct card *card = &circuit->cards[element->card];
		struct lint_subject subject = {
			.lint = lint,
			.reached = reached,
			.circuit = circuit,
			.element = element,
			.kind = element_kind_find(element->kind),
			.card = card,
			.text = card->text,
			.name = name_text(circuit->names, element->name),
		};

		if (!subject.kind || reached_is_conditional(reached, element->card))
			continue;
		lint_subject_read(&subject);
		check_element(&subject);
	}
}

void lint_names(struct lint *lint)
{
	for (size_t i = 0; i < lint->reach.count; i++)
		check_circuit(lint, &lint->reach.list[i]);
}
