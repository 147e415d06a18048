/* SPDX-License-Identifier: BSD-3-Clause */
/* Kept waveforms of a study in its job: which plot, which points, which names. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "study/study.h"
#include "support-circuit.h"
#include "support-job.h"

#define AN_RC                                                                            \
	"t\nv1 in 0 dc 1 ac 1 sin(0 1 1k)\nr1 in out 1k\nc1 out 0 1u\n.param t_end=2m\n" \
	"*carom vary r1 gauss 1%\n"
#define TRAN ".tran 1u 4m\n*carom measure top max(v(out))\n"
#define AC ".ac dec 10 10 1k\n*carom measure top max(db(v(out)))\n"
#define DC ".dc v1 1 0 -0.25\n*carom measure top max(v(out))\n"

static const struct job_wave *wave_called(const struct job *job, const char *name)
{
	for (size_t i = 0; i < job->n_waves; i++)
		if (strcmp(job->waves[i].name, name) == 0)
			return &job->waves[i];
	fail_msg("no waveform %s", name);
	return NULL;
}

static const struct job_grid *grid_of(const struct job *job, const char *wave)
{
	return &job->grids[wave_called(job, wave)->grid];
}

static void a_transient_has_201_points_at_equal_distances(void **state)
{
	struct job *job = resolve_deck(AN_RC TRAN "*carom keep v(out)\n", CAROM_ROUTE_AUTO);
	const struct job_wave *wave = wave_called(job, "v(out)");
	const struct job_grid *grid = grid_of(job, "v(out)");

	(void)state;
	assert_string_equal(wave->plot, "tran");
	assert_string_equal(wave->unit, "V");
	assert_string_equal(wave->definition, "v(out)");
	assert_int_equal(wave->part, JOB_PART_REAL);
	assert_string_equal(grid->name, "time");
	assert_string_equal(grid->unit, "s");
	assert_int_equal(grid->n, 201);
	assert_same_bits(grid->values[0], 0);
	assert_same_bits(grid->values[7], 7 * (4e-3 / 200));
	assert_same_bits(grid->values[200], 4e-3);
	assert_int_equal(job_wave_points(job), 201);
	job_free(job);
}

static void ends_and_points_may_be_given(void **state)
{
	struct job *job = resolve_deck(AN_RC TRAN "*carom keep i(v1) from=1m to={t_end} points=5\n",
				       CAROM_ROUTE_AUTO);
	const struct job_grid *grid = grid_of(job, "i(v1)");

	(void)state;
	assert_int_equal(grid->n, 5);
	assert_same_bits(grid->values[0], 1e-3);
	assert_same_bits(grid->values[1], 1.25e-3);
	assert_same_bits(grid->values[4], 2e-3);
	assert_string_equal(wave_called(job, "i(v1)")->unit, "A");
	job_free(job);
}

static void a_response_is_a_level_and_a_phase_at_the_sweeps_own_points(void **state)
{
	struct job *job = resolve_deck(AN_RC AC "*carom keep v(out) plot=ac\n", CAROM_ROUTE_AUTO);
	const struct job_grid *grid = grid_of(job, "v(out).db");

	(void)state;
	assert_int_equal(job->n_waves, 2);
	assert_string_equal(wave_called(job, "v(out).db")->unit, "dB");
	assert_string_equal(wave_called(job, "v(out).phase")->unit, "deg");
	assert_string_equal(wave_called(job, "v(out).phase")->definition, "ac v(out)");
	assert_int_equal(wave_called(job, "v(out).phase")->part, JOB_PART_PHASE);
	assert_int_equal(job->n_grids, 1);
	assert_string_equal(grid->name, "frequency");
	assert_string_equal(grid->unit, "Hz");
	assert_true(grid->is_log);
	assert_int_equal(grid->n, 21);
	assert_same_bits(grid->values[0], 10);
	assert_double_equal(grid->values[10], 100, 1e-12, 0);
	assert_double_equal(grid->values[20], 1e3, 1e-12, 0);
	job_free(job);
}

static void a_real_function_of_a_response_is_kept_as_it_is(void **state)
{
	struct job *job = resolve_deck(
		AN_RC AC "*carom keep gain=db(v(out)/v(in)) from=50 to=500\n", CAROM_ROUTE_AUTO);
	const struct job_grid *grid = grid_of(job, "gain");

	(void)state;
	assert_int_equal(job->n_waves, 1);
	assert_string_equal(wave_called(job, "gain")->unit, "dB");
	assert_int_equal(grid->n, 10); /* 50.1 ... 398 */
	assert_double_equal(grid->values[0], 50.118723362727, 1e-12, 0);
	job_free(job);
}

static void points_of_a_sweep_by_factors_are_spread_by_factors(void **state)
{
	struct job *job = resolve_deck(AN_RC AC "*carom keep v(out) points=3\n", CAROM_ROUTE_AUTO);
	const struct job_grid *grid = grid_of(job, "v(out).db");

	(void)state;
	assert_int_equal(grid->n, 3);
	assert_same_bits(grid->values[0], 10);
	assert_double_equal(grid->values[1], 100, 1e-12, 0);
	assert_same_bits(grid->values[2], 1e3);
	job_free(job);
}

static void a_sweep_downwards_is_kept_upwards(void **state)
{
	struct job *job = resolve_deck(AN_RC DC "*carom keep v(out)\n", CAROM_ROUTE_AUTO);
	const struct job_grid *grid = grid_of(job, "v(out)");

	(void)state;
	assert_string_equal(grid->name, "sweep");
	assert_string_equal(grid->label, "v1");
	assert_string_equal(grid->unit, "V");
	assert_int_equal(grid->n, 5);
	for (size_t i = 0; i < 5; i++)
		assert_same_bits(grid->values[i], 0.25 * (double)i);
	job_free(job);
}

static void waveforms_at_the_same_points_share_a_grid(void **state)
{
	struct job *job = resolve_deck(AN_RC TRAN "*carom keep v(out) v(in)\n"
						  "*carom keep i(v1) points=201\n"
						  "*carom keep late=v(out) from=1m\n"
						  "*carom measure time3 max(v(out))\n"
						  "*carom keep d=v(in,out) from=2m\n"
						  "*carom keep time4=v(in) from=3m\n",
				       CAROM_ROUTE_AUTO);

	(void)state;
	assert_int_equal(job->n_waves, 6);
	assert_int_equal(job->n_grids, 4);
	assert_ptr_equal(grid_of(job, "v(in)"), grid_of(job, "i(v1)"));
	assert_string_equal(grid_of(job, "late")->name, "time2");
	assert_string_equal(grid_of(job, "d")->name, "time5"); /* 3 and 4 are taken */
	assert_string_equal(grid_of(job, "time4")->name, "time6");
	job_free(job);
}

static void a_later_statement_about_the_same_replaces_it(void **state)
{
	struct job *job = resolve_deck(AN_RC TRAN AC "*carom measure top tran max(v(out))\n"
						     "*carom keep v(out) plot=tran points=7\n"
						     "*carom keep v(out) plot=ac\n"
						     "*carom keep V(OUT) plot=tran points=9\n",
				       CAROM_ROUTE_AUTO);

	(void)state;
	assert_int_equal(job->n_waves, 3);
	assert_int_equal(grid_of(job, "V(OUT)")->n, 9);
	assert_int_equal(grid_of(job, "v(out).db")->n, 21);
	job_free(job);
}

static void what_is_kept_is_saved(void **state)
{
	struct job *job = resolve_deck(AN_RC TRAN "*carom keep v(in)*i(v1)\n", CAROM_ROUTE_AUTO);

	(void)state;
	assert_string_equal(line_beginning(job, ".save")->text, ".save v(out) v(in) i(v1)");
	job_free(job);
}

static void noise_has_a_spectrum_and_totals_without_points(void **state)
{
	static const char noise[] = AN_RC ".noise v(out) v1 dec 10 10 1k\n"
					  "*carom measure n noise max(onoise_spectrum)\n";
	char deck[1000];
	struct job *job;

	(void)state;
	strcat(strcpy(deck, noise), "*carom keep onoise_spectrum plot=noise\n");
	job = resolve_deck(deck, CAROM_ROUTE_AUTO);
	assert_int_equal(grid_of(job, "onoise_spectrum")->n, 21);
	assert_string_equal(wave_called(job, "onoise_spectrum")->plot, "noise1");
	job_free(job);
	strcat(strcpy(deck, noise), "*carom keep onoise_total plot=noise2\n");
	assert_job_refused(deck, CAROM_ROUTE_AUTO, CAROM_ERROR_ARGUMENT,
			   "t.cir:9:13: keep onoise_total: an analysis of a single point has no "
			   "waveforms; tran, ac, dc and noise have");
}

#define assert_keep_refused(analyses, statement, status, message)                                  \
	assert_job_refused(AN_RC analyses "*carom keep " statement "\n", CAROM_ROUTE_AUTO, status, \
			   "t.cir:" message)

static void which_analysis_has_to_be_clear(void **state)
{
	(void)state;
	assert_keep_refused(TRAN ".op\n*carom measure top tran max(v(out))\n", "v(out)",
			    CAROM_ERROR_ARGUMENT,
			    "11:13: keep v(out): the deck has 2 analyses; "
			    "say which: \"keep v(out) plot=op ...\"");
	assert_keep_refused(TRAN, "v(out) plot=ac", CAROM_ERROR_ARGUMENT,
			    "9:13: keep v(out): the deck has no .ac analysis");
	assert_keep_refused(".op\n*carom measure top max(v(out))\n", "v(out)", CAROM_ERROR_ARGUMENT,
			    "9:13: keep v(out): an analysis of a single point has no waveforms; "
			    "tran, ac, dc and noise have");
	assert_keep_refused(
		".dc v1 0 1 0.1 r1 1k 2k 1k\n*carom measure top max(v(out))\n", "v(out)",
		CAROM_ERROR_ARGUMENT,
		"9:13: keep v(out): a .dc sweep within another has no single scale; make "
		"the outer one a step of the study");
}

static void what_the_circuit_does_not_have_is_refused(void **state)
{
	(void)state;
	assert_keep_refused(TRAN, "v(nope)", CAROM_ERROR_VECTOR,
			    "9:13: keep v(nope): the circuit has no net \"nope\"");
	assert_keep_refused(TRAN, "v(out) to={nope}", CAROM_ERROR_PARAMETER,
			    "9:13: keep v(out): undefined parameter \"nope\"");
}

static void ends_beyond_the_sweep_are_refused(void **state)
{
	(void)state;
	assert_keep_refused(
		TRAN, "v(out) to=5m", CAROM_ERROR_ARGUMENT,
		"9:13: keep v(out): from 0 to 0.005 is not within the .tran, which goes "
		"from 0 to 0.004");
	assert_keep_refused(AC, "v(out) from=1", CAROM_ERROR_ARGUMENT,
			    "9:13: keep v(out): from 1 to 1000 is not within the .ac, which goes "
			    "from 10 to 1000");
	assert_keep_refused(TRAN, "v(out) from=2m to=2m", CAROM_ERROR_ARGUMENT,
			    "9:13: keep v(out): it begins at 0.002, which is not before its end at "
			    "0.002");
	assert_keep_refused(AC, "v(out) from=101 to=102", CAROM_ERROR_ARGUMENT,
			    "9:13: keep v(out): the .ac has 0 points there; say points=");
	assert_keep_refused(".ac lin 200001 1 1k\n*carom measure top max(db(v(out)))\n", "v(out)",
			    CAROM_ERROR_ARGUMENT,
			    "9:13: keep v(out): the .ac has 200001 points there; say points=");
}

static void two_waveforms_of_one_name_are_refused(void **state)
{
	(void)state;
	assert_job_refused(AN_RC TRAN "*carom keep v(out)\n*carom keep v(out) plot=tran\n",
			   CAROM_ROUTE_AUTO, CAROM_ERROR_ARGUMENT,
			   "t.cir:10:13: keep v(out): two waveforms would be called \"v(out)\"; "
			   "give one a name, as in \"ripple=v(out)\"");
}

static void running_out_of_memory_is_an_error(void **state)
{
	static const char deck[] = AN_RC AC DC "*carom measure top dc max(v(out))\n"
					       "*carom keep v(out) plot=ac to={t_end*1e5}\n"
					       "*carom keep v(in) plot=dc\n";
	struct carom_circuit *circuit = import_deck(deck);
	struct carom_study *study = carom_study_new(circuit, NULL);
	struct job *job = NULL;

	(void)state;
	assert_non_null(study);
	for (int64_t n = 0; !job; n++) {
		int status;

		mem_fail_after(n);
		status = job_new(&job, study, CAROM_ROUTE_AUTO, NULL);
		mem_fail_after(-1);
		assert_int_equal(status, job ? 0 : CAROM_ERROR_MEMORY);
	}
	assert_int_equal(job->n_waves, 3);
	job_free(job);
	carom_study_free(study);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_transient_has_201_points_at_equal_distances),
		cmocka_unit_test(ends_and_points_may_be_given),
		cmocka_unit_test(a_response_is_a_level_and_a_phase_at_the_sweeps_own_points),
		cmocka_unit_test(a_real_function_of_a_response_is_kept_as_it_is),
		cmocka_unit_test(points_of_a_sweep_by_factors_are_spread_by_factors),
		cmocka_unit_test(a_sweep_downwards_is_kept_upwards),
		cmocka_unit_test(waveforms_at_the_same_points_share_a_grid),
		cmocka_unit_test(a_later_statement_about_the_same_replaces_it),
		cmocka_unit_test(what_is_kept_is_saved),
		cmocka_unit_test(noise_has_a_spectrum_and_totals_without_points),
		cmocka_unit_test(which_analysis_has_to_be_clear),
		cmocka_unit_test(what_the_circuit_does_not_have_is_refused),
		cmocka_unit_test(ends_beyond_the_sweep_are_refused),
		cmocka_unit_test(two_waveforms_of_one_name_are_refused),
		cmocka_unit_test(running_out_of_memory_is_an_error),
	};

	return run_all_tests(tests);
}
