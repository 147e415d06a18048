/* SPDX-License-Identifier: BSD-3-Clause */
/* Results beside RAW files, name by name and bit by bit; what differs is printed. */
#include "support-compare.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

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

bool is_result_of_raw(const struct carom_result *ours, const struct raw_file *theirs)
{
	size_t n = carom_result_plot_count(ours);
	bool is_same = n == theirs->n_plots;

	if (!is_same)
		printf("%zu plots, ngspice has %zu\n", n, theirs->n_plots);
	for (size_t i = 0; i < n && i < theirs->n_plots; i++)
		is_same &= compare_plot(carom_result_plot(ours, i), &theirs->plots[i]);
	return is_same;
}
