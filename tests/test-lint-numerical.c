/* SPDX-License-Identifier: BSD-3-Clause */
/* Meshes of models that CIDER simulates. */
#include "support-lint.h"

#define MESH "+ x.mesh loc=0 n=1\n+ x.mesh loc=2 n=50\n"
#define SECOND "+ y.mesh loc=0 n=1\n+ y.mesh loc=1 n=5\n"
#define DIODE(lines) "t\nv1 a 0 1\nd1 a 0 dn\n.model dn numd level=1\n" lines ".op\n.end\n"

static void a_mesh_needs_a_domain(void **state)
{
	(void)state;
	assert_lint(DIODE(MESH), "3 error numerical-model: d1: the mesh of model \"dn\" has no "
				 "domain, for which CIDER calls exit()\n");
	assert_lint(
		DIODE(MESH "+ doping unif n.type conc=1e17\n"),
		"3 error numerical-model: d1: the mesh of model \"dn\" has no domain, for which "
		"CIDER calls exit()\n");
	assert_lint(DIODE(MESH "+ domain num=1 material=1\n"), "");
	assert_lint(DIODE("+ REGION num=1 material=1\n" MESH), "");
}

static void a_mesh_of_two_dimensions_needs_electrodes(void **state)
{
	(void)state;
	assert_lint(DIODE(MESH SECOND "+ domain num=1 material=1\n"),
		    "3 error numerical-model: d1: the mesh of model \"dn\" has no electrodes, for "
		    "which CIDER calls exit()\n");
	assert_lint(DIODE(MESH SECOND "+ domain num=1 material=1\n+ electrode num=1\n"), "");
}

/* CIDER takes the first letters of a word, if they are of no other. */
static void words_may_be_short(void **state)
{
	(void)state;
	assert_lint(DIODE(MESH "+ dom num=1\n"), "");
	assert_lint(DIODE(MESH SECOND "+ reg num=1\n+ elec num=1\n"), "");
}

/* Which ngspice says itself, and does not exit. */
static void a_model_without_a_mesh_is_left_to_ngspice(void **state)
{
	(void)state;
	assert_lint(DIODE(""), "");
	assert_lint(DIODE("+ domain num=1\n"), "");
}

static void cards_behind_the_model_are_not_its_own(void **state)
{
	(void)state;
	assert_lint(
		DIODE(MESH ".model other numd level=1\n+ domain num=1\n"),
		"3 error numerical-model: d1: the mesh of model \"dn\" has no domain, for which "
		"CIDER calls exit()\n");
}

static void a_model_that_nothing_uses_is_never_made(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\n.model dn numd level=1\n" MESH ".op\n.end\n", "");
}

static void every_numerical_device_is_looked_at(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nq1 a a 0 qn\n.model qn nbjt level=1\n" MESH ".op\n.end\n",
		"3 error numerical-model: q1: the mesh of model \"qn\" has no domain, for which "
		"CIDER calls exit()\n");
	assert_lint("t\nv1 a 0 1\nm1 a a 0 0 mn\n.model mn numos level=2\n" MESH SECOND
		    "+ domain num=1\n.op\n.end\n",
		    "3 error numerical-model: m1: the mesh of model \"mn\" has no electrodes, for "
		    "which CIDER calls exit()\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mesh_needs_a_domain),
		cmocka_unit_test(a_mesh_of_two_dimensions_needs_electrodes),
		cmocka_unit_test(words_may_be_short),
		cmocka_unit_test(a_model_without_a_mesh_is_left_to_ngspice),
		cmocka_unit_test(cards_behind_the_model_are_not_its_own),
		cmocka_unit_test(a_model_that_nothing_uses_is_never_made),
		cmocka_unit_test(every_numerical_device_is_looked_at),
	};

	return run_all_tests(tests);
}
