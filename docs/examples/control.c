/* SPDX-License-Identifier: BSD-3-Clause */
/* A control loop round an RC filter: the controller in C, then the same one inside of the deck. */
#include <carom.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* v(in) is twice the error e = 1 V - v(out) and 2000 per second times its integral. */
#define PLANT "r1 in out 1k\nc1 out 0 1u ic=0\nr2 out 0 10k\n.tran 10u 10m 0 5u uic\n.end\n"
static const char in_host[] = "loop\nv1 in 0 external\n" PLANT;
static const char in_deck[] = "loop\nb1 in 0 v=2*(1-v(out))+2000*v(sum)\n"
			      "b2 0 sum i=1-v(out)\nc2 sum 0 1 ic=0\n" PLANT;
enum { N = 100 };
struct controller {
	double time, error, slope, integral; /* at the last point of the simulation */
};

/* The simulator asks for what lies ahead of that point: there the error goes on as it did. */
static double drive(void *arg, const char *name, double time)
{
	const struct controller *c = arg;
	double ahead = time - c->time, error = c->error + c->slope * ahead;
	(void)name;
	return 2 * error + 2000 * (c->integral + (c->error + error) / 2 * ahead);
}

static bool measure(void *arg, const struct carom_block *block)
{
	struct controller *c = arg;
	double delta = block->columns[0][0] - c->time, error = 1 - block->columns[1][0];
	*c = (struct controller){c->time + delta, error, delta > 0 ? (error - c->error) / delta : 0,
				 c->integral + (c->error + error) / 2 * delta};
	return true;
}

/* v(out) at the times of the grid. */
static void run(const char *deck, const double grid[N], double out[N])
{
	struct controller controller = {.error = 1};
	struct carom_session_options options = {
		.size = sizeof(options), .source = drive, .cosim_arg = &controller};
	struct carom_run_options stream = {sizeof(stream), .stream = measure, .n_columns = 1,
					   .stream_arg = &controller,
					   .columns = (const char *[]){"v(out)"}};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session = NULL;
	struct carom_circuit *circuit = NULL;
	struct carom_result *result = NULL, *even = NULL;
	const struct carom_vector *output;

	carom_circuit_import_text(&circuit, deck, strlen(deck), "loop", NULL, &err);
	carom_session_open(&session, &options, &err);
	carom_session_load(session, circuit, &err);
	if (carom_session_run_with(session, &stream, &result, &err) ||
	    carom_plot_interpolate(carom_result_plot(result, 0), grid, N, &even, &err)) {
		fprintf(stderr, "control: %s\n", err.text);
		exit(1);
	}
	output = carom_plot_find_vector(carom_result_plot(even, 0), "v(out)");
	memcpy(out, carom_vector_real(output), N * sizeof(double));
	carom_result_free(even);
	carom_result_free(result);
	carom_session_close(session);
	carom_circuit_free(circuit);
}

int main(void)
{
	double grid[N], host[N], deck[N], distance = 0;

	for (int i = 0; i < N; i++)
		grid[i] = (i + 1) * 99e-6;
	run(in_host, grid, host);
	run(in_deck, grid, deck);
	for (int i = 0; i < N; i++)
		distance = fmax(distance, fabs(host[i] - deck[i]));
	printf("v(out) %.4f at 1 ms, %.4f at the end\ndistance of the two loops: %.1e V\n", host[9],
	       host[N - 1], distance);
}
