/* SPDX-License-Identifier: BSD-3-Clause */
/* Writers of RAW files, one for each simulator, as plain as can be. */
#include "support-simulators.h"

#include <endian.h>
#include <stdio.h>
#include <string.h>

#include "support.h"

/* ---- signals ---- */

static size_t points_of_step(const struct signals *signals)
{
	return signals->n_points / (signals->n_steps > 1 ? signals->n_steps : 1);
}

double signal_value(const struct signals *signals, size_t variable, size_t point, bool imaginary)
{
	double at = (double)(point % points_of_step(signals));

	if (variable == 0)
		return imaginary ? 0 : signals->is_complex ? 1024 * (at + 1) : at / 1024;
	return (imaginary ? -0.5 : 0.25) * (double)(variable * 4 + 1) + (double)(point % 4096) / 8;
}

/* ---- bytes ---- */

static void put_double(struct text *file, double value, bool is_big)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	bits = is_big ? htobe64(bits) : htole64(bits);
	text_append_n(file, (const char *)&bits, sizeof(bits));
}

static void put_float(struct text *file, double value)
{
	float rounded = (float)value;
	uint32_t bits;

	memcpy(&bits, &rounded, sizeof(bits));
	bits = htole32(bits);
	text_append_n(file, (const char *)&bits, sizeof(bits));
}

/* A header in 16 bits, as LTspice has it. */
static void put_wide(struct text *file, const char *string)
{
	for (; *string; string++) {
		text_append_char(file, *string);
		text_append_char(file, '\0');
	}
}

/* ---- a plot ---- */

struct writer {
	struct text *file;
	const struct signals *signals;
	unsigned flags;
};

static bool has(const struct writer *writer, unsigned flag)
{
	return (writer->flags & flag) != 0;
}

static double value_of(const struct writer *writer, size_t variable, size_t point, bool imaginary)
{
	double value = signal_value(writer->signals, variable, point, imaginary);

	if (variable == 0 && has(writer, WRITER_NEGATIVE) && point % 3 == 1)
		value = -value;
	return value;
}

static void put_value(const struct writer *writer, size_t variable, size_t point, bool is_big)
{
	put_double(writer->file, value_of(writer, variable, point, false), is_big);
	if (writer->signals->is_complex)
		put_double(writer->file, value_of(writer, variable, point, true), is_big);
}

static void put_points(const struct writer *writer, bool is_big)
{
	for (size_t point = 0; point < writer->signals->n_points; point++)
		for (size_t i = 0; i < writer->signals->n_variables; i++)
			put_value(writer, i, point, is_big);
}

/* format: how a number is printed; gap: between the number of a point and its first value. */
static void put_text(const struct writer *writer, const char *format, const char *gap,
		     const char *line_end, const char *point_end)
{
	const struct signals *signals = writer->signals;

	for (size_t point = 0; point < signals->n_points; point++) {
		text_printf(writer->file, "%zu%s", point % points_of_step(signals), gap);
		for (size_t i = 0; i < signals->n_variables; i++) {
			char number[64];

			text_append(writer->file, i > 0 ? "\t" : "");
			snprintf(number, sizeof(number), format, value_of(writer, i, point, false));
			text_append(writer->file, number);
			if (signals->is_complex) {
				snprintf(number, sizeof(number), format,
					 value_of(writer, i, point, true));
				text_printf(writer->file, ",%s", number);
			}
			text_append(writer->file, line_end);
		}
		text_append(writer->file, point_end);
	}
}

static void put_names(const struct writer *writer, struct text *head, const char *line_end)
{
	for (size_t i = 0; i < writer->signals->n_variables; i++) {
		text_printf(head, "\t%zu\t", i);
		if (i > 0)
			text_printf(head, "v(n%zu)\tvoltage%s", i, line_end);
		else if (writer->signals->is_complex)
			text_printf(head, "frequency\tfrequency%s", line_end);
		else
			text_printf(head, "time\ttime%s", line_end);
	}
}

static const char *plot_name(const struct writer *writer)
{
	return writer->signals->is_complex ? "AC Analysis" : "Transient Analysis";
}

static const char *number_type(const struct writer *writer)
{
	return writer->signals->is_complex ? "complex" : "real";
}

static size_t count_of(const struct writer *writer)
{
	return has(writer, WRITER_NO_COUNT) ? 0 : writer->signals->n_points;
}

/* ---- simulators ---- */

static void write_ngspice(const struct writer *writer)
{
	text_printf(writer->file, "Title: * signals\nDate: Mon Nov 23 18:00:00  2026\n");
	if (!has(writer, WRITER_OLD))
		text_printf(writer->file, "Command: ngspice-44.2, Build today\n");
	text_printf(writer->file,
		    "Plotname: %s\nFlags: %s\nNo. Variables: %zu\nNo. Points: %-8zu\nVariables:\n",
		    plot_name(writer), number_type(writer), writer->signals->n_variables,
		    count_of(writer));
	put_names(writer, writer->file, "\n");
	text_append(writer->file, has(writer, WRITER_TEXT) ? "Values:\n" : "Binary:\n");
	if (has(writer, WRITER_TEXT))
		put_text(writer, "%.15e", "\t\t", "\n", "");
	else
		put_points(writer,
			   has(writer, WRITER_SWAPPED) != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__));
}

static void put_ltspice_values(const struct writer *writer)
{
	const struct signals *signals = writer->signals;
	bool by_variable = has(writer, WRITER_FASTACCESS);
	size_t n_outer = by_variable ? signals->n_variables : signals->n_points;
	size_t n_inner = by_variable ? signals->n_points : signals->n_variables;

	for (size_t outer = 0; outer < n_outer; outer++)
		for (size_t inner = 0; inner < n_inner; inner++) {
			size_t variable = by_variable ? outer : inner;
			size_t point = by_variable ? inner : outer;

			if (variable == 0 || signals->is_complex || has(writer, WRITER_DOUBLE))
				put_value(writer, variable, point, false);
			else
				put_float(writer->file, value_of(writer, variable, point, false));
		}
}

static void put_zero_record(const struct writer *writer)
{
	size_t size = has(writer, WRITER_DOUBLE) || writer->signals->is_complex ? 8 : 4;

	for (size_t i = 8 + size * (writer->signals->n_variables - 1); i > 0; i--)
		text_append_char(writer->file, '\0');
}

static void write_ltspice(const struct writer *writer)
{
	const char *line_end = has(writer, WRITER_TEXT) ? "\r\n" : "\n";
	struct text head = TEXT_INIT;

	text_printf(&head,
		    "Title: * C:\\signals.asc%sDate: Mon Nov 23 18:00:00 2026%sPlotname: %s%s"
		    "Flags: %s forward%s%s%s%s",
		    line_end, line_end, plot_name(writer), line_end, number_type(writer),
		    writer->signals->n_steps > 1 ? " stepped" : "",
		    has(writer, WRITER_FASTACCESS) ? " fastaccess" : "",
		    has(writer, WRITER_DOUBLE) ? " double" : "", line_end);
	text_printf(&head,
		    "No. Variables: %zu%sNo. Points: %12zu%sOffset:   0.0000000000000000e+000%s"
		    "Command: Linear Technology Corporation LTspice XVII%sVariables:%s",
		    writer->signals->n_variables, line_end, count_of(writer), line_end, line_end,
		    line_end, line_end);
	put_names(writer, &head, line_end);
	text_printf(&head, "%s:%s", has(writer, WRITER_TEXT) ? "Values" : "Binary", line_end);
	if (writer->flags & (WRITER_NARROW | WRITER_TEXT))
		text_append(writer->file, text_string(&head));
	else
		put_wide(writer->file, text_string(&head));
	text_release(&head);
	if (has(writer, WRITER_TEXT))
		put_text(writer, "%.15e", "\t\t", "\r\n", "");
	else
		put_ltspice_values(writer);
	if (has(writer, WRITER_ZERO_RECORD))
		put_zero_record(writer);
}

static void write_qspice(const struct writer *writer)
{
	const struct signals *signals = writer->signals;

	text_printf(writer->file,
		    "Title: * C:\\signals.qsch\nDate: Mon Nov 23 18:00:00 2026\nPlotname: %s\n"
		    "Flags: %s%s\nAbscissa: 0 1e-3 lin\nNo. Variables: %zu\nNo. Points: %zu\n"
		    ".param gain=2\n.alias twice (2*V(n1))\nVariables:\n",
		    plot_name(writer), number_type(writer), signals->n_steps > 1 ? " stepped" : "",
		    signals->n_variables, count_of(writer));
	put_names(writer, writer->file, "\n");
	text_append(writer->file, "Binary:\n");
	for (size_t point = 0; point < signals->n_points; point++)
		for (size_t i = 0; i < signals->n_variables; i++)
			if (i == 0)
				put_double(writer->file, value_of(writer, i, point, false), false);
			else
				put_value(writer, i, point, false);
}

static void write_xyce(const struct writer *writer)
{
	text_printf(writer->file,
		    "Title: signals.cir\nDate: Mon Nov 23 18:00:00 2026\nPlotname: %s\nFlags: %s\n"
		    "No. Variables: %zu\nNo. Points: %-18zu\nVariables:\n",
		    plot_name(writer), number_type(writer), writer->signals->n_variables,
		    count_of(writer));
	put_names(writer, writer->file, "\n");
	text_append(writer->file, has(writer, WRITER_TEXT) ? "Values:\n" : "Binary:\n");
	if (has(writer, WRITER_TEXT))
		put_text(writer, "%.17e", "\t", "\n", "\n");
	else
		put_points(writer, __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);
	if (has(writer, WRITER_ADJOINT))
		text_append(writer->file, "Index,Objective,Sensitivity\n0,1.0,2.0\n");
}

/* The first variable stands on the line "Variables:"; units in place of types. */
static void write_spectre(const struct writer *writer)
{
	bool is_complex = writer->signals->is_complex;

	if (!has(writer, WRITER_LATER))
		text_append(writer->file, "Title: signals\nDate: 6:00:00 PM, Mon Nov 23, 2026\n");
	text_printf(writer->file,
		    "Plotname: %s\nFlags: %s\nNo. Variables: %zu\nNo. Points: %zu\nVariables:",
		    plot_name(writer), number_type(writer), writer->signals->n_variables,
		    count_of(writer));
	for (size_t i = 0; i < writer->signals->n_variables; i++)
		text_printf(writer->file, "\t%zu\t%s%.0zu\t%s\n", i,
			    i > 0        ? "v"
			    : is_complex ? "freq"
					 : "time",
			    i,
			    i > 0        ? "V plot=0 grid=0"
			    : is_complex ? "Hz"
					 : "s");
	text_append(writer->file, has(writer, WRITER_TEXT) ? "Values:\n" : "Binary:\n");
	if (has(writer, WRITER_TEXT))
		put_text(writer, "%.16g", " ", "\n", "");
	else
		put_points(writer, true);
}

void write_signals(struct text *file, enum carom_raw_dialect dialect, const struct signals *signals,
		   unsigned flags)
{
	const struct writer writer = {file, signals, flags};

	if (dialect == CAROM_RAW_LTSPICE)
		write_ltspice(&writer);
	else if (dialect == CAROM_RAW_QSPICE)
		write_qspice(&writer);
	else if (dialect == CAROM_RAW_XYCE)
		write_xyce(&writer);
	else if (dialect == CAROM_RAW_SPECTRE)
		write_spectre(&writer);
	else
		write_ngspice(&writer);
	assert_false(file->failed);
}

/* ---- reading them again ---- */

struct carom_raw *open_bytes(const struct text *file)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = NULL;

	carom_raw_open_memory(&raw, file->data, file->length, "memory", NULL, &err);
	assert_ok(&err);
	return raw;
}

static void compare_column(const struct carom_raw_variable *variable, const double *column,
			   const struct signals *signals, size_t index, const char *file, int line)
{
	unsigned width = variable->is_complex ? 2 : 1;

	for (size_t point = 0; point < signals->n_points; point++)
		for (unsigned part = 0; part < width; part++)
			support_assert_same_bits(column[width * point + part],
						 signal_value(signals, index, point, part == 1),
						 file, line);
}

void support_assert_signals(const struct carom_raw_plot *plot, const struct signals *signals,
			    const char *file, int line)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw_columns *columns = NULL;

	carom_raw_plot_read_columns(plot, NULL, 0, NULL, &columns, &err);
	support_assert_ok(&err, file, line);
	_assert_int_equal(carom_raw_columns_count(columns), signals->n_variables, file, line);
	_assert_int_equal(carom_raw_columns_point_count(columns), signals->n_points, file, line);
	for (size_t i = 0; i < signals->n_variables; i++) {
		const struct carom_raw_variable *variable = carom_raw_plot_variable(plot, i);

		_assert_int_equal(variable->is_complex, i > 0 && signals->is_complex, file, line);
		compare_column(variable, carom_raw_columns_data(columns, i), signals, i, file,
			       line);
	}
	carom_raw_columns_free(columns);
}
