/* SPDX-License-Identifier: BSD-3-Clause */
/* Other sections of libraries than the deck names. */
#include <string.h>
#include <unistd.h>

#include "carom-edit.h"
#include "carom-param.h"
#include "circuit/circuit.h"
#include "circuit/deck.h"
#include "support-circuit.h"
#include "support-folder.h"

static const char parts[] = ".lib tt\n.param r=1\n.lib 'parts.lib' common\n.endl\n"
			    ".lib ss\n.param r=2\n.lib 'parts.lib' common\n.endl\n"
			    ".lib c_t\n.param c=1\n.endl\n.lib c_s\n.param c=2\n.endl\n"
			    ".lib common\n.param k=7\n.endl\n";
static const char deck[] =
	"t\n.lib 'parts.lib' tt\n.lib \"parts.lib\" c_t\nr1 1 0 {r*k}\n.op\n.end\n";

/* Each case stands in a folder of its own, with the library. */
static int enter_with_parts(void **state)
{
	int status = enter_folder(state);

	write_file("parts.lib", parts);
	return status;
}

static int import_with(struct carom_circuit **circuit, const char *first, const char *second,
		       struct carom_error *err)
{
	const char *const sections[] = {first, second};
	const struct carom_import_options options = {
		.size = sizeof(options), .sections = sections, .n_sections = second ? 2 : 1};

	write_file("t.cir", deck);
	return carom_circuit_import_file(circuit, "t.cir", &options, err);
}

static double param(const struct carom_circuit *circuit, const char *name)
{
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	carom_circuit_evaluate(circuit, "", name, &value, &err);
	assert_ok(&err);
	return value;
}

static void assert_params(const char *first, const char *second, double r, double c)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;

	import_with(&circuit, first, second, &err);
	assert_ok(&err);
	assert_same_bits(param(circuit, "r"), r);
	assert_same_bits(param(circuit, "c"), c);
	assert_same_bits(param(circuit, "k"), 7); /* named by a section: as it is */
	carom_circuit_free(circuit);
}

static void a_section_is_taken_instead_of_that_of_the_card(void **state)
{
	(void)state;
	assert_params("tt=ss", NULL, 2, 1);
	assert_params("TT=SS", NULL, 2, 1);
	assert_params("c_t=c_s", NULL, 1, 2);
	assert_params("tt=ss", "c_t=c_s", 2, 2);
}

static void the_particular_goes_before_the_general_and_the_later_before_the_earlier(void **state)
{
	(void)state;
	assert_params("ss", "c_t=c_s", 2, 2);
	assert_params("c_t=c_s", "ss", 2, 2);
}

static void assert_refused_with(const char *first, const char *second, const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	char text[1100];

	assert_int_equal(import_with(&circuit, first, second, &err), CAROM_ERROR_NOT_FOUND);
	assert_null(circuit);
	assert_string_equal(carom_error_format(&err, text, sizeof(text)), message);
}

static void a_section_that_no_card_takes_is_an_error(void **state)
{
	(void)state;
	assert_refused_with("ff=ss", NULL, "t.cir: no .lib card of the deck names section \"ff\"");
	assert_refused_with("common=tt", NULL,
			    "t.cir: no .lib card of the deck names section \"common\"");
	assert_refused_with("tt=ss", "tt=tt",
			    "t.cir: no .lib card of the deck names section \"tt\"");
	assert_refused_with("zz", NULL, "t.cir:2: \"parts.lib\" has no section \"zz\"");
}

static void a_deck_without_libraries_takes_no_section(void **state)
{
	static const char *const sections[] = {"ss"};
	const struct carom_import_options options = {
		.size = sizeof(options), .sections = sections, .n_sections = 1};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	static const char text[] = "t\nr1 1 0 1\n.op\n";

	(void)state;
	assert_int_equal(
		carom_circuit_import_text(&circuit, text, strlen(text), "t.cir", &options, &err),
		CAROM_ERROR_NOT_FOUND);
	assert_string_equal(err.text, "no .lib card of the deck takes section \"ss\"");
}

static void a_deck_is_read_again_unless_it_was_edited(void **state)
{
	static const char *const sections[] = {"tt=ss"};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit, *again;

	(void)state;
	write_file("t.cir", deck);
	carom_circuit_import_file(&circuit, "t.cir", NULL, &err);
	assert_ok(&err);
	assert_int_equal(deck_import_again(&again, circuit, sections, 1, &err), 0);
	assert_same_bits(param(again, "r"), 2);
	assert_same_bits(param(circuit, "r"), 1);
	carom_circuit_free(again);
	carom_circuit_set_param(circuit, "c", 3, &err);
	assert_ok(&err);
	assert_int_equal(deck_import_again(&again, circuit, sections, 1, &err), CAROM_ERROR_STATE);
	assert_null(again);
	assert_string_equal(err.text, "another section is read with the deck's file, and this "
				      "circuit was edited since");
	carom_circuit_free(circuit);
}

/* What the deck may not read it may not read again. */
static void the_roots_hold_again(void **state)
{
	static const char *const sections[] = {"tt=ss"}, *const roots[] = {"."};
	const struct carom_import_options options = {
		.size = sizeof(options), .roots = roots, .n_roots = 1};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit, *again;

	(void)state;
	write_file("t.cir", deck);
	carom_circuit_import_file(&circuit, "t.cir", &options, &err);
	assert_ok(&err);
	assert_int_equal(unlink("parts.lib"), 0);
	assert_int_equal(symlink("/etc/passwd", "parts.lib"), 0);
	assert_int_equal(deck_import_again(&again, circuit, sections, 1, &err), CAROM_ERROR_TRUST);
	carom_circuit_free(circuit);
}

static int import_both(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	int status = import_with(&circuit, "tt=ss", "c_t=c_s", &err);

	(void)arg;
	carom_circuit_free(circuit);
	return status;
}

static void importing_survives_no_memory(void **state)
{
	(void)state;
	assert_survives_no_memory(import_both, NULL);
}

#define with_parts(function) \
	cmocka_unit_test_setup_teardown(function, enter_with_parts, leave_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_parts(a_section_is_taken_instead_of_that_of_the_card),
		with_parts(the_particular_goes_before_the_general_and_the_later_before_the_earlier),
		with_parts(a_section_that_no_card_takes_is_an_error),
		with_parts(a_deck_without_libraries_takes_no_section),
		with_parts(a_deck_is_read_again_unless_it_was_edited),
		with_parts(the_roots_hold_again),
		with_parts(importing_survives_no_memory),
	};

	return run_all_tests(tests);
}
