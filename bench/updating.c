/* SPDX-License-Identifier: BSD-3-Clause */
/* A parameter edited again and again: the circuit loaded anew, or brought in line. */
#include "updating.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include <jansson.h>

#include "base/error.h"
#include "carom-edit.h"
#include "carom-session.h"
#include "child.h"
#include "netlist.h"

#define N_REACHED 10 /* elements that the parameter reaches */
#define N_VALUES 21

struct updating {
	bool loads;
	unsigned n;
	unsigned count;
	bool is_check; /* written by the parent: simulate afterwards */
	double last;   /* of the last node, written by the child */
	struct carom_circuit *circuit;
	struct carom_session *session;
};

/* Resistors to ground at nodes of the ladder, each of a value that the parameter gives. */
static int add_reached(struct carom_circuit *circuit, unsigned n, struct carom_error *err)
{
	char card[80];

	carom_circuit_add_card(circuit, ".param leak=1meg", err);
	for (unsigned i = 1; i <= N_REACHED; i++) {
		snprintf(card, sizeof(card), "rleak%u n%u 0 {leak*%u}", i, i * (n / 4) / N_REACHED,
			 i);
		carom_add_element(circuit, card, err);
	}
	carom_circuit_add_card(circuit, ".op", err);
	carom_circuit_add_card(circuit, ".save v(n100)", err);
	return err->status;
}

static int open_updating(void *context, struct carom_error *err)
{
	struct updating *updating = context;
	const struct netlist netlist = {NETLIST_LADDER, false, updating->n};

	updating->circuit = netlist_build(&netlist, err);
	if (!updating->circuit || add_reached(updating->circuit, updating->n, err))
		return err->status;
	if (!carom_session_open(&updating->session, NULL, err))
		carom_session_load(updating->session, updating->circuit, err);
	return err->status;
}

static void close_updating(void *context)
{
	struct updating *updating = context;

	carom_session_close(updating->session);
	carom_circuit_free(updating->circuit);
}

static int simulate(struct updating *updating, struct carom_error *err)
{
	struct carom_result *result;
	int status = carom_session_run(updating->session, &result, err);

	if (status)
		return status;
	updating->last = carom_vector_real(
		carom_plot_find_vector(carom_result_plot(result, 0), "v(n100)"))[0];
	carom_result_free(result);
	return 0;
}

static int follow(struct updating *updating, struct carom_error *err)
{
	struct carom_update update = {0};

	carom_circuit_set_param(updating->circuit, "leak",
				1e6 + 1e3 * (updating->count++ % N_VALUES), err);
	if (updating->loads)
		return carom_session_load(updating->session, updating->circuit, err);
	if (carom_session_update(updating->session, updating->circuit, &update, err))
		return err->status;
	return update.n_values == N_REACHED
		       ? 0
		       : carom_fail(err, CAROM_ERROR_STATE, "%zu values set, not %d: %s",
				    update.n_values, N_REACHED, update.reason);
}

static int run_updating(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	struct updating *updating = context;
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++)
		status = follow(updating, err);
	return !status && updating->is_check ? simulate(updating, err) : status;
}

/* The same value of the parameter gives the same. */
static int check(struct child *const *children, struct updating *updatings, struct carom_error *err)
{
	int status = 0;

	for (int i = 0; i < 2 && !status; i++) {
		double seconds;

		updatings[i].is_check = true;
		status = child_run(children[i], 3, &seconds, err);
		updatings[i].is_check = false;
	}
	if (!status && !(fabs(updatings[0].last - updatings[1].last) <= 1e-9 * updatings[0].last))
		status = carom_fail(err, CAROM_ERROR_STATE, "v(n100) is %.17g, not %.17g",
				    updatings[1].last, updatings[0].last);
	return status;
}

static int run_case(struct bench *bench, struct bench_case *the_case, struct updating *updatings,
		    struct carom_error *err)
{
	static const struct child_service service = {open_updating, run_updating, close_updating};
	static const char *const names[] = {"load", "update"};
	struct child *children[2] = {NULL};
	int status = 0;

	for (int i = 0; i < 2 && !status; i++) {
		status = child_start(&children[i], &service, &updatings[i], err);
		the_case->paths[i] = (struct bench_path){names[i], child_run, children[i], 0, NULL};
	}
	if (!status)
		status = check(children, updatings, err);
	if (!status)
		status = bench_run(bench, the_case, err);
	for (int i = 0; i < 2; i++)
		child_stop(children[i]);
	return status;
}

int updating_measure(struct bench *bench, unsigned n, struct carom_error *err)
{
	struct bench_case the_case = {
		.name = "circuit-update",
		.text = "a .param edited, and a session brought in line",
		.n_paths = 2,
		.facts = json_pack("{s:i, s:i}", "components", (int)n, "reached", N_REACHED)};
	struct updating *updatings = child_alloc(2 * sizeof(*updatings));
	int status = CAROM_ERROR_MEMORY;

	if (updatings) {
		updatings[0] = (struct updating){.loads = true, .n = n};
		updatings[1] = (struct updating){.n = n};
		status = run_case(bench, &the_case, updatings, err);
		child_free(updatings, 2 * sizeof(*updatings));
	} else {
		carom_fail_memory(err);
	}
	json_decref(the_case.facts);
	return status;
}
