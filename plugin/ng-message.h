/* SPDX-License-Identifier: BSD-3-Clause */
/* What ngspice says: classified line by line, and the lines that may explain a failure kept. */
#ifndef PLUGIN_NG_MESSAGE_H
#define PLUGIN_NG_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "ng-session.h"

enum {
	NG_LINE_SIZE = 256, /* of a kept line; the rest is cut */
	NG_KEPT_FIRST = 16, /* the cause comes first, */
	NG_KEPT_LAST = 16,  /* the consequence last; what is between is dropped */
	NG_ANSWER_SIZE = 32,
};

struct ng_message {
	enum ng_message_kind kind;
	char line[NG_LINE_SIZE];
};

/* The warnings, errors and their details since the last clear.  Nothing is allocated. */
struct ng_messages {
	struct ng_message first[NG_KEPT_FIRST];
	struct ng_message last[NG_KEPT_LAST]; /* a ring */
	size_t n;                             /* messages worth keeping, kept or not */
	size_t n_errors;                      /* of them errors */
	size_t n_faults; /* of these such that ngspice's own verdict does not count */
	size_t n_details; /* of them lines of stderr that no table knows: the rest of an error, mostly */
	char answer[NG_ANSWER_SIZE]; /* the last line on stdout, if it was asked for */
	bool wants_answer;
};

/*
 * Kind of a line as ngspice's SendChar passes it ("stderr Error: ...").  *words: the line without
 * the stream.  The stream alone tells nothing: a good run may print forty lines on stderr.
 */
enum ng_message_kind ng_message_classify(const char *line, const char **words);

void ng_messages_clear(struct ng_messages *messages);
/* Take note of a line.  Returns its kind; *words as above. */
enum ng_message_kind ng_messages_add(struct ng_messages *messages, const char *line,
				     const char **words);

/* Number of messages that are kept, and the i-th of them in the order they came. */
size_t ng_messages_count(const struct ng_messages *messages);
const struct ng_message *ng_messages_get(const struct ng_messages *messages, size_t i);

/* "** ngspice-39 shared library": copies "39" and returns true. */
bool ng_message_version(const char *words, char *version, size_t size);

#endif
