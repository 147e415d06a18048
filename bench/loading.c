/* SPDX-License-Identifier: BSD-3-Clause */
/* Loads into libngspice, each spelling in a process of its own. */
#include "loading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "child.h"
#include "netlist.h"
#include "ng-session.h"

/* How a card "r1 n1 n2 1001" is written. */
enum spelling {
	LITERALS, /* as it is */
	BRACES,   /* r1 n1 n2 {1001*one}, where .param one=1 */
	PARAMS,   /* r10 n10 n11 {of_r10}, where .param of_r10=1010: every tenth element */
	COMMENTS, /* r1 n1 n2, a comment, + 1001 and a comment behind it */
	N_SPELLINGS
};

struct loading {
	enum spelling spelling;
	unsigned n;
	struct text text; /* the lines, each with a NUL */
	const char **lines;
	size_t n_lines;
	struct ng_session *session;
};

static void spell_param(struct text *text, const char *card, int head, const char *value, int tail)
{
	int name = (int)strcspn(card, " ");

	if (card[name - 1] == '0')
		text_printf(text, ".param of_%.*s=%.*s%c%.*s {of_%.*s}", name, card, tail, value, 0,
			    head, card, name, card);
	else
		text_append_n(text, card, (size_t)(head + 1 + tail));
}

static void spell(struct text *text, const char *card, size_t length, enum spelling spelling)
{
	const char *value = memrchr(card, ' ', length);
	int head = value ? (int)(value - card) : 0;
	int tail = value ? (int)length - head - 1 : 0;

	if (!strchr("rc", card[0]) || spelling == LITERALS)
		text_append_n(text, card, length);
	else if (spelling == BRACES)
		text_printf(text, "%.*s {%.*s*one}", head, card, tail, value + 1);
	else if (spelling == PARAMS)
		spell_param(text, card, head, value + 1, tail);
	else
		text_printf(text, "%.*s%c* the value of %.*s%c+ %.*s ; as it was chosen", head,
			    card, 0, head, card, 0, tail, value + 1);
	text_append_char(text, '\0');
}

static int add_card(void *arg, const struct carom_card *card)
{
	struct loading *loading = arg;

	if (loading->spelling == BRACES && strncmp(card->text, "v1 ", 3) == 0)
		text_append_n(&loading->text, ".param one=1", sizeof(".param one=1"));
	spell(&loading->text, card->text, card->length, loading->spelling);
	return loading->text.failed ? CAROM_ERROR_MEMORY : 0;
}

static int split(struct loading *loading, struct carom_error *err)
{
	const char *end = loading->text.data + loading->text.length;
	const char *line = loading->text.data;

	loading->lines = mem_zalloc(loading->text.length, sizeof(*loading->lines));
	if (!loading->lines)
		return carom_fail_memory(err);
	for (; line < end; line += strlen(line) + 1)
		loading->lines[loading->n_lines++] = line;
	return 0;
}

static int write_deck(struct loading *loading, struct carom_error *err)
{
	const struct netlist netlist = {NETLIST_LADDER, false, loading->n};
	struct carom_circuit *circuit = netlist_build(&netlist, err);

	if (!circuit)
		return err->status;
	if (carom_circuit_emit(circuit, NULL, add_card, loading))
		carom_fail_memory(err);
	carom_circuit_free(circuit);
	return err->status ? (int)err->status : split(loading, err);
}

static int open_loading(void *context, struct carom_error *err)
{
	struct loading *loading = context;
	struct ng_options options = {.is_private_process = true};
	int status = write_deck(loading, err);

	return status ? status : ng_session_open(&loading->session, &options, err);
}

static int load(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	struct loading *loading = context;
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++)
		status = ng_session_load(loading->session, loading->lines, loading->n_lines, err);
	return status;
}

static void close_loading(void *context)
{
	struct loading *loading = context;

	ng_session_close(loading->session);
	mem_free(loading->lines);
	text_release(&loading->text);
}

int loading_measure(struct bench *bench, unsigned n, struct carom_error *err)
{
	static const struct child_service service = {open_loading, load, close_loading};
	static const char *const names[] = {"literals", "comments", "braces", "params"};
	struct loading loadings[] = {{.n = n},
				     {.spelling = COMMENTS, .n = n},
				     {.spelling = BRACES, .n = n},
				     {.spelling = PARAMS, .n = n}};
	struct bench_case the_case = {.name = "circuit-spelling",
				      .text = "loads into ngspice of an RC ladder",
				      .n_paths = N_SPELLINGS,
				      .facts = json_pack("{s:i}", "components", (int)n)};
	struct child *children[N_SPELLINGS] = {NULL};
	int status = 0;

	for (int i = 0; i < N_SPELLINGS && !status; i++) {
		status = child_start(&children[i], &service, &loadings[i], err);
		the_case.paths[i] = (struct bench_path){names[i], child_run, children[i], 0, NULL};
	}
	if (!status)
		status = bench_run(bench, &the_case, err);
	for (int i = 0; i < N_SPELLINGS; i++)
		child_stop(children[i]);
	json_decref(the_case.facts);
	return status;
}
