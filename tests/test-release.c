/* SPDX-License-Identifier: BSD-3-Clause */
/* What frees, releases or closes, called with nothing. */
#include "carom.h"
#include "support.h"

static void nothing_may_be_freed(void **state)
{
	(void)state;
	carom_circuit_free(NULL);
	carom_envelope_release(NULL);
	carom_findings_free(NULL);
	carom_cells_release(NULL);
	carom_fits_release(NULL);
	carom_fourier_free(NULL);
	carom_histogram_release(NULL);
	carom_library_free(NULL);
	carom_path_release(NULL);
	carom_plan_free(NULL);
	carom_raw_close(NULL);
	carom_raw_columns_free(NULL);
	carom_raw_steps_free(NULL);
	carom_result_free(NULL);
	carom_session_close(NULL);
	carom_store_close(NULL);
	carom_study_free(NULL);
	carom_summary_release(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_may_be_freed),
	};

	return run_all_tests(tests);
}
