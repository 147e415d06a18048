/* SPDX-License-Identifier: BSD-3-Clause */
/* RAW files of ngspice, LTspice, QSPICE, Xyce and Spectre: plots, variables, columns of values. */
#ifndef CAROM_RAW_H
#define CAROM_RAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carom-error.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * An open file, and one of its plots, which is borrowed from it.  Opening reads the headers; values
 * are read when they are asked for, and only those.  Source of the formats: docs/raw-format.md.
 *
 * Thread rule: any number of threads may read at the same time; one closes, when no other reads.
 *
 * A file is mapped.  While a call reads it, SIGBUS is answered by a handler of the library, which
 * passes on to the host's what is not its own: should the file become shorter under way, the call
 * fails with ERROR_SYSTEM, and so do all later ones.
 */
struct carom_raw;
struct carom_raw_plot;

/* Who wrote the file: the simulators differ in what they write. */
enum carom_raw_dialect {
	CAROM_RAW_AUTO, /* find out */
	CAROM_RAW_NGSPICE,
	CAROM_RAW_LTSPICE,
	CAROM_RAW_QSPICE,
	CAROM_RAW_XYCE,
	CAROM_RAW_SPECTRE
};
const char *carom_raw_dialect_name(enum carom_raw_dialect dialect); /* "ngspice"; "auto" */

struct carom_raw_options {
	size_t size; /* sizeof(struct carom_raw_options) */
	enum carom_raw_dialect dialect;
	bool accept_cut; /* a file that ends early is read up to there, with a warning */
};

/*
 * Open a file, or length bytes of memory, which are borrowed until the close and never changed; name
 * is for messages.  options NULL: all defaults.  *raw is set on success.  ERROR_FORMAT with the byte
 * offset in err->offset if it is no such file or ends early; ERROR_ARGUMENT for what is not a
 * regular file; ERROR_SYSTEM.
 */
int carom_raw_open(struct carom_raw **raw, const char *path,
		   const struct carom_raw_options *options, struct carom_error *err);
int carom_raw_open_memory(struct carom_raw **raw, const void *bytes, size_t length,
			  const char *name, const struct carom_raw_options *options,
			  struct carom_error *err);
void carom_raw_close(struct carom_raw *raw);

enum carom_raw_dialect carom_raw_dialect(const struct carom_raw *raw);
size_t carom_raw_plot_count(const struct carom_raw *raw);
/* In the order of the file; NULL beyond the last. */
const struct carom_raw_plot *carom_raw_plot(const struct carom_raw *raw, size_t index);

/*
 * What is odd about the file but could be read around: "plot 2: 24 bytes follow the data".  NULL
 * beyond the last.
 */
size_t carom_raw_warning_count(const struct carom_raw *raw);
const char *carom_raw_warning(const struct carom_raw *raw, size_t index);

const char *carom_raw_plot_name(const struct carom_raw_plot *plot);  /* "Transient Analysis" */
const char *carom_raw_plot_title(const struct carom_raw_plot *plot); /* of the circuit; may be "" */
size_t carom_raw_plot_point_count(const struct carom_raw_plot *plot);
bool carom_raw_plot_is_complex(const struct carom_raw_plot *plot);
bool carom_raw_plot_is_text(const struct carom_raw_plot *plot); /* values as text, not binary */

/*
 * All lines of the header before the variables, in their order.  Text is UTF-8: headers in UTF-16
 * are converted, those in 8 bits that are not UTF-8 are taken for Latin-1.  "Command:" is a line as
 * any other; nothing is ever executed.
 */
struct carom_raw_line {
	const char *key;   /* "No. Points", ".param"; "" if the line has none */
	const char *value; /* without the blanks around it */
};
size_t carom_raw_plot_line_count(const struct carom_raw_plot *plot);
const struct carom_raw_line *carom_raw_plot_line(const struct carom_raw_plot *plot,
						 size_t index); /* NULL beyond the last */
/* Value of the first line with this key, in any case; NULL if there is none. */
const char *carom_raw_plot_find_line(const struct carom_raw_plot *plot, const char *key);

struct carom_raw_variable {
	const char *name;       /* "v(out)" */
	const char *type;       /* "voltage"; of Spectre the unit */
	const char *unit;       /* "V"; "" if it has none or none is known */
	const char *attributes; /* what else its line says: "grid=3"; mostly "" */
	bool is_complex;        /* never a time or frequency that comes first */
	size_t n_points;        /* less than the plot's where vectors differ in length */
};
size_t carom_raw_plot_variable_count(const struct carom_raw_plot *plot);
const struct carom_raw_variable *carom_raw_plot_variable(const struct carom_raw_plot *plot,
							 size_t index); /* NULL beyond the last */
/* Number of the first variable of this name, in any case; SIZE_MAX if there is none. */
size_t carom_raw_plot_find_variable(const struct carom_raw_plot *plot, const char *name);

/* done of total bytes or values; not 0 cancels the read.  Called by the thread that reads. */
typedef int carom_raw_progress_fn(void *arg, uint64_t done, uint64_t total);

struct carom_raw_range {
	size_t size;     /* sizeof(struct carom_raw_range) */
	size_t first;    /* point to begin with */
	size_t n_points; /* 0: all from there on */
	unsigned
		n_threads; /* 0: one for little, else one for each of up to four CPUs; of binary values */
	carom_raw_progress_fn *progress; /* NULL: none */
	void *progress_arg;
};

/*
 * Read n of a plot's variables, by number, into columns of the caller's: columns[i] takes a double
 * for each point, of a complex variable two, real and imaginary part.  range NULL: all points.
 * Where a variable has no value, because it is shorter than the plot, it becomes NAN.
 *
 * ERROR_ARGUMENT for a variable or points that are not there; ERROR_FORMAT with the byte offset for
 * text that is no number; ERROR_SYSTEM if the file became shorter; ERROR_CANCELLED.  After a failure
 * the columns hold anything.
 */
int carom_raw_plot_read(const struct carom_raw_plot *plot, const size_t *variables, size_t n,
			double *const *columns, const struct carom_raw_range *range,
			struct carom_error *err);

/* Columns in memory of the library's, to be freed by carom_raw_columns_free. */
struct carom_raw_columns;

/* The same into such memory.  variables NULL: all of the plot, n is not used. */
int carom_raw_plot_read_columns(const struct carom_raw_plot *plot, const size_t *variables,
				size_t n, const struct carom_raw_range *range,
				struct carom_raw_columns **columns, struct carom_error *err);
void carom_raw_columns_free(struct carom_raw_columns *columns);
size_t carom_raw_columns_count(const struct carom_raw_columns *columns);
size_t carom_raw_columns_point_count(const struct carom_raw_columns *columns);
/* Aligned to 64 bytes; NULL beyond the last. */
const double *carom_raw_columns_data(const struct carom_raw_columns *columns, size_t index);

/* Values where they stand in memory, native doubles: value i at first + i * stride bytes. */
struct carom_raw_view {
	const void *first; /* aligned to nothing in particular: copy values by memcpy */
	size_t stride;
	size_t n_points;
};

/*
 * A variable without copying, of a file in memory (carom_raw_open_memory): of a complex one pairs.
 * ERROR_STATE if this needs a copy: the file is mapped and may become shorter, the values are text,
 * floats, of the other byte order or need correction, or the variable's length differs.  The view
 * lasts as long as the bytes.
 */
int carom_raw_plot_view(const struct carom_raw_plot *plot, size_t variable,
			struct carom_raw_view *view, struct carom_error *err);

/*
 * Where the steps of a plot begin, and what was stepped: owned by the caller, valid after the close.
 *
 * A plot with the flag "stepped" (LTspice, QSPICE) has the points of all steps: one begins where the
 * first variable returns to its first value.  The values are in a log of the simulator, as ".step
 * r=1k": the file named, or with log NULL the one beside the RAW file, if there is one ("amp.log" of
 * "amp.raw" and "amp.op.raw").  A log with a line for each point makes each point a step.  Any other
 * plot is one step.  Fails as carom_raw_plot_read does, and with ERROR_SYSTEM if the log that was
 * named cannot be read.
 */
struct carom_raw_steps;
int carom_raw_plot_find_steps(const struct carom_raw_plot *plot, const char *log,
			      struct carom_raw_steps **steps, struct carom_error *err);
void carom_raw_steps_free(struct carom_raw_steps *steps);
size_t carom_raw_steps_count(const struct carom_raw_steps *steps);
/* First point of a step; behind the last step the number of points. */
size_t carom_raw_steps_first(const struct carom_raw_steps *steps, size_t index);
/* "r=1k temp=27"; "" if the log has not as many lines as there are steps. */
const char *carom_raw_steps_values(const struct carom_raw_steps *steps, size_t index);

#ifdef __cplusplus
}
#endif

#endif
