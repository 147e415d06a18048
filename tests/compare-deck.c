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
#include <string.h>
#include <strings.h>

#include "carom-session.h"
#include "support-raw.h"

enum { SAME, DIFFERENT, REFUSED = 3, FAILED };

static const double *data_of(const struct carom_vector *vector)
{
	return carom_vector_is_complex(vector) ? carom_vector_complex(vector)
					       : carom_vector_real(vector);
}

/*
 * A RAW file says "v(x)" of all that is taken for a voltage, "v(v-sweep)" too, and "i(x)" of
 * "x#branch", "x#branch_1_0" and "@x[i]".
 */
static bool is_same_name(const char *ours, const char *theirs)
{
	size_t length = strlen(theirs);

	if (strcasecmp(ours, theirs) == 0)
		return true;
	if (length < 3 || !strchr("vi", theirs[0]) || theirs[1] != '(')
		return false;
	if (strncasecmp(ours, theirs + 2, length - 3) != 0)
		return false;
	ours += length - 3;
	return *ours == '\0' || strncmp(ours, "#branch", 7) == 0;
}

/* "ngspice -r" does not set the imaginary part of a frequency. */
static bool compare_bits(const char *plot, const struct carom_vector *ours,
			 const struct raw_plot *theirs, const struct raw_vector *vector)
{
	size_t width = theirs->is_complex ? 2 : 1;
	size_t step = theirs->is_complex && strcmp(vector->name, "frequency") == 0 ? 2 : 1;
	const double *data = data_of(ours);

	for (size_t i = 0; i < theirs->n_points * width; i += step) {
		if (memcmp(&data[i], &vector->data[i], sizeof(*data)) == 0)
			continue;
		printf("%s: %s: point %zu is %.17g, ngspice has %.17g\n", plot, vector->name,
		       i / width, data[i], vector->data[i]);
		return false;
	}
	return true;
}

static bool compare_vector(const struct carom_plot *plot, const struct raw_plot *theirs,
			   size_t index)
{
	const char *name = carom_plot_name(plot);
	const struct raw_vector *vector = &theirs->vectors[index];
	const struct carom_vector *ours = carom_plot_vector(plot, index);

	if (!is_same_name(carom_vector_name(ours), vector->name)) {
		printf("%s: vector %zu is %s, ngspice has %s\n", name, index,
		       carom_vector_name(ours), vector->name);
		return false;
	}
	if (carom_vector_is_complex(ours) != theirs->is_complex) {
		printf("%s: %s is %s\n", name, vector->name,
		       theirs->is_complex ? "real" : "complex");
		return false;
	}
	if (carom_vector_length(ours) != theirs->n_points) {
		printf("%s: %s has %zu points, ngspice has %zu\n", name, vector->name,
		       carom_vector_length(ours), theirs->n_points);
		return false;
	}
	return compare_bits(name, ours, theirs, vector);
}

static bool compare_plot(const struct carom_plot *ours, const struct raw_plot *theirs)
{
	bool has_header_alone = theirs->n_vectors == 0 && carom_plot_vector_count(ours) > 0 &&
				carom_vector_length(carom_plot_vector(ours, 0)) == 0;
	bool is_same = has_header_alone || carom_plot_vector_count(ours) == theirs->n_vectors;

	if (!is_same)
		printf("%s (%s): %zu vectors, ngspice has %zu\n", carom_plot_name(ours),
		       theirs->name, carom_plot_vector_count(ours), theirs->n_vectors);
	for (size_t i = 0; i < theirs->n_vectors && i < carom_plot_vector_count(ours); i++)
		is_same &= compare_vector(ours, theirs, i);
	return is_same;
}

static bool compare(const struct carom_result *ours, const struct raw_file *theirs)
{
	size_t n = carom_result_plot_count(ours);
	bool is_same = n == theirs->n_plots;

	if (!is_same)
		printf("%zu plots, ngspice has %zu\n", n, theirs->n_plots);
	for (size_t i = 0; i < n && i < theirs->n_plots; i++)
		is_same &= compare_plot(carom_result_plot(ours, i), &theirs->plots[i]);
	return is_same;
}

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
	if (status)
		return status;
	if (raw_read(&theirs, argv[1], &err)) {
		carom_result_free(ours);
		return fail(&err, DIFFERENT);
	}
	status = compare(ours, &theirs) ? SAME : DIFFERENT;
	raw_release(&theirs);
	carom_result_free(ours);
	return status;
}
