/* SPDX-License-Identifier: BSD-3-Clause */
/* Which plot of a run a statement is about: that of one of the deck's analyses. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "study/job-build.h"

/* First word of a card without its dot, lower case: "ac" of ".AC dec 10 1 1meg". */
static void analysis_word(const struct card *card, char word[16])
{
	size_t n = 0;

	while (n < 15 && isalnum((unsigned char)card->text[n + 1])) {
		word[n] = (char)tolower((unsigned char)card->text[n + 1]);
		n++;
	}
	word[n] = '\0';
}

/* The next card from *at on that is an analysis of that kind ("": any), NULL behind the last. */
static const struct card *next_analysis(const struct carom_circuit *circuit, const char *kind,
					size_t *at, char word[16])
{
	while (*at < circuit->n_cards) {
		const struct card *card = &circuit->cards[(*at)++];

		if (card->role != CARD_ANALYSIS)
			continue;
		analysis_word(card, word);
		if (!*kind || strcmp(kind, word) == 0)
			return card;
	}
	return NULL;
}

/* Number of analyses of that kind; last receives the last one's. */
static size_t count_analyses(const struct carom_circuit *circuit, const char *kind, char last[16])
{
	size_t n = 0, at = 0;
	char word[16];

	while (next_analysis(circuit, kind, &at, word)) {
		memcpy(last, word, sizeof(word));
		n++;
	}
	return n;
}

/* The one of that kind, from 0, which is there. */
static const struct card *find_card(const struct carom_circuit *circuit, const char *kind,
				    size_t number)
{
	const struct card *card;
	size_t at = 0;
	char word[16];

	while ((card = next_analysis(circuit, kind, &at, word)) && number-- > 0)
		;
	return card;
}

bool job_every_analysis_is_plain(const struct carom_circuit *circuit)
{
	static const char *const plain[] = {"op", "dc", "ac", "tran"};
	size_t n = 0;
	char word[16];

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		n += count_analyses(circuit, plain[i], word);
	return n == count_analyses(circuit, "", word);
}

/* "ac2" -> "ac", 2; "ac" -> "ac", 1 */
static size_t split_plot(const char *plot, char kind[16])
{
	size_t n = strcspn(plot, "0123456789");

	n = n > 15 ? 15 : n;
	for (size_t i = 0; i < n; i++)
		kind[i] = (char)tolower((unsigned char)plot[i]);
	kind[n] = '\0';
	return plot[n] ? (size_t)strtoul(plot + n, NULL, 10) : 1;
}

/* The spectrum and its integral are plots of their own. */
static size_t plots_of_card(const char *kind)
{
	return strcmp(kind, "noise") == 0 ? 2 : 1;
}

/*
 * ngspice runs the cards of a kind from the last to the first; the user counts from the first.  A
 * plot that is the only one of its kind has no number.
 */
static char *plot_in_run(const char *kind, size_t number, size_t n_plots)
{
	size_t n_each = plots_of_card(kind);
	size_t card = (number - 1) / n_each, part = (number - 1) % n_each;
	struct text text = TEXT_INIT;

	text_append(&text, kind);
	if (n_plots > 1)
		text_printf(&text, "%zu", n_plots - (card + 1) * n_each + part + 1);
	return text_take(&text);
}

static int find_only_analysis(const struct job_builder *builder, const struct job_asked *asked,
			      char kind[16], struct carom_error *err)
{
	size_t n = count_analyses(builder->circuit, "", kind);

	if (n == 0)
		return job_fail(err, CAROM_ERROR_ARGUMENT, asked->place,
				"no analysis\nadd .op, .tran, .ac, ... to the deck");
	if (n > 1)
		return job_fail(err, CAROM_ERROR_ARGUMENT, asked->place,
				"%s %s: the deck has %zu analyses\nsay which: "
				"\"%s %s %s%s ...\"",
				asked->word, asked->name, n, asked->word, asked->name,
				asked->option, kind);
	return 0;
}

int job_resolve_plot(const struct job_builder *builder, const struct job_asked *asked,
		     struct job_plot *plot, struct carom_error *err)
{
	char kind[16] = "", word[16];
	size_t n, number = 1;
	int status = 0;

	if (asked->analysis)
		number = split_plot(asked->analysis, kind);
	else
		status = find_only_analysis(builder, asked, kind, err);
	if (status)
		return status;
	n = count_analyses(builder->circuit, kind, word) * plots_of_card(kind);
	if (n == 0)
		return job_fail(err, CAROM_ERROR_ARGUMENT, asked->place,
				"%s %s: the deck has no .%s analysis", asked->word, asked->name,
				kind);
	if (number == 0 || number > n)
		return job_fail(err, CAROM_ERROR_ARGUMENT, asked->place,
				"%s %s: there is no plot \"%s\"\nthe deck's .%s cards make %zu",
				asked->word, asked->name, asked->analysis, kind, n);
	plot->card = find_card(builder->circuit, kind, (number - 1) / plots_of_card(kind));
	plot->has_totals = (number - 1) % plots_of_card(kind) > 0;
	plot->name = plot_in_run(kind, number, n);
	return plot->name ? 0 : carom_fail_memory(err);
}

const char *job_scale_unit(const char *plot)
{
	if (strncmp(plot, "tran", 4) == 0)
		return "s";
	if (strncmp(plot, "ac", 2) == 0 || strncmp(plot, "noise", 5) == 0)
		return "Hz";
	return "";
}
