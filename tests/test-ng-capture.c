/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of vectors on their way from ngspice to users and back. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "ng-capture.h"
#include "support.h"

static void assert_name(const char *plot, const char *name, const char *expected)
{
	char user_name[NG_NAME_SIZE];

	assert_int_equal(ng_name_from_ng(plot, name, user_name, sizeof(user_name)),
			 strlen(expected));
	assert_string_equal(user_name, expected);
}

static void nodes_and_branches_get_their_letters(void **state)
{
	(void)state;
	assert_name("tran1", "out", "v(out)");
	assert_name("tran1", "x1.out", "v(x1.out)");
	assert_name("op1", "V(1)", "v(1)");
	assert_name("op1", "q1#collector", "v(q1#collector)");
	assert_name("op1", "v1#branch", "i(v1)");
	assert_name("ac12", "l.x1.l1#branch", "i(l.x1.l1)");
}

static void names_that_are_no_nodes_stay(void **state)
{
	(void)state;
	assert_name("tran1", "time", "time");
	assert_name("ac1", "frequency", "frequency");
	assert_name("dc1", "v-sweep", "v-sweep");
	assert_name("dc1", "temp-sweep", "temp-sweep");
	assert_name("op1", "@m1[gm]", "@m1[gm]");
	assert_name("tran1", "q1:power", "q1:power");
	assert_name("op1", "a1#branch_1_0", "a1#branch_1_0");
	assert_name("noise2", "onoise_total", "onoise_total");
	assert_name("tf1", "transfer_function", "transfer_function");
	assert_name("sens3", "r1", "r1");
	assert_name("pz1", "pole(1)", "pole(1)");
}

static void plots_are_told_apart_by_their_whole_kind(void **state)
{
	(void)state;
	assert_name("spur1", "out", "v(out)");
	assert_name("tfx", "out", "v(out)");
	assert_name("noise", "out", "v(out)");
}

static void a_long_name_is_cut(void **state)
{
	char name[2 * NG_NAME_SIZE], user_name[NG_NAME_SIZE];

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(ng_name_from_ng("op1", name, user_name, sizeof(user_name)),
			 strlen("v()") + strlen(name));
	assert_int_equal(strlen(user_name), NG_NAME_SIZE - 1);
}

static void a_name_that_was_cut_can_be_had_whole(void **state)
{
	char name[2 * NG_NAME_SIZE] = "", expected[2 * NG_NAME_SIZE + 8], *whole;
	struct ng_vector vector = {.name = "v(out)", .own_name = "out"};

	(void)state;
	assert_false(ng_vector_is_cut(&vector));
	memset(name, 'n', sizeof(name) - 1);
	vector.own_name = name;
	ng_name_from_ng("op1", name, vector.name, sizeof(vector.name));
	assert_true(ng_vector_is_cut(&vector));
	whole = ng_vector_whole_name("op1", &vector);
	snprintf(expected, sizeof(expected), "v(%s)", name);
	assert_string_equal(whole, expected);
	mem_free(whole);
	mem_fail_after(0);
	assert_null(ng_vector_whole_name("op1", &vector));
	mem_fail_after(-1);
}

static void names_of_one_vector_are_plain(void **state)
{
	static const char *const plain[] = {
		"out",     "x1.out",   "time",      "v(out)", "V(1)", "i(v1)",       "I(V1)",
		"@m1[gm]", "v(net-1)", "v1#branch", "v(x.y)", "n_1",  "@m.x1.m1[id]"};
	static const char *const not_plain[] = {
		"",       "1",       "1.5",       "-x",      "a+b", "a-b",
		"v(a,b)", "db(out)", "v(out)*2",  "v(f(x))", "v()", "all",
		"ALLV",   "@m1",     "@[gm]",     "@m1[]",   ".5",  "v(out) ",
		"(out)",  "vm(out)", "@m1[gm]+1", "out, in", "a b"};

	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (!ng_is_plain_name(plain[i]))
			fail_msg("%s is not plain", plain[i]);
	}
	for (size_t i = 0; i < sizeof(not_plain) / sizeof(not_plain[0]); i++) {
		if (ng_is_plain_name(not_plain[i]))
			fail_msg("%s is plain", not_plain[i]);
	}
}

/* ---- the vectors of a plot ---- */

static unsigned n_lists; /* that were asked for */

static char **list_vectors(char *plot)
{
	static char *names[] = {"v1#branch", "@carom[guard]", "out", "time", NULL};

	n_lists++;
	return strcmp(plot, "tran1") == 0 ? names : NULL;
}

static char **list_plots(void)
{
	static char *names[] = {"tran1", "const", NULL};

	return names;
}

static vector_info *find_vector(char *name)
{
	static char own_name[NG_NAME_SIZE];
	static double points[3];
	static vector_info info = {.v_name = own_name, .v_length = 3, .v_realdata = points};

	snprintf(own_name, sizeof(own_name), "%s", name + strlen("tran1."));
	return &info;
}

static const struct ng_api listing = {
	.all_plots = list_plots, .all_vecs = list_vectors, .vec_info = find_vector};

static void a_walk_goes_in_the_order_of_saving_without_the_guard(void **state)
{
	struct ng_names names = ng_capture_names(&listing, "tran1");
	struct ng_plot plot;

	(void)state;
	assert_string_equal(ng_names_next(&names), "time");
	assert_string_equal(ng_names_next(&names), "out");
	assert_string_equal(ng_names_next(&names), "v1#branch");
	assert_null(ng_names_next(&names));
	assert_null(ng_names_next(&names));
	assert_int_equal(ng_capture_plot(&listing, 0, &plot, NULL), 0);
	assert_int_equal(plot.n_vectors, 3);
	assert_int_equal(plot.scale, 0);
}

/* ngspice makes the list anew each time: with one for each vector, 32,000 of them took a minute. */
static void a_plot_is_listed_once_for_all_its_vectors(void **state)
{
	struct ng_names names;
	struct ng_vector vector;
	unsigned n = 0;

	(void)state;
	n_lists = 0;
	names = ng_capture_names(&listing, "tran1");
	for (const char *name; (name = ng_names_next(&names)); n++)
		assert_int_equal(ng_capture_vector(&listing, "tran1", name, &vector, NULL), 0);
	assert_int_equal(n, 3);
	assert_int_equal(n_lists, 1);
}

static void a_plot_without_vectors_has_no_first_one(void **state)
{
	struct ng_names names = ng_capture_names(&listing, "op1");
	struct ng_vector vector;

	(void)state;
	assert_null(ng_names_next(&names));
	assert_int_equal(ng_capture_first(&listing, "op1", &vector, NULL), CAROM_ERROR_NOT_FOUND);
	assert_int_equal(ng_capture_first(&listing, "tran1", &vector, NULL), 0);
	assert_string_equal(vector.name, "time");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nodes_and_branches_get_their_letters),
		cmocka_unit_test(names_that_are_no_nodes_stay),
		cmocka_unit_test(plots_are_told_apart_by_their_whole_kind),
		cmocka_unit_test(a_long_name_is_cut),
		cmocka_unit_test(a_name_that_was_cut_can_be_had_whole),
		cmocka_unit_test(names_of_one_vector_are_plain),
		cmocka_unit_test(a_walk_goes_in_the_order_of_saving_without_the_guard),
		cmocka_unit_test(a_plot_is_listed_once_for_all_its_vectors),
		cmocka_unit_test(a_plot_without_vectors_has_no_first_one),
	};

	return run_all_tests(tests);
}
