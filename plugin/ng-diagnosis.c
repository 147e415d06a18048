/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of ngspice's complaints, and the choice of the one that tells the cause. */
#include "ng-diagnosis.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "ng-place.h"

/*
 * Words of ngspice 39 to 46, what they mean, and what to do.  The lowest rank is the best
 * explanation; among equals the line that came first.  A number that ends the run comes before the
 * singular matrix that was met on the way, because the solver may have overcome that.
 */
struct complaint {
	int rank;
	enum carom_status status;
	const char *words;
	const char *hint;
};

static const struct complaint complaints[] = {
	{0, CAROM_ERROR_MEMORY, "can't allocate", "there is not enough memory for this circuit"},
	{0, CAROM_ERROR_MEMORY, "Out of memory", "there is not enough memory for this circuit"},

	{1, CAROM_ERROR_NOT_FOUND, "Could not find include file", "check the path"},
	{1, CAROM_ERROR_NOT_FOUND, "Could not find library file", "check the path"},
	{1, CAROM_ERROR_NOT_FOUND, "Message: cannot open file",
	 "check the path: it begins at the deck's folder"},
	{1, CAROM_ERROR_FORMAT, "d_source word length",
	 "give each line of the file a time and a value for each output"},
	{1, CAROM_ERROR_FORMAT, "Time values in first column", "let the times of the file go up"},
	{1, CAROM_ERROR_FORMAT, "Unknown bit value", "correct the file: 0s, 1s, Us, 0r, ..."},
	{1, CAROM_ERROR_NOT_FOUND, "section definition", "check the name of the .lib section"},
	{1, CAROM_ERROR_PARAMETER, "Undefined parameter", "define it with .param"},
	{1, CAROM_ERROR_PARAMETER, "parameter mismatch for function call",
	 "give the function as many arguments as its .func has"},
	{1, CAROM_ERROR_PARAMETER, "Misplaced operator", "correct the expression"},
	{1, CAROM_ERROR_PARAMETER, "Closing \")\" not found", "correct the expression"},
	{1, CAROM_ERROR_PARAMETER, "Expression err", "correct the expression"},
	{1, CAROM_ERROR_PARAMETER, "insertnumber: fails",
	 "a parameter is a number: write a text where it is to stand"},
	{1, CAROM_ERROR_PARAMETER, "unknown parameter",
	 "correct the value or the parameter's name"},
	{1, CAROM_ERROR_PARAMETER, "no such parameter ", "check the parameter's name"},
	{1, CAROM_ERROR_MODEL, "could not find a valid modelname",
	 "define it with .model or include the library that has it"},
	{1, CAROM_ERROR_MODEL, "unable to find definition of model",
	 "define it with .model; if it is there, its type is unknown or ngspice's code models "
	 "were not loaded (Debian has them and their spinit in the package ngspice)"},
	{1, CAROM_ERROR_MODEL, "Unable to find definition of model",
	 "define it with .model or include the library that has it"},
	{1, CAROM_ERROR_MODEL, "incorrect model type", "use a model made for this element"},
	{1, CAROM_ERROR_MODEL, "unknown subckt",
	 "define it with .subckt or include the library that has it"},
	{1, CAROM_ERROR_MODEL, "Fatal error: BSIM", "check the model's parameters"},
	{1, CAROM_ERROR_MODEL, "Fatal: ", "check the model's parameters"},
	{1, CAROM_ERROR_MODEL, "parameter checking for", "check the model's parameters"},
	{1, CAROM_ERROR_EXISTS, "device already exists", "give each element its own name"},
	{1, CAROM_ERROR_SYNTAX, "Too few parameters for subcircuit",
	 "connect as many nodes as its .subckt has"},
	{1, CAROM_ERROR_SYNTAX, "Too many parameters for subcircuit",
	 "connect as many nodes as its .subckt has"},
	{1, CAROM_ERROR_SYNTAX, "Bad syntax: .if", "correct the condition"},
	{1, CAROM_ERROR_SYNTAX, "an array connection was expected",
	 "put the nets of this pin in brackets: [a]"},
	{1, CAROM_ERROR_SYNTAX, "no such function", "check the function's name"},
	{1, CAROM_ERROR_SYNTAX, "unimplemented control card", "check the card's name"},
	{1, CAROM_ERROR_SYNTAX, "Mismatch of .subckt", "end every .subckt with .ends"},
	{1, CAROM_ERROR_SYNTAX, ".end statement is missing", "end the deck with .end"},
	{1, CAROM_ERROR_TOPOLOGY, "is a shorted", "connect it to two different nodes"},
	{1, CAROM_ERROR_NOT_FOUND, "unknown controlling source",
	 "name a voltage source of the deck"},
	{1, CAROM_ERROR_ARGUMENT, "ngspice assumes default parameter",
	 "correct the range on the analysis's card"},
	{1, CAROM_ERROR_NOT_FOUND, "coupling to non-exist", "name two inductors of the deck"},
	{1, CAROM_ERROR_NOT_FOUND, "is not in the circuit", "name an element of the deck"},
	{1, CAROM_ERROR_NOT_FOUND, " not in circuit", "name a source of the deck"},
	{1, CAROM_ERROR_STATE, "No RF Port is present",
	 "make voltage sources ports: \"portnum 1 z0 50\", \"portnum 2 z0 50\""},
	{1, CAROM_ERROR_NOT_FOUND, "no such device or model name", "name an element or a model"},
	{1, CAROM_ERROR_NOT_FOUND, "No job (tran, ac, op etc.) defined",
	 "add an analysis: .op, .dc, .ac, .tran or another"},
	{1, CAROM_ERROR_VECTOR, "no data saved", "save vectors that the circuit has"},
	{1, CAROM_ERROR_VECTOR, "is not available or has zero length",
	 "check the name, and .save cards"},
	{1, CAROM_ERROR_ARGUMENT, "has no AC value", "give the source an ac magnitude"},
	{1, CAROM_ERROR_TIMESTEP, "Timestep too small; time =",
	 "soften the corner it stopped at: finite rise times, a small capacitance, a looser "
	 "reltol"},

	{2, CAROM_ERROR_TOPOLOGY, "singular matrix",
	 "give every node a path to ground and break loops of voltage sources and inductors"},

	{3, CAROM_ERROR_CONVERGENCE, "Transient op failed",
	 "no operating point was found; give .nodeset values or raise itl1 or gmin"},
	{3, CAROM_ERROR_CONVERGENCE, "solution failed -",
	 "no operating point was found; give .nodeset values or raise itl1 or gmin"},
	{3, CAROM_ERROR_CONVERGENCE, "operating point failed -",
	 "no operating point was found; give .nodeset values or raise itl1 or gmin"},
	{3, CAROM_ERROR_CONVERGENCE, "Timestep too small",
	 "no operating point was found; give .nodeset values or raise itl1 or gmin"},
	{3, CAROM_ERROR_CONVERGENCE, "iteration limit reached", "raise itl1 or itl4"},

	{4, CAROM_ERROR_SYNTAX, "parameter value out of range or the wrong type",
	 "correct the expression"},
	{4, CAROM_ERROR_SYNTAX, "must be greater than zero", "correct the card"},

	{5, CAROM_ERROR_SYNTAX, "syntax error, in expression", "correct the expression"},

	{6, CAROM_ERROR_FORMAT, "file was not read successfully", "correct the file"},
};

/* Words that only repeat that there was an error. */
static const char *const empty_words[] = {
	"ngspice.dll cannot recover", "etlist line no.", /* N in 39, n in 46 */
	"or its substitute:",         "Error on line:",
	"simulation(s) aborted",      "no circuit loaded",
};

/* Ranks of lines that no complaint matches. */
enum { RANK_REASON = 7, RANK_ERROR, RANK_TEXT, RANK_NONE };

struct cause {
	int rank;
	size_t i; /* of the message; their number if nothing explains the failure */
	const struct complaint *complaint; /* NULL: none matches */
};

static const struct complaint *find_complaint(const char *line)
{
	for (size_t i = 0; i < sizeof(complaints) / sizeof(complaints[0]); i++) {
		if (strstr(line, complaints[i].words))
			return &complaints[i];
	}
	return NULL;
}

static int says_something(const char *line)
{
	for (size_t i = 0; i < sizeof(empty_words) / sizeof(empty_words[0]); i++) {
		if (strstr(line, empty_words[i]))
			return 0;
	}
	return 1;
}

/* The card that ngspice quotes after "Error on line 4 or its substitute:", two lines up. */
static const char *quoted_card(const struct ng_messages *messages, size_t i)
{
	if (i < 2 || i == ng_messages_count(messages) ||
	    strncmp(ng_messages_get(messages, i - 2)->line, "Error on line", 13) != 0)
		return "";
	return ng_messages_get(messages, i - 1)->line;
}

/* What stands behind a quoted card is about it. */
static int rank_of(const struct ng_messages *messages, size_t i, const struct complaint *complaint)
{
	const struct ng_message *message = ng_messages_get(messages, i);

	if (complaint)
		return complaint->rank;
	if (message->kind == NG_MESSAGE_WARNING || !says_something(message->line))
		return RANK_NONE;
	if (quoted_card(messages, i)[0])
		return RANK_REASON;
	return message->kind == NG_MESSAGE_ERROR ? RANK_ERROR : RANK_TEXT;
}

static struct cause find_cause(const struct ng_messages *messages)
{
	size_t count = ng_messages_count(messages);
	struct cause cause = {RANK_NONE, count, NULL};

	for (size_t i = 0; i < count; i++) {
		const struct ng_message *message = ng_messages_get(messages, i);
		const struct complaint *complaint = find_complaint(message->line);
		int rank = rank_of(messages, i, complaint);

		if (rank < cause.rank)
			cause = (struct cause){rank, i, complaint};
	}
	return cause;
}

static const char *without_label(const char *line)
{
	static const char *const labels[] = {
		"Error: ", "ERROR: ", "Fatal error: ", "Warning: ", "Warning from checkvalid: "};

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		size_t length = strlen(labels[i]);

		if (strncmp(line, labels[i], length) == 0)
			return line + length;
	}
	return line;
}

static size_t length_without_stop(const char *words)
{
	size_t length = strlen(words);

	while (length > 0 && strchr(".:! ", words[length - 1]))
		length--;
	return length;
}

/* Its line, and those before it that tell where. */
static void quote(const struct ng_messages *messages, size_t i, struct carom_error *err)
{
	size_t first = i;

	if (quoted_card(messages, i)[0])
		first = i - 2;
	else if (i > 0 && strstr(ng_messages_get(messages, i - 1)->line, "etlist line no."))
		first = i - 1;
	for (size_t k = first; k <= i; k++) {
		size_t length = strlen(err->words);

		snprintf(err->words + length, sizeof(err->words) - length, "%s%s",
			 k > first ? "\n" : "", ng_messages_get(messages, k)->line);
	}
}

/* context: "alter r1" or "" */
static int fail_for(const struct ng_messages *messages, struct cause cause, int line,
		    const char *context, enum carom_status fallback, struct carom_error *err)
{
	static const char see[] = "see what else ngspice said: the session's log, carom run -v";
	const struct complaint *complaint = cause.complaint;
	const char *colon = context[0] ? ": " : "";
	struct carom_error made = CAROM_ERROR_INIT;
	const char *words;

	if (cause.i == ng_messages_count(messages))
		return carom_fail(err, fallback, "%s%sngspice failed and did not say why\n%s",
				  context, colon, see);
	words = without_label(ng_messages_get(messages, cause.i)->line);
	carom_fail_at(&made, complaint ? complaint->status : fallback, "", line, 0, "%s%s%.*s\n%s",
		      context, colon, (int)length_without_stop(words), words,
		      complaint ? complaint->hint : see);
	quote(messages, cause.i, &made);
	return carom_fail_as(err, &made);
}

int ng_diagnose_load(const struct ng_messages *messages, const char *const *lines, size_t n,
		     enum carom_status fallback, struct carom_error *err)
{
	struct cause cause = find_cause(messages);
	int line = 0;

	if (cause.i < ng_messages_count(messages))
		line = ng_place_find(messages, cause.i, lines, n);
	return fail_for(messages, cause, line, quoted_card(messages, cause.i), fallback, err);
}

int ng_diagnose(const struct ng_messages *messages, const char *context, enum carom_status fallback,
		struct carom_error *err)
{
	return fail_for(messages, find_cause(messages), 0, context, fallback, err);
}
