/* SPDX-License-Identifier: BSD-3-Clause */
/* Sessions and decks for the tests of the plugin. */
#include "support-ng.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 2000, MOST_BYTES = 100000 };

/* A case that fails leaves its session, which would fail all cases after it. */
static struct ng_session *current;

struct ng_session *start_ng(const struct ng_options *options)
{
	static const struct ng_options defaults;
	struct carom_error err = CAROM_ERROR_INIT;

	stop_ng(current);
	ng_session_open(&current, options ? options : &defaults, &err);
	assert_ok(&err);
	return current;
}

void stop_ng(struct ng_session *session)
{
	ng_session_close(session);
	current = NULL;
}

int load_ng(struct ng_session *session, const char *text, struct carom_error *err)
{
	static char bytes[MOST_BYTES];
	static const char *lines[MOST_LINES];
	size_t n = 0;
	char *line = bytes;

	assert_true(strlen(text) < sizeof(bytes));
	strcpy(bytes, text);
	while (line && n < MOST_LINES - 1)
		lines[n++] = strsep(&line, "\n");
	lines[n++] = ".end";
	return ng_session_load(session, lines, n, err);
}

static const char clipper[] = "t\nv1 in 0 dc 1 ac 1 pulse(0 1 0 1n 1n 1u 2u)\nr1 in out 1k\n"
			      "c1 out 0 1n\nd1 out 0 dd\n.model dd d(is=1e-14)\n";

struct ng_session *start_clipper(void)
{
	struct ng_options options = {.sees_points = true};

	return start_ng(&options);
}

void load_clipper(struct ng_session *session, const char *analyses)
{
	char text[1000];
	struct carom_error err = CAROM_ERROR_INIT;

	snprintf(text, sizeof(text), "%s%s", clipper, analyses);
	load_ng(session, text, &err);
	assert_ok(&err);
}

void run_ng(struct ng_session *session, const char *text)
{
	struct carom_error err = CAROM_ERROR_INIT;

	load_ng(session, text, &err);
	assert_ok(&err);
	ng_session_run(session, &err);
	assert_ok(&err);
}

double ng_value(struct ng_session *session, const char *expression, size_t i)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_vector vector;

	ng_session_evaluate(session, NULL, "slot", expression, &vector, &err);
	assert_ok(&err);
	assert_true(i < vector.length);
	return vector.data[vector.is_complex ? 2 * i : i];
}

void assert_ng_error(const struct carom_error *err, enum carom_status status, const char *words)
{
	char said[sizeof(*err)];

	carom_error_format(err, said, sizeof(said));
	if (err->status != status || !strstr(said, words))
		fail_msg("expected %s with \"%s\", got %s: %s", carom_status_name(status), words,
			 carom_status_name(err->status), said);
}

bool is_version_since(const char *version, double first)
{
	return strtod(version, NULL) >= first;
}
