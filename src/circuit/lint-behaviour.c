/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Expressions of B sources of which ngspice 39 dies: its parser (parser/inpptree.c) reads arguments
 * that are not there, and points of pwl that are no numbers or out of order.
 */
#include <string.h>

#include "base/name.h"
#include "base/number.h"
#include "circuit/expression.h"
#include "circuit/functions.h"
#include "circuit/lint.h"

struct behaviour {
	struct lint *lint;
	const struct carom_circuit *circuit;
	uint32_t card;
	const struct function_table *functions;
	const char *text, *end;
};

/* A function call: the text between its parentheses. */
struct call {
	const char *name;
	size_t name_length;
	const char *begin, *end;
};

static const struct {
	const char *name;
	unsigned n_arguments;
} arities[] = {{"pow", 2}, {"pwr", 2}, {"min", 2}, {"max", 2}, {"ternary_fcn", 3}};

#define REPORT(behaviour, rule, ...) \
	lint_add((behaviour)->lint, (behaviour)->circuit, (behaviour)->card, rule, __VA_ARGS__)

/* The next argument of a call from *at on; false behind the last. */
static bool next_argument(const struct call *call, const char **at, const char **begin,
			  size_t *length)
{
	unsigned depth = 0;
	const char *p = *at;

	if (p > call->end)
		return false;
	*begin = p;
	for (; p < call->end && (depth > 0 || *p != ','); p++) {
		depth += *p == '(';
		depth -= *p == ')' && depth > 0;
	}
	*length = (size_t)(p - *begin);
	*at = p + 1;
	return true;
}

static unsigned count_arguments(const struct call *call)
{
	const char *at = call->begin, *begin;
	unsigned count = 0;
	size_t length;

	while (next_argument(call, &at, &begin, &length))
		count++;
	return count;
}

/* number_read passes over what follows the number, which may be a unit but no operator. */
static bool is_number(const char *text, size_t length, double *value)
{
	static const char operators[] = "+-*/^()?:<>=!&|{}'";
	size_t used;

	while (length > 0 && (*text == ' ' || *text == '\t')) {
		text++;
		length--;
	}
	if (!number_read(text, length, value, &used))
		return false;
	for (size_t i = used; i < length; i++) {
		if (strchr(operators, text[i]))
			return false;
	}
	return true;
}

/* pwl(x, x1, y1, x2, y2, ...) */
static void check_pwl(const struct behaviour *behaviour, const struct call *call)
{
	const char *at = call->begin, *begin;
	unsigned count = count_arguments(call);
	double last = 0, value;
	size_t length;

	if (count < 5 || count % 2 == 0) {
		REPORT(behaviour, RULE_ARGUMENT_COUNT,
		       "pwl needs an expression and two points x, y at least: pwl(v(a), 0, 0, 1, "
		       "2)");
		return;
	}
	for (unsigned i = 0; next_argument(call, &at, &begin, &length); i++) {
		if (i == 0)
			continue;
		if (!is_number(begin, length, &value)) {
			REPORT(behaviour, RULE_BAD_EXPRESSION,
			       "pwl: \"%.*s\" is no number, as its points must be", (int)length,
			       begin);
			return;
		}
		if (i % 2 == 0)
			continue;
		if (i > 1 && value <= last) {
			REPORT(behaviour, RULE_BAD_EXPRESSION,
			       "pwl: the x of its points must increase, but %g follows %g", value,
			       last);
			return;
		}
		last = value;
	}
}

static unsigned arity_of(const struct call *call)
{
	for (size_t i = 0; i < sizeof(arities) / sizeof(arities[0]); i++) {
		if (strlen(arities[i].name) == call->name_length &&
		    name_compare_n(call->name, arities[i].name, call->name_length) == 0)
			return arities[i].n_arguments;
	}
	return 1;
}

static bool call_is(const struct call *call, const char *name)
{
	return strlen(name) == call->name_length &&
	       name_compare_n(call->name, name, call->name_length) == 0;
}

static void check_call(const struct behaviour *behaviour, const struct call *call)
{
	unsigned arity = arity_of(call);
	unsigned count = count_arguments(call);

	if (!language_has_function(LANGUAGE_BEHAVIOUR, call->name, call->name_length) ||
	    is_drawn_function(call->name, call->name_length))
		return;
	if (behaviour->functions && function_find(behaviour->functions, behaviour->circuit,
						  call->name, call->name_length) != NAME_NONE)
		return;
	if (call_is(call, "pwl") || call_is(call, "pwl_derivative"))
		check_pwl(behaviour, call);
	else if (count != arity)
		REPORT(behaviour, RULE_ARGUMENT_COUNT, "%.*s takes %u argument%s, not %u",
		       (int)call->name_length, call->name, arity, arity > 1 ? "s" : "", count);
}

static const char *find_close(const char *open, const char *end)
{
	unsigned depth = 0;

	for (const char *p = open; p < end; p++) {
		depth += *p == '(';
		if (*p == ')' && --depth == 0)
			return p;
	}
	return NULL;
}

static void see_function(void *arg, const struct reference *reference)
{
	const struct behaviour *behaviour = arg;
	struct call call = {reference->text, reference->length, NULL, NULL};
	const char *open = reference->text + reference->length;

	if (reference->kind != REFERENCE_FUNCTION)
		return;
	while (open < behaviour->end && *open != '(')
		open++;
	call.begin = open + 1;
	call.end = find_close(open, behaviour->end);
	if (call.end)
		check_call(behaviour, &call);
}

/* ngspice passes over ")" that close nothing. */
static bool is_closed(const struct behaviour *behaviour)
{
	int depth = 0;

	for (const char *p = behaviour->text; p < behaviour->end; p++) {
		depth += *p == '(';
		depth -= *p == ')';
	}
	return depth <= 0;
}

void lint_behaviour(struct lint *lint, const struct carom_circuit *circuit, uint32_t card,
		    const struct function_table *functions, const char *text, size_t length)
{
	struct behaviour behaviour = {lint, circuit, card, functions, text, text + length};

	if (is_closed(&behaviour))
		expression_each_reference(text, length, LANGUAGE_BEHAVIOUR, see_function,
					  &behaviour);
	else
		REPORT(&behaviour, RULE_BAD_EXPRESSION,
		       "\"%.*s\": there is a \"(\" without its \")\"",
		       (int)(length > 60 ? 60 : length), text);
}

void lint_open_probe(struct lint *lint, const struct carom_circuit *circuit, uint32_t card,
		     const char *text, size_t length)
{
	for (size_t i = length; i-- > 0 && text[i] != ')';) {
		if (text[i] != '(' || i == 0 || !strchr("vViI", text[i - 1]))
			continue;
		lint_add(lint, circuit, card, RULE_BAD_EXPRESSION,
			 "\"%.*s\" has no \")\", of which ngspice dies even if the branch is not "
			 "taken",
			 (int)(length - i + 1 > 60 ? 60 : length - i + 1), text + i - 1);
		return;
	}
}
