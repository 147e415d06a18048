/* SPDX-License-Identifier: BSD-3-Clause */
/* Building by calls: cards given as text, models, parameters, subcircuits. */
#include <string.h>

#include "base/text.h"
#include "circuit/dot-card.h"
#include "circuit/edit.h"
#include "circuit/element-kind.h"
#include "circuit/scan.h"

static bool has_failed(const struct carom_error *err)
{
	return err && err->status != CAROM_OK;
}

/* One line without control characters, brackets and quotes closed? */
static int check_card(const char *card, struct carom_error *err)
{
	uint32_t alone;

	if (!scan_is_line(card))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "a card is one line without control characters");
	if (!scan_is_balanced(card, &alone))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "%c is alone in \"%s\"", card[alone],
				  card);
	return CAROM_OK;
}

CAROM_API struct carom_element carom_add_element(struct carom_circuit *circuit, const char *card,
						 struct carom_error *err)
{
	struct carom_element none = {CAROM_NO_INDEX};
	struct word name;
	struct card item;
	uint32_t at = 0, index;

	if (has_failed(err) || check_card(card, err) != CAROM_OK)
		return none;
	card += strspn(card, " \t");
	if (!element_kind_find(card[0])) {
		carom_fail(err, CAROM_ERROR_ARGUMENT, "\"%s\" begins with no element's letter",
			   card);
		return none;
	}
	scan_word(card, &at, &name);
	if (circuit_element_of_name(circuit, card, name.length)) {
		carom_fail(err, CAROM_ERROR_EXISTS, "%.*s: the circuit has an element of this name",
			   (int)name.length, card);
		return none;
	}
	if (circuit_copy_card(circuit, card, strlen(card), &item, err) != CAROM_OK)
		return none;
	item.role = CARD_ELEMENT;
	index = circuit_append_card(circuit, &item, err);
	if (index == NAME_NONE)
		return none;
	if (circuit_parse_element(circuit, index, err) != CAROM_OK) {
		circuit->n_cards--;
		return none;
	}
	return (struct carom_element){(uint32_t)circuit->n_elements - 1};
}

CAROM_API int carom_circuit_add_card(struct carom_circuit *circuit, const char *card,
				     struct carom_error *err)
{
	struct card item;
	size_t length;
	int rc = has_failed(err) ? (int)err->status : check_card(card, err);

	if (rc != CAROM_OK)
		return rc;
	card += strspn(card, " \t");
	if (card[0] != '.' || dot_card_kind(card, &length) > DOT_PARAM)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "\"%s\" is not a dot-card that stands for itself", card);
	rc = circuit_copy_card(circuit, card, strlen(card), &item, err);
	return rc == CAROM_OK ? circuit_append_dot_card(circuit, &item, err) : rc;
}

/* The card in text, which is released. */
static int add_text(struct carom_circuit *circuit, struct text *text, struct carom_error *err)
{
	int rc = text->failed ? carom_fail_memory(err)
			      : carom_circuit_add_card(circuit, text_string(text), err);

	text_release(text);
	return rc;
}

static int check_name(const char *name, struct carom_error *err)
{
	if (scan_is_name(name))
		return CAROM_OK;
	return carom_fail(err, CAROM_ERROR_ARGUMENT, "\"%s\" cannot be a name", name);
}

CAROM_API int carom_circuit_add_model(struct carom_circuit *circuit, const char *name,
				      const char *type, const char *params, struct carom_error *err)
{
	struct text text = TEXT_INIT;

	if (has_failed(err))
		return err->status;
	if (check_name(name, err) != CAROM_OK || check_name(type, err) != CAROM_OK)
		return CAROM_ERROR_ARGUMENT;
	if (circuit_find_model(circuit, name))
		return carom_fail(err, CAROM_ERROR_EXISTS, "model %s: the circuit has one", name);
	text_printf(&text, ".model %s %s", name, type);
	if (params && *params)
		text_printf(&text, "(%s)", params);
	return add_text(circuit, &text, err);
}

/*
 * ngspice takes a port that is ground or has the name of one before it, and leaves the net that an
 * instance gives for it open.  Ports that are neither are the nets behind ground, in their order.
 */
static int check_ports(const struct carom_circuit *child, const char *const *ports,
		       struct carom_error *err)
{
	for (uint32_t i = 0; i < child->n_ports; i++) {
		if (child->ports[i] == 0)
			return carom_fail(err, CAROM_ERROR_ARGUMENT,
					  "subcircuit %s: port %s is ground, which is the same in "
					  "every circuit and no port",
					  child->title, ports[i]);
		if (child->ports[i] != i + 1)
			return carom_fail(err, CAROM_ERROR_EXISTS,
					  "subcircuit %s: two ports have the name %s", child->title,
					  ports[i]);
	}
	return CAROM_OK;
}

static struct carom_circuit *add_subcircuit(struct carom_circuit *circuit, const struct card *card,
					    const char *const *ports, struct carom_error *err)
{
	struct carom_circuit *child = circuit_make_subcircuit(circuit, card, err);

	if (child && (check_ports(child, ports, err) != CAROM_OK ||
		      circuit_adopt_subcircuit(circuit, child, card, err) != CAROM_OK)) {
		carom_circuit_free(child);
		return NULL;
	}
	return child;
}

CAROM_API struct carom_circuit *
carom_circuit_add_subcircuit(struct carom_circuit *circuit, const char *name,
			     const char *const *ports, size_t n_ports, struct carom_error *err)
{
	struct carom_circuit *child = NULL;
	struct text text = TEXT_INIT;
	struct card item;

	if (has_failed(err) || check_name(name, err) != CAROM_OK)
		return NULL;
	if (circuit_find_child(circuit, name)) {
		carom_fail(err, CAROM_ERROR_EXISTS, "subcircuit %s: the circuit has one", name);
		return NULL;
	}
	text_printf(&text, ".subckt %s", name);
	for (size_t i = 0; i < n_ports; i++) {
		if (check_name(ports[i], err) != CAROM_OK)
			goto out;
		text_printf(&text, " %s", ports[i]);
	}
	if (text.failed)
		carom_fail_memory(err);
	else if (circuit_copy_card(circuit, text_string(&text), text.length, &item, err) ==
		 CAROM_OK)
		child = add_subcircuit(circuit, &item, ports, err);
out:
	text_release(&text);
	return child;
}
