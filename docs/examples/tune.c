/* SPDX-License-Identifier: BSD-3-Clause */
/* An amplifier stage built by calls; its bias resistor is tuned until the collector is at 5 V. */
#include <carom.h>
#include <math.h>
#include <stdio.h>

static struct carom_circuit *build(struct carom_element *bias, struct carom_error *err)
{
	struct carom_circuit *c = carom_circuit_new("amplifier stage", err);
	struct carom_net supply = carom_net(c, "vcc", err), ground = carom_circuit_ground(c);
	struct carom_net base = carom_net(c, "b", err), collector = carom_net(c, "c", err);
	struct carom_net emitter = carom_net(c, "e", err);

	carom_add_voltage_source(c, "vcc", supply, ground, "dc 12", err);
	carom_circuit_add_model(c, "npn1", "npn", "bf=200 is=1e-14", err);
	carom_add_bjt(c, "q1", collector, base, emitter, "npn1", NULL, err);
	carom_add_resistor(c, "rc", supply, collector, 4.7e3, err);
	carom_add_resistor(c, "re", emitter, ground, 1e3, err);
	carom_add_resistor(c, "r2", base, ground, 10e3, err);
	*bias = carom_add_resistor(c, "r1", supply, base, 47e3, err);
	carom_circuit_add_card(c, ".op", err);
	return c;
}

/* The voltage of the collector with this value; the circuit stays loaded, one number is set. */
static double collector_voltage(struct carom_session *session, struct carom_circuit *c,
				struct carom_element bias, double ohms, struct carom_error *err)
{
	struct carom_result *result = NULL;
	double volts = NAN;

	carom_element_set_value(c, bias, ohms, err);
	carom_session_update(session, c, NULL, err);
	if (carom_session_run(session, &result, err) == CAROM_OK)
		volts = carom_vector_real(
			carom_plot_find_vector(carom_result_plot(result, 0), "v(c)"))[0];
	carom_result_free(result);
	return volts;
}

int main(void)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	struct carom_element bias;
	struct carom_circuit *c = build(&bias, &err);
	double low = 20e3, high = 200e3; /* too much current, too little */

	carom_session_open(&session, NULL, &err);
	while (!err.status && high - low > 1) {
		double middle = (low + high) / 2;

		if (collector_voltage(session, c, bias, middle, &err) < 5)
			low = middle;
		else
			high = middle;
	}
	if (err.status)
		fprintf(stderr, "tune: %s\n", err.text);
	else
		printf("r1 = %.1f kohm\n", high / 1e3);
	carom_session_close(session);
	carom_circuit_free(c);
	return err.status != CAROM_OK;
}
