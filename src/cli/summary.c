/* SPDX-License-Identifier: BSD-3-Clause */
/* What a summary is printed from. */
#include "summary.h"

#include <math.h>
#include <stdio.h>

int summary_open(struct summary *summary, const char *path, double confidence,
		 struct carom_error *err)
{
	int status;

	*summary = (struct summary){
		.path = path,
		.options = {.size = sizeof(summary->options), .confidence = confidence},
	};
	status = carom_store_open(&summary->store, path, err);
	if (status)
		return status;
	summary->manifest = json_loads(carom_store_manifest(summary->store), 0, NULL);
	status =
		carom_store_summarise(summary->store, &summary->options, &summary->statistics, err);
	if (status)
		return status;
	/* of the same samples, while a run goes on too */
	summary->options.n_samples = summary->statistics.n_samples;
	if (carom_store_log_weight(summary->store))
		return carom_store_failure(summary->store, &summary->options, &summary->failure,
					   err);
	status = carom_store_summarise_cells(summary->store, &summary->options, &summary->cells,
					     err);
	return status ? status
		      : carom_store_fit(summary->store, &summary->options, &summary->fits, err);
}

void summary_release(struct summary *summary)
{
	carom_fits_release(&summary->fits);
	carom_cells_release(&summary->cells);
	carom_summary_release(&summary->statistics);
	json_decref(summary->manifest);
	carom_store_close(summary->store);
}

const char *summary_number(double value, char buffer[24])
{
	static const struct {
		double scale;
		const char *suffix;
	} scales[] = {{1e12, "t"}, {1e9, "g"},  {1e6, "meg"}, {1e3, "k"},   {1, ""},
		      {1e-3, "m"}, {1e-6, "u"}, {1e-9, "n"},  {1e-12, "p"}, {1e-15, "f"}};

	if (isnan(value) || value == 0) {
		snprintf(buffer, 24, "%s", isnan(value) ? "-" : "0");
		return buffer;
	}
	for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++)
		/* Half a unit of the last digit below: 999.95 is 1k and not 1000. */
		if (fabs(value) >= scales[i].scale * 0.99995 && isfinite(value)) {
			snprintf(buffer, 24, "%.4g%s", value / scales[i].scale, scales[i].suffix);
			return buffer;
		}
	snprintf(buffer, 24, "%.3e", value);
	return buffer;
}
