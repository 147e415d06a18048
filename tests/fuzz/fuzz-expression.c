/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any bytes as an expression, as the value of a parameter and as the body of a function: there is a
 * finite value or an error, and the same program by inputs gives the same value.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "circuit/circuit.h"
#include "circuit/evaluate.h"
#include "circuit/resolve.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes in the three places, a value for p; NULL if that is no deck. */
static struct carom_circuit *make_circuit(const char *bytes, size_t length)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct text deck = TEXT_INIT;

	text_append(&deck, "fuzz\n.param p=2 r=0.5\n.func g(a,b) {a*b+p}\n.func f(x, p) {");
	text_append_n(&deck, bytes, length);
	text_append(&deck, "}\n.subckt s n p=3 w={p*2}\n.param q={");
	text_append_n(&deck, bytes, length);
	text_append(&deck, "}\nr1 n 0 {q+w}\n.ends\nx1 1 s w={");
	text_append_n(&deck, bytes, length);
	text_append(&deck, "}\n.end\n");
	carom_circuit_import_text(&circuit, deck.data, deck.length, "fuzz.cir", NULL, &err);
	text_release(&deck);
	return circuit;
}

static int evaluate(struct scope *scope, const char *bytes, size_t length, double *value)
{
	struct carom_error err = CAROM_ERROR_INIT;
	int rc = scope_evaluate(scope, bytes, length, value, &err);

	if (rc == 0 ? !isfinite(*value) : (int)err.status != rc || !err.text[0])
		abort();
	return rc;
}

/* With p as an input of its own value, x1.r1 has the value it has without. */
static void check_resolution(const struct carom_circuit *circuit, struct scope *inside)
{
	const char *const params[] = {"p"};
	struct carom_error err = CAROM_ERROR_INIT;
	struct resolution resolution;
	double input = 2, expected, value;
	double *values;

	if (resolution_init(&resolution, circuit, params, 1, &err) != 0)
		abort();
	values = malloc((resolution.program.n_ops + 1) * sizeof(*values));
	program_run(resolution.program.ops, resolution.program.n_ops, &input, values);
	for (size_t i = 0; i < resolution.n_values; i++) {
		if (strcmp(resolution.values[i].target, "x1.r1") != 0)
			continue; /* of a card that the bytes made */
		value = operand_value(resolution.values[i].value, values);
		if (evaluate(inside, "q+w", 3, &expected) == 0 && value != expected)
			abort();
	}
	free(values);
	resolution_release(&resolution);
}

static void check_circuit(const struct carom_circuit *circuit, const char *bytes, size_t length)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct scope *top = scope_new(circuit, &err);
	struct scope *inside = scope_find(top, "x1", &err);
	double value, again;

	if (!inside) /* the bytes took the card apart */
		goto out;
	if (evaluate(top, bytes, length, &value) == 0 &&
	    (evaluate(top, bytes, length, &again) != 0 || again != value))
		abort();
	evaluate(inside, bytes, length, &value);
	evaluate(inside, "q+w", 3, &value);
	evaluate(top, "f(r,3)", 6, &value);
	check_resolution(circuit, inside);
out:
	scope_free(top);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = malloc(size + 1); /* no byte behind them may be read */
	struct carom_circuit *circuit;

	if (!bytes)
		return 0;
	memcpy(bytes, data, size);
	circuit = make_circuit(bytes, size);
	if (circuit)
		check_circuit(circuit, bytes, size);
	carom_circuit_free(circuit);
	free(bytes);
	return 0;
}
