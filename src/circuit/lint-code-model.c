/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The nets of a code model (A) against its ports: read as by ngspice 39 (mif/mif_inp2.c), which does
 * not load the deck where they do not fit, or crashes over some of the kind.
 */
#include <string.h>

#include "circuit/code-model.h"
#include "circuit/lint-element.h"

static const char separators[] = " \t=(),";
static const char marks[] = "<>[]~%"; /* each a token of its own */

struct reader {
	const struct lint_subject *subject;
	const struct code_model *model;
	const struct code_port *port; /* the one whose nets come */
	const char *at;               /* behind the token and what separates it from the next */
	const char *token;
	size_t length;    /* of the token; 0 behind the last */
	const char *type; /* of the port, or of the next net of a vector */
	size_t type_length;
};

/* What is wrong with the port; false. */
#define REJECT(reader, format, ...)                                                            \
	(LINT_REPORT((reader)->subject, RULE_CODE_MODEL_PORT, "%s: port \"%s\" of %s " format, \
		     (reader)->subject->name, (reader)->port->name, (reader)->model->name,     \
		     ##__VA_ARGS__),                                                           \
	 false)

static void next_token(struct reader *reader)
{
	reader->token = reader->at;
	reader->length = strcspn(reader->at, " \t=(),<>[]~%");
	if (reader->length == 0 && *reader->at)
		reader->length = 1;
	reader->at += reader->length;
	reader->at += strspn(reader->at, separators);
}

static bool is_last(const struct reader *reader)
{
	return *reader->at == '\0';
}

static bool is_mark(const struct reader *reader, char mark)
{
	return reader->length > 0 && *reader->token == mark;
}

static bool is_name(const struct reader *reader)
{
	return reader->length > 0 && !strchr(marks, *reader->token);
}

static bool token_is(const struct reader *reader, const char *text)
{
	return reader->length == strlen(text) &&
	       name_compare_n(reader->token, text, reader->length) == 0;
}

static bool type_is(const struct reader *reader, const char *type)
{
	return reader->type_length == strlen(type) &&
	       memcmp(reader->type, type, reader->type_length) == 0;
}

/* ---- types ---- */

static void set_type(struct reader *reader, const char *type)
{
	reader->type = type;
	reader->type_length = strcspn(type, " ");
}

/* Is the token one of the port's types? */
static bool find_type(struct reader *reader)
{
	for (const char *type = reader->port->types; *type; type += strspn(type, " ")) {
		set_type(reader, type);
		type += reader->type_length;
		if (reader->length == reader->type_length &&
		    name_compare_n(reader->token, reader->type, reader->length) == 0)
			return true;
	}
	return false;
}

/* "%vd", and moves behind it. */
static bool read_type(struct reader *reader)
{
	if (!is_mark(reader, '%'))
		return true;
	next_token(reader);
	if (!find_type(reader))
		return REJECT(reader, "is of a type among %s, not \"%.*s\"", reader->port->types,
			      (int)reader->length, reader->token);
	if (is_last(reader))
		return REJECT(reader, "has no net");
	next_token(reader);
	return true;
}

static bool is_event(const struct reader *reader)
{
	return type_is(reader, "d") || type_is(reader, "real");
}

static bool takes_two_nets(const struct reader *reader)
{
	return reader->type_length == 2 && reader->type[1] == 'd';
}

/* ---- nets ---- */

static bool check_null(const struct reader *reader)
{
	return reader->port->may_be_null || REJECT(reader, "must have a net, not null");
}

static bool check_source(const struct reader *reader)
{
	const struct carom_circuit *circuit = reader->subject->circuit;
	uint32_t at = circuit_element_of_name(circuit, reader->token, reader->length);

	if (at > 0 && strchr("vehb", circuit->elements[at - 1].kind))
		return true;
	LINT_REPORT(reader->subject, RULE_MISSING_ELEMENT,
		    "%s: there is no voltage source \"%.*s\" %s; name one that exists",
		    reader->subject->name, (int)reader->length, reader->token,
		    circuit->parent ? "in this subcircuit" : "in the deck");
	return false;
}

/* Has it a pin of an element that is neither an instance nor a code model? */
static bool is_analog(const struct carom_circuit *circuit, uint32_t net)
{
	for (size_t i = 0; i < circuit->n_elements; i++) {
		const struct element *element = &circuit->elements[i];
		const uint32_t *nets = circuit_nets(circuit, element);

		for (uint32_t k = 0; element->kind != 'x' && k < element->n_pins; k++) {
			if (nets[k] == net)
				return true;
		}
	}
	return false;
}

/* Between a digital net and an analog one ngspice puts a bridge; for a real one there is none. */
static bool check_real(const struct reader *reader)
{
	const struct carom_circuit *circuit = reader->subject->circuit;
	uint32_t net = circuit_net_of_name(circuit, reader->token, reader->length);

	if (net == 0 || !is_analog(circuit, net - 1))
		return true;
	LINT_REPORT(reader->subject, DEADLY(RULE_CODE_MODEL_PORT),
		    "%s: port \"%s\" of %s is real, and its net \"%.*s\" analog; give it a net of "
		    "its own",
		    reader->subject->name, reader->port->name, reader->model->name,
		    (int)reader->length, reader->token);
	return false;
}

static bool check_name(const struct reader *reader)
{
	if (!is_name(reader))
		return REJECT(reader, "has \"%.*s\" where a net is to stand", (int)reader->length,
			      reader->token);
	if (type_is(reader, "vnam"))
		return check_source(reader);
	return !type_is(reader, "real") || check_real(reader);
}

/* The nets of a scalar, or of one element of a vector. */
static bool read_net(struct reader *reader)
{
	if (is_mark(reader, '~')) {
		if (!is_event(reader))
			return REJECT(reader, "is analog; ~ inverts digital nets alone");
		next_token(reader);
		if (is_last(reader))
			return REJECT(reader, "has no net behind ~");
	}
	if (token_is(reader, "null")) {
		next_token(reader);
		return check_null(reader);
	}
	if (!check_name(reader))
		return false;
	next_token(reader);
	if (!takes_two_nets(reader))
		return true;
	if (is_last(reader) || !is_name(reader))
		return REJECT(reader, "takes two nets, as its type is %.*s",
			      (int)reader->type_length, reader->type);
	next_token(reader);
	return true;
}

static bool read_element(struct reader *reader)
{
	if (!read_type(reader))
		return false;
	if (token_is(reader, "null"))
		return REJECT(reader, "is a vector, which must not hold null");
	return read_net(reader);
}

static bool read_vector(struct reader *reader, unsigned *size)
{
	const struct code_port *port = reader->port;

	if (!is_mark(reader, '['))
		return REJECT(reader, "is a vector; put its nets in brackets, as in [a b]");
	next_token(reader);
	for (*size = 0; !is_mark(reader, ']') && !is_last(reader); ++*size) {
		if (!read_element(reader))
			return false;
	}
	if (is_last(reader))
		return REJECT(reader, "has no \"]\" behind its nets");
	if (*size < port->least || (port->most > 0 && *size > port->most))
		return REJECT(reader, "takes %u nets at %s, not %u",
			      *size < port->least ? port->least : port->most,
			      *size < port->least ? "least" : "most", *size);
	next_token(reader);
	return true;
}

static bool read_scalar(struct reader *reader)
{
	if (is_mark(reader, '[') || is_mark(reader, ']'))
		return REJECT(reader, "is no vector; write its net without brackets");
	return read_net(reader);
}

static bool read_port(struct reader *reader, unsigned *size)
{
	set_type(reader, reader->port->types);
	if (is_last(reader))
		return REJECT(reader, "has no net%s",
			      reader->port->may_be_null ? "; write null for none" : "");
	if (!read_type(reader))
		return false;
	if (token_is(reader, "null")) {
		next_token(reader);
		return check_null(reader);
	}
	return reader->port->least > 0 ? read_vector(reader, size) : read_scalar(reader);
}

/* ---- all ---- */

/* A bridge, a memory. */
static void check_pairs(const struct reader *reader, const unsigned *sizes)
{
	const struct code_port *ports = reader->model->ports;

	if (reader->model->has_pairs && sizes[0] > sizes[1])
		LINT_REPORT(reader->subject, DEADLY(RULE_CODE_MODEL_PORT),
			    "%s: port \"%s\" of %s has %u nets and \"%s\" %u; give it as many, "
			    "without which ngspice crashes",
			    reader->subject->name, ports[0].name, reader->model->name, sizes[0],
			    ports[1].name, sizes[1]);
}

/* Is the vector at the token of the model's card that long? */
static bool has_length(struct reader *reader, unsigned size)
{
	unsigned count = 0;

	if (!is_mark(reader, '['))
		return false;
	for (next_token(reader); reader->length > 0 && !is_mark(reader, ']'); count++)
		next_token(reader);
	return count == size;
}

/* summer(in_gain=[1 2]) */
static void check_parameters(const struct reader *reader, const char *card, unsigned size)
{
	for (const char *const *name = reader->model->parameters; *name; name++) {
		struct reader of_model = {.at = card};

		do
			next_token(&of_model);
		while (of_model.length > 0 && !token_is(&of_model, *name));
		if (of_model.length == 0)
			continue;
		next_token(&of_model);
		if (!has_length(&of_model, size))
			LINT_REPORT(
				reader->subject, RULE_CODE_MODEL_PORT,
				"%s: port \"%s\" of %s has %u nets, and so many numbers must be "
				"in the brackets of %s",
				reader->subject->name, reader->model->ports[0].name,
				reader->model->name, size, *name);
	}
}

/* False: something is wrong, which was reported. */
static bool read_ports(struct reader *reader, const char *model, unsigned *sizes)
{
	for (; reader->port->name; reader->port++) {
		if (!read_port(reader, &sizes[reader->port - reader->model->ports]))
			return false;
	}
	if (token_is(reader, model))
		return true;
	LINT_REPORT(reader->subject, RULE_CODE_MODEL_PORT,
		    "%s: \"%.*s\" is one too many for %s, whose last port is \"%s\"",
		    reader->subject->name, (int)reader->length, reader->token, reader->model->name,
		    reader->port[-1].name);
	return false;
}

/* Expressions are known only when ngspice has put numbers for them. */
static bool is_plain(const char *card)
{
	return strpbrk(card, "{}'\"") == NULL;
}

void lint_code_model(const struct lint_subject *subject)
{
	const char *name = name_text(subject->circuit->names, subject->element->model);
	const struct carom_circuit *where;
	const struct model *model = circuit_resolve_model(subject->circuit, name, &where);
	struct reader reader = {.subject = subject, .at = subject->text};
	unsigned sizes[sizeof(reader.model->ports) / sizeof(reader.model->ports[0])] = {0};
	const char *card;

	if (!model || !is_plain(subject->text))
		return;
	reader.model = code_model_find(name_text(where->names, model->type));
	if (!reader.model)
		return;
	reader.port = reader.model->ports;
	next_token(&reader);
	next_token(&reader);
	if (!read_ports(&reader, name, sizes))
		return;
	check_pairs(&reader, sizes);
	card = where->cards[model->card].text;
	if (is_plain(card))
		check_parameters(&reader, card, sizes[0]);
}
