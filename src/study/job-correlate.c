/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The job's correlations: names become draws, draws that any coefficient joins become a group, a
 * group gets its matrix and the factor of that.
 *
 * The coefficients are checked in the order in which statements name the draws, so that the one
 * that is told does not go with what was said before it.  Samples are made in the order of the
 * draws' keys, which does not depend on statements.
 */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/union-find.h"
#include "study/job-build.h"

/* A coefficient of two draws, each the number of a variable that has it. */
struct pair {
	uint32_t a, b;
	double coefficient;
	const struct study_correlate *statement;
};

struct correlating {
	struct job *job;
	const struct study_correlate *statement; /* at hand */
	uint32_t *named;                         /* draws that it names, in their order */
	size_t n_named, named_capacity;
	struct pair *pairs;
	size_t n_pairs, pairs_capacity;
	struct carom_error *err;
};

#define fail_here(correlating, ...)                                                           \
	job_fail((correlating)->err, CAROM_ERROR_PARAMETER, &(correlating)->statement->place, \
		 __VA_ARGS__)

static const char *name_of(const struct correlating *correlating, uint32_t variable)
{
	return correlating->job->variables[variable].name;
}

/* ---- names ---- */

/* The first variable that has the draw stands for it. */
static uint32_t draw_of(const struct job *job, uint32_t variable)
{
	uint32_t i = 0;

	while (job->variables[i].draw != job->variables[variable].draw)
		i++;
	return i;
}

static int add_named(struct correlating *correlating, uint32_t variable)
{
	uint32_t draw = draw_of(correlating->job, variable);

	for (size_t i = 0; i < correlating->n_named; i++)
		if (correlating->named[i] == draw)
			return fail_here(correlating,
					 "%s has the same draw as another that is named%s%s\n"
					 "vary them with \"each\", or by statements of their own",
					 name_of(correlating, variable),
					 draw == variable ? "" : ": that of ",
					 draw == variable ? "" : name_of(correlating, draw));
	if (!mem_reserve(&correlating->named, &correlating->named_capacity,
			 correlating->n_named + 1, sizeof(*correlating->named)))
		return carom_fail_memory(correlating->err);
	correlating->named[correlating->n_named++] = draw;
	return 0;
}

static size_t count(const char *text, char c)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == c;
	return n;
}

/* As in a vary statement a wildcard stands for no "." and no ":". */
static bool is_named(const char *pattern, const char *name)
{
	return name_matches(pattern, name) && count(pattern, '.') == count(name, '.') &&
	       count(pattern, ':') == count(name, ':');
}

static int add_name(struct correlating *correlating, const char *name)
{
	const struct job *job = correlating->job;
	bool is_found = false;
	int status = 0;

	for (uint32_t i = 0; i < job->n_variables && status == 0; i++) {
		if (!job->variables[i].is_varied || !is_named(name, job->variables[i].name))
			continue;
		is_found = true;
		status = add_named(correlating, i);
	}
	if (is_found)
		return status;
	return fail_here(correlating,
			 "\"%s\" does not vary, so it is correlated with nothing\n"
			 "name what a vary statement varies, such as \"r1\" or "
			 "\"m1:delvto\"",
			 name);
}

/* ---- pairs ---- */

/* Coefficient k belongs to the k-th pair, or one to all. */
static int add_pairs(struct correlating *correlating)
{
	const struct study_correlate *statement = correlating->statement;
	size_t n = correlating->n_named, k = 0;

	if (!mem_reserve(&correlating->pairs, &correlating->pairs_capacity,
			 correlating->n_pairs + n * (n - 1) / 2 + 1, sizeof(*correlating->pairs)))
		return carom_fail_memory(correlating->err);
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++, k++)
			correlating->pairs[correlating->n_pairs++] = (struct pair){
				correlating->named[i], correlating->named[j],
				statement->coefficients[statement->n_coefficients > 1 ? k : 0],
				statement};
	return 0;
}

static int add_statement(struct correlating *correlating)
{
	const struct study_correlate *statement = correlating->statement;
	char *names = mem_strndup(statement->text, statement->names_length);
	char *rest = names;
	int status = names ? 0 : carom_fail_memory(correlating->err);

	correlating->n_named = 0;
	for (char *word; status == 0 && (word = strtok_r(rest, " ", &rest));)
		status = add_name(correlating, word);
	mem_free(names);
	if (status == 0 && correlating->n_named < 2)
		status = fail_here(correlating,
				   "\"%.*s\" names one draw alone\nname what else "
				   "it is correlated with",
				   (int)statement->names_length, statement->text);
	return status ? status : add_pairs(correlating);
}

/* ---- groups ---- */

struct grouping {
	struct correlating *correlating;
	struct union_find sets; /* of variables that stand for draws */
	uint32_t *order;        /* the draws in the order in which they are named */
	size_t n_order;
	uint32_t *rank;  /* of a draw among those of its group */
	uint32_t *group; /* of a draw, from 1; 0: none */
};

static void order_draw(struct grouping *grouping, uint32_t draw, bool *is_ordered)
{
	if (!is_ordered[draw])
		grouping->order[grouping->n_order++] = draw;
	is_ordered[draw] = true;
}

static bool grouping_init(struct grouping *grouping, struct correlating *correlating)
{
	size_t n = correlating->job->n_variables;
	bool *is_ordered = mem_zalloc(n, sizeof(*is_ordered));
	bool is_ready = union_find_init(&grouping->sets, n) && is_ordered;

	grouping->correlating = correlating;
	grouping->order = mem_zalloc(n, sizeof(*grouping->order));
	grouping->rank = mem_zalloc(n, sizeof(*grouping->rank));
	grouping->group = mem_zalloc(n, sizeof(*grouping->group));
	is_ready = is_ready && grouping->order && grouping->rank && grouping->group;
	for (size_t i = 0; i < correlating->n_pairs && is_ready; i++) {
		const struct pair *pair = &correlating->pairs[i];

		order_draw(grouping, pair->a, is_ordered);
		order_draw(grouping, pair->b, is_ordered);
		union_find_join(&grouping->sets, pair->a, pair->b);
	}
	mem_free(is_ordered);
	return is_ready;
}

static void grouping_release(struct grouping *grouping)
{
	union_find_release(&grouping->sets);
	mem_free(grouping->order);
	mem_free(grouping->rank);
	mem_free(grouping->group);
}

static bool group_allocate(struct correlation *group, size_t n)
{
	group->n = n;
	group->variables = mem_zalloc(n, sizeof(*group->variables));
	group->factor = mem_zalloc(triangle_size(n), sizeof(*group->factor));
	group->deviates = mem_zalloc(n, sizeof(*group->deviates));
	return group->variables && group->factor && group->deviates;
}

/* What was said last about two draws; NULL: nothing. */
static const struct pair *find_pair(const struct correlating *correlating, uint32_t a, uint32_t b)
{
	for (size_t i = correlating->n_pairs; i-- > 0;) {
		const struct pair *pair = &correlating->pairs[i];

		if ((pair->a == a && pair->b == b) || (pair->a == b && pair->b == a))
			return pair;
	}
	return NULL;
}

/* Rounded towards the inside, so that what is told is allowed. */
static double tell(double limit, double (*inwards)(double))
{
	return inwards(limit * 1e4) / 1e4;
}

static int fail_breach(struct correlating *correlating, const struct correlation *group,
		       const struct correlation_breach *breach)
{
	uint32_t a = group->variables[breach->column], b = group->variables[breach->row];
	const struct pair *pair = find_pair(correlating, a, b);

	if (pair)
		correlating->statement = pair->statement;
	return fail_here(
		correlating,
		"%s and %s cannot have the correlation %g%s\nwith what is said of the others "
		"it has to be between %g and %g",
		name_of(correlating, a), name_of(correlating, b), pair ? pair->coefficient : 0.0,
		pair ? "" : ", which counts where none is given", tell(breach->low, ceil),
		tell(breach->high, floor));
}

/* The factor for the draws in the order they are in. */
static int factor_group(const struct grouping *grouping, struct correlation *group)
{
	struct correlating *correlating = grouping->correlating;
	struct correlation_breach breach;

	memset(group->factor, 0, triangle_size(group->n) * sizeof(*group->factor));
	for (uint32_t i = 0; i < group->n; i++)
		grouping->rank[group->variables[i]] = i;
	for (size_t i = 0; i < correlating->n_pairs; i++) {
		const struct pair *pair = &correlating->pairs[i];
		uint32_t row = grouping->rank[pair->a], column = grouping->rank[pair->b];

		if (row < group->n && group->variables[row] == pair->a)
			group->factor[triangle_at(row, column)] = pair->coefficient;
	}
	if (correlation_factor(group->factor, group->n, &breach))
		return 0;
	return fail_breach(correlating, group, &breach);
}

static void sort_by_key(const struct job *job, struct correlation *group)
{
	for (size_t i = 1; i < group->n; i++) {
		uint32_t variable = group->variables[i];
		size_t j = i;

		for (; j > 0 &&
		       job->variables[group->variables[j - 1]].draw > job->variables[variable].draw;
		     j--)
			group->variables[j] = group->variables[j - 1];
		group->variables[j] = variable;
	}
}

static int make_group(struct grouping *grouping, uint32_t leader)
{
	struct correlating *correlating = grouping->correlating;
	struct job *job = correlating->job;
	struct correlation *group = &job->correlations[job->n_correlations++];
	size_t n = 0;
	int status;

	for (size_t i = 0; i < grouping->n_order; i++)
		n += union_find_leader(&grouping->sets, grouping->order[i]) == leader;
	if (!group_allocate(group, n))
		return carom_fail_memory(correlating->err);
	n = 0;
	for (size_t i = 0; i < grouping->n_order; i++) {
		uint32_t draw = grouping->order[i];

		if (union_find_leader(&grouping->sets, draw) != leader)
			continue;
		group->variables[n++] = draw;
		grouping->group[draw] = (uint32_t)job->n_correlations;
	}
	status = factor_group(grouping, group);
	if (status)
		return status;
	sort_by_key(job, group);
	return factor_group(grouping, group);
}

static int make_groups(struct grouping *grouping)
{
	struct job *job = grouping->correlating->job;
	int status = 0;

	for (size_t i = 0; i < grouping->n_order && status == 0; i++) {
		uint32_t draw = grouping->order[i];

		if (grouping->group[draw] == 0)
			status = make_group(grouping, union_find_leader(&grouping->sets, draw));
	}
	for (uint32_t i = 0; i < job->n_variables && status == 0; i++) {
		uint32_t draw = draw_of(job, i);

		job->variables[i].correlation = grouping->group[draw];
		job->variables[i].row = grouping->rank[draw];
	}
	return status;
}

static int build(struct correlating *correlating)
{
	struct job *job = correlating->job;
	struct grouping grouping = {0};
	int status;

	job->correlations = mem_zalloc(correlating->n_pairs, sizeof(*job->correlations));
	if (job->correlations && grouping_init(&grouping, correlating))
		status = make_groups(&grouping);
	else
		status = carom_fail_memory(correlating->err);
	grouping_release(&grouping);
	return status;
}

/* For the manifest. */
static int copy_statements(struct job *job, const struct carom_study *study,
			   struct carom_error *err)
{
	job->correlates = mem_zalloc(study->n_correlates, sizeof(*job->correlates));
	if (!job->correlates)
		return carom_fail_memory(err);
	for (size_t i = 0; i < study->n_correlates; i++) {
		job->correlates[i] = mem_strdup(study->correlates[i].text);
		if (!job->correlates[i])
			return carom_fail_memory(err);
		job->n_correlates++;
	}
	return 0;
}

int job_build_correlations(struct job_builder *builder, struct carom_error *err)
{
	const struct carom_study *study = builder->study;
	struct correlating correlating = {.job = builder->job, .err = err};
	int status;

	if (study->n_correlates == 0)
		return 0;
	status = copy_statements(builder->job, study, err);
	for (size_t i = 0; i < study->n_correlates && status == 0; i++) {
		correlating.statement = &study->correlates[i];
		status = add_statement(&correlating);
	}
	if (status == 0)
		status = build(&correlating);
	mem_free(correlating.named);
	mem_free(correlating.pairs);
	return status;
}
