/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * usage: compare-deck RAW DECK [--control]
 *
 * Simulates the deck (--control: as a trusted one) by the library, without lint, and compares every vector of every plot with those
 * of the RAW file, which "ngspice -b -r" wrote: number of plots, number, names and kinds of their
 * vectors, lengths, and the bits.  Prints what differs.  Exit status: 0 the same, 1 different, 3 the
 * deck is refused, 4 it does not run.
 */
#include <stdio.h>

#include "carom-session.h"
#include "support-compare.h"

enum { SAME, DIFFERENT, REFUSED = 3, FAILED };

static int fail(const struct carom_error *err, int status)
{
	char text[2048];

	printf("%s\n", carom_error_format(err, text, sizeof(text)));
	return status;
}

static int simulate(const char *deck, const struct carom_import_options *options,
		    struct carom_result **result)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_session *session = NULL;
	int status = SAME;

	if (carom_circuit_import_file(&circuit, deck, options, &err))
		return fail(&err, REFUSED);
	carom_session_open(&session, NULL, &err);
	carom_session_load(session, circuit, &err);
	if (carom_session_run(session, result, &err))
		status = fail(&err, FAILED);
	carom_session_close(session);
	carom_circuit_free(circuit);
	return status;
}

int main(int argc, char **argv)
{
	struct carom_import_options options = {.size = sizeof(options)};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *ours = NULL;
	struct raw_file theirs;
	int status;

	if (argc < 3)
		return fputs("usage: compare-deck RAW DECK [--control]\n", stderr), 2;
	options.is_trusted = argc > 3;
	status = simulate(argv[2], &options, &ours);
	if (status) { /* there may be a result as far as it got */
		carom_result_free(ours);
		return status;
	}
	if (raw_read(&theirs, argv[1], &err)) {
		carom_result_free(ours);
		return fail(&err, DIFFERENT);
	}
	status = is_result_of_raw(ours, &theirs) ? SAME : DIFFERENT;
	raw_release(&theirs);
	carom_result_free(ours);
	return status;
}
