/* SPDX-License-Identifier: BSD-3-Clause */
/* Statuses and the error object that every call of the library fills. */
#ifndef CAROM_ERROR_H
#define CAROM_ERROR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One list yields the enum, the names and the texts.  Success is 0; every failure is negative.
 * X(name, number, text)
 */
#define CAROM_STATUS_LIST(X)                                     \
	X(OK, 0, "success")                                      \
	X(ERROR_MEMORY, -1, "out of memory")                     \
	X(ERROR_ARGUMENT, -2, "invalid argument")                \
	X(ERROR_STATE, -3, "not allowed in this state")          \
	X(ERROR_SYSTEM, -4, "operating system error")            \
	X(ERROR_LIBRARY, -5, "libngspice cannot be used")        \
	X(ERROR_NOT_FOUND, -6, "not found")                      \
	X(ERROR_EXISTS, -7, "already exists")                    \
	X(ERROR_SYNTAX, -8, "syntax error")                      \
	X(ERROR_MODEL, -9, "model error")                        \
	X(ERROR_PARAMETER, -10, "parameter error")               \
	X(ERROR_TOPOLOGY, -11, "circuit topology error")         \
	X(ERROR_CONVERGENCE, -12, "no convergence")              \
	X(ERROR_TIMESTEP, -13, "time step too small")            \
	X(ERROR_VECTOR, -14, "unknown vector or bad expression") \
	X(ERROR_MEASURE, -15, "measurement cannot be taken")     \
	X(ERROR_LIMIT, -16, "limit exceeded")                    \
	X(ERROR_CANCELLED, -17, "cancelled")                     \
	X(ERROR_POISONED, -18, "simulator asked to be unloaded") \
	X(ERROR_CRASHED, -19, "simulator process died")          \
	X(ERROR_TRUST, -20, "not allowed in an untrusted deck")  \
	X(ERROR_FORMAT, -21, "malformed data")                   \
	X(ERROR_SIMULATOR, -22, "simulation failed")             \
	X(ERROR_INTERNAL, -23, "internal error")

enum carom_status {
#define CAROM_STATUS_ENUM(name, number, text) CAROM_##name = (number),
	CAROM_STATUS_LIST(CAROM_STATUS_ENUM)
#undef CAROM_STATUS_ENUM
};

/*
 * An error, owned by the caller.  Start with CAROM_ERROR_INIT.  The first error wins: a call that
 * fails leaves an error that is already set as it is, so that a run of calls can share one error
 * that is looked at in the end.  All functions accept NULL where they take a struct carom_error *.
 *
 * source is the file (or the name given to text in memory) the error is in, "" if none; line and
 * column count from 1, 0 if unknown; offset is a byte offset in a binary file, -1 if none.
 *
 * text says what failed, hint what to do about it, words what ngspice said, line by line; "" where
 * there is nothing to say.
 */
struct carom_error {
	enum carom_status status;
	int line;
	int column;
	int64_t offset;
	char source[240];
	char text[760];
	char hint[240];
	char words[360];
};

#define CAROM_ERROR_INIT                           \
	{                                          \
		CAROM_OK, 0, 0, -1, "", "", "", "" \
	}

/* Make *err as new.  Thread rule: any thread that owns err. */
void carom_error_clear(struct carom_error *err);

/* The enumerator's name without its prefix, e.g. "ERROR_SYNTAX"; "?" for an unknown number. */
const char *carom_status_name(int status);

/* A short text for a status, e.g. "syntax error". */
const char *carom_status_text(int status);

/*
 * Write "source:line:column: text; hint" (what is known of it) into buffer as one line, cut to
 * size, always terminated.  Returns buffer.
 */
char *carom_error_format(const struct carom_error *err, char *buffer, unsigned long size);

#ifdef __cplusplus
}
#endif

#endif
