/* SPDX-License-Identifier: BSD-3-Clause */
/* One expression of numparam's language turned into operations. */
#ifndef CIRCUIT_COMPILE_H
#define CIRCUIT_COMPILE_H

#include "circuit/machine.h"
#include "circuit/scope.h"

/* Not an error: a parameter is nested too deep in others; compile *needed first and try again. */
#define COMPILE_AGAIN 1

struct compiler {
	struct scope *scope;
	const struct carom_circuit *lexical; /* the circuit whose functions are known */
	const struct slot *asking;           /* the parameter under compilation, NULL if none is */
	unsigned depth;                      /* of nesting: parentheses, functions, parameters */
	unsigned n_params;                   /* parameters whose values are under compilation */
	size_t budget;                       /* tokens that may still be read */
	struct slot_place needed;
	struct carom_error *err;
};

enum {
	COMPILE_MAX_DEPTH = 400,     /* parentheses and functions in one another */
	COMPILE_MAX_TOKENS = 1 << 22 /* of one expression with its functions written out */
};

struct source;

/* An argument of a .func: put in the place of its name, in parentheses unless it is one word. */
struct argument {
	const char *text, *end;
	const struct source *source; /* of the call */
};

enum { MAX_ARGUMENTS = 64 };

/* What a text under compilation is part of. */
struct source {
	const char *begin;
	struct origin origin;
	const struct function *function; /* it is the body of; NULL: none */
	const struct argument *arguments;
};

/* 0, COMPILE_AGAIN or an error. */
int compile_text(struct compiler *compiler, const char *text, size_t length, struct origin origin,
		 struct operand *value);

/* The operand of a parameter that the compiler meets (evaluate.c); 0, COMPILE_AGAIN or an error. */
int compile_slot(struct compiler *compiler, struct slot_place place, struct operand *value);

/* ---- the files of the compiler for one another ---- */

int compile_fail(struct compiler *compiler, const struct source *source, const char *at,
		 enum carom_status status, const char *what, size_t length);

/* The call text of a statistical function; arguments as numparam has them: two of two are 0 and 2. */
int compile_draw(struct compiler *compiler, enum draw_function function, const char *text,
		 size_t length, const struct operand arguments[3], struct operand *value);

/* A text by itself, as if in parentheses; or in the place of a word among others. */
int compile_group(struct compiler *compiler, const struct source *source, const char *text,
		  const char *end, struct operand *value);
int compile_words(struct compiler *compiler, struct machine *machine, const struct source *source,
		  const char *text, const char *end, bool is_last);

/* A value that stood in parentheses: argument of a function named before, or by itself. */
int compile_parenthesised(struct compiler *compiler, struct machine *machine,
			  const struct source *source, const char *at, struct operand value,
			  bool is_last);

/*
 * The parenthesis that closes what begins at text, NULL if none does; commas: the first and the last
 * between them, NULL if there is none.
 */
const char *compile_find_close(const struct source *source, const char *text, const char *end,
			       const char *commas[2]);

/*
 * A name at name..*text that is a user's function called there, or an argument of the function
 * under compilation: *is_read, and *text moves behind it.
 */
int compile_call(struct compiler *compiler, struct machine *machine, const struct source *source,
		 const char *name, const char **text, const char *end, bool is_last, bool *is_read);

static inline bool compile_is_blank(char c)
{
	return (unsigned char)c <= ' ';
}

#endif
