/* SPDX-License-Identifier: BSD-3-Clause */
/* Running a study for its time. */
#include "sampling.h"

#include "base/error.h"

int sampling_run(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct sampling *sampling = context;
	const struct carom_study_facts *facts = carom_study_facts(sampling->study);
	struct carom_study_options options = {.size = sizeof(options),
					      .store = sampling->store,
					      .overwrite = true,
					      .n_workers = sampling->n_workers};
	int status = carom_study_set_samples(sampling->study, n, err);

	if (!status)
		status = carom_study_run(sampling->study, &options, err);
	if (status)
		return status;
	if (facts->n_done != n)
		return carom_fail(err, CAROM_ERROR_STATE, "%llu of %u samples are done",
				  (unsigned long long)facts->n_done, n);
	if (!sampling->is_all_in)
		*seconds = n / facts->rate_hz;
	return 0;
}
