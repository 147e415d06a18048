/* SPDX-License-Identifier: BSD-3-Clause */
/* The job as bytes and back. */
#include <string.h>

#include "base/mem.h"
#include "base/pack.h"
#include "study/job.h"

#define PACK_MAGIC 0x63726d6a6f623035ull /* "crmjob05" */

static void pass_line(struct pack *pack, struct job_line *line)
{
	pack_string(pack, &line->text);
	pack_field(pack, line->file);
	pack_field(pack, line->line);
}

static void pass_table(struct pack *pack, struct distribution_table *table)
{
	size_t n;

	table->values = pack_array(pack, table->values, &table->n, sizeof(*table->values));
	for (size_t i = 0; i < table->n; i++)
		pack_field(pack, table->values[i]);
	n = table->n;
	table->chances = pack_array(pack, table->chances, &n, sizeof(*table->chances));
	for (size_t i = 0; i < n; i++)
		pack_field(pack, table->chances[i]);
	pack->failed |= n != table->n;
}

/* The table goes by its number among the job's. */
static void pass_distribution(struct pack *pack, const struct job *job,
			      struct distribution *distribution)
{
	uint32_t table = UINT32_MAX;

	if (pack->out && distribution->table)
		table = (uint32_t)(distribution->table - job->tables);
	pack_field(pack, distribution->kind);
	pack_bool(pack, &distribution->is_relative);
	pack_field(pack, distribution->spread);
	pack_field(pack, distribution->cut);
	pack_field(pack, table);
	if (!pack->out)
		distribution->table = table < job->n_tables ? &job->tables[table] : NULL;
}

static void pass_variable(struct pack *pack, const struct job *job, struct job_variable *variable)
{
	pack_string(pack, &variable->name);
	pack_string(pack, &variable->unit);
	pack_field(pack, variable->draw);
	pass_distribution(pack, job, &variable->distribution);
	pack_field(pack, variable->correlation);
	pack_field(pack, variable->row);
	pack_field(pack, variable->nominal);
	pack_string(pack, &variable->definition);
	pack_string(pack, &variable->target);
	pack_bool(pack, &variable->is_model);
	pack_bool(pack, &variable->is_varied);
	pack_bool(pack, &variable->is_temperature);
	pack_bool(pack, &variable->is_param);
	pack_bool(pack, &variable->is_drawn);
	pack_bool(pack, &variable->selects_bin);
	pack_field(pack, variable->slot_line);
	pack_field(pack, variable->slot_begin);
	pack_field(pack, variable->slot_length);
	pack_bool(pack, &variable->has_slot);
}

static void pass_correlation(struct pack *pack, struct correlation *correlation)
{
	size_t n_factor = triangle_size(correlation->n);

	correlation->variables = pack_array(pack, correlation->variables, &correlation->n,
					    sizeof(*correlation->variables));
	for (size_t i = 0; i < correlation->n; i++)
		pack_field(pack, correlation->variables[i]);
	correlation->factor =
		pack_array(pack, correlation->factor, &n_factor, sizeof(*correlation->factor));
	for (size_t i = 0; i < n_factor; i++)
		pack_field(pack, correlation->factor[i]);
	if (!pack->out)
		correlation->deviates = mem_zalloc(correlation->n, sizeof(*correlation->deviates));
	pack->failed |= n_factor != triangle_size(correlation->n) || !correlation->deviates;
}

static void pass_copy(struct pack *pack, struct job_copy *copy)
{
	pack_field(pack, copy->variable);
	pack_string(pack, &copy->target);
	pack_field(pack, copy->slot_line);
	pack_field(pack, copy->slot_begin);
	pack_field(pack, copy->slot_length);
}

static void pass_op(struct pack *pack, struct program_op *op)
{
	pack_field(pack, op->code);
	pack_field(pack, op->depends);
	pack_field(pack, op->a);
	pack_field(pack, op->b);
	pack_field(pack, op->c);
	pack_field(pack, op->number);
}

static void pass_value(struct pack *pack, struct job_value *value)
{
	pack_field(pack, value->value.op);
	pack_field(pack, value->value.number);
	pack_string(pack, &value->target);
	pack_bool(pack, &value->is_model);
	pack_bool(pack, &value->has_slot);
	pack_field(pack, value->slot_line);
	pack_field(pack, value->slot_begin);
	pack_field(pack, value->slot_length);
}

static void pass_taking(struct pack *pack, struct measure *measure)
{
	pack_field(pack, measure->reducer);
	for (size_t i = 0; i < MEASURE_MAX_EXPRESSIONS; i++)
		pack_string(pack, &measure->expressions[i]);
	pack_bool(pack, &measure->clips_window);
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++) {
		pack_field(pack, measure->arguments[i].number);
		pack_bool(pack, &measure->arguments[i].is_percent);
		pack_string(pack, &measure->arguments[i].name);
	}
}

static void pass_formula(struct pack *pack, struct job_formula *formula)
{
	formula->ops = pack_array(pack, formula->ops, &formula->n_ops, sizeof(*formula->ops));
	for (size_t i = 0; i < formula->n_ops; i++)
		pass_op(pack, &formula->ops[i]);
	pack_field(pack, formula->value.op);
	pack_field(pack, formula->value.number);
}

static void pass_measure(struct pack *pack, struct job_measure *measure)
{
	pack_string(pack, &measure->name);
	pack_string(pack, &measure->unit);
	pack_string(pack, &measure->plot);
	pack_string(pack, &measure->definition);
	pass_taking(pack, &measure->measure);
	pack_bool(pack, &measure->is_formula);
	pass_formula(pack, &measure->formula);
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		pass_formula(pack, &measure->numbers[i]);
	pack_field(pack, measure->argument_index);
	pack_bool(pack, &measure->has_spec);
	pack_field(pack, measure->lower);
	pack_field(pack, measure->upper);
	pack_string(pack, &measure->source);
	pack_field(pack, measure->line);
}

/* What a grid is called stays with the host. */
static void pass_grid(struct pack *pack, struct job_grid *grid)
{
	grid->values = pack_array(pack, grid->values, &grid->n, sizeof(*grid->values));
	for (size_t i = 0; i < grid->n; i++)
		pack_field(pack, grid->values[i]);
}

static void pass_wave(struct pack *pack, struct job_wave *wave)
{
	pack_string(pack, &wave->name);
	pack_string(pack, &wave->plot);
	pack_string(pack, &wave->expression);
	pack_field(pack, wave->part);
	pack_field(pack, wave->grid);
	pack_string(pack, &wave->source);
	pack_field(pack, wave->line);
}

static void pass_waves(struct pack *pack, struct job *job)
{
	job->grids = pack_array(pack, job->grids, &job->n_grids, sizeof(*job->grids));
	for (size_t i = 0; i < job->n_grids; i++)
		pass_grid(pack, &job->grids[i]);
	job->waves = pack_array(pack, job->waves, &job->n_waves, sizeof(*job->waves));
	for (size_t i = 0; i < job->n_waves; i++)
		pass_wave(pack, &job->waves[i]);
}

/* Name, targets and definition stay with the host. */
static void pass_corner(struct pack *pack, struct job_corner *corner)
{
	corner->settings =
		pack_array(pack, corner->settings, &corner->n_settings, sizeof(*corner->settings));
	for (size_t i = 0; i < corner->n_settings; i++) {
		pack_field(pack, corner->settings[i].variable);
		pack_field(pack, corner->settings[i].value);
	}
	pack_field(pack, corner->deck);
}

static void pass_step(struct pack *pack, struct job_step *step)
{
	size_t n_values = step->n_values;

	step->variables =
		pack_array(pack, step->variables, &step->n_variables, sizeof(*step->variables));
	for (size_t i = 0; i < step->n_variables; i++)
		pack_field(pack, step->variables[i]);
	step->values = pack_array(pack, step->values, &n_values, sizeof(*step->values));
	for (size_t i = 0; i < n_values; i++)
		pack_field(pack, step->values[i]);
	step->n_values = n_values;
}

static void pass_cells(struct pack *pack, struct job *job)
{
	job->corners = pack_array(pack, job->corners, &job->n_corners, sizeof(*job->corners));
	for (size_t i = 0; i < job->n_corners; i++)
		pass_corner(pack, &job->corners[i]);
	job->steps = pack_array(pack, job->steps, &job->n_steps, sizeof(*job->steps));
	for (size_t i = 0; i < job->n_steps; i++)
		pass_step(pack, &job->steps[i]);
	pack_field(pack, job->cells.n_draws);
	pack_field(pack, job->cells.n_corners);
	pack_field(pack, job->cells.n_steps);
}

static void pass_arrays(struct pack *pack, struct job *job)
{
	job->files = pack_array(pack, job->files, &job->n_files, sizeof(*job->files));
	for (size_t i = 0; i < job->n_files; i++)
		pack_string(pack, &job->files[i]);
	job->lines = pack_array(pack, job->lines, &job->n_lines, sizeof(*job->lines));
	for (size_t i = 0; i < job->n_lines; i++)
		pass_line(pack, &job->lines[i]);
	job->tables = pack_array(pack, job->tables, &job->n_tables, sizeof(*job->tables));
	for (size_t i = 0; i < job->n_tables; i++)
		pass_table(pack, &job->tables[i]);
	job->variables =
		pack_array(pack, job->variables, &job->n_variables, sizeof(*job->variables));
	for (size_t i = 0; i < job->n_variables; i++)
		pass_variable(pack, job, &job->variables[i]);
	job->correlations = pack_array(pack, job->correlations, &job->n_correlations,
				       sizeof(*job->correlations));
	for (size_t i = 0; i < job->n_correlations; i++)
		pass_correlation(pack, &job->correlations[i]);
	job->copies = pack_array(pack, job->copies, &job->n_copies, sizeof(*job->copies));
	for (size_t i = 0; i < job->n_copies; i++)
		pass_copy(pack, &job->copies[i]);
	job->ops = pack_array(pack, job->ops, &job->n_ops, sizeof(*job->ops));
	for (size_t i = 0; i < job->n_ops; i++)
		pass_op(pack, &job->ops[i]);
	job->values = pack_array(pack, job->values, &job->n_values, sizeof(*job->values));
	for (size_t i = 0; i < job->n_values; i++)
		pass_value(pack, &job->values[i]);
	job->measures = pack_array(pack, job->measures, &job->n_measures, sizeof(*job->measures));
	for (size_t i = 0; i < job->n_measures; i++)
		pass_measure(pack, &job->measures[i]);
}

static void pass_importance(struct pack *pack, struct job *job)
{
	bool is_there = job->importance != NULL;
	struct job_importance *importance;

	pack_bool(pack, &is_there);
	if (!is_there)
		return;
	if (!pack->out)
		job->importance = mem_zalloc(1, sizeof(*job->importance));
	importance = job->importance;
	if (!importance) {
		pack->failed = true;
		return;
	}
	importance->shift =
		pack_array(pack, importance->shift, &importance->n, sizeof(*importance->shift));
	for (size_t i = 0; i < importance->n; i++)
		pack_field(pack, importance->shift[i]);
	if (!pack->out)
		importance->deviates = mem_zalloc(importance->n, sizeof(*importance->deviates));
	pack->failed |= !importance->deviates;
}

/* All but the other sections. */
static void pass_deck(struct pack *pack, struct job *job)
{
	pass_arrays(pack, job);
	pass_waves(pack, job);
	pass_cells(pack, job);
	pass_importance(pack, job);
	pack_field(pack, job->n_samples);
	pack_field(pack, job->seed);
	pack_field(pack, job->sampler.kind);
	pack_field(pack, job->time_limit_s);
	pack_field(pack, job->route);
	pack_bool(pack, &job->route_is_forced);
	pack_string(pack, &job->hazard);
	pack_string(pack, &job->deck_hash);
	pack_string(pack, &job->title);
	pack_string(pack, &job->library);
	pack_string(pack, &job->store);
	pack_string(pack, &job->folder);
	pack_bool(pack, &job->is_trusted);
	pack_field(pack, job->deck);
}

static void pass_sections(struct pack *pack, struct job *job)
{
	job->sections = pack_array(pack, job->sections, &job->n_sections, sizeof(*job->sections));
	for (size_t i = 0; i < job->n_sections && !pack->failed; i++) {
		if (!pack->out)
			job->sections[i] = mem_zalloc(1, sizeof(*job->sections[i]));
		if (job->sections[i])
			pass_deck(pack, job->sections[i]);
		pack->failed |= !job->sections[i];
	}
}

static void pass_job(struct pack *pack, struct job *job)
{
	uint64_t magic = PACK_MAGIC;

	pack_field(pack, magic);
	if (magic != PACK_MAGIC)
		pack->failed = true;
	pass_deck(pack, job);
	pass_sections(pack, job);
}

int job_pack(const struct job *job, struct text *bytes, struct carom_error *err)
{
	struct pack pack = {.out = bytes};

	/* Packing reads the job only; the same code writes it when unpacking. */
	pass_job(&pack, (struct job *)job);
	return pack.failed ? carom_fail_memory(err) : 0;
}

static bool is_slot(const struct job *job, uint32_t line, uint32_t begin, uint32_t length)
{
	return line < job->n_lines && (uint64_t)begin + length <= strlen(job->lines[line].text);
}

static bool is_consistent_copy(const struct job *job, const struct job_copy *copy)
{
	return copy->variable < job->n_variables && copy->target &&
	       (!job->variables[copy->variable].has_slot ||
		is_slot(job, copy->slot_line, copy->slot_begin, copy->slot_length));
}

static bool is_consistent_value(const struct job *job, const struct job_value *value)
{
	return (value->target || job->route == CAROM_ROUTE_RELOAD) &&
	       (operand_is_constant(value->value) || value->value.op < job->n_ops) &&
	       (!value->has_slot ||
		is_slot(job, value->slot_line, value->slot_begin, value->slot_length));
}

static bool is_consistent_row(const struct job *job, const struct job_variable *variable)
{
	return variable->correlation == 0 ||
	       (variable->correlation <= job->n_correlations &&
		variable->row < job->correlations[variable->correlation - 1].n);
}

static bool is_consistent_correlation(const struct job *job, const struct correlation *correlation)
{
	for (size_t i = 0; i < correlation->n; i++)
		if (correlation->variables[i] >= job->n_variables)
			return false;
	return true;
}

static bool is_consistent_variable(const struct job *job, const struct job_variable *variable)
{
	const struct distribution *distribution = &variable->distribution;
	bool needs_table = distribution->kind == DISTRIBUTION_DISCRETE ||
			   distribution->kind == DISTRIBUTION_EMPIRICAL;

	return variable->name && is_consistent_row(job, variable) &&
	       (!needs_table || (distribution->table && distribution->table->n > 0)) &&
	       (!variable->has_slot ||
		is_slot(job, variable->slot_line, variable->slot_begin, variable->slot_length));
}

static bool is_consistent_formula(const struct job *job, size_t measure,
				  const struct job_formula *formula)
{
	return program_is_valid(formula->ops, formula->n_ops, job->n_variables + measure) &&
	       (operand_is_constant(formula->value) || formula->value.op < formula->n_ops);
}

static bool is_consistent_measure(const struct job *job, size_t index)
{
	const struct job_measure *measure = &job->measures[index];

	if (measure->is_formula)
		return measure->name && is_consistent_formula(job, index, &measure->formula);
	if (!measure->name || !measure->plot || measure->measure.reducer >= MEASURE_N_REDUCERS)
		return false;
	for (size_t i = 0; i < measure_rule_expressions(measure_rule(measure->measure.reducer));
	     i++)
		if (!measure->measure.expressions[i])
			return false;
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		if (measure->argument_index[i] >= (int)index ||
		    (measure->numbers[i].n_ops > 0 &&
		     !is_consistent_formula(job, index, &measure->numbers[i])))
			return false;
	return true;
}

static bool is_consistent_wave(const struct job *job, const struct job_wave *wave)
{
	return wave->name && wave->plot && wave->expression && wave->part <= JOB_PART_PHASE &&
	       wave->grid < job->n_grids && job->grids[wave->grid].n > 0;
}

static bool is_consistent_corner(const struct job *job, const struct job_corner *corner)
{
	for (size_t i = 0; i < corner->n_settings; i++)
		if (corner->settings[i].variable >= job->n_variables)
			return false;
	return true;
}

static bool is_consistent(const struct job *job);

static bool are_consistent_sections(const struct job *job)
{
	for (size_t i = 0; i < job->n_corners; i++)
		if (job->deck == 0 && job->corners[i].deck > job->n_sections)
			return false;
	for (size_t i = 0; i < job->n_sections; i++) {
		const struct job *section = job->sections[i];

		if (section->deck != i + 1 || section->n_variables != job->n_variables ||
		    section->n_measures != job->n_measures ||
		    section->n_corners != job->n_corners || section->n_samples != job->n_samples ||
		    section->n_waves != job->n_waves || !is_consistent(section) ||
		    job_wave_points(section) != job_wave_points(job))
			return false;
	}
	return true;
}

static bool is_consistent_step(const struct job *job, const struct job_step *step)
{
	for (size_t i = 0; i < step->n_variables; i++)
		if (step->variables[i] >= job->n_variables)
			return false;
	return step->n_values > 0;
}

static bool are_consistent_cells(const struct job *job)
{
	uint64_t n_steps = 1, n_corners = job->n_corners > 0 ? job->n_corners : 1;

	for (size_t i = 0; i < job->n_corners; i++)
		if (!is_consistent_corner(job, &job->corners[i]))
			return false;
	for (size_t i = 0; i < job->n_steps; i++)
		if (!is_consistent_step(job, &job->steps[i]) ||
		    __builtin_mul_overflow(n_steps, job->steps[i].n_values, &n_steps))
			return false;
	return job->cells.n_draws > 0 && job->cells.n_corners == n_corners &&
	       job->cells.n_steps == n_steps;
}

/* What the rest of the code takes for granted of a job. */
static bool is_consistent(const struct job *job)
{
	if ((unsigned)job->sampler.kind > CAROM_SAMPLER_SOBOL)
		return false;
	if (job->n_lines < 2 || !job->store || !job->deck_hash || !job->title)
		return false;
	for (size_t i = 0; i < job->n_lines; i++)
		if (!job->lines[i].text)
			return false;
	for (size_t i = 0; i < job->n_variables; i++)
		if (!is_consistent_variable(job, &job->variables[i]))
			return false;
	if (!are_consistent_cells(job))
		return false;
	for (size_t i = 0; i < job->n_correlations; i++)
		if (!is_consistent_correlation(job, &job->correlations[i]))
			return false;
	for (size_t i = 0; i < job->n_copies; i++)
		if (!is_consistent_copy(job, &job->copies[i]))
			return false;
	if (!program_is_valid(job->ops, job->n_ops, job->n_variables))
		return false;
	for (size_t i = 0; i < job->n_values; i++)
		if (!is_consistent_value(job, &job->values[i]))
			return false;
	for (size_t i = 0; i < job->n_measures; i++)
		if (!is_consistent_measure(job, i))
			return false;
	for (size_t i = 0; i < job->n_waves; i++)
		if (!is_consistent_wave(job, &job->waves[i]))
			return false;
	return are_consistent_sections(job);
}

static int fail_damaged(struct carom_error *err)
{
	return carom_fail(err, CAROM_ERROR_FORMAT,
			  "damaged job: command and carom-worker are of different builds?");
}

int job_unpack(struct job **job, const void *bytes, size_t length, struct carom_error *err)
{
	struct pack pack = {.in = bytes, .left = length};
	struct job *unpacked = mem_zalloc(1, sizeof(*unpacked));
	int status;

	*job = NULL;
	if (!unpacked)
		return carom_fail_memory(err);
	pass_job(&pack, unpacked);
	if (!pack_is_whole(&pack) || !is_consistent(unpacked)) {
		job_free(unpacked);
		return fail_damaged(err);
	}
	status = job_prepare_draws(unpacked, err);
	if (!status && unpacked->importance && unpacked->importance->n != unpacked->n_draws)
		status = fail_damaged(err);
	for (size_t i = 0; i < unpacked->n_sections && status == 0; i++)
		status = job_prepare_draws(unpacked->sections[i], err);
	if (status) {
		job_free(unpacked);
		return status;
	}
	*job = unpacked;
	return 0;
}
