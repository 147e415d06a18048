/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One pass through the text.  Simulators differ in blanks, line ends and empty lines, so all of these
 * separate values and nothing else is asked of them.
 */
#include "raw/ascii.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/block.h"
#include "base/mem.h"
#include "raw/ascii-number.h"

struct ascii_mark {
	pthread_mutex_t lock;
	size_t point,
		at; /* the point begins at this byte, or blanks before it do; 0, 0: not known */
};

struct ascii_mark *ascii_mark_new(void)
{
	struct ascii_mark *mark = mem_zalloc(1, sizeof(*mark));

	if (mark)
		pthread_mutex_init(&mark->lock, NULL);
	return mark;
}

void ascii_mark_free(struct ascii_mark *mark)
{
	if (mark)
		pthread_mutex_destroy(&mark->lock);
	mem_free(mark);
}

struct scan {
	const char *begin; /* of the file */
	const char *at, *end;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct scan *scan)
{
	while (scan->at < scan->end && is_blank(*scan->at))
		scan->at++;
}

/* Sixteen characters at once, while there are so many. */
static void skip_to_blank(struct scan *scan)
{
	for (; scan->end - scan->at >= BLOCK_SIZE; scan->at += BLOCK_SIZE) {
		block text = block_load(scan->at);
		unsigned blanks = block_bits((block)(text == ' ') | (block)(text == '\t') |
					     (block)(text == '\n') | (block)(text == '\r'));

		if (blanks) {
			scan->at += __builtin_ctz(blanks);
			return;
		}
	}
	while (scan->at < scan->end && !is_blank(*scan->at))
		scan->at++;
}

/* False if there is none, or the text ends with it, so that more of it may be missing. */
static bool skip_word(struct scan *scan)
{
	skip_blanks(scan);
	skip_to_blank(scan);
	return scan->at < scan->end;
}

static struct scan scan_of(const struct ascii *ascii, const struct source *source)
{
	const char *bytes = (const char *)source->bytes;

	return (struct scan){bytes, bytes + ascii->begin, bytes + ascii->end};
}

size_t ascii_count(const struct ascii *ascii, const struct source *source, size_t most)
{
	struct scan scan = scan_of(ascii, source);
	size_t n = 0;

	for (; n < most && !atomic_load(&source->is_broken); n++)
		for (size_t i = 0; i <= ascii->n_variables; i++)
			if (!skip_word(&scan))
				return n;
	return n;
}

/* ---- values ---- */

/* A variable that is wanted, and for which column; by variables in their order. */
struct want {
	size_t variable, column;
};

struct ascii_reader {
	struct reading *reading;
	const struct ascii *ascii;
	struct scan scan;
	struct want *wants; /* reading->n, and one that no variable has */
	struct carom_error *err;
};

static int fail_early(const struct ascii_reader *reader, size_t point)
{
	return source_fail(reader->reading->source, reader->ascii->end, reader->err,
			   "the values end within point %zu of %zu", point,
			   reader->reading->first + reader->reading->n_points);
}

enum { QUOTED = 20 };

/* The word that begins here is not what it should be; perhaps as the text ends within it. */
static int fail(const struct ascii_reader *reader, size_t point, const char *what)
{
	struct scan word = reader->scan;
	size_t length;

	if (!skip_word(&word))
		return fail_early(reader, point);
	length = (size_t)(word.at - reader->scan.at);
	return source_fail(reader->reading->source, (size_t)(reader->scan.at - reader->scan.begin),
			   reader->err, "\"%.*s\" is no %s",
			   (int)(length < QUOTED ? length : QUOTED), reader->scan.at, what);
}

static bool take_number(struct scan *scan, double *value)
{
	size_t used = ascii_number_read(scan->at, (size_t)(scan->end - scan->at), value);

	scan->at += used;
	return used > 0;
}

static bool take(struct scan *scan, char c)
{
	if (scan->at == scan->end || *scan->at != c)
		return false;
	scan->at++;
	return true;
}

/* "1.5", "1.5,0.5" or "(1.5,0.5)". */
static bool take_value(struct scan *scan, double value[2])
{
	bool is_enclosed = take(scan, '(');

	value[1] = 0;
	if (!take_number(scan, &value[0]))
		return false;
	if (take(scan, ',') && !take_number(scan, &value[1]))
		return false;
	if (is_enclosed && !take(scan, ')'))
		return false;
	return scan->at == scan->end || is_blank(*scan->at);
}

/* The number of a point says nothing: with steps it begins anew. */
static bool take_index(struct scan *scan)
{
	const char *begin = scan->at;

	while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
		scan->at++;
	if (scan->at > begin && (scan->at == scan->end || is_blank(*scan->at)))
		return true;
	scan->at = begin;
	return false;
}

static void store(const struct ascii_reader *reader, const struct want *want, size_t point,
		  const double value[2])
{
	const struct reading *reading = reader->reading;
	double *to = reading->columns[want->column];
	size_t i = point - reading->first;

	if (reading->of_plot[want->variable].is_complex) {
		to[2 * i] = value[0];
		to[2 * i + 1] = value[1];
	} else if (want->variable == 0 && reader->ascii->is_magnitude) {
		to[i] = fabs(value[0]);
	} else {
		to[i] = value[0];
	}
}

static bool has_value(const struct ascii_reader *reader, size_t variable, size_t point)
{
	return point < reader->reading->of_plot[variable].n_points;
}

/* The next value, or past it if it is not wanted; false if there is none. */
static bool pass_value(struct ascii_reader *reader, bool is_wanted, double value[2])
{
	struct scan scan = reader->scan;

	if (!is_wanted) {
		skip_word(&reader->scan);
		return true;
	}
	if (!take_value(&scan, value))
		return false;
	reader->scan = scan;
	return true;
}

static int read_point(struct ascii_reader *reader, size_t point)
{
	const struct want *want = reader->wants;

	skip_blanks(&reader->scan);
	if (!take_index(&reader->scan))
		return fail(reader, point, "number of a point");
	for (size_t i = 0; i < reader->ascii->n_variables; i++) {
		double value[2] = {(double)NAN, (double)NAN};

		if (has_value(reader, i, point)) {
			skip_blanks(&reader->scan);
			if (!pass_value(reader, want->variable == i, value))
				return fail(reader, point, "number");
			if (reader->scan.at == reader->scan.end)
				return fail_early(reader, point);
		}
		for (; want->variable == i; want++)
			store(reader, want, point, value);
	}
	return 0;
}

/* The mark, or the beginning where that lies behind what is wanted.  Returns the point. */
static size_t go_to_mark(struct ascii_reader *reader)
{
	struct ascii_mark *mark = reader->ascii->mark;
	size_t point = 0;

	pthread_mutex_lock(&mark->lock);
	if (mark->point > 0 && mark->point <= reader->reading->first) {
		point = mark->point;
		reader->scan.at = reader->scan.begin + mark->at;
	}
	pthread_mutex_unlock(&mark->lock);
	return point;
}

static void set_mark(const struct ascii_reader *reader)
{
	struct ascii_mark *mark = reader->ascii->mark;

	pthread_mutex_lock(&mark->lock);
	mark->point = reader->reading->first + reader->reading->n_points;
	mark->at = (size_t)(reader->scan.at - reader->scan.begin);
	pthread_mutex_unlock(&mark->lock);
}

static int skip_points(struct ascii_reader *reader)
{
	for (size_t point = go_to_mark(reader); point < reader->reading->first; point++) {
		size_t n = 1;

		for (size_t i = 0; i < reader->ascii->n_variables; i++)
			n += has_value(reader, i, point);
		for (; n > 0; n--)
			if (!skip_word(&reader->scan))
				return fail_early(reader, point);
	}
	return 0;
}

enum { BETWEEN_REPORTS = 256 << 10 };

static int read_points(struct ascii_reader *reader)
{
	struct reading *reading = reader->reading;
	const char *reported = reader->scan.at;
	int status = 0;

	for (size_t i = 0; i < reading->n_points && !status; i++) {
		size_t done = (size_t)(reader->scan.at - reported);

		if (done >= BETWEEN_REPORTS) {
			reported = reader->scan.at;
			if (!reading_go_on(reading, done))
				return carom_fail(reader->err, CAROM_ERROR_CANCELLED,
						  "the read was cancelled");
		}
		status = read_point(reader, reading->first + i);
	}
	return status;
}

static int compare(const void *a, const void *b)
{
	const struct want *left = a, *right = b;

	return (left->variable > right->variable) - (left->variable < right->variable);
}

int ascii_read(struct reading *reading, const struct ascii *ascii, struct carom_error *err)
{
	struct ascii_reader reader = {.reading = reading,
				      .ascii = ascii,
				      .scan = scan_of(ascii, reading->source),
				      .wants = mem_zalloc(reading->n + 1, sizeof(*reader.wants)),
				      .err = err};
	int status;

	if (!reader.wants)
		return carom_fail_memory(err);
	for (size_t i = 0; i < reading->n; i++)
		reader.wants[i] = (struct want){reading->variables[i], i};
	qsort(reader.wants, reading->n, sizeof(*reader.wants), compare);
	reader.wants[reading->n].variable = SIZE_MAX;
	status = skip_points(&reader);
	if (!status)
		status = read_points(&reader);
	if (!status)
		set_mark(&reader);
	mem_free(reader.wants);
	return status;
}
