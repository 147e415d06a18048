/* SPDX-License-Identifier: BSD-3-Clause */
/* Circuits for tests. */
#include "support-circuit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct carom_circuit *support_import(const char *text, const char *file, int line)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;

	carom_circuit_import_text(&circuit, text, strlen(text), "t.cir", NULL, &err);
	support_assert_ok(&err, file, line);
	return circuit;
}

void support_assert_refused(const char *text, enum carom_status status, const char *message,
			    const char *file, int line)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = (struct carom_circuit *)text; /* import makes it NULL */
	char formatted[1100];
	int rc = carom_circuit_import_text(&circuit, text, strlen(text), "t.cir", NULL, &err);

	_assert_string_equal(carom_error_format(&err, formatted, sizeof(formatted)), message, file,
			     line);
	_assert_int_equal((LargestIntegralType)rc, (LargestIntegralType)status, file, line);
	_assert_int_equal((LargestIntegralType)err.status, (LargestIntegralType)status, file, line);
	_assert_true(circuit == NULL, "circuit == NULL", file, line);
}

struct carom_finding only_note(const struct carom_circuit *circuit)
{
	const struct carom_findings *notes = carom_circuit_notes(circuit);

	assert_int_equal(carom_findings_count(notes), 1);
	return carom_findings_get(notes, 0);
}

void support_assert_deck(const struct carom_circuit *circuit, const char *expected,
			 const char *file, int line)
{
	char *text = carom_circuit_to_text(circuit, NULL);

	_assert_true(text != NULL, "text != NULL", file, line);
	_assert_string_equal(text, expected, file, line);
	free(text);
}

struct carom_element element_called(const struct carom_circuit *circuit, const char *name)
{
	struct carom_element element = carom_circuit_find_element(circuit, name);

	assert_true(carom_element_is_valid(element));
	return element;
}

void support_assert_nets(const struct carom_circuit *circuit, const char *name,
			 const char *expected, const char *file, int line)
{
	struct carom_element element = carom_circuit_find_element(circuit, name);
	char nets[1024] = "";

	_assert_true(carom_element_is_valid(element), name, file, line);
	for (size_t i = 0; i < carom_element_pin_count(circuit, element); i++) {
		strcat(nets, i > 0 ? " " : "");
		strcat(nets, carom_net_name(circuit, carom_element_net(circuit, element, i)));
	}
	_assert_string_equal(nets, expected, file, line);
}

void support_assert_survives(int (*attempt)(void *arg), void *arg, const char *file, int line)
{
	int64_t n = 0;
	int rc = CAROM_ERROR_MEMORY;

	for (; rc != 0; n++) {
		mem_fail_after(n);
		rc = attempt(arg);
		mem_fail_after(-1);
		if (rc != 0)
			_assert_int_equal((LargestIntegralType)rc,
					  (LargestIntegralType)CAROM_ERROR_MEMORY, file, line);
	}
	_assert_true(n > 1, "an allocation failed", file, line);
}
