/* SPDX-License-Identifier: BSD-3-Clause */
/* Sessions whose every step succeeds, or the test fails with the error's text. */
#include "support-session.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char divider[] = "divider\n"
		       "v1 in 0 dc 10\n"
		       "r1 in out 1k\n"
		       "r2 out 0 1k\n"
		       ".op\n"
		       ".end\n";

const char lowpass[] = "low-pass\n"
		       "v1 in 0 dc 1 ac 1 sin(0 1 1k)\n"
		       "r1 in out 1k\n"
		       "c1 out 0 100n\n"
		       ".ac dec 10 10 100k\n"
		       ".tran 10u 2m\n"
		       ".end\n";

const char transformer[] = "transformer\n"
			   "v1 in 0 sin(0 1 1k)\n"
			   "r1 in a 10\n"
			   "l1 a 0 1m\n"
			   "l2 b 0 1m\n"
			   "k1 l1 l2 0.9\n"
			   "rload b 0 50\n"
			   ".tran 10u 2.3m\n"
			   ".end\n";

struct carom_circuit *import_deck(const char *text)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;

	carom_circuit_import_text(&circuit, text, strlen(text), "deck.cir", NULL, &err);
	assert_ok(&err);
	return circuit;
}

int load_deck_text(struct carom_session *session, const char *text, struct carom_error *err)
{
	struct carom_circuit *circuit = import_deck(text);
	int status = carom_session_load(session, circuit, err);

	carom_circuit_free(circuit);
	return status;
}

int load_trusted_text(struct carom_session *session, const char *text, struct carom_error *err)
{
	const struct carom_import_options options = {.size = sizeof(options), .is_trusted = true};
	struct carom_error import_error = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	int status;

	carom_circuit_import_text(&circuit, text, strlen(text), "deck.cir", &options,
				  &import_error);
	assert_ok(&import_error);
	status = carom_session_load(session, circuit, err);
	carom_circuit_free(circuit);
	return status;
}

void load_deck(struct carom_session *session, const char *text)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(load_deck_text(session, text, &err), 0);
	assert_ok(&err);
}

void set_value(struct carom_session *session, const char *target, double value)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(carom_session_alter(session, target, value, &err), 0);
	assert_ok(&err);
}

struct carom_result *run_loaded(struct carom_session *session)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	assert_int_equal(carom_session_run(session, &result, &err), 0);
	assert_ok(&err);
	return result;
}

struct carom_result *run_with(struct carom_session *session,
			      const struct carom_run_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	carom_session_run_with(session, options, &result, &err);
	assert_ok(&err);
	assert_non_null(result);
	return result;
}

const struct carom_vector *find_vector(const struct carom_result *result, const char *plot,
				       const char *name)
{
	const struct carom_plot *found = carom_result_find_plot(result, plot);
	const struct carom_vector *vector = found ? carom_plot_find_vector(found, name) : NULL;

	if (!vector)
		fail_msg("the result has no %s in a plot %s", name, plot);
	return vector;
}

double run_op(struct carom_session *session, const char *name)
{
	struct carom_result *result = run_loaded(session);
	double value = carom_vector_real(find_vector(result, "op", name))[0];

	carom_result_free(result);
	return value;
}

/* ---- levels ---- */

/* A case of an array that is run on both levels, with what its own set-up is to find. */
struct level_case {
	const struct CMUnitTest *test;
	bool is_isolated;
	char name[160];
};

static bool is_isolated;

bool is_isolated_case(void)
{
	return is_isolated;
}

static int set_up_level(void **state)
{
	const struct level_case *level_case = *state;
	const struct CMUnitTest *test = level_case->test;

	is_isolated = level_case->is_isolated;
	*state = test->initial_state;
	return test->setup_func ? test->setup_func(state) : 0;
}

static struct CMUnitTest at_level(struct level_case *level_case, const struct CMUnitTest *test,
				  bool isolated)
{
	struct CMUnitTest made = *test;

	level_case->test = test;
	level_case->is_isolated = isolated;
	snprintf(level_case->name, sizeof(level_case->name), "%s%s", isolated ? "isolated: " : "",
		 test->name);
	made.name = level_case->name;
	made.setup_func = set_up_level;
	made.initial_state = level_case;
	return made;
}

int support_run_levels(const struct CMUnitTest *both, size_t n_both, const struct CMUnitTest *one,
		       size_t n_one)
{
	size_t n = 2 * n_both + n_one;
	struct level_case *cases = calloc(n, sizeof(*cases));
	struct CMUnitTest *tests = calloc(n, sizeof(*tests));
	int status;

	for (size_t i = 0; i < 2 * n_both; i++)
		tests[i] = at_level(&cases[i], &both[i % n_both], i >= n_both);
	for (size_t i = 0; i < n_one; i++)
		tests[2 * n_both + i] = at_level(&cases[2 * n_both + i], &one[i], false);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	status = _cmocka_run_group_tests("tests", tests, n, NULL, NULL);
	free(cases);
	free(tests);
	return status;
}

struct carom_session *open_session(const struct carom_session_options *options)
{
	struct carom_session_options used = {.size = sizeof(used)};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;

	if (options)
		used = *options;
	used.is_isolated |= is_isolated;
	assert_int_equal(carom_session_open(&session, &used, &err), 0);
	assert_ok(&err);
	return session;
}

static size_t count_numbers(const struct carom_vector *vector)
{
	return carom_vector_length(vector) * (carom_vector_is_complex(vector) ? 2 : 1);
}

static const double *numbers_of(const struct carom_vector *vector)
{
	return carom_vector_is_complex(vector) ? carom_vector_complex(vector)
					       : carom_vector_real(vector);
}

/* A vector of nothing but what is left over of the solver's sums is as good as zero. */
static double vector_distance(const struct carom_vector *a, const struct carom_vector *b)
{
	double largest = 1e-6, distance = 0;

	if (!b || count_numbers(a) != count_numbers(b))
		return (double)INFINITY;
	for (size_t i = 0; i < count_numbers(a); i++) {
		largest = fmax(largest, fabs(numbers_of(a)[i]));
		distance = fmax(distance, fabs(numbers_of(a)[i] - numbers_of(b)[i]));
	}
	return distance / largest;
}

double result_distance(const struct carom_result *a, const struct carom_result *b)
{
	double largest = 0;

	for (size_t i = 0; i < carom_result_plot_count(a); i++) {
		const struct carom_plot *plot = carom_result_plot(a, i);
		const struct carom_plot *other = carom_result_find_plot(b, carom_plot_name(plot));

		for (size_t j = 0; j < carom_plot_vector_count(plot); j++) {
			const struct carom_vector *vector = carom_plot_vector(plot, j);
			const char *name = carom_vector_name(vector);
			double distance =
				other ? vector_distance(vector, carom_plot_find_vector(other, name))
				      : (double)INFINITY;

			largest = fmax(largest, distance);
		}
	}
	return largest;
}

double op_voltage(const struct carom_result *result, const char *net)
{
	return carom_vector_real(find_vector(result, "op", net))[0];
}

bool is_printed_same(double got, double expected)
{
	double unit = expected == 0 ? 0 : pow(10, floor(log10(fabs(expected))) - 15);

	return fabs(got - expected) <= unit + 4 * 2.3e-16 * fabs(expected);
}
