/* SPDX-License-Identifier: BSD-3-Clause */
/* A plot as CSV. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "carom-plot.h"

static void write_name(FILE *file, const struct carom_vector *vector, const char *part)
{
	const char *name = carom_vector_name(vector), *unit = carom_vector_unit(vector);
	bool is_quoted = strpbrk(name, ",\" ") || *unit || *part;

	fputs(is_quoted ? "\"" : "", file);
	for (; *name; name++)
		fputs(*name == '"' ? "\"\"" : (char[]){*name, '\0'}, file);
	if (*part)
		fprintf(file, " %s", part);
	if (*unit)
		fprintf(file, " [%s]", unit);
	fputs(is_quoted ? "\"" : "", file);
}

static void write_head(FILE *file, const struct carom_plot *plot)
{
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);

		fputs(i ? "," : "", file);
		if (!carom_vector_is_complex(vector)) {
			write_name(file, vector, "");
			continue;
		}
		write_name(file, vector, "re");
		fputs(",", file);
		write_name(file, vector, "im");
	}
	fputs("\n", file);
}

static void write_value(FILE *file, double value)
{
	char digits[NUMBER_SIZE];

	number_print(digits, value);
	fputs(digits, file);
}

/* A vector shorter than the plot (a device parameter read once) leaves its cells empty. */
static void write_point(FILE *file, const struct carom_plot *plot, size_t point)
{
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);
		const double *pairs = carom_vector_complex(vector);
		bool is_there = point < carom_vector_length(vector);

		fputs(i ? "," : "", file);
		if (is_there)
			write_value(file,
				    pairs ? pairs[2 * point] : carom_vector_real(vector)[point]);
		if (!pairs)
			continue;
		fputs(",", file);
		if (is_there)
			write_value(file, pairs[2 * point + 1]);
	}
	fputs("\n", file);
}

CAROM_API int carom_plot_write_csv(const struct carom_plot *plot, const char *path,
				   struct carom_error *err)
{
	bool is_stdout = strcmp(path, "-") == 0;
	FILE *file = is_stdout ? stdout : fopen(path, "we");
	bool failed;

	if (!file)
		return carom_fail_errno(err, "cannot write %s", path);
	write_head(file, plot);
	for (size_t i = 0; i < carom_plot_point_count(plot); i++)
		write_point(file, plot, i);
	failed = fflush(file) != 0 || ferror(file);
	if (!is_stdout)
		failed |= fclose(file) != 0;
	return failed ? carom_fail_errno(err, "cannot write %s", path) : 0;
}
