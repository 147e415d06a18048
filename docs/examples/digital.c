/* SPDX-License-Identifier: BSD-3-Clause */
/* A counter of two flip-flops: what its digital nodes did, as events. */
#include <carom.h>
#include <stdio.h>
#include <string.h>

static const char deck[] = "counter\n"
			   "vclk clk 0 pulse(0 5 1u 10n 10n 1u 2u)\n"
			   "abridge [clk] [dclk] adc\n"
			   "aff0 q0n dclk null null q0 q0n dff\n"
			   "aff1 q1n q0n null null q1 q1n dff\n"
			   "adac [q1] [out] dac\n"
			   "rload out 0 1k\n"
			   ".model adc adc_bridge(in_low=1 in_high=4)\n"
			   ".model dac dac_bridge(out_low=0 out_high=5)\n"
			   ".model dff d_dff(ic=0)\n"
			   ".tran 0.1u 9u\n"
			   ".end\n";

static void print_events(const struct carom_plot *plot, const char *node)
{
	const struct carom_events *events = carom_plot_find_event(plot, node);

	printf("%s:", node);
	for (size_t i = 0; events && i < events->n; i++)
		printf(" %s at %.3f us%s", events->values[i], events->times[i] * 1e6,
		       i + 1 < events->n ? "," : "\n");
}

int main(void)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_session *session;
	struct carom_result *result;

	carom_circuit_import_text(&circuit, deck, strlen(deck), "counter", NULL, &err);
	carom_session_open(&session, NULL, &err);
	carom_session_load(session, circuit, &err);
	if (carom_session_run(session, &result, &err) == CAROM_OK) {
		print_events(carom_result_plot(result, 0), "q0");
		print_events(carom_result_plot(result, 0), "q1");
	} else {
		fprintf(stderr, "digital: %s\n", err.text);
	}
	carom_result_free(result);
	carom_session_close(session);
	carom_circuit_free(circuit);
	return err.status != CAROM_OK;
}
