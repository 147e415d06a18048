/* SPDX-License-Identifier: BSD-3-Clause */
/* ngspice's output lines: their kinds by their words, and a bounded memory of them. */
#include "ng-message.h"

#include <string.h>

/*
 * Words at the start of a line, or anywhere in one of stderr ("*" first), by which ngspice 26 to 46
 * announces what it says.  The first match counts.
 */
static const struct {
	const char *words;
	enum ng_message_kind kind;
} stderr_kinds[] = {
	{"*ngspice assumes default parameter", NG_MESSAGE_ERROR}, /* 46: not what the card says */
	{"*singular matrix", NG_MESSAGE_WARNING}, /* may follow "Trying gmin = ..." */
	{"Trying gmin", NG_MESSAGE_NOTE},
	{"Supplies reduced", NG_MESSAGE_NOTE},
	{"Note", NG_MESSAGE_NOTE},
	{"Warning", NG_MESSAGE_WARNING},
	{"warning", NG_MESSAGE_WARNING},
	{"Error: bad type given for option",
	 NG_MESSAGE_WARNING},                           /* it goes on without the option */
	{"*equals what?", NG_MESSAGE_WARNING},          /* likewise */
	{"Error: Mismatch of .if", NG_MESSAGE_WARNING}, /* the .if goes to the end */
	{"Error on card", NG_MESSAGE_TEXT},             /* of a numerical device; "- ignored" */
	{"Error", NG_MESSAGE_ERROR},
	{"ERROR", NG_MESSAGE_ERROR},
	{"Fatal", NG_MESSAGE_ERROR},
	{"MIF-ERROR", NG_MESSAGE_ERROR},
	{"doAnalyses:", NG_MESSAGE_ERROR},
	{"Netlist line no.", NG_MESSAGE_ERROR},
	{"Undefined parameter", NG_MESSAGE_ERROR},
	{"Too few parameters for subcircuit", NG_MESSAGE_ERROR},
	{"could not find a valid modelname", NG_MESSAGE_ERROR},
	{"*simulation(s) aborted", NG_MESSAGE_ERROR},
	{"*simulation not started", NG_MESSAGE_ERROR},
	{"*simulation interrupted", NG_MESSAGE_ERROR},
	{"*no such command", NG_MESSAGE_ERROR},
};

static const struct {
	const char *words;
	enum ng_message_kind kind;
} stdout_kinds[] = {
	{"Note", NG_MESSAGE_NOTE},
	{"DC solution failed", NG_MESSAGE_WARNING},
	{"Transient solution failed", NG_MESSAGE_WARNING},
	{"AC operating point failed", NG_MESSAGE_WARNING},
	/* Code models whose files are missing or wrong go on without them. */
	{"Message: cannot open file ", NG_MESSAGE_ERROR},
	{"Message:  d_source word length", NG_MESSAGE_ERROR},
	{"Message:  Time values in first column", NG_MESSAGE_ERROR},
	{"Message:  Unknown bit value", NG_MESSAGE_ERROR},
	{" D_SOURCE: ", NG_MESSAGE_ERROR},
	{" D_STATE: ", NG_MESSAGE_ERROR},
};

static bool starts_with(const char *line, const char *words)
{
	return line[0] == words[0] && strncmp(line, words, strlen(words)) == 0;
}

static bool matches(const char *line, const char *words)
{
	return words[0] == '*' ? strstr(line, words + 1) != NULL : starts_with(line, words);
}

static enum ng_message_kind classify_stderr(const char *words)
{
	for (size_t i = 0; i < sizeof(stderr_kinds) / sizeof(stderr_kinds[0]); i++) {
		if (matches(words, stderr_kinds[i].words))
			return stderr_kinds[i].kind;
	}
	return NG_MESSAGE_TEXT;
}

/* What code models say stands behind other words. */
static enum ng_message_kind classify_stdout(const char *words)
{
	const char *message = strstr(words, "Message:");

	if (message)
		words = message;
	for (size_t i = 0; i < sizeof(stdout_kinds) / sizeof(stdout_kinds[0]); i++) {
		if (starts_with(words, stdout_kinds[i].words))
			return stdout_kinds[i].kind;
	}
	return NG_MESSAGE_TEXT;
}

/* Progress lines that end in a carriage return come without a stream. */
enum ng_message_kind ng_message_classify(const char *line, const char **words)
{
	if (starts_with(line, "stderr ")) {
		*words = line + strlen("stderr ");
		return classify_stderr(*words);
	}
	*words = line;
	if (!starts_with(line, "stdout "))
		return NG_MESSAGE_NOTE;
	*words = line + strlen("stdout ");
	return classify_stdout(*words);
}

void ng_messages_clear(struct ng_messages *messages)
{
	messages->n = 0;
	messages->n_errors = 0;
	messages->n_faults = 0;
	messages->n_details = 0;
	messages->answer[0] = '\0';
	messages->wants_answer = false;
}

static void copy_line(char *target, size_t size, const char *words)
{
	size_t length;

	words += strspn(words, " \t");
	length = strnlen(words, size - 1);
	while (length > 0 && words[length - 1] == ' ')
		length--;
	memcpy(target, words, length);
	target[length] = '\0';
}

static void keep(struct ng_messages *messages, enum ng_message_kind kind, const char *words)
{
	struct ng_message *kept = messages->n < NG_KEPT_FIRST
					  ? &messages->first[messages->n]
					  : &messages->last[messages->n % NG_KEPT_LAST];

	kept->kind = kind;
	copy_line(kept->line, sizeof(kept->line), words);
	messages->n++;
}

enum ng_message_kind ng_messages_add(struct ng_messages *messages, const char *line,
				     const char **words)
{
	enum ng_message_kind kind = ng_message_classify(line, words);
	bool is_stdout = starts_with(line, "stdout ");

	if (messages->wants_answer && is_stdout)
		copy_line(messages->answer, sizeof(messages->answer), *words);
	if (kind == NG_MESSAGE_NOTE || (kind == NG_MESSAGE_TEXT && is_stdout))
		return kind;
	messages->n_errors += kind == NG_MESSAGE_ERROR;
	messages->n_faults += kind == NG_MESSAGE_ERROR && is_stdout;
	messages->n_details += kind == NG_MESSAGE_TEXT;
	keep(messages, kind, *words);
	return kind;
}

size_t ng_messages_count(const struct ng_messages *messages)
{
	size_t most = NG_KEPT_FIRST + NG_KEPT_LAST;

	return messages->n < most ? messages->n : most;
}

const struct ng_message *ng_messages_get(const struct ng_messages *messages, size_t i)
{
	size_t number = i; /* of the message, counted from 0 since the clear */

	if (i < NG_KEPT_FIRST)
		return &messages->first[i];
	if (messages->n > NG_KEPT_FIRST + NG_KEPT_LAST)
		number += messages->n - (NG_KEPT_FIRST + NG_KEPT_LAST);
	return &messages->last[number % NG_KEPT_LAST];
}

bool ng_message_version(const char *words, char *version, size_t size)
{
	static const char mark[] = "** ngspice-";
	size_t length;

	if (!starts_with(words, mark))
		return false;
	words += sizeof(mark) - 1;
	length = strcspn(words, " ");
	if (length == 0 || length >= size)
		return false;
	memcpy(version, words, length);
	version[length] = '\0';
	return true;
}
