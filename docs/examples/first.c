/* SPDX-License-Identifier: BSD-3-Clause */
/* A deck, simulated in this process: open, load, run, read. */
#include <carom.h>
#include <stdio.h>

/* What there is in a result: plots of vectors of doubles. */
static void print_result(const struct carom_result *result)
{
	for (size_t i = 0; i < carom_result_plot_count(result); i++) {
		const struct carom_plot *plot = carom_result_plot(result, i);

		printf("%s: %zu points\n", carom_plot_name(plot), carom_plot_point_count(plot));
		for (size_t k = 0; k < carom_plot_vector_count(plot); k++) {
			const struct carom_vector *vector = carom_plot_vector(plot, k);

			printf("  %s [%s]%s\n", carom_vector_name(vector),
			       carom_vector_unit(vector),
			       carom_vector_is_complex(vector) ? ", complex" : "");
		}
	}
}

int main(int argc, char **argv)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_session *session;
	struct carom_result *result;

	carom_circuit_import_file(&circuit, argc > 1 ? argv[1] : "rc.cir", NULL, &err);
	carom_session_open(&session, NULL, &err);
	carom_session_load(session, circuit, &err);
	if (carom_session_run(session, &result, &err) == CAROM_OK) {
		const struct carom_plot *ac = carom_result_find_plot(result, "ac");
		const double *f = carom_vector_complex(carom_plot_scale(ac));
		const double *out = carom_vector_complex(carom_plot_find_vector(ac, "v(out)"));

		print_result(result);
		printf("at %g Hz: %.4f %+.4fi V\n", f[0], out[0], out[1]);
	} else {
		fprintf(stderr, "first: %s\n", err.text);
	}
	carom_result_free(result);
	carom_session_close(session);
	carom_circuit_free(circuit);
	return err.status != CAROM_OK;
}
