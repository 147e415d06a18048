/* SPDX-License-Identifier: BSD-3-Clause */
/* Couplings read from the cards of controlled and behavioural elements and of code models. */
#include "circuit/coupling.h"

#include <string.h>

#include "base/mem.h"
#include "circuit/card-expression.h"
#include "circuit/scan.h"

struct reader {
	const struct carom_circuit *circuit;
	struct couplings *couplings;
	uint32_t element; /* whose card it is */
	bool has_code_models;
	bool failed;
};

static void add(struct reader *reader, uint32_t a, uint32_t b, bool is_code_model)
{
	struct couplings *couplings = reader->couplings;

	if (!mem_reserve(&couplings->list, &couplings->capacity, couplings->count + 1,
			 sizeof(*couplings->list)))
		reader->failed = true;
	else
		couplings->list[couplings->count++] =
			(struct coupling){reader->element, a, b, is_code_model};
}

/* NAME_NONE if there is none. */
static uint32_t find_net(const struct reader *reader, const char *name, size_t length)
{
	return circuit_net_of_name(reader->circuit, name, length) - 1;
}

static bool sense(struct reader *reader, const char *name, size_t length)
{
	uint32_t element = circuit_element_of_name(reader->circuit, name, length) - 1;

	if (element == NAME_NONE)
		return false;
	reader->couplings->is_sensed[element] = true;
	return true;
}

/* Names with a dot or "#" are inside of subcircuits and devices; those are not looked up. */
static void add_dead(struct reader *reader, bool is_current, const char *name, size_t length)
{
	struct couplings *couplings = reader->couplings;

	if (length == 0 || memchr(name, '.', length) || memchr(name, '#', length))
		return;
	if (!mem_reserve(&couplings->dead, &couplings->dead_capacity, couplings->n_dead + 1,
			 sizeof(*couplings->dead)))
		reader->failed = true;
	else
		couplings->dead[couplings->n_dead++] =
			(struct dead_reference){reader->element, is_current, name, length};
}

/* ---- expressions ---- */

/* The name in text[0..length) without blanks around it. */
static const char *trim(const char *text, size_t *length)
{
	while (*length > 0 && (text[0] == ' ' || text[0] == '\t')) {
		text++;
		(*length)--;
	}
	while (*length > 0 && (text[*length - 1] == ' ' || text[*length - 1] == '\t'))
		(*length)--;
	return text;
}

static uint32_t net_referred_to(struct reader *reader, const char *text, size_t length)
{
	const char *name = trim(text, &length);
	uint32_t net = find_net(reader, name, length);

	if (net == NAME_NONE)
		add_dead(reader, false, name, length);
	return net;
}

/* v(a) or v(a, b) */
static void add_voltage(struct reader *reader, const struct reference *reference)
{
	const char *end = reference->text + reference->length;
	const char *comma = memchr(reference->text, ',', reference->length);
	const char *a_end = comma ? comma : end;
	uint32_t a = net_referred_to(reader, reference->text, (size_t)(a_end - reference->text));
	uint32_t b = comma ? net_referred_to(reader, comma + 1, (size_t)(end - comma - 1)) : 0;

	if (a != NAME_NONE && b != NAME_NONE)
		add(reader, a, b, false);
}

static void add_current(struct reader *reader, const struct reference *reference)
{
	size_t length = reference->length;
	const char *name = trim(reference->text, &length);

	if (!sense(reader, name, length))
		add_dead(reader, true, name, length);
}

/* A function of the deck may depend on any voltage: it counts as one on those at the element. */
static void add_unknown(struct reader *reader)
{
	const struct element *element = &reader->circuit->elements[reader->element];

	for (uint32_t i = 0; i < element->n_pins; i++)
		add(reader, reader->circuit->pins[element->first_pin + i], 0, false);
}

static void read_reference(void *arg, const struct reference *reference)
{
	struct reader *reader = arg;

	switch (reference->kind) {
	case REFERENCE_VOLTAGE:
		add_voltage(reader, reference);
		break;
	case REFERENCE_CURRENT:
		add_current(reader, reference);
		break;
	case REFERENCE_FUNCTION:
		if (!language_has_function(LANGUAGE_BEHAVIOUR, reference->text, reference->length))
			add_unknown(reader);
		break;
	case REFERENCE_NAME:
		break;
	}
}

static void read_expression(void *arg, const struct card_expression *expression)
{
	expression_each_reference(expression->text, expression->length, expression->language,
				  read_reference, arg);
}

/* ---- words ---- */

/* F, H, W: every word that names an element; of POLY there are several. */
static void read_controls(struct reader *reader, const struct element *element, const char *text)
{
	uint32_t at = 0;
	struct word word;

	for (uint32_t i = 0; i <= element->n_pins; i++)
		scan_word(text, &at, &word);
	while (scan_word(text, &at, &word))
		sense(reader, text + word.begin, word.length);
}

/* A: which words are nets only the code model knows, so each that could be one counts. */
static void read_code_model(struct reader *reader, const struct card *card)
{
	const char *end = card->text + card->length;
	const char *p = card->text + strcspn(card->text, " \t");

	while (p < end) {
		size_t length = strcspn(p, " \t,()[]~%=<>");
		uint32_t net = length ? find_net(reader, p, length) : NAME_NONE;

		if (net != NAME_NONE)
			add(reader, net, 0, true);
		if (length > 0)
			sense(reader, p, length);
		p += length + 1;
	}
}

static void read_element(struct reader *reader, const struct element *element)
{
	const struct card *card = &reader->circuit->cards[element->card];

	if (element->kind == 0)
		return;
	if (strchr("fhw", element->kind))
		read_controls(reader, element, card->text);
	else if (element->kind == 'a')
		read_code_model(reader, card);
	else if (card_is_behavioural(card, element->kind))
		card_each_expression(card, element->kind, read_expression, reader);
}

bool couplings_init(struct couplings *couplings, const struct carom_circuit *circuit)
{
	struct reader reader = {.circuit = circuit, .couplings = couplings};

	memset(couplings, 0, sizeof(*couplings));
	couplings->is_sensed = mem_zalloc(circuit->n_elements, sizeof(*couplings->is_sensed));
	if (!couplings->is_sensed)
		return false;
	for (uint32_t i = 0; i < circuit->n_elements && !reader.failed; i++) {
		reader.element = i;
		reader.has_code_models |= circuit->elements[i].kind == 'a';
		read_element(&reader, &circuit->elements[i]);
	}
	if (reader.has_code_models)
		couplings->n_dead = 0;
	return !reader.failed;
}

void couplings_release(struct couplings *couplings)
{
	mem_free(couplings->list);
	mem_free(couplings->dead);
	mem_free(couplings->is_sensed);
}
