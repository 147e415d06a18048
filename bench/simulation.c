/* SPDX-License-Identifier: BSD-3-Clause */
/* Three ways to simulate one circuit, as a host application would go them. */
#include "simulation.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "support-raw.h"

#define N_VALUES 21 /* r1 goes through so many values around the nominal one */
#define STEP 1e-3   /* relative */

static const struct kind {
	const char *plot, *raw_plot;
} kinds[SIMULATION_MAX_KINDS] = {
	{"op", "Operating Point"}, {"ac", "AC Analysis"}, {"tran", "Transient Analysis"}};

const char *simulation_kind(size_t index)
{
	return kinds[index].plot;
}

extern char **environ;

/* ---- life ---- */

int simulation_init(struct simulation *simulation, struct carom_circuit *circuit,
		    struct carom_session *session, const char *folder, struct carom_error *err)
{
	*simulation = (struct simulation){.circuit = circuit, .session = session};
	snprintf(simulation->deck, sizeof(simulation->deck), "%s/bench.cir", folder);
	snprintf(simulation->raw, sizeof(simulation->raw), "%s/bench.raw", folder);
	simulation->element = carom_circuit_find_element(circuit, "r1");
	if (!carom_element_is_valid(simulation->element))
		return carom_fail(err, CAROM_ERROR_NOT_FOUND, "the circuit has no r1");
	return carom_element_value(circuit, simulation->element, &simulation->nominal, err);
}

void simulation_release(struct simulation *simulation)
{
	carom_circuit_free(simulation->circuit);
	if (simulation->deck[0]) {
		unlink(simulation->deck);
		unlink(simulation->raw);
	}
}

/* ---- outcomes ---- */

static void take_last(struct simulation_outcome *outcome, size_t kind, const double *out,
		      size_t n_points, bool is_complex)
{
	int n_parts = is_complex ? 2 : 1;

	outcome->n_points[kind] = n_points;
	outcome->n_parts[kind] = n_parts;
	memcpy(outcome->last[kind], out + (n_points - 1) * (size_t)n_parts,
	       (size_t)n_parts * sizeof(double));
}

static int outcome_of_raw(struct simulation_outcome *outcome, const struct raw_file *raw,
			  struct carom_error *err)
{
	*outcome = (struct simulation_outcome){.n_points = {0}};
	for (size_t i = 0; i < SIMULATION_MAX_KINDS; i++) {
		const struct raw_plot *plot = raw_find_plot(raw, kinds[i].raw_plot);
		const double *out = plot ? raw_find_vector(plot, "v(out)") : NULL;

		if (plot && (!out || plot->n_points == 0))
			return carom_fail(err, CAROM_ERROR_VECTOR, "%s has no v(out)", plot->name);
		if (plot)
			take_last(outcome, i, out, plot->n_points, plot->is_complex);
	}
	return 0;
}

static int outcome_of_result(struct simulation_outcome *outcome, const struct carom_result *result,
			     struct carom_error *err)
{
	*outcome = (struct simulation_outcome){.n_points = {0}};
	for (size_t i = 0; i < SIMULATION_MAX_KINDS; i++) {
		const struct carom_plot *plot = carom_result_find_plot(result, kinds[i].plot);
		const struct carom_vector *out =
			plot ? carom_plot_find_vector(plot, "v(out)") : NULL;

		if (plot && (!out || carom_vector_length(out) == 0))
			return carom_fail(err, CAROM_ERROR_VECTOR, "%s has no v(out)",
					  carom_plot_name(plot));
		if (plot && carom_vector_is_complex(out))
			take_last(outcome, i, carom_vector_complex(out), carom_vector_length(out),
				  true);
		else if (plot)
			take_last(outcome, i, carom_vector_real(out), carom_vector_length(out),
				  false);
	}
	return 0;
}

double simulation_difference(const struct simulation_outcome *a, const struct simulation_outcome *b)
{
	double largest = 0;

	for (size_t i = 0; i < SIMULATION_MAX_KINDS; i++) {
		const double *x = a->last[i], *y = b->last[i];
		double size = fmax(hypot(x[0], x[1]), hypot(y[0], y[1]));

		if (a->n_parts[i] != b->n_parts[i])
			return INFINITY;
		if (size > 0)
			largest = fmax(largest, hypot(x[0] - y[0], x[1] - y[1]) / size);
	}
	return largest;
}

/* ---- by file ---- */

static int write_deck(const struct simulation *simulation, struct carom_error *err)
{
	char *text = carom_circuit_to_text(simulation->circuit, NULL);
	FILE *file = text ? fopen(simulation->deck, "we") : NULL;
	bool is_good;

	if (!text)
		return carom_fail_memory(err);
	is_good = file && fputs(text, file) >= 0;
	is_good = file && fclose(file) == 0 && is_good;
	free(text);
	return is_good ? 0 : carom_fail_errno(err, "%s", simulation->deck);
}

static int spawn_ngspice(const struct simulation *simulation, pid_t *pid, struct carom_error *err)
{
	const char *argv[] = {"ngspice", "-b", "-r", simulation->raw, simulation->deck, NULL};
	posix_spawn_file_actions_t actions;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	errno = posix_spawnp(pid, argv[0], &actions, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return errno ? carom_fail_errno(err, "ngspice") : 0;
}

static int run_ngspice(const struct simulation *simulation, struct carom_error *err)
{
	pid_t pid;
	int wait_status, status = spawn_ngspice(simulation, &pid, err);

	if (status)
		return status;
	if (waitpid(pid, &wait_status, 0) < 0)
		return carom_fail_errno(err, "ngspice");
	if (wait_status != 0)
		return carom_fail(err, CAROM_ERROR_SIMULATOR, "ngspice -b failed on %s",
				  simulation->deck);
	return 0;
}

int simulation_by_file(struct simulation *simulation, double ohms, struct carom_error *err)
{
	struct raw_file raw;
	int status = carom_element_set_value(simulation->circuit, simulation->element, ohms, err);

	if (!status)
		status = write_deck(simulation, err);
	if (!status)
		status = run_ngspice(simulation, err);
	if (!status)
		status = raw_read(&raw, simulation->raw, err);
	if (status)
		return status;
	status = outcome_of_raw(&simulation->outcome, &raw, err);
	raw_release(&raw);
	return status;
}

/* ---- in memory ---- */

static int run_session(struct simulation *simulation, struct carom_error *err)
{
	struct carom_result *result;
	int status = carom_session_run(simulation->session, &result, err);

	if (status)
		return status;
	status = outcome_of_result(&simulation->outcome, result, err);
	carom_result_free(result);
	return status;
}

int simulation_by_reload(struct simulation *simulation, double ohms, struct carom_error *err)
{
	int status = carom_element_set_value(simulation->circuit, simulation->element, ohms, err);

	if (!status)
		status = carom_session_load(simulation->session, simulation->circuit, err);
	return status ? status : run_session(simulation, err);
}

int simulation_by_alter(struct simulation *simulation, double ohms, struct carom_error *err)
{
	int status = carom_session_alter(simulation->session, "r1", ohms, err);

	return status ? status : run_session(simulation, err);
}

/* ---- as paths ---- */

static int repeat(struct simulation *simulation, simulation_fn *simulate, unsigned n,
		  struct carom_error *err)
{
	int status = 0;

	for (unsigned i = 0; i < n && !status; i++) {
		int step = (int)(simulation->count++ % N_VALUES) - N_VALUES / 2;

		status = simulate(simulation, simulation->nominal * (1 + STEP * step), err);
	}
	return status;
}

int simulation_run_file(void *simulation, unsigned n, double *seconds, struct carom_error *err)
{
	(void)seconds;
	return repeat(simulation, simulation_by_file, n, err);
}

int simulation_run_reload(void *simulation, unsigned n, double *seconds, struct carom_error *err)
{
	(void)seconds;
	return repeat(simulation, simulation_by_reload, n, err);
}

int simulation_run_alter(void *simulation, unsigned n, double *seconds, struct carom_error *err)
{
	(void)seconds;
	return repeat(simulation, simulation_by_alter, n, err);
}
