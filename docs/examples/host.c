/* SPDX-License-Identifier: BSD-3-Clause */
/* A host application: a circuit built by calls, simulated, edited, simulated again, studied. */
#include <carom.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void check(const struct carom_error *err)
{
	if (err->status != CAROM_OK) {
		fprintf(stderr, "host: %s\n", err->text);
		exit(1);
	}
}

static void run(struct carom_session *session, const struct carom_circuit *circuit)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result = NULL;

	carom_session_load(session, circuit, &err);
	carom_session_run(session, &result, &err);
	check(&err);
	const struct carom_plot *plot = carom_result_plot(result, 0);
	const double *out = carom_vector_complex(carom_plot_find_vector(plot, "v(out)"));
	size_t n = carom_plot_point_count(plot);
	printf("%zu points, last |v(out)|: %.4f\n", n, hypot(out[2 * n - 2], out[2 * n - 1]));
	carom_result_free(result);
}

int main(int argc, char **argv)
{
	const char *store = argc > 1 ? argv[1] : "host.zarr";
	struct carom_study_options options = {sizeof(options), .store = store, .overwrite = true};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session = NULL;
	struct carom_circuit *c = carom_circuit_new("RC low-pass", &err);
	struct carom_net in = carom_net(c, "in", &err), out = carom_net(c, "out", &err);
	struct carom_net ground = carom_circuit_ground(c);
	struct carom_element r1 = carom_add_resistor(c, "r1", in, out, 1e3, &err);
	carom_add_voltage_source(c, "v1", in, ground, "dc 0 ac 1", &err);
	carom_add_capacitor(c, "c1", out, ground, 1e-9, &err);
	carom_circuit_add_card(c, ".ac dec 20 1k 1meg", &err);
	carom_session_open(&session, NULL, &err);
	check(&err);
	run(session, c);
	carom_element_set_value(c, r1, 2e3, &err);
	run(session, c);
	carom_session_close(session);
	struct carom_study *study = carom_study_new(c, &err);
	carom_study_vary(study, "r1 c1 gauss 1% each", &err);
	carom_study_measure(study, "f3db cross(db(v(out)), -3.0103, fall, 1)", &err);
	carom_study_set_samples(study, 100, &err);
	carom_study_run(study, &options, &err);
	check(&err);
	printf("%.0f samples per second\n", carom_study_facts(study)->rate_hz);
	carom_study_free(study);
	carom_circuit_free(c);
	return 0;
}
