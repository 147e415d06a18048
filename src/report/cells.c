/* SPDX-License-Identifier: BSD-3-Clause */
/* What the corners and steps of a study gave, cell by cell. */
#include "base/error.h"
#include "report/report.h"
#include "study/store-json.h"

static json_t *values_to_json(const struct report *report, const struct carom_cell *cell)
{
	json_t *list = json_array();
	bool is_whole = list != NULL;

	for (size_t i = 0; i < report->summary.n_measurements && is_whole; i++) {
		const struct carom_cell_measurement *m = &cell->measurements[i];

		is_whole = json_array_append_new(list, json_pack("{s:I, s:o, s:o, s:I}", "n",
								 (json_int_t)m->n, "mean",
								 store_json_number(m->mean), "sd",
								 store_json_number(m->sd), "pass",
								 (json_int_t)m->n_pass)) == 0;
	}
	return store_json_drop_unless(is_whole, list);
}

static json_t *steps_to_json(const struct report *report, size_t cell)
{
	json_t *list = json_array();
	bool is_whole = list != NULL;

	for (size_t i = 0; i < carom_store_step_count(report->store) && is_whole; i++)
		is_whole = json_array_append_new(list, store_json_number(carom_store_step_value(
							       report->store, i, cell))) == 0;
	return store_json_drop_unless(is_whole, list);
}

static json_t *cell_to_json(const struct report *report, const struct carom_cells *cells,
			    size_t index)
{
	const struct carom_cell *cell = &cells->list[index];

	return json_pack("{s:o, s:o, s:I, s:I, s:o}", "corner",
			 store_json_string(carom_store_cell_corner(report->store, index)), "steps",
			 steps_to_json(report, index), "tried", (json_int_t)cell->n_tried, "pass",
			 (json_int_t)cell->n_pass, "measurements", values_to_json(report, cell));
}

static json_t *step_names(const struct report *report)
{
	json_t *names = json_array();
	bool is_whole = names != NULL;

	for (size_t i = 0; i < carom_store_step_count(report->store) && is_whole; i++)
		is_whole = json_array_append_new(names, store_json_string(carom_store_step_name(
								report->store, i))) == 0;
	return store_json_drop_unless(is_whole, names);
}

int report_cells(const struct report *report, json_t **object, struct carom_error *err)
{
	struct carom_cells cells;
	int status = carom_store_summarise_cells(report->store, &report->options, &cells, err);
	json_t *list = json_array();

	*object = NULL;
	for (size_t i = 0; i < cells.n && i < REPORT_MOST_CELLS && status == 0; i++)
		if (json_array_append_new(list, cell_to_json(report, &cells, i)))
			status = carom_fail_memory(err);
	if (status == 0)
		*object = json_pack("{s:I, s:I, s:o, s:O}", "n", (json_int_t)cells.n, "worst",
				    (json_int_t)cells.worst, "steps", step_names(report), "list",
				    list);
	carom_cells_release(&cells);
	json_decref(list);
	return status || *object ? status : carom_fail_memory(err);
}
